"""The file of an import of redirects is measured before anything of it is unpacked or read into memory."""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from wagtail.contrib.redirects.forms import ImportForm

from cms.media import archives

logger = logging.getLogger(__name__)

LARGEST_FILE = 5 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 20_000, 100


def connect() -> None:
    """Have the form of the import check its file."""
    ImportForm.clean_import_file = _clean_import_file


def _clean_import_file(form: Any) -> Any:
    file = form.cleaned_data["import_file"]
    if file.size > LARGEST_FILE or (file.name.lower().endswith(".xlsx") and not _fits(file)):
        raise ValidationError(
            _("The file is too large, damaged, or no table. Import at most %(rows)s redirects at once.")
            % {"rows": MOST_ROWS},
            code="import_file",
        )
    file.seek(0)
    return file


def _fits(file: Any) -> bool:
    """Return whether a workbook unpacks to little, and its first sheet has as many cells as a list of redirects.

    One cell at the far end of a sheet counts as a sheet full of empty ones, and is read as such.
    """
    try:
        archives.opened(file, MOST_UNPACKED).close()
        workbook = load_workbook(file, read_only=True)
        try:
            return _is_list(workbook.worksheets[0])
        finally:
            workbook.close()
    except Exception as error:  # noqa: BLE001  # the library raises whatever it meets in a damaged file
        logger.info("A workbook with redirects could not be read: %r", error)
        return False


def _is_list(sheet: Any) -> bool:
    if (sheet.max_row or 0) > MOST_ROWS or (sheet.max_column or 0) > MOST_COLUMNS:
        return False
    sheet.reset_dimensions()  # what the sheet says of itself need not be so
    rows = enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1), start=1)
    return all(place <= MOST_ROWS and len(row) <= MOST_COLUMNS for place, row in rows)
