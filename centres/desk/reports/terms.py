"""The report of centres whose term ends soon or has ended."""

from datetime import timedelta
from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.permissions import page_permission_policy

from centres.dates import local_day
from centres.desk.reach import centres_of, has_centres
from centres.models import CentrePage
from centres.models.choices import CentreStatus
from cms.reports.report import Report

# How far ahead the commission looks, in days: as far as the first of the warnings.
AHEAD = 365
_WITHIN = [(str(days), _("%(days)d days") % {"days": days}) for days in (30, 90, 180, 365)]


def ending(centres: QuerySet[CentrePage], days: int = AHEAD) -> QuerySet[CentrePage]:
    """Return those of ``centres`` whose term ends within so many days or has ended."""
    last = local_day(timezone.now()) + timedelta(days=days)
    return centres.filter(Q(due__lte=last) | Q(status=CentreStatus.EXPIRED))


class TermFilterSet(WagtailFilterSet):
    """Which centres the report lists."""

    within = django_filters.ChoiceFilter(label=_("Ends within"), choices=_WITHIN, method="ends_within")
    state = django_filters.ChoiceFilter(label=_("State"), choices=CentreStatus.choices, field_name="status")

    class Meta:
        model = CentrePage
        fields = ["within", "state", "host", "competence_field"]

    def ends_within(self, queryset: QuerySet[CentrePage], _name: str, days: str) -> QuerySet[CentrePage]:
        return ending(queryset, int(days))


class TermReport(Report):
    """Centres by the end of their term."""

    name = "ending-terms"
    order = 200
    model = CentrePage
    page_title = _("Ending terms")
    header_icon = "calendar-alt"
    filterset_class = TermFilterSet
    purpose = _(
        "Centres whose title ends within a year or has ended. A review comes before a renewal; "
        "the lead of the centre and the secretary are written to 365, 180, 90 and 30 days before."
    )
    nothing = _("No title of a centre that you look after ends within a year.")
    list_export = ["short_name", "host", "state", "due", "days"]
    export_headings = {
        "short_name": _("Centre"),
        "host": _("Host library"),
        "state": _("State"),
        "due": _("Term ends"),
        "days": _("Days left"),
    }

    @classmethod
    def may_see(cls, user: Any) -> bool:
        return has_centres(user)

    def get_base_queryset(self) -> QuerySet[CentrePage]:
        return ending(centres_of(self.request.user))

    def get_filtered_queryset(self) -> QuerySet[CentrePage]:
        return self.filter_queryset(self.get_base_queryset())

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        today = local_day(timezone.now())
        own = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        editable = set(own.filter(pk__in=[centre.pk for centre in object_list]).values_list("pk", flat=True))
        for centre in object_list:
            centre.state = str(CentreStatus(centre.status).label)
            centre.days = (centre.due - today).days if centre.due else None
            centre.edit_url = (
                reverse("wagtailadmin_pages:edit", args=[centre.pk]) if centre.pk in editable else None
            )
        return object_list

    @cached_property
    def columns(self) -> list[Column]:
        """Which centre, where, and how long its title lasts."""
        return [
            TitleColumn("short_name", label=_("Centre"), get_url=lambda centre: centre.edit_url),
            Column("host", label=_("Host library")),
            StatusTagColumn("state", label=_("State"), primary=lambda centre: centre.status == "ACTIVE"),
            Column("due", label=_("Term ends")),
            NumberColumn("days", label=_("Days left")),
        ]
