"""Every spreadsheet of the admin: no text in it is a formula, and Excel of the site's country opens it.

All lists of Wagtail write their spreadsheets with one mixin. `take_over` puts the functions of this module into it, so
lists that nobody here names, and those of later versions, follow the same rules (ADR 0089).
"""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils import formats, timezone, translation
from wagtail.admin.views.mixins import ExcelDateFormatter, SpreadsheetExportMixin

if TYPE_CHECKING:  # openpyxl is large, and most processes never write a workbook
    from openpyxl.cell import WriteOnlyCell

BOM = "\ufeff"
# What begins a formula in Excel, LibreOffice or Google Sheets (OWASP, CSV injection); | begins one of old DDE imports.
FORMULA_SIGNS = ("=", "+", "-", "@", "|")
# Excel takes more letters from no cell: "Excel specifications and limits".
LONGEST_CELL = 32_767

type Numeric = int | float | Decimal


def not_a_formula(value: str) -> str:
    """Return ``value`` so that no spreadsheet takes it for a formula.

    Programs pass over blanks and letters without width in front of a formula, and some take signs of East Asian width
    for the plain ones; all of these count here too.
    """
    text = unicodedata.normalize("NFKC", value)
    shown = text.lstrip("".join({letter for letter in text if _is_nothing(letter)}))
    return f"'{value}" if shown.startswith(FORMULA_SIGNS) or value.startswith(("\t", "\r", "\n")) else value


def _is_nothing(letter: str) -> bool:
    # Blanks, control characters and letters without width (Unicode, general categories).
    return letter.isspace() or unicodedata.category(letter) in {"Cc", "Cf", "Zs", "Zl", "Zp"}


def csv_cell(value: Any) -> Any:
    """Return what a cell of a CSV file holds: numbers and dates as the site's country writes them, harmless text.

    Excel reads a file with the habits of its country, whatever the language of the admin is.
    """
    if isinstance(value, bool) or value is None:
        return value
    with translation.override(settings.LANGUAGE_CODE):
        if isinstance(value, int | float | Decimal):
            return formats.number_format(value, use_l10n=True, force_grouping=False)
        if isinstance(value, datetime):
            return f"{formats.date_format(_local(value), 'SHORT_DATE_FORMAT')} {_local(value):%H:%M}"
        if isinstance(value, date):
            return formats.date_format(value, "SHORT_DATE_FORMAT")
        if isinstance(value, time):
            return f"{value:%H:%M}"
    return not_a_formula(str(value))


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def separator() -> str:
    """Return what parts the cells of a CSV file: where a comma stands in numbers, Excel expects a semicolon."""
    with translation.override(settings.LANGUAGE_CODE):
        return ";" if formats.get_format("DECIMAL_SEPARATOR") == "," else ","


class _Line:
    """A file that hands back what is written."""

    def write(self, text: str) -> bytes:
        return text.encode()


def _csv_value(view: Any, field: str, value: Any) -> Any:
    """Return what ``view`` makes of ``value``, which stays a number or a date where the view only prints it."""
    if isinstance(value, int | float | Decimal | date | time) and field not in view.custom_field_preprocess:
        return csv_cell(value)
    return csv_cell(view.preprocess_field_value(field, value, view.FORMAT_CSV))


def stream_csv(view: Any, rows: Iterable[Any]) -> Iterator[bytes]:
    """Yield the lines of a CSV file with the ``rows`` of ``view``; the first begins with a byte order mark."""
    writer: Any = csv.writer(_Line(), delimiter=separator())
    yield BOM.encode()
    yield writer.writerow([not_a_formula(view.get_heading(rows, field)) for field in view.list_export])
    for row in rows:
        cells = view.to_row_dict(row)
        yield writer.writerow([_csv_value(view, field, cells[field]) for field in view.list_export])


def write_csv_response(view: Any, rows: Iterable[Any]) -> StreamingHttpResponse:
    """Return the CSV file as a download; it says that it is UTF-8."""
    response = StreamingHttpResponse(view.stream_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{view.get_filename()}.csv"'
    return response


def write_xlsx(view: Any, rows: Iterable[Any], output: Any) -> None:
    """Write a workbook with the ``rows`` of ``view`` to ``output``."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True, iso_dates=True)
    sheet = workbook.create_sheet(title="Sheet1")
    sheet.append([_xlsx_cell(sheet, view.get_heading(rows, field)) for field in view.list_export])
    date_format = ExcelDateFormatter().get()
    for row in rows:
        sheet.append(view.generate_xlsx_row(sheet, view.to_row_dict(row), date_format=date_format))
    workbook.save(output)


def generate_xlsx_row(
    view: Any, sheet: Any, cells: Mapping[str, Any], date_format: str | None = None
) -> "Iterator[WriteOnlyCell]":
    """Yield the cells of one row: texts as texts, moments in the site's own time, numbers and dates as such."""
    for field, value in cells.items():
        moment = isinstance(value, datetime) and field not in view.custom_field_preprocess
        shown = _naive(value) if moment else view.preprocess_field_value(field, value, view.FORMAT_XLSX)
        cell = _xlsx_cell(sheet, shown)
        if date_format and isinstance(shown, datetime):
            cell.number_format = date_format
        yield cell


def _naive(moment: datetime) -> datetime:
    # A workbook knows no time zones.
    return _local(moment).replace(tzinfo=None)


def _xlsx_cell(sheet: Any, value: Any) -> "WriteOnlyCell":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    # A workbook cannot hold control characters, and openpyxl refuses the whole of it for one.
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, text)
    if text:
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula, and #N/A for a mistake
    return cell


def take_over() -> None:
    """Have all lists of the admin write their spreadsheets by the functions of this module."""
    for function in (stream_csv, write_csv_response, write_xlsx, generate_xlsx_row):
        setattr(SpreadsheetExportMixin, function.__name__, function)
