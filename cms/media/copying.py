"""Copies of all uploads from one place to another, such as from a folder to a bucket."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage


class Place(Protocol):
    """Where files are. Each method raises OSError."""

    def names(self) -> Iterator[tuple[str, int]]:
        """Yield name and size of every file."""

    def read(self, name: str) -> File:
        """Return the file, open."""

    def write(self, name: str, file: File) -> None:
        """Store the file as a whole, in place of one of that name."""


@dataclass(frozen=True)
class Folder:
    """Files below a folder."""

    root: Path

    def names(self) -> Iterator[tuple[str, int]]:
        if not self.root.exists():
            return
        for folder, _folders, files in os.walk(self.root, onerror=_raised):
            for file in files:
                path = Path(folder, file)
                if path.suffix != _UNFINISHED:
                    yield path.relative_to(self.root).as_posix(), path.stat().st_size

    def read(self, name: str) -> File:
        return FileSystemStorage(location=self.root).open(name)

    def write(self, name: str, file: File) -> None:
        target = Path(FileSystemStorage(location=self.root).path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            dir=target.parent, suffix=_UNFINISHED, delete_on_close=False
        ) as part:
            for chunk in file.chunks():
                part.write(chunk)
            part.close()
            Path(part.name).chmod(0o644)
            Path(part.name).replace(target)


@dataclass(frozen=True)
class Bucket:
    """Files of a bucket."""

    storage: Any

    def names(self) -> Iterator[tuple[str, int]]:
        found: Iterator[tuple[str, int]] = self.storage.names()
        return found

    def read(self, name: str) -> File:
        file: File = self.storage.open(name)
        return file

    def write(self, name: str, file: File) -> None:
        self.storage.put(name, file, only_new=False)


# What is being written when a copy is interrupted. It is never a file of the site.
_UNFINISHED = ".unfinished"


def _raised(error: OSError) -> None:
    raise error


def place_of(storage: Storage) -> Place:
    """Return the place where `storage` keeps its files."""
    if isinstance(storage, FileSystemStorage):
        return Folder(Path(storage.location))
    return Bucket(storage)


@dataclass(frozen=True)
class Step:
    """What became of one file: copied, there already (neither), or the error."""

    name: str
    number: int
    total: int
    copied: bool = False
    error: OSError | None = None


def copy_files(source: Place, target: Place) -> Iterator[Step]:
    """Copy what `target` lacks, file by file, and yield each step. Nothing is deleted.

    A file that is there with its whole size counts as copied, because the content of a name never changes. So a copy
    that was interrupted is taken up by another one. Raises OSError where a place can't be listed.
    """
    there = dict(target.names())
    files = sorted(source.names())
    for number, (name, size) in enumerate(files, start=1):
        if there.get(name) == size:
            yield Step(name, number, len(files))
            continue
        try:
            with source.read(name) as file:
                target.write(name, file)
        except OSError as error:
            yield Step(name, number, len(files), error=error)
        else:
            yield Step(name, number, len(files), copied=True)
