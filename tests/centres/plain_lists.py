"""Programmes and editions as plain values, with filters, orders and facets in plain Python.

What the graph answers by SQL is compared with this. The words are those of the contract.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from centres.models import CentrePage, Edition, EventEdition, ProgrammePage
from cms.languages.sorting import fold, sort_key
from cms.publishing.visibility import Gate

NEVER = datetime.max.replace(tzinfo=timezone.get_default_timezone())


@dataclass
class PlainEdition:
    """What filters ask of an edition; ``event`` is what events alone have."""

    pk: int
    programme: "PlainProgramme"
    year: int
    starts: datetime
    status: str
    opens: datetime | None
    event: dict[str, Any] = field(default_factory=dict)


@dataclass
class PlainProgramme:
    """What filters ask of a programme; ``pages`` are those that the public sees, by locale."""

    pages: dict[str, Any]
    centres: set[str]
    kind: str
    cadence: str
    topics: set[str]
    audiences: set[str]
    editions: list[PlainEdition] = field(default_factory=list)


def read() -> list[PlainProgramme]:
    """Return all programmes of which the public sees a page, with the editions that it sees."""
    now = timezone.now()
    gate = Gate(now=now)
    centres: dict[Any, set[str]] = {}
    for centre in CentrePage.objects.filter(gate.q(CentrePage)):
        centres.setdefault(centre.translation_key, set()).add(centre.slug)
    found: dict[Any, PlainProgramme] = {}
    for page in ProgrammePage.objects.filter(gate.q(ProgrammePage)).select_related("locale").order_by("pk"):
        one = found.setdefault(
            page.translation_key,
            PlainProgramme(
                {},
                centres.get(page.centre_key, set()),
                page.kind,
                page.cadence,
                {topic.code for topic in page.topics.all()},
                {row.audience.code for row in page.programme_audiences.all()},
            ),
        )
        one.pages[page.locale.language_code] = page
    for row in Edition.objects.filter(gate.q(Edition)).order_by("pk"):
        if (programme := found.get(row.programme_key)) is not None:
            programme.editions.append(_edition(row, programme, now))
    return list(found.values())


def _edition(row: Edition, programme: PlainProgramme, now: datetime) -> PlainEdition:
    event = EventEdition.objects.filter(pk=row.pk).first()
    facts: dict[str, Any] = {}
    if event is not None:
        left = event.seats_left
        free = left is None or left > 0
        city = event.venue.city if event.venue else None
        facts = {
            "mode": event.mode,
            "free": event.free,
            "rescheduled": event.rescheduled,
            "city": city,
            "seats": free,
        }
    status = _status(row, now, full=bool(facts) and not facts["seats"])
    return PlainEdition(row.pk, programme, row.year, row.starts_at, status, row.applications_open, facts)


def _status(row: Edition, now: datetime, *, full: bool) -> str:
    if row.status_override != "NONE":
        return str(row.status_override)
    if row.ends_at is not None and row.ends_at < now:
        return "FINISHED"
    if row.starts_at is not None and row.starts_at <= now:
        return "RUNNING"
    if row.applications_close is not None and row.applications_close < now:
        return "CLOSED"
    if (row.applications_open is not None and row.applications_open > now) or row.type != "EVENT":
        return "ANNOUNCED"
    return "FULL" if full else "OPEN"


def _within(value: Any, between: dict[str, Any]) -> bool:
    if value is None:
        return not between
    ends = {
        name: datetime.fromisoformat(end) if isinstance(end, str) else end for name, end in between.items()
    }
    return ends.get("from", value) <= value <= ends.get("to", value)


def _pages(one: PlainProgramme) -> Iterable[Any]:
    return one.pages.values()


_EDITION: dict[str, Callable[[PlainEdition, Any], bool]] = {
    "centre": lambda one, value: bool(one.programme.centres & set(value)),
    "programme": lambda one, value: any(page.slug in value for page in _pages(one.programme)),
    "kind": lambda one, value: one.programme.kind in value,
    "topic": lambda one, value: bool(one.programme.topics & set(value)),
    "audience": lambda one, value: bool(one.programme.audiences & set(value)),
    "titleContains": lambda one, value: any(
        fold(value) in fold(page.title) for page in _pages(one.programme)
    ),
    "status": lambda one, value: one.status in value,
    "mode": lambda one, value: one.event.get("mode") in value,
    "city": lambda one, value: one.event.get("city") in value,
    "free": lambda one, value: one.event.get("free") is value,
    "rescheduled": lambda one, value: one.event.get("rescheduled") is value,
    "hasFreeSeats": lambda one, value: one.event.get("seats") is value,
    "year": lambda one, value: one.year == value,
    "years": lambda one, value: _within(one.year, value),
    "starts": lambda one, value: _within(one.starts, value),
    "applicationsOpen": lambda one, value: bool(one.event) and _within(one.opens, value),
}
_PROGRAMME: dict[str, Callable[[tuple[PlainProgramme, Any], Any], bool]] = {
    "centre": lambda row, value: bool(row[0].centres & set(value)),
    "kind": lambda row, value: row[0].kind in value,
    "topic": lambda row, value: bool(row[0].topics & set(value)),
    "audience": lambda row, value: bool(row[0].audiences & set(value)),
    "cadence": lambda row, value: row[0].cadence in value,
    "titleContains": lambda row, value: fold(value) in fold(row[1].title),
    "hasOpenEdition": lambda row, value: any(one.status == "OPEN" for one in row[0].editions) is value,
    "editions": lambda row, value: any(meets(one, value, _EDITION) for one in row[0].editions),
}


def meets(row: Any, wanted: dict[str, Any], known: dict[str, Any]) -> bool:
    """Return whether ``row`` meets a filter."""
    for name, value in wanted.items():
        match name:
            case "and":
                held = all(meets(row, part, known) for part in value)
            case "or":
                held = any(meets(row, part, known) for part in value)
            case "not":
                held = not meets(row, value, known)
            case _:
                held = known[name](row, value)
        if not held:
            return False
    return True


def programmes(
    found: list[PlainProgramme], wanted: Any, order: str, chain: list[str]
) -> list[tuple[PlainProgramme, Any]]:
    """Return programmes with the page that is shown of each, in order."""
    rows = [(one, next((one.pages[code] for code in chain if code in one.pages), None)) for one in found]
    kept = [row for row in rows if row[1] is not None and meets(row, wanted, _PROGRAMME)]
    now = timezone.now()

    def key(row: tuple[PlainProgramme, Any]) -> Any:
        one, page = row
        if order.startswith("TITLE"):
            return sort_key(page.title, page.locale.language_code), page.pk
        if order.startswith("NEXT_START"):
            coming = [
                e.starts
                for e in one.editions
                if e.event and e.starts > now and e.status not in {"CANCELLED", "POSTPONED"}
            ]
            return min(coming, default=NEVER), page.pk
        return page.last_published_at, page.pk

    return sorted(kept, key=key, reverse=order.endswith("_DESC"))


def editions(found: list[PlainProgramme], wanted: Any, order: str, chain: list[str]) -> list[PlainEdition]:
    """Return editions in order."""
    shown = [one for one in found if one.pages.keys() & set(chain)]
    kept = [row for one in shown for row in one.editions if meets(row, wanted, _EDITION)]
    column = "year" if order.startswith("YEAR") else "starts"
    return sorted(kept, key=lambda row: (getattr(row, column), row.pk), reverse=order.endswith("_DESC"))


def facets(rows: list[Any]) -> dict[str, Counter[str]]:
    """Return the counts of a list by facet and code, but for CENTRE, whose code depends on the locale."""
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("TOPIC", "AUDIENCE", "KIND", "MODE", "MONTH")
    }
    for row in rows:
        programme = row[0] if isinstance(row, tuple) else row.programme
        own = programme.editions if isinstance(row, tuple) else [row]
        counts["TOPIC"].update(programme.topics)
        counts["AUDIENCE"].update(programme.audiences)
        counts["KIND"].update([programme.kind])
        counts["MODE"].update({one.event["mode"] for one in own if one.event})
        counts["MONTH"].update({f"{timezone.localtime(one.starts):%Y-%m}" for one in own if one.starts})
    return counts
