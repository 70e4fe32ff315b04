"""Whether anything of erased people is left: in tables, in the database's files, in kept exports and logs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from bot.services import Services
from bot.texts.ja import privacy as texts
from staff.privacy.erasing import STANDING, Outlook, tables_with
from staff.privacy.remains import count


@dataclass
class Proof:
    """A line for each place that was searched; `sound` when nothing was found where nothing may be."""

    lines: list[str] = field(default_factory=list)
    sound: bool = True

    def add(self, line: str, *, left: bool = False) -> None:
        """One place."""
        self.lines.append(line)
        self.sound = self.sound and not left


def prove_erased(services: Services, outlooks: Sequence[Outlook], also: Sequence[Path] = ()) -> Proof:
    """Rewrite the database's file, then search everything for everything; the people must be erased already."""
    proof, now = Proof(), services.clock()
    if services.clean():
        services.stores.records.mark_cleaned(now, services.clock())
        proof.add(texts.CLEANED)
    else:
        proof.add(texts.NOT_CLEANED, left=True)
    byte_needles = _search_tables(services, outlooks, proof)
    # SQLite's locks are the process's: to open its file here, and close it, would give them up.
    with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
        for path in (*_database_files(services), *_files(also)):
            _search_file(path, elsewhere.submit(count, path, byte_needles), proof)
    if not services.settings.database_url.startswith("sqlite:"):
        proof.add(texts.POSTGRESQL)
    _check_audit(services, proof)
    return proof


def _search_tables(services: Services, outlooks: Sequence[Outlook], proof: Proof) -> list[str]:
    """Search every column of every table; returns what is to be searched for as bytes.

    Not the number of digits that is the end of many a time, nor what was published or answered without a name.
    """
    left: set[str] = set()
    standing, wanted = 0, []
    for outlook in outlooks:
        found = tables_with(services.stores.personal_data, outlook.subject, outlook.needles)
        left |= {table for tables in found.values() for table in tables} - STANDING
        standing += sum(not STANDING.isdisjoint(tables) for tables in found.values())
        wanted += [text for text, tables in found.items() if STANDING.isdisjoint(tables)]
        if not outlook.subject.stands_out:
            wanted.remove(outlook.subject.person_id)
            wanted += [f"{before}{outlook.subject.person_id}{after}" for before, after in _AROUND]
    told = texts.LEFT_IN.format(where="、".join(sorted(left))) if left else texts.NONE_LEFT
    proof.add(texts.CHECK_TABLES.format(found=told), left=bool(left))
    if standing:
        proof.add(texts.STANDING.format(count=standing))
    return list(dict.fromkeys(wanted))


_AROUND = (('"', '"'), ("/", ""), ("@", ""))


def _search_file(path: Path, search: Future[dict[str, int]], proof: Proof) -> None:
    try:
        found = sum(search.result().values())
    except OSError as error:
        proof.add(
            texts.CHECK_FILE.format(path=path, found=texts.UNREADABLE.format(reason=error.strerror)),
            left=True,
        )
        return
    told = texts.LEFT.format(count=found) if found else texts.NONE_LEFT
    proof.add(texts.CHECK_FILE.format(path=path, found=told), left=bool(found))


def _check_audit(services: Services, proof: Proof) -> None:
    try:
        proof.add(texts.AUDIT_SOUND.format(count=services.stores.audit.verify()))
    except ValueError as broken:
        proof.add(texts.AUDIT_BROKEN.format(reason=broken), left=True)


def _database_files(services: Services) -> list[Path]:
    """The database of SQLite with its WAL, and the list of erased people."""
    url = services.settings.database_url
    listed = [services.erased_list.path]
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        listed = [path, path.with_name(f"{path.name}-wal"), *listed]
    return [one for one in listed if one.exists()]


def _files(paths: Iterable[Path]) -> list[Path]:
    return [
        one
        for path in paths
        for one in (sorted(path.rglob("*")) if path.is_dir() else [path])
        if one.is_file()
    ]
