"""The first rows of many lists in one statement."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import FETCH_PEERS, F, Window
from django.db.models.functions import RowNumber


def top_rows(
    queryset: models.QuerySet[Any], column: str, keys: Collection[Any], order: list[Any], limit: int
) -> dict[Any, list[Any]]:
    """Return the first ``limit`` rows of ``queryset`` for each of ``keys`` in ``column``, by key, in ``order``."""
    number = Window(RowNumber(), partition_by=[F(column)], order_by=order)
    rows = (
        queryset.filter(**{f"{column}__in": keys})
        .annotate(_number=number)
        .filter(_number__lte=limit)
        .order_by(column, "_number")
        .fetch_mode(FETCH_PEERS)
    )
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found
