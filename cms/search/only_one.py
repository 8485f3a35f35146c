"""The one turn at rebuilding that there is. It ends with the process that has it, however that ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

_KEY = int.from_bytes(b"rebuild")


@contextmanager
def only_turn() -> Iterator[bool]:
    """Yield whether nobody else has the turn; it is had until the block ends.

    Whoever has it knows that no other rebuild lives. Whoever does not may be told of one that died with its machine,
    which PostgreSQL hears of late.
    """
    if connection.vendor == "postgresql":
        yield from _locked_in_the_database()
    elif (database := Path(str(connection.settings_dict["NAME"]))).is_file():
        yield from _locked_beside(database)
    else:
        yield False


def _locked_in_the_database() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_KEY])
        (free,) = cursor.fetchone()
    try:
        yield free
    finally:
        if free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_KEY])


def _locked_beside(database: Path) -> Iterator[bool]:
    with Path(f"{database}.rebuild").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
