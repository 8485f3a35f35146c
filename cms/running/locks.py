"""Locks that hold between all processes of a site, on all machines that share its database."""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

_PAUSE_SECONDS = 0.5


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Yield whether no other process is inside the lock `name`; then none comes in until the block ends.

    The lock ends with its process, however that ends. It is a transaction on a connection of its own, so it also holds
    behind a pooler that gives each transaction another connection (BEHIND_PGBOUNCER).
    """
    if connection.vendor == "postgresql":
        yield from _in_postgresql(name)
    elif (database := Path(str(connection.settings_dict["NAME"]))).is_file():
        yield from _beside(database, name)
    else:  # a database in memory belongs to one process
        yield True


@contextmanager
def in_turn(name: str, waiting: Callable[[], None]) -> Iterator[None]:
    """Wait until no other process is inside the lock `name`. `waiting` is called once if it has to wait."""
    told = False
    while True:
        with alone(name) as mine:
            if mine:
                yield
                return
        if not told:
            waiting()
            told = True
        time.sleep(_PAUSE_SECONDS)


def _in_postgresql(name: str) -> Iterator[bool]:
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    holder = connection.copy()
    holder.settings_dict["OPTIONS"].pop("pool", None)
    try:
        holder.connect()
        holder.set_autocommit(False)
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [key])
            (free,) = cursor.fetchone()
        try:
            yield free
        finally:
            # The server notices the end of a connection a moment late; who comes at once would find the lock taken.
            holder.rollback()
    finally:
        holder.close()


def _beside(database: Path, name: str) -> Iterator[bool]:
    path = Path(f"{database}.{name}")
    with path.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        # Whoever had the lock a moment ago has removed this file, and others lock the next one.
        if not (path.exists() and os.path.samestat(path.stat(), os.fstat(held.fileno()))):
            yield False
            return
        try:
            yield True
        finally:
            path.unlink(missing_ok=True)
