"""The file of an import of redirects, measured before anything of it is unpacked or read into memory.

Between the two steps of the import it stands among the uploads, where every machine finds it. It is read as Excel of
the site's country writes it.
"""

import csv
import logging
from collections.abc import Callable, Iterable
from io import StringIO
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from wagtail.admin import messages
from wagtail.contrib.redirects import base_formats, utils, views
from wagtail.contrib.redirects.forms import ImportForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.tmp_storages import BaseStorage
from wagtail.models import UploadedFile

from cms.media import archives
from cms.media.csv_files import decoded, separator_of
from cms.media.full_disks import storing_failed

logger = logging.getLogger(__name__)

LARGEST_FILE = 5 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 20_000, 100


def connect() -> None:
    """Have the import check its file, keep it among the uploads and read it by these formats."""
    ImportForm.clean_import_file = _clean_import_file
    utils.DEFAULT_FORMATS = [CSV, XLSX, TSV]
    utils.get_file_storage = views.get_file_storage = lambda: UploadedList
    views.process_import = _told_when_gone(views.process_import)


class GoneError(Exception):
    """The file was imported already, or nobody has it any more."""


class UploadedList(BaseStorage):
    """The file as a row of Wagtail's uploads; ``name`` is the key of that."""

    name: str | None

    def save(self, data: bytes, mode: str = "") -> None:
        row = UploadedFile(for_content_type=ContentType.objects.get_for_model(Redirect))
        row.file.save("redirects", ContentFile(data))
        self.name = str(row.pk)

    def read(self, mode: str = "") -> bytes:
        """Return the content. Raises `GoneError`."""
        try:
            with self._row().file.open("rb") as file:
                return bytes(file.read())
        except FileNotFoundError as error:
            raise GoneError from error

    def remove(self) -> None:
        row = self._row()
        row.file.delete(save=False)
        row.delete()

    def _row(self) -> Any:
        kind = ContentType.objects.get_for_model(Redirect)
        # Of two that import the same file, the second waits and finds it gone.
        row = UploadedFile.objects.select_for_update().filter(pk=self.name, for_content_type=kind).first()
        if row is None:
            raise GoneError
        return row


def _told_when_gone(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def process_import(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except GoneError:
            messages.error(
                request,
                _("This file was imported already, or it is gone. Look at the list, or send it again."),
            )
            return redirect("wagtailredirects:index")

    return process_import


def _even(rows: Iterable[Iterable[Any]]) -> base_formats.Dataset:
    """Return a table of rows that are all as long as the first one; those without anything in them are left out."""
    full = [list(row) for row in rows if any(cell not in (None, "") for cell in row)]
    width = len(full[0]) if full else 0
    return base_formats.Dataset([(row + [""] * width)[:width] for row in full])


class CSV(base_formats.CSV):
    """Text with the separator and the letters that it has: ``;`` and Windows-1250 from an old Excel."""

    def is_binary(self) -> bool:
        return True  # the letters are found here

    def create_dataset(self, data: bytes) -> base_formats.Dataset:
        text = decoded(data)
        return _even(csv.reader(StringIO(text, newline=""), delimiter=separator_of(text)))


class TSV(CSV):
    """Text with tabs, which are found as the separator."""


class XLSX(base_formats.XLSX):
    """The first sheet of a workbook."""

    def create_dataset(self, data: bytes) -> base_formats.Dataset:
        found = super().create_dataset(data)
        return _even([found.headers, *found])


def _clean_import_file(form: Any) -> Any:
    if refusal := storing_failed():
        raise ValidationError(refusal)
    file = form.cleaned_data["import_file"]
    file.name = file.name.lower()
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
