"""How far a long import is, told while its transaction is open."""

import time
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

from cms.models import SheetImport

_SECONDS = 1.0


class Progress:
    """Writes how far an import is, over a connection of its own: what its transaction writes is seen only at its end.

    SQLite has one writer at a time, so there the page says only that it is working.
    """

    def __init__(self, pk: int) -> None:
        self._pk = pk
        self._next = 0.0
        self._connection: Any = None

    def __call__(self, done: int, total: int) -> None:
        if connection.vendor != "postgresql" or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _SECONDS
        if self._connection is None:
            self._connection = connections.create_connection(DEFAULT_DB_ALIAS)
        table = SheetImport._meta.db_table
        with self._connection.cursor() as cursor:
            # Where the import itself holds the row, as without a queue, nobody could read the number either.
            cursor.execute(
                f"UPDATE {table} SET done = %s, total = %s WHERE id IN "  # noqa: S608
                f"(SELECT id FROM {table} WHERE id = %s FOR UPDATE SKIP LOCKED)",
                [done, total, self._pk],
            )

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
