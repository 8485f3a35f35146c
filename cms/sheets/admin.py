"""The page of the admin with spreadsheets: what can be downloaded."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.sheets.registry import sheets
from cms.sheets.sheet import Sheet
from cms.sheets.writing import CSV, TYPES, download

INDEX, DOWNLOAD = "spreadsheets", "spreadsheets_download"
ALL = "all"


def offered_to(user: Any) -> list[Sheet]:
    """Return the sheets that ``user`` may export."""
    return [sheet for sheet in sheets() if sheet.exported and sheet.readable(user).exists()]


class SpreadsheetsView(WagtailAdminTemplateMixin, TemplateView):
    """Offers downloads."""

    template_name = "cms/sheets/index.html"
    page_title = _("Spreadsheets")
    header_icon = "table"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"sheets": offered_to(self.request.user), "all": ALL}


@require_GET
def downloaded(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """Serve one sheet, or a workbook with all that the reader may export."""
    found = [sheet for sheet in sheets() if sheet.exported and name in (sheet.name, ALL)]
    if not found or kind not in TYPES or (name == ALL and kind == CSV):
        raise Http404
    allowed = set(offered_to(request.user))
    parts = [sheet for sheet in found if sheet in allowed]
    if not parts:
        raise PermissionDenied
    return download([(sheet, sheet.exportable(request.user)) for sheet in parts], kind)


class _Item(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(offered_to(request.user))


def menu_item() -> MenuItem:
    return _Item(_("Spreadsheets"), reverse(INDEX), name="spreadsheets", icon_name="table", order=345)


def addresses() -> list[URLPattern]:
    return [
        path("spreadsheets/", SpreadsheetsView.as_view(), name=INDEX),
        path("spreadsheets/<str:name>.<str:kind>", downloaded, name=DOWNLOAD),
    ]


def register() -> None:
    """Add the page to the admin; called with the other hooks."""
    hooks.register("register_admin_urls", addresses)
    hooks.register("register_admin_menu_item", menu_item)
