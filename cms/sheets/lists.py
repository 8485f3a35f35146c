"""Lists of the admin that export the sheet of their model: with the filter and the order that the list shows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from cms.sheets.registry import sheet_of
from cms.sheets.writing import download


class SheetExport:
    """A list that exports a spreadsheet which can be imported again, if there is a sheet for its model."""

    model: Any
    request: HttpRequest

    @cached_property
    def show_export_buttons(self) -> bool:
        return bool(sheet_of(self.model) or self.list_export)  # type: ignore[attr-defined]

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponse:
        sheet = sheet_of(self.model)
        if sheet is None:
            answer: HttpResponse = super().as_spreadsheet(queryset, spreadsheet_format)  # type: ignore[misc]
            return answer
        return download([(sheet, sheet.loaded(queryset))], spreadsheet_format, self.request.user)
