"""The report of events to which nobody can apply any more, though they are still to come."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, StatusTagColumn, TitleColumn

from centres.desk.reach import events_of, may_read
from centres.models import EventEdition
from centres.models.choices import EditionStatus
from cms.publishing.visibility import live_q
from cms.reports.report import Report

# No places left, or the deadline has passed: by the rule of `centres.status`, which knows no more of either.
CLOSED = (EditionStatus.FULL, EditionStatus.CLOSED)


def closed_events(user: Any) -> QuerySet[Any]:
    """Return the events to come that concern ``user`` and take no more applications."""
    return events_of(user).filter(live_q(timezone.now()), status__in=CLOSED)


class EditionFilterSet(WagtailFilterSet):
    """Which events the report lists."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(state.value, state.label) for state in CLOSED],
        field_name="status",
    )
    waiting = django_filters.BooleanFilter(
        label=_("Somebody waits for a place"), field_name="availability__waitlist", method="with_waitlist"
    )

    class Meta:
        model = EventEdition
        fields = ["state", "waiting", "year", "mode"]

    def with_waitlist(self, queryset: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:
        return queryset.filter(**{f"{name}__gt": 0}) if wanted else queryset.exclude(**{f"{name}__gt": 0})


class EditionReport(Report):
    """Events to come without places or after their deadline."""

    name = "closed-editions"
    order = 220
    model = EventEdition
    page_title = _("Editions without places or after the deadline")
    header_icon = "date"
    filterset_class = EditionFilterSet
    purpose = _(
        "Events to come to which nobody can apply any more. Where people wait, think of another edition; "
        "where places are left after the deadline, you may move the deadline."
    )
    nothing = _("All events to come that you look after take applications.")
    list_export = [
        "__str__", "state", "starts_at", "applications_close", "capacity", "seats_taken", "waitlist",
    ]  # fmt: skip
    export_headings = {
        "__str__": _("Edition"),
        "state": _("State"),
        "starts_at": _("Begins"),
        "applications_close": _("Applications until"),
        "capacity": _("Seats"),
        "seats_taken": _("Seats taken"),
        "waitlist": _("Waiting"),
    }

    @classmethod
    def may_see(cls, user: Any) -> bool:
        return may_read(user, EventEdition)

    def get_base_queryset(self) -> QuerySet[EventEdition]:
        return closed_events(self.request.user)

    def get_filtered_queryset(self) -> QuerySet[EventEdition]:
        return self.filter_queryset(self.get_base_queryset())

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for event in object_list:
            event.state = str(EditionStatus(event.status).label)
        return object_list

    @cached_property
    def columns(self) -> list[Column]:
        """Which event, why nobody can apply, and how many wait."""
        return [
            TitleColumn(
                "__str__",
                label=_("Edition"),
                get_url=lambda row: reverse("wagtailsnippets_centres_eventedition:edit", args=[row.pk]),
            ),
            StatusTagColumn("state", label=_("State")),
            DateColumn("starts_at", label=_("Begins")),
            DateColumn("applications_close", label=_("Applications until")),
            NumberColumn("capacity", label=_("Seats")),
            NumberColumn("seats_taken", label=_("Seats taken")),
            NumberColumn("waitlist", label=_("Waiting")),
        ]
