"""The pages of the admin with spreadsheets: download, upload, what an upload would do, import and undo."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django.views.generic import FormView, TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.models import SheetImport
from cms.sheets import tasks
from cms.sheets.reading import check_size
from cms.sheets.registry import sheets
from cms.sheets.report import Done, Report
from cms.sheets.sheet import Sheet
from cms.sheets.writing import CSV, TYPES, download

INDEX, DOWNLOAD, IMPORT = (
    "spreadsheets",
    "spreadsheets_download",
    "spreadsheets_import",
)
ALL = "all"
_SHOWN = 200
_KEPT = timedelta(days=90)


def offered_to(user: Any) -> list[Sheet]:
    """Return the sheets that ``user`` may export."""
    return [sheet for sheet in sheets() if sheet.exported and sheet.readable(user).exists()]


def may_write(user: Any) -> bool:
    """Return whether there is anything that ``user`` could import."""
    return any(sheet.may_write(user) for sheet in sheets() if sheet.exported)


class _Page(WagtailAdminTemplateMixin):
    page_title: Any = _("Spreadsheets")
    header_icon = "table"
    _show_breadcrumbs = True
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not (may_write(request.user) or offered_to(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UploadForm(forms.Form):
    """A file, and whether what it brings is published."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An Excel workbook (.xlsx) or a CSV file, of 10 MB at most. Nothing is changed yet."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    publish = forms.TypedChoiceField(
        label=_("What is imported"),
        choices=[
            ("", _("stays a draft")),
            ("1", _("is published if you may publish it, else submitted for review")),
        ],
        coerce=bool,
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "Organisations, people, venues and lists of terms have no drafts. Numbers of seats count at once."
        ),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        check_size(file.size or 0)
        return file


class SpreadsheetsView(_Page, FormView):
    """Offers downloads, takes an upload and shows the reader's last ones."""

    template_name = "cms/sheets/index.html"
    form_class = UploadForm
    initial = {"publish": ""}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        own = SheetImport.objects.filter(user=user).defer("content", "report", "steps")
        return super().get_context_data(**kwargs) | {
            "sheets": offered_to(self.request.user),
            "all": ALL,
            "may_write": may_write(self.request.user),
            "imports": own[:10],
        }

    def form_valid(self, form: Any) -> HttpResponse:
        user: Any = self.request.user
        if not may_write(user):
            raise PermissionDenied
        SheetImport.objects.filter(created_at__lt=timezone.now() - _KEPT).delete()
        file = form.cleaned_data["file"]
        row = SheetImport.objects.create(
            user=user,
            file_name=str(file.name)[-255:],
            content=file.read(),
            publish=bool(form.cleaned_data["publish"]),
        )
        tasks.check.enqueue(row.pk)
        return redirect(IMPORT, row.pk)


class ImportView(_Page, TemplateView):
    """Shows what an upload would do or did; its buttons import it and undo it."""

    template_name = "cms/sheets/import.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.row = get_object_or_404(SheetImport, pk=kwargs["pk"], user=request.user)

    def get_page_subtitle(self) -> str:
        return self.row.file_name

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        above = {"url": reverse(INDEX), "label": str(self.page_title)}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.row.file_name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = Report.from_json(self.row.report)
        shown = [one for one in report.outcomes if one.done is not Done.SAME]
        return super().get_context_data(**kwargs) | {
            "row": self.row,
            "report": report,
            "problems": report.problems[:_SHOWN],
            "outcomes": shown[:_SHOWN],
            "more": max(0, len(report.problems) - _SHOWN) or max(0, len(shown) - _SHOWN),
            "new": report.counts.get(Done.NEW, 0),
            "changed": report.counts.get(Done.CHANGED, 0),
            "same": report.counts.get(Done.SAME, 0),
            "may_undo": may_undo(self.row),
            "undo_problem": self.row.report.get("undo", ""),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        state = SheetImport.State
        row = SheetImport.objects.select_for_update().get(pk=self.row.pk)
        if "import" in request.POST and row.state == state.CHECKED:
            _hand_over(row, state.IMPORTING, tasks.bring_in)
        elif "undo" in request.POST and may_undo(row):
            _hand_over(row, state.UNDOING, tasks.take_back)
        return redirect(IMPORT, row.pk)


def _hand_over(row: SheetImport, state: str, task: Any) -> None:
    row.state, row.done, row.total = state, 0, 0
    row.save(update_fields=["state", "done", "total"])
    task.enqueue(row.pk)


def may_undo(row: SheetImport) -> bool:
    """Return whether an import can be undone: the last one of its editor can."""
    later = SheetImport.objects.filter(user=row.user_id, pk__gt=row.pk, state=SheetImport.State.DONE)
    return row.state == SheetImport.State.DONE and bool(row.steps) and not later.exists()


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
    return download([(sheet, sheet.exportable(request.user)) for sheet in parts], kind, request.user)


class _Item(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_write(request.user) or bool(offered_to(request.user))


def menu_item() -> MenuItem:
    return _Item(_("Spreadsheets"), reverse(INDEX), name="spreadsheets", icon_name="table", order=345)


def addresses() -> list[URLPattern]:
    return [
        path("spreadsheets/", SpreadsheetsView.as_view(), name=INDEX),
        path("spreadsheets/imports/<int:pk>/", ImportView.as_view(), name=IMPORT),
        path("spreadsheets/<str:name>.<str:kind>", downloaded, name=DOWNLOAD),
    ]


def register() -> None:
    """Add the pages to the admin; called with the other hooks."""
    hooks.register("register_admin_urls", addresses)
    hooks.register("register_admin_menu_item", menu_item)
