"""Writes sheets into a workbook, or one of them into a CSV file."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from cms.reports.spreadsheets import BOM, LONGEST_CELL, csv_cell, not_a_formula, separator
from cms.sheets.cells import Cell
from cms.sheets.columns import Column
from cms.sheets.keys import Keys
from cms.sheets.registry import sheet_called
from cms.sheets.sheet import KEY, Sheet

XLSX, CSV = "xlsx", "csv"
TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}
_DAY, _MOMENT, _AS_TEXT = "d. m. yyyy", "d. m. yyyy hh:mm", "@"


def title_of(sheet: Sheet) -> str:
    """Return the title of a sheet in the site's own language, as workbooks can hold it."""
    with override(settings.LANGUAGE_CODE):
        return str(capfirst(str(sheet.title)))[:31]


def heading(column: Column) -> str:
    """Return the heading of a column in the site's own language."""
    return next(column.headings())


def lines(sheet: Sheet, things: Iterable[Any], keys: Keys) -> Iterator[list[Cell]]:
    """Yield the lines below the headings: one for each thing, and more where it has several rows below it."""
    for thing in things:
        key = keys.of(sheet.name, thing.pk)
        newest = sheet.newest(thing)
        own = [key if column.field == KEY else column.cell(newest, keys) for column in sheet.columns]
        below = [
            [[column.cell(row, keys) for column in rows.columns] for row in rows.of(newest)]
            for rows in sheet.rows
        ]
        again: list[Cell] = [key if column.field == sheet.key_field else None for column in sheet.columns]
        for place in range(max(1, *(len(rows) for rows in below)) if below else 1):
            line = list(own if place == 0 else again)
            for rows, cells in zip(sheet.rows, below, strict=True):
                line += cells[place] if place < len(cells) else [None] * len(rows.columns)
            yield line


def written_csv(sheet: Sheet, things: Iterable[Any], keys: Keys) -> bytes:
    """Return a CSV file as Excel of the site's country writes it."""
    file = StringIO()
    writer = csv.writer(file, delimiter=separator())
    writer.writerow([heading(column) for column in sheet.all_columns])
    for line in lines(sheet, things, keys):
        writer.writerow([guarded(cell) if isinstance(cell, str) else csv_cell(cell) for cell in line])
    return (BOM + file.getvalue()).encode()


def guarded(text: str) -> str:
    """Return ``text`` so that no program takes it for a formula and `unguarded` gives it back."""
    return f"'{text}" if not_a_formula(text) != text or (text.startswith("'") and _is_guarded(text)) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    return text[1:] if _is_guarded(text) else text


def _is_guarded(text: str) -> bool:
    return text.startswith("'") and guarded(text[1:]) == text


def written_xlsx(parts: Iterable[tuple[Sheet, Iterable[Any]]], keys: Keys) -> bytes:
    """Return a workbook with a sheet for each of ``parts``."""
    workbook = Workbook(write_only=True, iso_dates=True)
    for sheet, things in parts:
        page = workbook.create_sheet(title=title_of(sheet))
        page.freeze_panes = "B2"
        for place, column in enumerate(sheet.all_columns, start=1):
            width = min(40, max(12, len(heading(column)) + 2))
            page.column_dimensions[get_column_letter(place)].width = width
        page.append([_bold(page, heading(column)) for column in sheet.all_columns])
        for line in lines(sheet, things, keys):
            page.append([_xlsx_cell(page, cell) for cell in line])
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _bold(page: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, text)
    cell.font = Font(bold=True)
    return cell


def _xlsx_cell(page: Any, value: Cell) -> WriteOnlyCell:
    if isinstance(value, str):
        # A workbook cannot hold control characters.
        text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
        cell = WriteOnlyCell(page, text or None)
        if text:
            cell.data_type = "s"  # openpyxl takes what begins with = for a formula
        cell.number_format = _AS_TEXT
        return cell
    cell = WriteOnlyCell(page, value)
    if isinstance(value, dt.datetime):
        cell.number_format = _MOMENT
    elif isinstance(value, dt.date):
        cell.number_format = _DAY
    return cell


def download(parts: Sequence[tuple[Sheet, Iterable[Any]]], kind: str, user: Any) -> HttpResponse:
    """Return the response with a file of ``kind`` for ``user``; a CSV file has the first of ``parts`` alone."""
    keys = Keys(sheet_called, user)
    content = written_csv(*parts[0], keys) if kind == CSV else written_xlsx(parts, keys)
    response = HttpResponse(content, content_type=TYPES[kind])
    name = parts[0][0].name if len(parts) == 1 else "spreadsheet"
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
