"""Orders of lists: each is total, and alphabetical ones follow the alphabet of the locale."""

from datetime import UTC, date, datetime
from typing import Any

from django.db import models
from django.db.models import CharField, Min, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from centres.models import EventEdition
from centres.status import review_due
from cms.graphql.loading.connections import Order
from cms.graphql.loading.context import Context
from cms.graphql.loading.pages import visible

# What has no moment of its own comes last.
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_NEVER_DAY = date(9999, 1, 1)
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)

Rows = models.QuerySet[Any]


def order_centres(context: Context, rows: Rows, name: str) -> tuple[Rows, Order]:
    """Return ``rows`` with what a CentreOrder needs, and the order."""
    if name == "REVIEW_DUE_ASC":
        due = Cast(Coalesce(review_due(context.now), Value(_NEVER_DAY)), CharField())
        return rows.annotate(due_order=Concat(due, "sort_key", output_field=CharField())), Order(
            name, "due_order"
        )
    return _order_pages(rows, name)


def order_programmes(context: Context, rows: Rows, name: str) -> tuple[Rows, Order]:
    """Return ``rows`` with what a ProgrammeOrder needs, and the order."""
    if name != "NEXT_START_ASC":
        return _order_pages(rows, name)
    upcoming = (
        visible(context, EventEdition)
        .filter(programme_key=OuterRef("translation_key"), starts_at__gt=context.now, status_override="NONE")
        .order_by()
        .values("programme_key")
        .annotate(next=Min("starts_at"))
        .values("next")
    )
    return rows.annotate(next_start=Coalesce(Subquery(upcoming), Value(_NEVER))), Order(
        name, "next_start", datetime
    )


def order_editions(rows: Rows, name: str) -> tuple[Rows, Order]:
    """Return ``rows`` with what an EditionOrder needs, and the order."""
    descending = name.endswith("_DESC")
    if name.startswith("YEAR"):
        return rows, Order(name, "year", int, descending)
    start = Coalesce("starts_at", Value(_LONG_AGO if descending else _NEVER))
    return rows.annotate(start_order=start), Order(name, "start_order", datetime, descending)


def _order_pages(rows: Rows, name: str) -> tuple[Rows, Order]:
    if name == "LAST_PUBLISHED_DESC":
        published = Coalesce("last_published_at", Value(_LONG_AGO))
        return rows.annotate(published_order=published), Order(
            name, "published_order", datetime, descending=True
        )
    return rows, Order(name, "sort_key", descending=name.endswith("_DESC"))
