"""Files for tests of spreadsheets: what is on the site, changed by hand, and what comes of it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from cms.sheets.importing import import_file
from cms.sheets.keys import Keys
from cms.sheets.registry import sheet_called, sheets
from cms.sheets.report import Report
from cms.sheets.writing import written_csv, written_xlsx


def exported(user: Any, *names: str) -> bytes:
    """Return a workbook with the sheets called ``names``, else with all."""
    chosen = [sheet for sheet in sheets() if sheet.exported and (sheet.name in names or not names)]
    return written_xlsx([(sheet, sheet.exportable(user)) for sheet in chosen], Keys(sheet_called))


def exported_csv(user: Any, name: str) -> bytes:
    sheet = sheet_called(name)
    return written_csv(sheet, sheet.exportable(user), Keys(sheet_called))


def edited(content: bytes, change: Callable[[Any], None]) -> bytes:
    """Return a workbook after ``change`` was done to it."""
    book = load_workbook(BytesIO(content))
    change(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(title: str, *lines: list[Any]) -> bytes:
    """Return a workbook with one sheet."""
    book = Workbook()
    book.active.title = title
    for line in lines:
        book.active.append(line)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def imported(content: bytes, user: Any, *, publish: bool = True, keep: bool = True) -> Report:
    report, _steps = import_file(content, user, publish=publish, keep=lambda _report: keep)
    return report


def said(report: Report) -> list[tuple[str, int, str, str]]:
    """Return sheet, row, column and words of each problem."""
    return [(one.place.sheet, one.place.row, one.place.column, one.words) for one in report.problems]


def cells(content: bytes) -> dict[str, list[list[Any]]]:
    return {page.title: [list(row) for row in page.values] for page in load_workbook(BytesIO(content))}
