"""The city's own manuals (.docx, .pdf) cut into draft procedures by heading. Drafts wait for approval."""

from knowledge.manuals.reading import SUFFIXES, Manual, read_manual

__all__ = ["SUFFIXES", "Manual", "read_manual"]
