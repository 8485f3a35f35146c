"""Feeds of programmes, for all centres and for one, in every language; what they share with calendars."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.centres.calendars import events

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


# ---------------------------------------------------------------- Both
PATHS = ("/sl/programi.atom", "/sl/koledar.ics", "/en/pionirska/calendar.ics")


def test_statements_do_not_depend_on_the_number_of_entries(client: Client, db: None) -> None:
    centre, venue = make.centre(), make.venue()
    counts = []
    for added in (["Prvi"], ["Drugi", "Tretji", "Četrti"]):
        for row, title in enumerate(added):
            programme = make.programme(centre, title)
            make.event(programme, make.moment(2027, 5, 1 + row, 9), venue=venue, mode="ONSITE")
        counts.append({path: statements(client, path) for path in PATHS})
    assert counts[0] == counts[1]


def statements(client: Client, path: str) -> int:
    """Return how many statements an answer takes."""
    with time_machine.travel(NOON, tick=False), CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
