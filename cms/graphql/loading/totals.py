"""Totals of lists: counted once for a content version, however many parts of a list are requested.

A statement that reads the clock has the time among its parameters, so no other request finds its total.
"""

from functools import lru_cache
from threading import Lock
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models

from cms.graphql.loading.context import Context
from cms.running.rows_read import uncounted

_MOST = 500  # each with its statement, one or two thousand characters


class _Totals:
    """Totals of one content version."""

    def __init__(self) -> None:
        self._found: dict[Any, int] = {}
        self._lock = Lock()

    def of(self, queryset: models.QuerySet[Any]) -> int:
        try:
            statement = queryset.values("pk").query.sql_with_params()
        except EmptyResultSet:
            return 0
        if (total := self._found.get(statement)) is not None:
            return total
        with uncounted():
            total = queryset.count()
        with self._lock:
            if len(self._found) >= _MOST:
                self._found.clear()
            self._found[statement] = total
        return total


_of_version = lru_cache(maxsize=2)(lambda _version: _Totals())


def total(context: Context, queryset: models.QuerySet[Any]) -> int:
    """Return how many rows ``queryset`` has; for public responses as of the content version of ``context``."""
    unordered = queryset.order_by()
    return (
        _of_version(context.version).of(unordered)
        if context.public and context.version
        else unordered.count()
    )
