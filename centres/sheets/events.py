"""The sheet of events: one line for each date, with fees and seats."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from centres.models import EventEdition, Fee, Session
from centres.models.edition import EditionAvailability
from centres.sheets.editions import EditionSheet
from cms.sheets.cells import Whole
from cms.sheets.columns import Column, name_of, of_model
from cms.sheets.keys import Keys
from cms.sheets.sheet import Rows


class EventSheet(EditionSheet):
    """Events, by programme and the beginning of the first session."""

    name, model = "events", EventEdition

    def declare(self) -> None:
        before = ("programme", "label", "number", "mode", "venue", "online_url", "languages")
        seats = ("unlimited", "capacity", "capacity_onsite", "capacity_online")
        after = (
            "applications_open", "applications_close", "application_url", "free", "status_override",
            "cancel_reason", "accessibility_info", "recording_url",
        )  # fmt: skip
        self.columns = [
            *of_model(EventEdition, *before, programme="programmes", venue="venues"),
            *of_model(EventEdition, *seats),
            *map(_count, ("seats_taken", "waitlist")),
            *of_model(EventEdition, *after),
        ]
        sessions = of_model(
            Session,
            "start",
            "end",
            "topic",
            "presenters",
            "venue",
            "online",
            presenters="people",
            venue="venues",
        )
        fees = of_model(Fee, "label", "amount", "audience", audience="audiences")
        self.rows = [
            Rows("sessions", Session, sessions),
            Rows("fees", Fee, fees),
        ]

    def known(self) -> QuerySet[Any]:
        return super().known().select_related("availability").order_by("starts_at", "pk")

    def loaded(self, rows: QuerySet[Any]) -> Iterable[Any]:
        sessions = Session.objects.prefetch_related("presenters")
        return rows.select_related("availability", "latest_revision").prefetch_related(
            Prefetch("sessions", sessions), "fees"
        )

    def key_of(self, thing: Any, keys: Keys) -> str:
        start = thing.starts_at if thing.starts_at and not held_in_memory(thing) else thing.span()[0]
        programme = super().key_of(thing, keys)
        if start is None:
            return programme
        return f"{programme} {timezone.localtime(start, timezone.get_default_timezone()):%Y-%m-%d %H.%M}"


def held_in_memory(event: Any) -> bool:
    """Return whether the sessions of ``event`` are those of a draft or of a spreadsheet."""
    return "sessions" in getattr(event, "_cluster_related_objects", {})


def _count(name: str) -> Column:
    """Return the column of a number that counts at once, beside every draft."""

    def put(event: Any, count: int | None) -> None:
        event.count_seats_when_saved(**event.__dict__.get("_counted", {}) | {name: count or 0})

    heading = name_of(EditionAvailability, name)
    at_once = lambda event, count: event.count_seats(**{name: count})  # noqa: E731
    return Column(name, heading, Whole(), lambda event: getattr(event, name), put, beside=at_once)
