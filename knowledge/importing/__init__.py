"""Articles from files that people keep (CSV, XLSX, Markdown, YAML), and back into files."""

from knowledge.importing.exporting import export_articles
from knowledge.importing.reading import read_articles
from knowledge.importing.result import FORMATS, ImportFailed, ImportResult

__all__ = ["FORMATS", "ImportFailed", "ImportResult", "export_articles", "read_articles"]
