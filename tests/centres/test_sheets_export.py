"""Spreadsheets that are downloaded: everything that the reader may write, as the forms show it."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from centres.models import AwardResult
from tests import factories

pytestmark = pytest.mark.django_db


def downloaded(client: Client, name: str) -> dict[str, list[dict[str, Any]]]:
    """Return the sheets of a workbook, each line by its headings."""
    answer = client.get(reverse("spreadsheets_download", args=[name, "xlsx"]))
    assert answer.status_code == 200
    book = load_workbook(BytesIO(answer.content))
    found = {}
    for page in book:
        headings, *lines = page.iter_rows(values_only=True)
        assert len(set(headings)) == len(headings)
        found[page.title] = [dict(zip(headings, line, strict=True)) for line in lines]
    return found


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("admin", "admin@example.si"))
    return client


def test_an_event_takes_a_line_for_each_session_and_fee(admin: Client) -> None:
    starts = [factories.moment(2027, 4, 7, 10), factories.moment(2027, 4, 8, 10)]
    fees = [factories.fee("60.00"), factories.fee("30.50", label={"sl": "študenti"}), factories.fee("10")]
    event = factories.event(None, *starts, fees=fees, capacity=30)
    event.count_seats(seats_taken=12)
    lines = downloaded(admin, "events")["Dogodki"]
    assert [line["Ključ"] for line in lines] == ["pionirska/prireditve-v-knjiznici 2027-04-07 10.00"] * 3
    assert lines[0]["Mesta"] == 30
    assert lines[0]["Zasedena mesta"] == 12
    assert lines[1]["Mesta"] is None
    assert [line["Kotizacija: znesek"] for line in lines] == [60, 30.5, 10]
    assert [str(line["Termin: začetek"]) for line in lines][:2] == [
        "2027-04-07 10:00:00",
        "2027-04-08 10:00:00",
    ]


def test_a_download_shows_the_draft_as_the_form_does(admin: Client) -> None:
    event = factories.event(capacity=30)
    event.capacity = 40
    event.save_revision()
    assert downloaded(admin, "events")["Dogodki"][0]["Mesta"] == 40


def test_an_award_is_downloaded_with_its_results_and_their_books(admin: Client) -> None:
    books = [factories.book("Ena", isbn="978-961-01-0001-1"), factories.book("Dve", year=2024)]
    result = AwardResult(category=factories.category(), outcome="AWARDED", books=books)
    factories.award(year=2025, results=[result])
    line = next(iter(downloaded(admin, "awards").values()))[0]
    assert line["Ključ"].endswith("2025")
    assert set(line["Rezultat: knjige"].splitlines()) == {"ISBN 9789610100011", "Dve (2024)"}


def test_a_programme_has_its_words_in_every_language_on_one_line(admin: Client) -> None:
    programme = factories.programme(title="Gradivo")
    factories.translated(programme, title="Material")
    (line,) = next(iter(downloaded(admin, "programmes").values()))
    assert (line["Naslov (sl)"], line["Naslov (en)"]) == ("Gradivo", "Material")
    assert line["Ključ"] == "pionirska/gradivo"


def test_a_list_exports_the_rows_that_it_shows(admin: Client) -> None:
    factories.venue(city="Ljubljana")
    factories.venue(name={"sl": "Mala dvorana"}, city="Maribor")
    answer = admin.get(reverse("wagtailsnippets_centres_venue:list"), {"q": "Maribor", "export": "csv"})
    rows = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][0].startswith("Mala dvorana")


def test_more_events_take_no_more_statements(admin: Client) -> None:
    programme = factories.programme()
    counts = []
    for some in (2, 10):
        for place in range(some):
            factories.event(programme, factories.moment(2027, some, place + 1, 10), fees=[factories.fee()])
        with CaptureQueriesContext(connection) as statements:
            downloaded(admin, "events")
        counts.append(len(statements))
    assert counts[0] == counts[1]
