"""Search in the admin: the synonyms that editors keep, and the report of what the public searches for."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from cms.search.models import QueryCount, Synonym
from cms.search.query_report import QueryReportView

register_permission_policy(Synonym)
register_permission_policy(QueryCount)


class SynonymViewSet(ModelViewSet):
    """Synonyms in the settings menu."""

    model = Synonym
    icon = "list-ul"
    menu_label = _("Search synonyms")
    menu_name = "search-synonyms"
    menu_order = 900
    add_to_settings_menu = True
    form_fields = ["locale", "word", "others", "direction"]
    list_display = ["word", "others", "direction", "locale"]
    list_filter = ["locale", "direction"]
    search_fields = ["word", "others"]
    search_backend_name = None


class _QueryReportMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("cms_search.view_querycount"))


@hooks.register("register_admin_viewset")
def register_synonyms() -> SynonymViewSet:
    return SynonymViewSet("search_synonyms")


@hooks.register("register_admin_urls")
def register_report_urls() -> list[Any]:
    return [
        path("reports/search-queries/", QueryReportView.as_view(), name="search_queries"),
        path(
            "reports/search-queries/results/",
            QueryReportView.as_view(results_only=True),
            name="search_queries_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    return _QueryReportMenuItem(
        _("Search queries"), reverse("search_queries"), name="search-queries", icon_name="search", order=1100
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Let administrators of groups give out the rights to synonyms and the report."""
    return Permission.objects.filter(
        content_type__app_label="cms_search", content_type__model__in=["synonym", "querycount"]
    )
