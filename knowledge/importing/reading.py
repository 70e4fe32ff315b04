"""Reading a file, or a folder of Markdown or YAML files, into articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.texts.ja import importing as texts
from bot.written.decoding import NotText, decode_text
from knowledge.importing.markdown_file import read_markdown_file
from knowledge.importing.records import Record, RecordReader
from knowledge.importing.result import FORMATS, ImportFailed, ImportResult
from knowledge.importing.table_file import read_table_file
from knowledge.importing.yaml_file import read_yaml_file

LARGEST = 20 * 1024 * 1024

_SUFFIXES = {
    "csv": (".csv",),
    "xlsx": (".xlsx",),
    "md": (".md", ".markdown"),
    "yaml": (".yaml", ".yml"),
}
_TABLES = ("csv", "xlsx")


def read_articles(path: Path, format: str | None = None) -> ImportResult:
    """Read every article of a file. `format` is one of FORMATS; without it the name's ending tells.

    A folder is read as the md or yaml files in it. Mistakes in rows come back in the result, each with its place;
    raises ImportFailed when a file cannot be read at all.
    """
    reader = RecordReader()
    records: list[Record] = []
    for file in _files(path, format):
        try:
            records += _records(file, format or _format_of(file), reader.notes)
        except ImportFailed as error:
            if file == path:
                raise
            reader.errors += error.errors
    return reader.read(records)


def _files(path: Path, format_: str | None) -> Sequence[Path]:
    if not path.is_dir():
        return [path]
    endings = [ending for name in ("md", "yaml") if format_ in {None, name} for ending in _SUFFIXES[name]]
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in endings and file.is_file())
    if not files:
        raise ImportFailed([texts.import_empty_folder(path.name)])
    return files


def _format_of(path: Path) -> str:
    for name, endings in _SUFFIXES.items():
        if path.suffix.lower() in endings:
            return name
    raise ImportFailed([texts.import_format(path.name, FORMATS)])


def _records(path: Path, format_: str, notes: list[str]) -> Iterator[Record]:
    if format_ not in FORMATS:
        raise ImportFailed([texts.import_format(path.name, FORMATS)])
    content = _content(path)
    if format_ in _TABLES:
        yield from read_table_file(f"articles.{format_}", content, notes)
        return
    try:
        text = decode_text(content)
    except NotText as error:
        raise ImportFailed([f"{path.name} {texts.not_text(error.line, error.code)}"]) from None
    if format_ == "md":
        yield from read_markdown_file(path.name, text)
    else:
        yield from read_yaml_file(path.name, text, LARGEST)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise ImportFailed([texts.import_too_large(path.name, LARGEST)])
        return path.read_bytes()
    except OSError as error:
        raise ImportFailed([texts.unreadable(path.name, error.strerror or "")]) from None
