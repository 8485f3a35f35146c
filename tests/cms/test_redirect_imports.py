"""The file of an import of redirects, at the door of the admin."""

import errno
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import UploadedFile

from cms.editorial import redirect_imports
from tests.cms.pictures import file

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def workbook(*rows: list[Any], far: tuple[int, int] | None = None) -> bytes:
    book, output = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    if far:
        book.active.cell(*far, "x")
    book.save(output)
    return output.getvalue()


def rewritten(content: bytes, name: str, old: str, new: str) -> bytes:
    """Return the archive with ``old`` replaced in the part called ``name``."""
    output = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(output, "w", ZIP_DEFLATED) as target:
        for part in source.namelist():
            text = source.read(part).decode()
            target.writestr(part, text.replace(old, new, 1) if part == name else text)
    return output.getvalue()


ROWS = [["from", "to"], ["/staro", "/novo"]]
SHEET = "xl/worksheets/sheet1.xml"


def sent(client: Client, content: bytes, name: str) -> Any:
    return client.post(reverse("wagtailredirects:start_import"), {"import_file": file(content, name)})


@pytest.mark.parametrize(
    ("content", "name"), [(workbook(*ROWS), "a.xlsx"), (b"from,to\n/staro,/novo\n", "a.csv")]
)
def test_a_list_of_redirects_is_read(admin_client: Client, content: bytes, name: str) -> None:
    answer = sent(admin_client, content, name)
    assert "/novo" in answer.text
    assert "import_file_name" in answer.text


BOMB = rewritten(workbook(*ROWS), SHEET, "<sheetData>", "<sheetData>" + " " * 70_000_000)
REFUSED = {
    "unpacks to too much": BOMB,
    "one cell at the end of the sheet": workbook(*ROWS, far=(1_048_576, 2)),
    "one cell in the last column": workbook(*ROWS, far=(2, 16_384)),
    "it says that it ends there": rewritten(workbook(*ROWS), SHEET, 'ref="A1:B2"', 'ref="A1:XFD1048576"'),
    "it says that it does not": rewritten(
        workbook(*ROWS, far=(1_048_576, 2)), SHEET, 'ref="A1:B1048576"', 'ref="A1:B2"'
    ),
    "no archive": b"PK",
    "another archive": rewritten(workbook(*ROWS), "xl/workbook.xml", "<sheets>", "<sheets"),
    "too large": b"\0" * (redirect_imports.LARGEST_FILE + 1),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_a_file_that_would_fill_the_memory_is_refused(admin_client: Client, content: bytes) -> None:
    answer = sent(admin_client, content, "a.xlsx")
    assert answer.status_code == 200
    assert answer.context["form"].errors.as_data()["import_file"][0].code == "import_file"
    assert "import_file_name" not in answer.text


def confirmed(client: Client, asked: Any) -> Any:
    """Send the second step of an import as the page of the first one offers it."""
    hidden = {name: asked.context["form"].initial[name] for name in ("import_file_name", "input_format")}
    return client.post(
        reverse("wagtailredirects:process_import"), hidden | {"from_index": "0", "to_index": "1"}, follow=True
    )


SLOVENIAN = (
    "staro;novo\r\n/šola;https://knjiznica.si/a\r\n\r\n/kratko\r\n/žaba;https://knjiznica.si/b;več\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
def test_a_list_of_a_slovenian_excel_is_read_and_an_uneven_row_costs_only_itself(
    admin_client: Client, encoding: str
) -> None:
    asked = sent(admin_client, SLOVENIAN.encode(encoding), "A.CSV")
    assert confirmed(admin_client, asked).status_code == 200
    links = dict(Redirect.objects.exclude(redirect_link="").values_list("old_path", "redirect_link"))
    assert links == {"/šola": "https://knjiznica.si/a", "/žaba": "https://knjiznica.si/b"}


def test_what_is_sent_twice_is_imported_once(admin_client: Client) -> None:
    asked = sent(admin_client, b"from,to\n/staro,https://knjiznica.si/\n", "a.csv")
    assert confirmed(admin_client, asked).status_code == 200
    again = confirmed(admin_client, asked)
    assert "že uvožena" in again.text
    assert Redirect.objects.count() == 1
    assert not UploadedFile.objects.exists()


def test_the_file_waits_where_every_machine_finds_it(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = sent(admin_client, workbook(["from", "to"], ["/staro", "https://knjiznica.si/"]), "a.xlsx")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))  # that of another machine
    assert confirmed(admin_client, asked).status_code == 200
    assert Redirect.objects.get().redirect_link == "https://knjiznica.si/"


def test_a_full_disk_gives_the_form_of_the_import_with_a_sentence(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: Any, **_named: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
    answer = sent(admin_client, b"from,to\n/staro,https://knjiznica.si/\n", "a.csv")
    assert "ni prostora" in answer.text
    assert not UploadedFile.objects.exists()
