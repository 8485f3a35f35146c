"""Feeds of programmes and calendars of sessions, for all centres and for one, in every language."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar, Event

from cms.changes import advance
from tests import factories as make

ATOM = {"a": "http://www.w3.org/2005/Atom"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NOON = make.moment(2027, 3, 1, 12)


def feed(client: Client, path: str = "/sl/programi.atom") -> ET.Element:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)  # noqa: S314 - our own


def titles(client: Client, path: str = "/sl/programi.atom") -> list[str]:
    return [entry.findtext("a:title", "", ATOM) for entry in feed(client, path).iterfind("a:entry", ATOM)]


def events(client: Client, path: str = "/sl/koledar.ics") -> list[Event]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


# ---------------------------------------------------------------- Atom
def test_the_feed_has_every_programme_those_changed_last_first(client: Client, db: None) -> None:
    centre = make.centre()
    with time_machine.travel(NOON, tick=False):
        older = make.programme(centre, "Starejši", first_published_at=NOON)
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        make.programme(make.centre("Učni center"), "Novejši")
    assert titles(client) == ["Novejši", "Starejši"]
    assert titles(client, "/sl/pionirska/programi.atom") == ["Starejši"]
    root = feed(client)
    entry = root.findall("a:entry", ATOM)[1]
    assert root.get(LANGUAGE) == "sl"
    assert root.findtext("a:updated", "", ATOM) == "2027-03-01T12:00:00+00:00"
    assert entry.findtext("a:updated", "", ATOM) == "2027-03-01T11:00:00+00:00"
    assert entry.find("a:link", ATOM).get("href", "").endswith(older.url_path)  # type: ignore[union-attr]
    assert entry.findtext("a:author/a:name", "", ATOM) == "Pionirska"
    assert entry.find("a:category", ATOM).get("term") == "reading"  # type: ignore[union-attr]


def test_an_entry_without_a_translation_stands_in_its_own_language(client: Client, db: None) -> None:
    centre = make.centre()
    make.programme(centre, "Samo po slovensko")
    make.translated(make.programme(centre, "Branje"), title="Reading")
    entries = feed(client, "/en/programmes.atom").findall("a:entry", ATOM)
    assert {(entry.findtext("a:title", "", ATOM), entry.get(LANGUAGE)) for entry in entries} == {
        ("Reading", "en"),
        ("Samo po slovensko", "sl"),
    }


def test_an_entry_stays_the_same_when_its_address_changes(client: Client, db: None) -> None:
    programme = make.programme(title="Branje")
    twin = make.translated(programme, title="Reading")
    before = [entry.findtext("a:id", "", ATOM) for entry in feed(client).iterfind("a:entry", ATOM)]
    programme.slug = "drugje"
    make.publish(programme)
    after = [entry.findtext("a:id", "", ATOM) for entry in feed(client).iterfind("a:entry", ATOM)]
    english = feed(client, "/en/programmes.atom").findtext("a:entry/a:id", "", ATOM)
    assert before == after
    assert english not in after
    assert twin.translation_key == programme.translation_key


def test_a_feed_has_no_drafts_and_survives_strange_signs(client: Client, db: None) -> None:
    centre = make.centre()
    make.programme(centre, "Osnutek").unpublish()
    make.programme(centre, "A & B <c>\x0b")
    assert titles(client) == ["A & B <c>"]


def test_an_empty_feed_is_a_feed(client: Client, db: None) -> None:
    assert titles(client) == []
    assert events(client) == []


@pytest.mark.parametrize(
    "path",
    [
        "/sl/nicesar/programi.atom",
        "/sl/nicesar/koledar.ics",
        "/sl/programmes.atom",
        "/en/koledar.ics",
        "/de/calendar.ics",
    ],
)
def test_other_addresses_are_not_found(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_draft_centre_has_no_feed(client: Client, db: None) -> None:
    make.centre().unpublish()
    assert client.get("/sl/pionirska/koledar.ics").status_code == 404


# ---------------------------------------------------------------- iCalendar
@pytest.fixture
def event(db: None) -> Any:
    with time_machine.travel(NOON, tick=False):
        programme = make.programme(title="Glasno branje")
        edition = make.event(programme, make.moment(2027, 4, 7, 10), venue=make.venue(), mode="BLENDED")
        edition.save_revision().publish()
        yield edition


def test_a_session_tells_when_where_and_who(client: Client, event: Any) -> None:
    (entry,) = events(client)
    assert entry["SUMMARY"] == "Glasno branje"
    assert entry.decoded("DTSTART") == datetime(2027, 4, 7, 8, tzinfo=UTC)
    assert entry.decoded("DTEND") == datetime(2027, 4, 7, 10, tzinfo=UTC)
    assert entry["LOCATION"] == "Dvorana, Kersnikova 2, 1000 Ljubljana; na spletu"
    assert entry["ORGANIZER"] == "mailto:centre@example.si"
    assert entry["STATUS"] == "CONFIRMED"
    assert entry["URL"].endswith("/sl/kompetencni-centri/pionirska/glasno-branje/")
    assert entry["DESCRIPTION"] == make.SUMMARY


def test_calendars_know_a_session_again_after_every_change(client: Client, event: Any) -> None:
    (before,) = events(client)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        session = event.sessions.get()
        session.start, session.end = make.moment(2027, 4, 14, 10), make.moment(2027, 4, 14, 12)
        event.sessions = [session]
        event.save_revision().publish()
        (after,) = events(client)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("LAST-MODIFIED") == before.decoded("LAST-MODIFIED") + timedelta(days=1)
    assert after.decoded("DTSTART") == datetime(2027, 4, 14, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("override", "status", "summary"),
    [
        ("CANCELLED", "CANCELLED", "Odpovedano: Glasno branje"),
        ("POSTPONED", "TENTATIVE", "Prestavljeno: Glasno branje"),
    ],
)
def test_what_does_not_take_place_stays_and_says_so(
    client: Client, event: Any, override: str, status: str, summary: str
) -> None:
    event.status_override = override
    event.cancel_reason = {"sl": "Predavateljica je zbolela."}
    event.save_revision().publish()
    (entry,) = events(client)
    assert (entry["STATUS"], entry["SUMMARY"]) == (status, summary)
    assert ("zbolela" in entry["DESCRIPTION"]) is (override == "CANCELLED")


def test_signs_with_a_meaning_in_a_calendar_are_escaped(client: Client, event: Any) -> None:
    page = event.programme
    page.title = "Branje; glasno, tiho\\ in\tše: »kaj«\x07"
    make.publish(page)
    raw = client.get("/sl/koledar.ics").content
    (entry,) = events(client)
    assert b"SUMMARY:Branje\\; glasno\\, tiho\\\\ in" in raw
    assert entry["SUMMARY"] == "Branje; glasno, tiho\\ in\tše: »kaj«"
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def test_a_calendar_is_of_one_centre_or_of_all_and_in_one_language(client: Client, event: Any) -> None:
    other = make.programme(make.centre("Učni center"), "Zahteven pogovor")
    make.event(other, make.moment(2027, 5, 1, 9), label={"sl": "1.", "en": "First"})
    make.translated(other, title="Difficult talks")
    assert [entry["SUMMARY"] for entry in events(client)] == ["Glasno branje", "Zahteven pogovor"]
    assert [entry["SUMMARY"] for entry in events(client, "/sl/ucni-center/koledar.ics")] == [
        "Zahteven pogovor"
    ]
    assert [entry["SUMMARY"] for entry in events(client, "/en/ucni-center/calendar.ics")] == [
        "Difficult talks"
    ]


def test_a_calendar_shows_the_last_year_and_all_to_come(client: Client, event: Any) -> None:
    for year, month in ((2026, 2), (2026, 3), (2031, 1)):
        make.event(event.programme, make.moment(year, month, 20, 10))
    assert [entry.decoded("DTSTART").year for entry in events(client)] == [2026, 2027, 2031]


def test_of_more_than_a_calendar_holds_the_oldest_are_left_out(
    client: Client, event: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("centres.feeds.calendar._MOST", 2)
    for year in (2026, 2031):
        make.event(event.programme, make.moment(year, 12, 20, 10))
    assert [entry.decoded("DTSTART").year for entry in events(client)] == [2027, 2031]


def test_the_room_on_the_web_and_drafts_are_not_told(client: Client, event: Any) -> None:
    event.online_url = "https://soba.example/tajno"
    event.save_revision().publish()
    make.event(event.programme, make.moment(2027, 6, 1, 9)).unpublish()
    raw = client.get("/sl/koledar.ics").content
    assert b"soba.example" not in raw
    assert len(events(client)) == 1


def test_the_same_content_makes_the_same_file(client: Client, event: Any) -> None:
    first = client.get("/sl/koledar.ics")
    advance()
    second = client.get("/sl/koledar.ics")
    assert first["ETag"] == second["ETag"]


# ---------------------------------------------------------------- Both
@pytest.mark.parametrize("path", ["/sl/programi.atom", "/sl/koledar.ics", "/en/pionirska/calendar.ics"])
def test_statements_do_not_depend_on_the_number_of_entries(client: Client, db: None, path: str) -> None:
    centre = make.centre()
    make.event(make.programme(centre, "Prvi"), make.moment(2027, 4, 1, 9), venue=make.venue(), mode="ONSITE")
    counts = []
    for number in (1, 10):
        for row in range(number - 1):
            programme = make.programme(centre, f"Program {row}")
            make.event(programme, make.moment(2027, 5, 1 + row, 9), venue=make.venue(), mode="ONSITE")
        with time_machine.travel(NOON, tick=False), CaptureQueriesContext(connection) as statements:
            client.get(path)
        counts.append(len(statements))
    assert counts[0] == counts[1]
