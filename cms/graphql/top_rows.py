"""The first rows of many lists in one statement."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import FETCH_PEERS, F, Window
from django.db.models.functions import RowNumber


def top_rows(
    queryset: models.QuerySet[Any], column: str, keys: Collection[Any], order: list[Any], limit: int
) -> list[Any]:
    """Return the first ``limit`` rows of ``queryset`` for each of ``keys`` in ``column``, in ``order`` for each key."""
    rows = queryset.fetch_mode(FETCH_PEERS)
    if len(keys) == 1:
        return list(rows.filter(**{column: next(iter(keys))}).order_by(*order)[:limit])
    number = Window(RowNumber(), partition_by=[F(column)], order_by=order)
    rows = rows.filter(**{f"{column}__in": keys}).annotate(_number=number)
    return list(rows.filter(_number__lte=limit).order_by(column, "_number"))
