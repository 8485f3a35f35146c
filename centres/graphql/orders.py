"""Orders of lists that no column has alone."""

from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Min, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from centres.graphql.graph import graph
from centres.models import EventEdition
from centres.status import review_due
from cms.graphql.loading.context import Context
from cms.graphql.loading.orders import NEVER, NEVER_DAY
from cms.graphql.loading.pages import visible


@graph.order("CentreOrder.REVIEW_DUE_ASC")
def by_review_due(context: Context) -> tuple[Any, type]:
    """By the date of the next review, the earliest first."""
    due = Cast(Coalesce(review_due(context.now), Value(NEVER_DAY)), CharField())
    return Concat(due, F("sort_key"), output_field=CharField()), str


@graph.order("ProgrammeOrder.NEXT_START_ASC")
def by_next_start(context: Context) -> tuple[Any, type]:
    """By the start of the next edition, the earliest first. Programmes without one come last."""
    upcoming = (
        visible(context, EventEdition)
        .filter(programme_key=OuterRef("translation_key"), starts_at__gt=context.now, status_override="NONE")
        .order_by()
        .values("programme_key")
        .annotate(next=Min("starts_at"))
        .values("next")
    )
    return Coalesce(Subquery(upcoming), Value(NEVER)), datetime
