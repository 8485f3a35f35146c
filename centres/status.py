"""The state of an edition and of a centre: one rule each, in SQL, for lists, filters and single objects.

Nothing here is stored. `edition_status` and `centre_status` are expressions for ``annotate(status=…)``;
`edition_status_of` and `centre_status_of` evaluate the same expressions for one object, be it a draft.
`next_status_boundary` returns the next time at which one of them can change by itself.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import starmap
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    Case,
    CharField,
    Exists,
    Expression,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThan, In, LessThan, LessThanOrEqual
from django.db.models.sql import Query
from django.db.models.sql.constants import SINGLE

from centres.dates import day_start, local_day
from centres.models.appointment import Appointment, AppointmentAct
from centres.models.choices import CentreStatus, EditionStatus
from centres.models.edition import Edition, EditionType, StatusOverride
from centres.models.review import OPEN_STATES, Review
from cms.graphql_fields import NEVER
from cms.publishing.visibility import live_q

# A centre whose term ends within so many days is due for review.
REVIEW_DUE_DAYS = 180

_TICK = timedelta(microseconds=1)
_OF_ROW = OuterRef("translation_key")


# ---------------------------------------------------------------- editions
def edition_status(now: datetime, taken: str = "availability__seats_taken") -> Case:
    """Return the state of an edition at ``now``, for a queryset of editions; the first match wins.

    ``taken`` is the way to the number of taken seats.
    """

    def when(status: EditionStatus, **condition: Any) -> When:
        return When(Q(**condition), then=Value(status))

    return Case(
        when(EditionStatus.CANCELLED, status_override=StatusOverride.CANCELLED),
        when(EditionStatus.POSTPONED, status_override=StatusOverride.POSTPONED),
        when(EditionStatus.FINISHED, ends_at__lt=now),
        when(EditionStatus.RUNNING, starts_at__lte=now),
        when(EditionStatus.CLOSED, applications_close__lt=now),
        when(EditionStatus.ANNOUNCED, applications_open__gt=now),
        # Nobody applies for an award or a publication: it is announced until it begins.
        when(EditionStatus.ANNOUNCED, type__in=[EditionType.AWARD, EditionType.PUBLICATION]),
        when(EditionStatus.FULL, capacity__lte=Coalesce(taken, 0)),
        default=Value(EditionStatus.OPEN),
        output_field=CharField(),
    )


_BEFORE_THE_START = frozenset(
    {EditionStatus.CLOSED, EditionStatus.ANNOUNCED, EditionStatus.FULL, EditionStatus.OPEN}
)
_BEFORE_THE_END = _BEFORE_THE_START | {EditionStatus.RUNNING}


def has_status(now: datetime, statuses: Iterable[str]) -> Q:
    """Return the condition that an edition has one of ``statuses`` at ``now``."""
    wanted = set(statuses)
    condition = Q(In(edition_status(now), sorted(wanted))) if wanted else Q(pk__in=())
    # What follows from the state, in words for which there are indexes: the past need not be read.
    if wanted <= _BEFORE_THE_START:
        condition &= Q(GreaterThan(Coalesce("starts_at", Value(NEVER)), now))
    elif wanted <= _BEFORE_THE_END:
        condition &= Q(ends_at__gte=now) | Q(ends_at__isnull=True)
    return condition


def edition_status_of(edition: Edition, now: datetime) -> EditionStatus:
    """Return the state of one edition at ``now`` by what the object says, be it a draft."""
    columns = (
        "status_override",
        "starts_at",
        "ends_at",
        "applications_open",
        "applications_close",
        "type",
        "capacity",
    )
    values = {name: (getattr(edition, name), Edition._meta.get_field(name)) for name in columns}
    seats = (edition.seats_taken, IntegerField())
    return EditionStatus(_evaluate(edition_status(now, taken="seats_taken"), **values, seats_taken=seats))


# ---------------------------------------------------------------- centres
def acts(key: Any, now: datetime) -> QuerySet[Appointment]:
    """Return what is published at ``now`` of the decisions about the centre with the key ``key``, the newest first."""
    found = Appointment.objects.filter(live_q(now), centre_key=key)
    return found.order_by("-valid_from", "-decided_on", "-pk")


def terms(key: Any, now: datetime) -> QuerySet[Appointment]:
    """Return those decisions that give a term."""
    return acts(key, now).exclude(act=AppointmentAct.WITHDRAWN)


def centre_status(now: datetime, key: Any = _OF_ROW) -> Case:
    """Return the state of a centre on the day of ``now`` in the site's time zone; the first match wins.

    For a queryset of `CentrePage`, or for the centre with the translation key ``key``.
    """
    today = local_day(now)
    begun = acts(key, now).filter(valid_from__lte=today)
    term_end = Subquery(terms(key, now).values("valid_until")[:1])
    under_review = Review.objects.filter(live_q(now), centre_key=key, state__in=OPEN_STATES)
    due = today + timedelta(days=REVIEW_DUE_DAYS)
    return Case(
        When(~Exists(begun), then=Value(CentreStatus.CANDIDATE)),
        When(
            Exact(Subquery(begun.values("act")[:1]), Value(AppointmentAct.WITHDRAWN)),
            then=Value(CentreStatus.WITHDRAWN),
        ),
        When(LessThan(term_end, today), then=Value(CentreStatus.EXPIRED)),
        When(Exists(under_review), then=Value(CentreStatus.UNDER_REVIEW)),
        When(LessThanOrEqual(term_end, due), then=Value(CentreStatus.REVIEW_DUE)),
        default=Value(CentreStatus.ACTIVE),
        output_field=CharField(),
    )


def centre_status_of(key: uuid.UUID, now: datetime) -> CentreStatus:
    """Return the state of the centre with the translation key ``key`` on the day of ``now``."""
    return CentreStatus(_evaluate(centre_status(now, key)))


def review_due(now: datetime, key: Any = _OF_ROW) -> Subquery:
    """Return the last day of a centre's newest term, by which it must be reviewed; NULL once withdrawn."""
    return Subquery(acts(key, now).values("valid_until")[:1])


