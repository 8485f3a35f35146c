"""Databases that are made once and copied for every process that runs tests.

Applying all migrations takes most of a minute, filling the demo as long, and both give the same each time. A kept
database bears the hash of what it was made of and goes when another of its kind is made. On SQLite it is a file below
.pytest_cache, on PostgreSQL a database beside those of the tests.
"""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from django.db import connection

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".pytest_cache" / "databases"


class Shelf(Protocol):
    """Where kept databases stand, each under a label such as "demo-2f9c"."""

    def name(self, label: str) -> str:
        """Return what Django has to be told to connect to the database."""

    def labels(self) -> set[str]: ...

    def copy(self, label: str, name: str) -> None:
        """Copy a database that nobody is connected to; what bears the name is replaced."""

    def rename(self, label: str, new: str) -> None: ...

    def drop(self, label: str) -> None: ...


class Files:
    """A shelf for SQLite."""

    def name(self, label: str) -> str:
        return str(FOLDER / f"{label}.sqlite3")

    def labels(self) -> set[str]:
        return {path.stem for path in FOLDER.glob("*.sqlite3")}

    def copy(self, label: str, name: str) -> None:
        for beside in ("-wal", "-shm", "-journal"):  # a run that was killed leaves them
            Path(name + beside).unlink(missing_ok=True)
        shutil.copy(self.name(label), name)

    def rename(self, label: str, new: str) -> None:
        Path(self.name(label)).rename(self.name(new))

    def drop(self, label: str) -> None:
        Path(self.name(label)).unlink()


class Databases:
    """A shelf for PostgreSQL; ``prefix`` begins the names of all databases on it."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def name(self, label: str) -> str:
        return self.prefix + label

    def labels(self) -> set[str]:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            return {name.removeprefix(self.prefix) for (name,) in cursor if name.startswith(self.prefix)}

    def copy(self, label: str, name: str) -> None:
        self._say('DROP DATABASE IF EXISTS "{}"', name)
        self._say('CREATE DATABASE "{}" TEMPLATE "{}"', name, self.name(label))

    def rename(self, label: str, new: str) -> None:
        self._say('ALTER DATABASE "{}" RENAME TO "{}"', self.name(label), self.name(new))

    def drop(self, label: str) -> None:
        self._say('DROP DATABASE "{}"', self.name(label))

    def _say(self, statement: str, *names: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement.format(*names))


# Read before a run gives its connection another database.
SHELF: Shelf = (
    Files() if connection.vendor == "sqlite" else Databases(f"test_{connection.settings_dict['NAME']}_")
)


def kept(kind: str, digest: str, make: Callable[[str], None]) -> str:
    """Return the label of the database of this kind and digest; of several processes the first one makes it.

    ``make`` gets the name for a database that does not exist yet and leaves it with nobody connected.
    """
    label = f"{kind}-{digest}"
    with _one_at_a_time(kind):
        if label not in SHELF.labels():
            for old in [old for old in SHELF.labels() if old.startswith(f"{kind}-")]:
                SHELF.drop(old)
            make(SHELF.name(f"{kind}-part"))
            SHELF.rename(f"{kind}-part", label)
    return label


@contextmanager
def _one_at_a_time(kind: str) -> Iterator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{connection.vendor}-{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
