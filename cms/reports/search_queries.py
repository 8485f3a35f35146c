"""The report of what the public searches for."""

from datetime import timedelta
from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.db.models import OuterRef, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.coreutils import get_content_languages

from cms.reports.report import Report
from cms.search.models import QueryCount

_PERIODS = [("7", _("last 7 days")), ("30", _("last 30 days")), ("90", _("last 90 days"))]


def _newest_hits() -> Subquery:
    """What a query finds now is what it found on the last day on which it was asked."""
    same = QueryCount.objects.filter(locale=OuterRef("locale"), text=OuterRef("text"))
    return Subquery(same.order_by("-day").values("hits")[:1])


def _locales() -> list[tuple[str, str]]:
    return list(get_content_languages().items())


class QueryFilterSet(WagtailFilterSet):
    """Which queries the report lists."""

    period = django_filters.ChoiceFilter(label=_("Period"), choices=_PERIODS, method="of_period")
    without_hits = django_filters.BooleanFilter(label=_("Found nothing"), method="by_hits")
    locale = django_filters.ChoiceFilter(label=_("Language"), choices=_locales)

    class Meta:
        model = QueryCount
        fields = ["period", "without_hits", "locale"]

    def of_period(self, queryset: Any, _name: str, days: str) -> Any:
        return queryset.filter(day__gt=timezone.localdate() - timedelta(days=int(days)))

    def by_hits(self, queryset: Any, _name: str, without: bool) -> Any:
        found = queryset.alias(newest=_newest_hits())
        return found.filter(newest=0) if without else found.filter(newest__gt=0)


class SearchQueryReport(Report):
    """The queries of the public, the most frequent first."""

    name = "search-queries"
    order = 1100
    page_title = _("Search queries")
    header_icon = "search"
    model = QueryCount
    filterset_class = QueryFilterSet
    columns = [
        Column("text", label=_("Query")),
        NumberColumn("sum", label=_("Times")),
        NumberColumn("newest", label=_("Pages found at last")),
        Column("locale", label=_("Language")),
    ]
    export_headings = {
        "text": _("Query"),
        "sum": _("Times"),
        "newest": _("Pages found at last"),
        "locale": _("Language"),
    }
    list_export = ["text", "sum", "newest", "locale"]

    @classmethod
    def may_see(cls, user: Any) -> bool:
        return bool(user.has_perm("cms_search.view_querycount"))

    def get_filtered_queryset(self) -> Any:
        """Return each query once, with its sum over the days."""
        counts = self.filter_queryset(QueryCount.objects.order_by())
        sums = counts.values("text", "locale").annotate(sum=Sum("times"), newest=_newest_hits())
        return sums.order_by("-sum", "text", "locale")
