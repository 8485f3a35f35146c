"""The report of reviews that are not decided yet."""

from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.widgets import AdminDateInput

from centres.dates import local_day
from centres.desk.reach import may_read, reviews_of
from centres.models import Review
from cms.reports.report import Report


class ReviewFilterSet(WagtailFilterSet):
    """Which reviews the report lists."""

    due_before = django_filters.DateFilter(
        label=_("Due until"), field_name="due_on", lookup_expr="lte", widget=AdminDateInput
    )

    class Meta:
        model = Review
        fields = ["state", "cycle", "due_before"]


class ReviewReport(Report):
    """Reviews by the day on which they are due."""

    name = "reviews-due"
    order = 210
    model = Review
    page_title = _("Reviews due")
    header_icon = "tasks"
    filterset_class = ReviewFilterSet
    purpose = _(
        "Reviews that are planned or under way. A review must be decided before the term of its centre ends."
    )
    nothing = _("No review waits: all of those that you look after are decided.")
    list_export = ["centre_name", "cycle", "get_state_display", "due_on", "days"]
    export_headings = {
        "centre_name": _("Centre"),
        "cycle": _("Review cycle"),
        "get_state_display": _("State"),
        "due_on": _("Due"),
        "days": _("Days left"),
    }

    @classmethod
    def may_see(cls, user: Any) -> bool:
        return may_read(user, Review)

    def get_base_queryset(self) -> QuerySet[Review]:
        return reviews_of(self.request.user)

    def get_filtered_queryset(self) -> QuerySet[Review]:
        return self.filter_queryset(self.get_base_queryset())

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        today = local_day(timezone.now())
        for review in object_list:
            review.centre_name = review.centre.short_name
            review.days = (review.due_on - today).days
        return object_list

    @cached_property
    def columns(self) -> list[Column]:
        """Which review of whom, how far it is, and how much time is left."""
        return [
            TitleColumn(
                "centre_name",
                label=_("Centre"),
                get_url=lambda row: reverse("wagtailsnippets_centres_review:edit", args=[row.pk]),
            ),
            Column("cycle", label=_("Review cycle")),
            StatusTagColumn("get_state_display", label=_("State")),
            Column("due_on", label=_("Due")),
            NumberColumn("days", label=_("Days left")),
        ]
