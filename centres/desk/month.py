"""What a month brings, day by day: events that take place, and what will be published or withdrawn by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, policy_registry

from centres.dates import add_months, day_start, local_day
from centres.desk.edition_urls import KINDS, address_of
from centres.desk.reach import publication_times, rows_of
from centres.models import CentrePage, EventEdition
from centres.models.edition import StatusOverride
from centres.models.event_rows import Session
from centres.rights.beside import known_to

# What it is about, when, and a note.
type _Found = tuple[Any, datetime, str | Promise]
PUBLISHED, WITHDRAWN = _("Will be published"), _("Will be withdrawn from publication")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on one day; ``url`` is empty where the reader may not open its form, ``note`` where all is usual."""

    at: datetime
    title: str
    url: str
    note: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One field of the month's table; ``inside`` is false for the days before and after the month."""

    day: date
    inside: bool
    is_today: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """From the first moment of a month to the first one after it."""

    first: datetime
    after: datetime

    @classmethod
    def of(cls, month: date) -> "Span":
        return cls(day_start(month), day_start(add_months(month, 1)))

    def on(self, column: str) -> Q:
        """Return the condition that the moment in ``column`` is in the month."""
        return Q(**{f"{column}__gte": self.first, f"{column}__lt": self.after})


def weeks_of(month: date, user: Any, centre: CentrePage | None = None) -> list[list[Day]]:
    """Return the weeks that ``month`` (its first day) touches, Monday first, with what concerns ``user``.

    ``centre``, in any language, leaves out what belongs to others. The statements are as many for any month.
    """
    found = sorted(_entries(Span.of(month), user, centre), key=attrgetter("at"))
    by_day: dict[date, list[Entry]] = {}
    for entry in found:
        by_day.setdefault(local_day(entry.at), []).append(entry)
    today, day, weeks = local_day(timezone.now()), month - timedelta(days=month.weekday()), []
    while day < add_months(month, 1):
        week = [day + timedelta(days=ahead) for ahead in range(7)]
        weeks.append([
            Day(one, one.month == month.month, one == today, tuple(by_day.get(one, ()))) for one in week
        ])  # fmt: skip
        day += timedelta(days=7)
    return weeks


def _entries(span: Span, user: Any, centre: CentrePage | None) -> Iterator[Entry]:
    pages = _below(known_to(user, Page), centre)
    for model, rows in (
        (Page, pages),
        *((one, _of_centre(rows_of(user, one), centre)) for one in KINDS.values()),
    ):
        found = list(_scheduled(model, rows, span))
        found += _sessions(rows, span) if model is EventEdition else []
        editable = _editable(model, user, {thing.pk for thing, _at, _note in found})
        for thing, at, note in found:
            name = str(thing.get_admin_display_title() if model is Page else thing)
            yield Entry(at, name, _address(model, thing.pk) if thing.pk in editable else "", note)


def _sessions(events: QuerySet[Any], span: Span) -> list[_Found]:
    sessions = Session.objects.filter(span.on("start"), edition__in=events.values("pk"))
    found = sessions.select_related("edition__programme")
    return [(session.edition, session.start, _state(session.edition)) for session in found]


def _scheduled(model: Any, rows: QuerySet[Any], span: Span) -> Iterator[_Found]:
    """Yield what of ``rows`` is published or withdrawn by itself within ``span``, and when."""
    times = publication_times(model, span.on("approved_go_live_at"))
    found: Any = rows.filter(Q(pk__in=times) | (span.on("expire_at") & Q(live=True)))
    for thing in found.specific() if model is Page else found.select_related("programme"):
        if thing.pk in times:
            yield thing, times[thing.pk], PUBLISHED
        if thing.live and thing.expire_at and span.first <= thing.expire_at < span.after:
            yield thing, thing.expire_at, WITHDRAWN


def _editable(model: Any, user: Any, keys: set[int]) -> set[int]:
    policy: Any = page_permission_policy if model is Page else policy_registry.get_by_type(model)
    own = policy.instances_user_has_any_permission_for(user, ["change"])
    return set(own.filter(pk__in=keys).values_list("pk", flat=True))


def _address(model: Any, key: int) -> str:
    if model is Page:
        return reverse("wagtailadmin_pages:edit", args=[key])
    return address_of(model, "edit", key)


def _of_centre(editions: QuerySet[Any], centre: CentrePage | None) -> QuerySet[Any]:
    return editions.filter(programme__centre_key=centre.translation_key) if centre else editions


def _below(pages: Any, centre: CentrePage | None) -> Any:
    if centre is None:
        return pages
    paths = CentrePage.objects.filter(translation_key=centre.translation_key).values_list("path", flat=True)
    of_it = Q(pk=None)
    for path in paths:
        of_it |= Q(path__startswith=path)
    return pages.filter(of_it)


def _state(event: EventEdition) -> str | Promise:
    if not event.live:
        return _("not published yet")
    return "" if event.status_override == StatusOverride.NONE else event.get_status_override_display()
