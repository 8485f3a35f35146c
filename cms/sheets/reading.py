"""Reads workbooks and CSV files that people upload. Whatever is wrong with a file, the refusal says what to do."""

import csv
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any
from xml.etree.ElementTree import ParseError

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from cms.media import archives
from cms.media.csv_files import decoded, separator_of
from cms.sheets.cells import Cell
from cms.sheets.tables import MOST_COLUMNS, MOST_LINES, Line, Table
from cms.sheets.writing import unguarded

LARGEST_FILE = 10 * 1024 * 1024
# A workbook with 20,000 lines unpacks to some 30 MB.
MOST_UNPACKED = 100 * 1024 * 1024
_EMPTY_LINES = 5  # for each that may be full: formatted cells without anything in them
_LAST_ROW = 1_048_576  # of any workbook: "Excel specifications and limits"

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What openpyxl raises about a workbook that is not as it should be.
_BROKEN = (
    *archives.BROKEN, ParseError, InvalidFileException, TypeError, IndexError, AttributeError, OverflowError,
)  # fmt: skip


def read(content: bytes) -> list[Table]:
    """Return the tables of a file that have anything in them. Raises `ValidationError`."""
    check_size(len(content))
    if content.startswith(_OLE):
        raise ValidationError(
            _(
                "This is an old workbook (.xls) or one with a password. "
                "Save it in Excel as “Excel Workbook (.xlsx)” without a password."
            )
        )
    tables = _read_workbook(content) if content.startswith(_ZIP) else [_read_csv(content)]
    found = [table for table in tables if table.lines]
    if not found:
        raise ValidationError(_("There is nothing in the file. Download a spreadsheet and fill it in."))
    return found


def check_size(size: int) -> None:
    """Refuse a file that is too large, before anything of it is read."""
    if size > LARGEST_FILE:
        words = _("The file has more than %d MB. Split it, or take pictures and other sheets out of it.")
        raise ValidationError(words % (LARGEST_FILE // 1024**2))


# ---------------------------------------------------------------- workbooks
def _read_workbook(content: bytes) -> list[Table]:
    _check_archive(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        return [
            Table(page.title, list(_lines_of(page)), page.sheet_state != "visible")
            for page in book.worksheets
        ]
    except ValidationError:
        raise
    except _BROKEN as error:
        raise _damaged() from error


def _check_archive(content: bytes) -> None:
    try:
        with archives.opened(BytesIO(content), MOST_UNPACKED) as archive:
            names = set(archive.namelist())
    except archives.ArchiveTooLarge as error:
        raise _too_much() from error
    except archives.BROKEN as error:
        raise _damaged() from error
    if any(name.endswith("vbaProject.bin") for name in names):
        raise ValidationError(
            _("The workbook has macros. Save it in Excel as “Excel Workbook (.xlsx)”, without macros.")
        )
    if "[Content_Types].xml" not in names:
        raise ValidationError(
            _(
                "This is not an Excel workbook. Save it as “Excel Workbook (.xlsx)” or as CSV and upload it again."
            )
        )


def _damaged() -> ValidationError:
    return ValidationError(
        _(
            "The file is damaged, or it is no workbook. Open it in Excel, save it as .xlsx and upload it again."
        )
    )


def _too_much() -> ValidationError:
    return ValidationError(
        _("The file unpacks to more than any plan needs. Copy the cells into a new workbook and upload that.")
    )


def _lines_of(page: Any) -> Iterator[Line]:
    count = written = 0
    gap: Any = None  # openpyxl gives the same row again and again for those that are not in the file
    rows = page.iter_rows(min_row=1, max_row=_LAST_ROW, max_col=MOST_COLUMNS + 1)
    for number, row in enumerate(rows, start=1):
        if row is gap:
            continue
        written += 1
        _check_measure(written // _EMPTY_LINES, [])
        broken = {place: why for place, cell in enumerate(row) if (why := _why_broken(cell))}
        line = Line(
            number, [None if place in broken else cell.value for place, cell in enumerate(row)], broken
        )
        if line.is_empty:
            gap = row
            continue
        count += 1
        _check_measure(count, line.cells)
        yield line


def _why_broken(cell: Any) -> str:
    if cell.data_type == "f":
        return _("There is a formula in this cell. Copy it and paste it as a value.")
    if cell.data_type == "e":
        return _("There is an error in this cell (%s). Correct it in Excel.") % cell.value
    return ""


def _check_measure(lines: int, cells: list[Cell]) -> None:
    if lines > MOST_LINES:
        raise ValidationError(_("The sheet has more than %d lines. Split it.") % MOST_LINES)
    if len(cells) > MOST_COLUMNS and cells[MOST_COLUMNS] is not None:
        words = _("The sheet has more than %d columns. Delete those that are not needed.")
        raise ValidationError(words % MOST_COLUMNS)


# ---------------------------------------------------------------- CSV
def _read_csv(content: bytes) -> Table:
    text = decoded(content)
    if "\0" in text or re.match(r"\s*(<[!?a-zA-Z]|%PDF|\{)", text):
        raise ValidationError(
            _(
                "This is neither an Excel workbook nor a CSV file. Save it as one of the two and upload it again."
            )
        )
    declared = re.match(r"sep=(.)\r?\n", text)
    separator = declared[1] if declared else separator_of(text)
    lines: list[Line] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            line = Line(number, [unguarded(cell) for cell in row])
            if line.is_empty or (declared and number == 1):
                continue
            _check_measure(len(lines) + 1, line.cells)
            lines.append(line)
    except csv.Error as error:
        words = _(
            "Row %d of the CSV file cannot be read: a quotation mark is missing, or a cell is too long."
        )
        raise ValidationError(words % (reader.line_num or 1)) from error
    return Table("", lines)
