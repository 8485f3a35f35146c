"""A lead plans next year in Excel: download, edit, upload, look, import, and the public reads it in the calendar."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from config.settings.dev import CMS_DEMO_PASSWORD
from tests.browser.conftest import Visitor, served
from tests.browser.test_admin_accessibility import walls

pytestmark = pytest.mark.django_db

LABEL = "Načrt iz preglednice"


@pytest.fixture
def lead(browser: Browser, demo_database: BaseDatabaseWrapper, tmp_path: Path) -> Iterator[Visitor]:
    # Without a worker the server checks and imports by itself.
    with served(demo_database, tmp_path, QUEUE="false") as address:
        visitor = Visitor(browser.new_context(reduced_motion="reduce", accept_downloads=True), address)
        visitor.sign_in("vodja.pionirska", CMS_DEMO_PASSWORD)
        yield visitor
        visitor.context.close()


def downloaded(page: Page, to: Path) -> Path:
    page.locator("a", has_text="Preglednice").first.click()
    expect(page.locator("main h2").first).to_be_visible()
    with page.expect_download() as waiting:
        page.locator("#xlsx-events").click()
    waiting.value.save_as(to)
    return to


def next_year(file: Path) -> str:
    """Add a line as somebody does who copies the last one: another date, no key. Return the day."""
    book = load_workbook(file)
    page = book["Dogodki"]
    headings = [cell.value for cell in page[1]]
    lines = [dict(zip(headings, row, strict=True)) for row in page.iter_rows(min_row=2, values_only=True)]
    line = next(line for line in reversed(lines) if line["Program"] and line["Stanje"] == "po načrtu")
    line |= {
        "Ključ": None, "Oznaka (sl)": LABEL, "Termin: tema (sl)": LABEL, "Termin: začetek": "15. 9. 2027 10:00",
        "Termin: konec": "15. 9. 2027 12:00",
        "Prijave od": None, "Prijave do": None, "Prijavnica": None, "Zasedena mesta": 0, "Osebe na čakalnem seznamu": 0,
    }  # fmt: skip
    page.append(list(line.values()))
    book.save(file)
    return "2027-09"


def test_next_year_is_planned_in_a_spreadsheet(lead: Visitor, tmp_path: Path) -> None:
    page = lead.page
    file = downloaded(page, tmp_path / "dogodki.xlsx")
    assert walls(page) == []
    month = next_year(file)
    page.set_input_files("[name=file]", file)
    page.get_by_label("se objavi, če smete objavljati", exact=False).check()
    page.get_by_role("button", name="Preveri datoteko").click()
    expect(page.locator("#import-state strong")).to_have_text("preverjeno, ne uvoženo")
    expect(page.locator("#import-state table tbody tr")).to_have_count(1)
    assert walls(page) == []
    page.get_by_role("button", name="Uvozi").click()
    expect(page.locator("#import-state strong")).to_have_text("uvoženo")
    lead.open(f"/sl/koledar/?month={month}")
    expect(page.locator("main")).to_contain_text(LABEL)
    assert lead.complaints == []


def test_what_is_wrong_is_a_table_without_barriers(lead: Visitor, tmp_path: Path) -> None:
    page = lead.page
    file = downloaded(page, tmp_path / "dogodki.xlsx")
    book = load_workbook(file)
    book["Dogodki"]["K2"] = "=1+1"
    book.save(file)
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Preveri datoteko").click()
    expect(page.locator("#import-state strong")).to_have_text("ima napake")
    expect(page.locator("#import-state table tbody tr")).to_have_count(1)
    assert walls(page) == []
