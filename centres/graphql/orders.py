"""Orders of lists that no column has alone."""

from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Coalesce, Concat

from centres.graphql.filters import watch_clock
from centres.graphql.graph import graph
from centres.models import EventEdition
from centres.status import review_due
from cms.graphql.loading.context import Context
from cms.graphql.loading.elsewhere import Elsewhere
from cms.graphql.loading.orders import NEVER_DAY
from cms.graphql.loading.pages import visible
from cms.graphql_fields import NEVER


@graph.order("CentreOrder.REVIEW_DUE_ASC")
def by_review_due(context: Context) -> tuple[Any, type]:
    """By the date of the next review, the earliest first."""
    due = Cast(Coalesce(review_due(context.now), Value(NEVER_DAY)), CharField())
    return Concat(due, F("sort_key"), output_field=CharField()), str


@graph.order("ProgrammeOrder.NEXT_START_ASC")
def by_next_start(context: Context) -> Elsewhere:
    """By the start of the next edition, the earliest first. Programmes without one come last."""
    watch_clock(context)
    upcoming = visible(context, EventEdition).filter(starts_at__gt=context.now, status_override="NONE")
    return Elsewhere(upcoming, "programme_key", "starts_at", of="translation_key", last=NEVER)
