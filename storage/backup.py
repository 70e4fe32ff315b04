"""Backups of a database that is in use, and putting one back: whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.texts.ja import storage as texts
from storage import postgresql_dump, postgresql_restore
from storage.database import Database, DatabaseError, open_database
from storage.migrations import applied, migrate, refuse_newer
from storage.sqlite import check_file, copy_to, empty_wal
from storage.sqlite import connect as connect_to
from storage.use import sole_use

SQLITE = "sqlite:///"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Backup:
    """A backup that was made: its file, when it was begun, its size in bytes, SHA-256, and the migrations it has.

    `migrations` is None for one of a program that did not tell them yet.
    """

    path: Path
    made_at: datetime
    size: int
    sha256: str
    migrations: tuple[str, ...] | None


def suffix_for(url: str) -> str:
    """How a backup's name ends, by the kind of database."""
    return ".db" if url.startswith(SQLITE) else ".dump"


def back_up(url: str, target: Path, now: datetime) -> Backup:
    """Copy the database as it is at one moment, while others write; check the copy, and only then give it its name.

    Beside it lies `NAME.json` with its SHA-256 and its migrations. Both are for the program's own user alone. Raises DatabaseError, with
    nothing half under that name.
    """
    if target.exists():
        raise DatabaseError(texts.backup_exists(str(target)))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    handle = _claim(part)
    try:
        with open_database(url, create=False) as database:
            migrations = applied(database)
        if url.startswith(SQLITE):
            copy_to(Path(url.removeprefix(SQLITE)), part)
            check_file(part)
        else:
            postgresql_dump.dump(url, part)
        made = Backup(target, now, part.stat().st_size, _digest(part), migrations)
        told = {"sha256": made.sha256, "made_at": now.isoformat(), "migrations": made.migrations}
        _write(manifest_of(target), json.dumps(told))
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    except OSError as error:
        raise DatabaseError(texts.backup_failed(str(target), str(error.strerror))) from error
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
        os.close(handle)
    return made


def restore(url: str, source: Path, now: datetime, then: Callable[[Database, datetime], None]) -> Path | None:
    """Put a backup in the place of the database; returns where the former one is kept, None when there was none.

    `then` is given the restored database, migrated, before it takes the place, and the backup's time. Raises
    DatabaseError with the database as it was: while somebody uses it, for a damaged backup, for one of a newer program.
    """
    made = read_manifest(source)
    refuse_newer(made.migrations or ())

    def prepare(database: Database) -> None:
        migrate(database)
        then(database, made.made_at)

    if url.startswith(SQLITE):
        return _restore_file(Path(url.removeprefix(SQLITE)), source, now, prepare)
    return postgresql_restore.restore(url, source, now, prepare)


def read_manifest(source: Path) -> Backup:
    """What a backup says of itself. Raises DatabaseError when it is not there, or not what was made."""
    try:
        told = json.loads(manifest_of(source).read_text(encoding="utf-8"))
        names = told.get("migrations")
        made = Backup(
            source,
            datetime.fromisoformat(told["made_at"]),
            source.stat().st_size,
            str(told["sha256"]),
            None if names is None else tuple(str(name) for name in names),
        )
        found = _digest(source)
    except OSError as error:
        raise DatabaseError(texts.backup_missing(str(error.filename), str(error.strerror))) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DatabaseError(texts.backup_damaged(str(manifest_of(source)))) from error
    if found != made.sha256:
        raise DatabaseError(texts.backup_damaged(str(source)))
    return made


def manifest_of(backup: Path) -> Path:
    """The file beside a backup that tells what it is."""
    return backup.with_name(f"{backup.name}.json")


def _restore_file(
    path: Path, source: Path, now: datetime, prepare: Callable[[Database], None]
) -> Path | None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.restoring")
    with sole_use(path):
        try:
            _remove(part)
            _copy(source, part)
            check_file(part)
            with open_database(f"{SQLITE}{part}", create=False) as database:
                prepare(database)
                database.clean()
            return _swap(part, path, now)
        finally:
            _remove(part)


def _swap(part: Path, path: Path, now: datetime) -> Path | None:
    """The new file takes the name at once; the former one has another name by then."""
    former = None
    if path.exists():
        with closing(connect_to(path)) as connection:
            empty_wal(connection)
        former = path.with_name(f"{path.name}.before-restore-{now:%Y%m%d-%H%M%S}")
        os.link(path, former)
    _sync(part)
    part.replace(path)
    for beside in ("-wal", "-shm"):  # of the former: empty, and not the new one's
        with suppress(FileNotFoundError):
            path.with_name(path.name + beside).unlink()
    _sync(path.parent)
    return former


def _claim(part: Path) -> int:
    """A new file for the copy alone. One that a killed process left is removed; one that is being written is left."""
    for _ in range(2):
        try:
            handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        except FileExistsError:
            handle = os.open(part, os.O_RDWR)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise DatabaseError(texts.backup_under_way(str(part))) from error
            finally:
                os.close(handle)
            part.unlink()
            continue
        fcntl.flock(handle, fcntl.LOCK_EX)
        return handle
    raise DatabaseError(texts.backup_under_way(str(part)))


def _copy(source: Path, target: Path) -> None:
    with (
        source.open("rb") as read,
        os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file,
    ):
        while chunk := read.read(_CHUNK):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, text: str) -> None:
    with os.fdopen(
        os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(part: Path) -> None:
    for beside in ("", "-wal", "-shm", "-use"):
        with suppress(FileNotFoundError):
            part.with_name(part.name + beside).unlink()