@dataclass
class ReviewDue:
    """By when a centre must have been reviewed, and how much of that day is known."""

    date: date
    precision: str


def review_dues(keys: Iterable[uuid.UUID], now: datetime) -> dict[uuid.UUID, ReviewDue]:
    """Return when the centres with the translation ``keys`` are due; those without a term are left out."""
    newest = acts(OuterRef("centre_key"), now).values("pk")[:1]
    found = Appointment.objects.filter(centre_key__in=keys, valid_until__isnull=False, pk=Subquery(newest))
    return {
        act.centre_key: ReviewDue(act.valid_until, act.valid_until_precision)
        for act in found
        if act.valid_until
    }


def current_appointments(now: datetime) -> QuerySet[Appointment]:
    """Return the decisions by which centres hold their titles on the day of ``now``, at most one each."""
    today = local_day(now)
    newest = acts(OuterRef("centre_key"), now).filter(valid_from__lte=today).values("pk")[:1]
    return Appointment.objects.filter(valid_until__gte=today, pk=Subquery(newest))


# ---------------------------------------------------------------- time
def next_status_boundary(now: datetime) -> datetime | None:
    """Return the first time after ``now`` at which a status changes without any edit, if any. Two statements.

    The gate knows the times at which something expires (`Gate.next_time`).
    """
    editions = Edition.objects.filter(live_q(now)).order_by()

    def first(column: str, side: str) -> Subquery:
        # By itself, along the index of the column.
        return Subquery(editions.filter(**{f"{column}__{side}": now}).order_by(column).values(column)[:1])

    columns = {"starts_at": "gt", "applications_open": "gt", "ends_at": "gte", "applications_close": "gte"}
    times = Edition.objects.order_by().values_list(*starmap(first, columns.items()))[:1]
    start, opening, end, closing = next(iter(times), (None,) * len(columns))
    today = local_day(now)
    due = today + timedelta(days=REVIEW_DUE_DAYS)
    days = Appointment.objects.filter(live_q(now)).aggregate(
        start=Min("valid_from", filter=Q(valid_from__gt=today)),
        end=Min("valid_until", filter=Q(valid_until__gte=today)),
        due=Min("valid_until", filter=Q(valid_until__gt=due)),
    )
    candidates = [
        # An edition runs from its start time on; an end and a deadline are still included.
        start,
        opening,
        end and end + _TICK,
        closing and closing + _TICK,
        days["start"] and day_start(days["start"]),
        days["end"] and day_start(days["end"] + timedelta(days=1)),
        days["due"] and day_start(days["due"] - timedelta(days=REVIEW_DUE_DAYS)),
    ]
    return min((moment for moment in candidates if moment is not None), default=None)


def _evaluate(expression: Expression, **values: tuple[Any, Any]) -> str:
    """Have the database evaluate ``expression`` over ``values`` instead of columns, as `Q.check` does."""
    query = Query(None)
    for name, (value, column) in values.items():
        query.add_annotation(Value(value, output_field=column), name, select=False)
    query.add_annotation(expression, "answer")
    (answer,) = query.get_compiler(using=DEFAULT_DB_ALIAS).execute_sql(SINGLE)
    return str(answer)
