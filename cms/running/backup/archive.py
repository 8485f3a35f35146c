"""The file of a backup: a ZIP archive with the rows of all tables, all uploads, and a manifest.

The manifest is written last and has size and SHA-256 of every other entry. An archive that is cut off or changed is
therefore found before anything of it is used.
"""

import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from cms.running.one_line import one_line

FORMAT = 1
TABLES, UPLOADS, MANIFEST = "tables/", "uploads/", "manifest.json"
_UNFINISHED = ".unfinished"
_READ_BYTES = 1024 * 1024

type Progress = Callable[[str, int, int], None]


class ArchiveError(Exception):
    """An archive that can't be written or used; the text is one line for a person."""


@dataclass
class Table:
    """What the archive has of a table."""

    columns: list[str]
    rows: int


@dataclass
class Manifest:
    """What is in an archive. `entries` has size and SHA-256 of each, by name."""

    version: str
    made_at: str
    migrations: list[tuple[str, str]]
    tables: dict[str, Table] = field(default_factory=dict)
    entries: dict[str, tuple[int, str]] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def uploads(self) -> list[str]:
        """The names of all uploads."""
        return [name.removeprefix(UPLOADS) for name in self.entries if name.startswith(UPLOADS)]


class Writer:
    """Adds entries to an archive and notes them in its manifest."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive, self._manifest = archive, manifest

    def add_table(self, name: str, columns: list[str], lines: Iterable[bytes]) -> None:
        """Add the rows of a table, a line each."""
        with self._entry(f"{TABLES}{name}.jsonl", zipfile.ZIP_DEFLATED) as write:
            rows = 0
            for line in lines:
                write(line)
                rows += 1
        self._manifest.tables[name] = Table(columns, rows)

    def add_upload(self, name: str, file: Any) -> None:
        """Add an upload. Pictures are compressed already."""
        with self._entry(f"{UPLOADS}{name}", zipfile.ZIP_STORED) as write:
            while part := file.read(_READ_BYTES):
                write(part)

    @contextmanager
    def _entry(self, name: str, compression: int) -> Iterator[Callable[[bytes], None]]:
        info = zipfile.ZipInfo(name)
        info.compress_type = compression
        digest, size = hashlib.sha256(), 0
        with self._archive.open(info, "w", force_zip64=True) as entry:

            def write(part: bytes) -> None:
                nonlocal size
                entry.write(part)
                digest.update(part)
                size += len(part)

            yield write
        self._manifest.entries[name] = (size, digest.hexdigest())


@contextmanager
def written(path: Path, manifest: Manifest) -> Iterator[Writer]:
    """Yield the writer of a new archive. The file bears its name once it is whole; only its owner may read it.

    Raises ArchiveError where it can't be written, or is there already.
    """
    if path.exists():
        raise ArchiveError(f"{path} is there already. Name another file.")
    part = path.with_name(f"{path.name}{_UNFINISHED}")
    try:
        part.touch(mode=0o600)
        with zipfile.ZipFile(part, "w") as archive:
            yield Writer(archive, manifest)
            archive.writestr(MANIFEST, json.dumps(asdict(manifest)))
        part.rename(path)
    except OSError as error:
        raise ArchiveError(f"{path} can't be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)


class Reader:
    """An archive that was checked."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive, self.manifest = archive, manifest

    def rows(self, table: str) -> Iterator[list[Any]]:
        """Yield the rows of a table."""
        with self._archive.open(f"{TABLES}{table}.jsonl") as lines:
            for line in lines:
                yield json.loads(line)

    def copy_upload(self, name: str, target: IO[bytes]) -> None:
        """Write an upload into `target`."""
        with self._archive.open(f"{UPLOADS}{name}") as file:
            shutil.copyfileobj(file, target, _READ_BYTES)


@contextmanager
def checked(path: Path, progress: Progress) -> Iterator[Reader]:
    """Yield the archive after every entry was read and compared with the manifest. Raises ArchiveError."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise ArchiveError(f"There is no file {path}.") from None
    except OSError as error:
        raise ArchiveError(f"{path} can't be read: {error.strerror or error}.") from None
    except (zipfile.BadZipFile, ValueError):
        raise ArchiveError(f"{path} is no backup, or was cut off.") from None
    with archive:
        try:
            manifest = _manifest(archive, path)
            _compare(archive, manifest, path, progress)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise ArchiveError(f"{path} is broken: {one_line(error)}.") from None
        yield Reader(archive, manifest)


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        read = json.loads(archive.read(MANIFEST))
        if read["format"] != FORMAT:
            raise ArchiveError(
                f"{path} is a backup of format {read['format']}; this version reads format {FORMAT}."
            )
        return Manifest(
            version=str(read["version"]),
            made_at=str(read["made_at"]),
            migrations=[(str(app), str(name)) for app, name in read["migrations"]],
            tables={name: Table(**table) for name, table in read["tables"].items()},
            entries={name: (int(size), str(digest)) for name, (size, digest) in read["entries"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ArchiveError(f"{path} is no backup: it has no manifest that can be read.") from None


def _compare(archive: zipfile.ZipFile, manifest: Manifest, path: Path, progress: Progress) -> None:
    there = set(archive.namelist()) - {MANIFEST}
    tables = {f"{TABLES}{name}.jsonl" for name in manifest.tables}
    if different := sorted((there ^ manifest.entries.keys()) | (tables - there)):
        raise ArchiveError(f"{path} is broken: {different[0]} is in the archive or in its manifest only.")
    for number, (name, expected) in enumerate(manifest.entries.items(), start=1):
        if not _is_inside(name):
            raise ArchiveError(f"{path} is no backup: it has an entry {name}.")
        digest, size = hashlib.sha256(), 0
        with archive.open(name) as entry:
            while part := entry.read(_READ_BYTES):
                digest.update(part)
                size += len(part)
        if (size, digest.hexdigest()) != expected:
            raise ArchiveError(f"{path} is broken: {name} is not what was written.")
        progress("Checked", number, len(manifest.entries))


def _is_inside(name: str) -> bool:
    """Return whether an entry has a place of its own below one of the two folders."""
    path = PurePosixPath(name)
    return name.startswith((TABLES, UPLOADS)) and len(path.parts) > 1 and ".." not in path.parts
