"""Spreadsheets that are uploaded: what they change, and what they refuse."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centres.models import AwardResult, Book, EventEdition, Organisation, Person, ProgrammePage, Venue
from tests import factories
from tests.centres.sheet_files import edited, exported, exported_csv, imported, said, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Any:
    return get_user_model().objects.create_superuser("admin", "admin@example.si")


@pytest.fixture
def content() -> Any:
    """Something of everything."""
    employer = factories.organisation("nuk", name={"sl": "NUK", "en": "National library"}, kind="LIBRARY")
    person = factories.person("Ana Novak", employer=employer)
    venue = factories.venue(latitude=46.05, longitude=14.5, step_free=True)
    programme = factories.programme(title="Gradivo", outcomes="zna to\nin ono", purposes=["REFRESH"])
    factories.translated(programme, title="Material")
    event = factories.event(
        programme, factories.moment(2027, 4, 7, 10), factories.moment(2027, 4, 8, 10), capacity=30, venue=venue,
        mode="BLENDED", fees=[factories.fee(), factories.fee("30.50", label={"sl": "študenti"})],
    )  # fmt: skip
    session = event.sessions.first()
    session.presenters.set([person])
    session.save()
    award = factories.programme(programme.get_parent().specific, "Zlata hruška", kind="AWARD")
    book = factories.book("Gugalnica", isbn="978-961-01-0001-1", year=2024)
    result = AwardResult(category=factories.category(), outcome="AWARDED", books=[book])
    factories.award(award, year=2025, results=[result])
    return event


def test_what_was_exported_is_imported_without_a_change(admin: Any, content: Any) -> None:
    report = imported(exported(admin), admin)
    assert said(report) == []
    assert report.counts.keys() == {"same"}
    for name in ("events", "awards", "programmes", "people", "venues", "books", "organisations"):
        report = imported(exported_csv(admin, name), admin)
        assert said(report) == []
        assert report.counts.keys() == {"same"}


def test_an_edited_cell_changes_that_and_nothing_else(admin: Any, content: Any) -> None:
    before = content.sessions.first().pk
    report = imported(
        edited(exported(admin, "events"), lambda book: book["Dogodki"].__setitem__("K2", 45)), admin
    )
    assert said(report) == []
    (outcome,) = report.outcomes
    assert [(change.before, change.after) for change in outcome.changes] == [("30", "45")]
    event = EventEdition.objects.get()
    assert (event.capacity, event.sessions.first().pk) == (45, before)
    assert event.latest_revision.user == admin


def test_dates_of_next_year_come_from_a_plain_table(admin: Any) -> None:
    factories.programme(title="Gradivo")
    report = imported(plan(9, 30), admin)
    assert said(report) == []
    assert report.counts == {"new": 30}
    assert EventEdition.objects.filter(live=True, year=2027).count() == 30
    assert imported(plan(9, 30), admin).counts == {"same": 30}


def test_an_error_in_the_last_row_changes_nothing(admin: Any) -> None:
    lines = [["Ana"], ["Bor"], ["Cene" * 60]]
    report = imported(workbook("Osebe", ["Ime in priimek"], *lines), admin)
    ((sheet, row, column, _words),) = said(report)
    assert (sheet, row, column) == ("Osebe", 4, "Ime in priimek")
    assert not Person.objects.exists()


def test_a_dry_run_changes_nothing(admin: Any) -> None:
    report = imported(workbook("Osebe", ["Ime in priimek"], ["Ana"]), admin, keep=False)
    assert report.counts == {"new": 1}
    assert not Person.objects.exists()


def test_drafts_stay_drafts(admin: Any, content: Any) -> None:
    report = imported(
        edited(exported(admin, "events"), lambda book: book["Dogodki"].__setitem__("K2", 45)),
        admin,
        publish=False,
    )
    assert said(report) == []
    event = EventEdition.objects.get()
    assert (event.capacity, event.live, event.has_unpublished_changes) == (30, True, True)
    assert event.get_latest_revision_as_object().capacity == 45


def test_rows_may_name_what_other_rows_of_the_file_bring(admin: Any) -> None:
    factories.centre()
    factories.coded(factories.ProgrammeFormat, "seminar")
    factories.coded(factories.Topic, "reading")
    factories.coded(factories.Audience, "librarians")

    def fill(book: Any) -> None:
        book["Organizacije"].append(["zbds", "ZBDS", None, None, "združenje"])
        book["Osebe"].append([None, "Ana Novak", None, None, "zbds", "da"])
        page = book["Programi"]
        row = {
            "Center": "pionirska", "Naslov (sl)": "Novo", "Naslov (en)": "New", "Povzetek (sl)": factories.SUMMARY,
            "Povzetek (en)": factories.SUMMARY, "Vrsta": "izobraževanje", "Oblika": "seminar",
            "Pogostost": "vsako leto", "Teme": "reading",
        }  # fmt: skip
        headings = [cell.value for cell in page[1]]
        assert not row.keys() - set(headings), headings
        audience = next(
            heading for heading in headings if "javnost" in heading.lower() or "ciljn" in heading.lower()
        )
        page.append([(row | {audience: "librarians"}).get(heading) for heading in headings])

    report = imported(edited(exported(admin), fill), admin)
    assert said(report) == []
    assert Person.objects.get().employer == Organisation.objects.get(code="zbds")
    pages = ProgrammePage.objects.filter(alias_of=None).order_by("locale__language_code")
    assert [(page.title, page.live) for page in pages] == [("New", True), ("Novo", True)]


def test_lines_may_be_sorted_in_any_way(admin: Any, content: Any) -> None:
    def turn(book: Any) -> None:
        page = book["Dogodki"]
        lines = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
        page.delete_rows(2, len(lines))
        for line in reversed(lines):
            page.append(line)

    report = imported(edited(exported(admin, "events"), turn), admin)
    assert said(report) == []
    assert len(report.outcomes) == 1
    assert EventEdition.objects.get().sessions.count() == 2


def test_a_new_row_with_the_key_of_another_changes_that(admin: Any) -> None:
    factories.venue()
    lines = (["Ime (sl)", "Naslov", "Kraj"], ["Dvorana", "Kersnikova 2, 1000 Ljubljana", "Maribor"])
    report = imported(workbook("Prizorišča", *lines), admin)
    assert said(report) == []
    assert report.counts == {"changed": 1}
    assert Venue.objects.get().city == "Maribor"


def test_the_same_row_twice_is_refused(admin: Any) -> None:
    lines = [["Naslov", "Leto"], ["Ena", 2024], ["Ena", 2024]]
    report = imported(workbook("Knjige", *lines), admin)
    assert [row for _sheet, row, _column, _words in said(report)] == [3]
    assert not Book.objects.exists()


def plan(month: int, days: int) -> bytes:
    """Return a table of events as somebody types it, one on each of the first ``days`` of a month."""
    headings = [
        "Program",
        "Termin: začetek",
        "Termin: konec",
        "Način izvedbe",
        "Jeziki",
        "Brez omejitve mest",
        "Brezplačno",
    ]
    facts = ["na spletu", "slovenščina", "da", "da"]
    lines = [
        ["pionirska/gradivo", f"{day}. {month}. 2027 10.00", f"{day}. {month}. 2027 12:00", *facts]
        for day in range(1, days + 1)
    ]
    return workbook("Načrt", headings, *lines)


def test_many_events_take_few_statements_each(admin: Any) -> None:
    factories.programme(title="Gradivo")
    counts = []
    for month, days in ((1, 3), (2, 13)):
        with CaptureQueriesContext(connection) as statements:
            assert imported(plan(month, days), admin).counts == {"new": days}
        counts.append(len(statements))
    assert (counts[1] - counts[0]) / 10 < 70
