"""Counting the rows that the database returns, with a limit at which reading ends.

Every statement of a block is counted, whoever sends it, so no loader can be forgotten.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connections


@dataclass(slots=True)
class RowsRead:
    """The rows that were read so far. ``exceeded`` makes what is raised before more than ``allowed`` are read."""

    exceeded: Callable[[], BaseException]
    allowed: int | None = None
    used: int = 0

    def add(self, rows: int) -> None:
        """Count rows. Raises what ``exceeded`` makes if they are more than allowed."""
        if self.allowed is not None and self.used + rows > self.allowed:
            raise self.exceeded()
        self.used += rows

    def most(self, size: int) -> int:
        """Return how many of ``size`` rows to fetch: one more than allowed tells that there are more."""
        return size if self.allowed is None else min(size, self.allowed - self.used + 1)


_present: ContextVar[RowsRead | None] = ContextVar("rows_read", default=None)


@contextmanager
def counted(rows: RowsRead) -> Iterator[None]:
    """Count in ``rows`` what statements of this block read."""
    token = _present.set(rows)
    try:
        with ExitStack() as stack:
            for connection in connections.all(initialized_only=True):
                stack.enter_context(connection.execute_wrapper(_count))
            yield
    finally:
        _present.reset(token)


@contextmanager
def uncounted() -> Iterator[None]:
    """Leave out what is read once for many requests: the first of them should not pay for all."""
    token = _present.set(None)
    try:
        yield
    finally:
        _present.reset(token)


def _count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    result = execute(sql, params, many, context)
    rows, cursor = _present.get(), context["cursor"]
    if rows is not None and cursor.description is not None:
        # PostgreSQL's client has the whole result at once; SQLite's reads row by row and knows no number.
        if rows.most(cursor.rowcount) < cursor.rowcount:
            rows.add(cursor.rowcount)
        _Fetching(rows, cursor)
    return result


class _Fetching:
    """The ways to fetch rows from a cursor, each of which counts."""

    def __init__(self, rows: RowsRead, cursor: Any) -> None:
        self._rows = rows
        own = cursor.cursor  # that of the driver
        self._one, self._many = own.fetchone, own.fetchmany
        self._size = own.arraysize
        cursor.fetchone, cursor.fetchmany, cursor.fetchall = self.fetchone, self.fetchmany, self.fetchall

    def fetchone(self) -> Any:
        row = self._one()
        if row is not None:
            self._rows.add(1)
        return row

    def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        found: Sequence[Any] = self._many(self._rows.most(size or self._size))
        self._rows.add(len(found))
        return found

    def fetchall(self) -> list[Any]:
        found: list[Any] = []
        while part := self.fetchmany(1000):
            found.extend(part)
        return found
