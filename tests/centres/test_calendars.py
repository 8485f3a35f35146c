"""Calendars of sessions, for all centres and for one, in every language."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from cms.publishing.version import advance
from tests import factories as make
from tests.centres.calendars import events

pytestmark = pytest.mark.one_database

NOON = make.moment(2027, 3, 1, 12)


def build() -> Any:
    """Make an event of a programme, with a session in a hall and on the web."""
    with time_machine.travel(NOON, tick=False):
        programme = make.programme(title="Glasno branje")
        edition = make.event(programme, make.moment(2027, 4, 7, 10), venue=make.venue(), mode="BLENDED")
        edition.save_revision().publish()
    return edition


@pytest.fixture
def event(built: Any) -> Iterator[Any]:
    """The event, on the day on which it was made."""
    with time_machine.travel(NOON, tick=False):
        yield built


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
    assert int(str(after["SEQUENCE"])) > int(str(before["SEQUENCE"]))
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
    assert ("zbolela" in str(entry["DESCRIPTION"])) is (override == "CANCELLED")


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
