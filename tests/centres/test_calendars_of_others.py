"""Calendars of other providers come in as they are found on the web, and stay in step with what is there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centres.calendars import reading
from centres.calendars.reading import read_calendar
from centres.calendars.tasks import hand_over_due
from centres.models import CalendarProvider, CalendarState, ExternalEdition
from tests.centres.other_servers import FILES, Server, calendar, now, one, provider, server
from tests.graph import ask

__all__ = ["now", "server"]  # the fixtures
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

# As the standard says; WordPress writes line feeds alone. Git keeps all files so.
CRLF = ("google.ics", "outlook.ics")
LIST = """query ($filter: ExternalEditionFilter, $after: String) {
  externalEditions(filter: $filter, first: 100, after: $after) {
    totalCount
    nodes { id title start end allDay timeZone url place online cancelled sourceUid summary
      provider { code name url language } }
  }
}"""


def read(
    server: Server, file: str, kind: str = "ICALENDAR", code: str = "nuk", **headers: str
) -> CalendarProvider:
    """Read a file of the folder as somebody's calendar."""
    body = (FILES / file).read_bytes()
    if file in CRLF:
        body = body.replace(b"\n", b"\r\n")
    address = server.give(body, f"/{file}", headers=headers)
    found = provider(address, code, kind)
    read_calendar(found.pk)
    return found


def state(found: CalendarProvider) -> CalendarState:
    return CalendarState.objects.get(provider=found)


def listed(**conditions: Any) -> list[dict[str, Any]]:
    return list(ask(LIST, filter=conditions)["externalEditions"]["nodes"])


def dates() -> list[tuple[str, str]]:
    """Return title and beginning of what the graph lists."""
    return [(row["title"], row["start"]) for row in listed()]


def test_a_calendar_of_google_comes_in_with_its_series_exceptions_and_cancelled_dates(server: Server) -> None:
    read(server, "google.ics")
    series = "Katalogizacija za začetnike: monografske publikacije, serijske publikacije in članki"
    assert dates() == [
        (series, "2026-10-06T09:00:00+02:00"),
        ("Katalogizacija za začetnike (prestavljeno)", "2026-10-15T13:00:00+02:00"),
        ("Katalogizacija za začetnike", "2026-10-20T09:00:00+02:00"),
        (series, "2026-11-03T09:00:00+01:00"),
        (series, "2026-11-10T09:00:00+01:00"),
        ("Dan slovenskih splošnih knjižnic", "2026-11-20T00:00:00+01:00"),
        ("Bibliotekarski izpit: priprave", "2026-12-03T09:00:00+01:00"),
    ]
    first, moved, cancelled, *_others, day, in_utc = listed()
    assert first["summary"] == "Za katalogizatorje prijave na spletni strani"
    assert first["place"] == "NUK, Turjaška 1, Ljubljana"
    assert (first["timeZone"], in_utc["timeZone"]) == ("Europe/Ljubljana", "Europe/Ljubljana")
    assert (first["cancelled"], cancelled["cancelled"]) == (False, True)
    assert (moved["online"], moved["place"]) == (True, "")
    assert (day["allDay"], day["url"]) == (True, "https://www.nuk.example/dan-knjiznic")
    assert day["end"].startswith("2026-11-20T23:59:59")
    assert in_utc["url"] == "https://nuk.example/"
    assert first["provider"] == {
        "code": "nuk",
        "name": "NUK",
        "url": "https://nuk.example/",
        "language": "sl",
    }
    assert "skrivnost" not in str(listed())


def test_a_calendar_of_outlook_comes_in_with_its_own_time_zones(server: Server) -> None:
    read(server, "outlook.ics")
    assert dates() == [
        ("COBISS3/Zaloga – osnovni tečaj", "2026-12-08T08:30:00+01:00"),
        ("COBISS3/Izposoja (prek spleta)", "2026-12-09T09:00:00+01:00"),
        ("Srečanje v svojem časovnem pasu", "2026-12-10T10:00:00+01:00"),
        ("Teden COBISS", "2026-12-14T00:00:00+01:00"),
    ]
    course, floating, _own_zone, week = listed()
    assert course["summary"] == "Prva vrstica Druga vrstica"
    assert (floating["end"], floating["online"]) == ("2026-12-09T12:00:00+01:00", True)
    assert week["end"].startswith("2026-12-18T23:59:59")


def test_broken_entries_of_a_calendar_are_left_out_and_named_and_the_others_come_in(server: Server) -> None:
    found = read(server, "wordpress.ics")
    assert dates() == [
        ("Strokovno posvetovanje – prvi dan", "2026-12-11T10:00:00+01:00"),
        ("Napačen konec", "2026-12-12T10:00:00+01:00"),
        ("Odpovedano predavanje", "2026-12-15T11:00:00+01:00"),
        ("Konča se, preden se začne", "2026-12-17T11:00:00+01:00"),
        ("Isti dvakrat, novejši", "2026-12-18T12:00:00+01:00"),
    ]
    rows = listed()
    assert rows[2]["cancelled"]
    assert rows[2]["url"] == "https://nuk.example/"
    assert rows[3]["end"] == rows[3]["start"]
    assert sorted(map(tuple, state(found).skipped)) == sorted(
        [
            ("Brez začetka", "no_start"),
            ("Napačen datum", "no_start"),
            ("Vsako sekundo", "rule"),
            ("Neznano pravilo", "broken"),
            ("107-1@zbds.example", "no_title"),
            ("Nedokončan", "broken"),
        ]
    )
    assert state(found).problem == ""


def test_entries_of_a_feed_come_in_where_they_say_when_something_takes_place(server: Server) -> None:
    found = read(server, "feed.atom", "FEED")
    assert dates() == [
        ("Digitalizacija & domoznanstvo", "2026-12-14T09:00:00+01:00"),
        ("Posvet o albumih", "2026-12-15T10:00:00+01:00"),
        ("Odpovedano: Zbiranje spominov", "2026-12-16T00:00:00+01:00"),
    ]
    first, _second, days = listed()
    assert first["place"] == "Knjižnica Mirana Jarca, Novo mesto"
    assert first["url"] == server.address("/dogodki/1")
    assert days["cancelled"]
    assert days["end"].startswith("2026-12-17T23:59:59")
    assert state(found).skipped == [["Novica brez datuma", "no_start"]]


def test_an_rss_feed_comes_in(server: Server) -> None:
    body = """<?xml version="1.0"?><rss version="2.0" xmlns:xCal="urn:ietf:params:xml:ns:xcal"><channel><title>x</title>
      <item><title>Predavanje</title><link>https://a.example/1</link><guid isPermaLink="false">1</guid>
      <pubDate>Mon, 02 Nov 2026 10:00:00 +0100</pubDate><description>&lt;p&gt;Opis&lt;/p&gt;</description>
      <xCal:dtstart>2026-12-20T18:00:00+01:00</xCal:dtstart><xCal:location>Celje</xCal:location></item></channel></rss>"""
    read_calendar(provider(server.give(body), kind="FEED").pk)
    (row,) = listed()
    assert (row["title"], row["start"], row["place"]) == ("Predavanje", "2026-12-20T18:00:00+01:00", "Celje")
    assert (row["summary"], row["url"]) == ("Opis", "https://a.example/1")


def test_events_of_a_web_page_come_in_from_its_graph_of_json_ld(server: Server) -> None:
    found = read(server, "page.html", "PAGE")
    assert dates() == [
        ("Bralne skupine – kako začeti", "2026-12-16T17:00:00+01:00"),
        ("Pripovedovanje prek spleta", "2026-12-17T10:00:00+01:00"),
        ("Mentorstvo branja", "2026-12-18T00:00:00+01:00"),
    ]
    groups, online, course = listed()
    assert groups["place"] == "Knjižnica Otona Župančiča, Kersnikova 2, 1000 Ljubljana"
    assert groups["summary"] == "Za vodje bralnih skupin."
    assert (online["online"], online["cancelled"], online["url"]) == (
        True,
        True,
        server.address("/dogodki/2"),
    )
    assert course["end"].startswith("2026-12-19T23:59:59")
    assert [why for _what, why in state(found).skipped] == ["broken", "no_start"]


def test_what_changes_is_changed_and_what_is_gone_is_gone(server: Server) -> None:
    found = provider(server.give(calendar(one(), one("2@x", "Drugi"))))
    read_calendar(found.pk)
    before = {row["title"]: row["id"] for row in listed()}
    server.give(calendar(one(title="Tečaj, nov naslov", start="20261211T090000Z")))
    read_calendar(found.pk)
    (row,) = listed()
    assert (row["id"], row["title"]) == (before["Tečaj"], "Tečaj, nov naslov")


def test_an_entry_that_can_no_longer_be_read_stays_as_it_was(server: Server) -> None:
    found = provider(server.give(calendar(one(), one("2@x", "Drugi"))))
    read_calendar(found.pk)
    server.give(calendar(one(start="kdaj?"), one("2@x", "Drugi")))
    read_calendar(found.pk)
    assert sorted(title for title, _start in dates()) == ["Drugi", "Tečaj"]
    assert state(found).skipped == [["Tečaj", "no_start"]]


def test_a_calendar_that_has_not_changed_is_not_sent_again(server: Server) -> None:
    found = read(server, "google.ics", ETag='"1"')
    count = ExternalEdition.objects.count()
    read_calendar(found.pk)
    assert [headers.get("if-none-match") for _path, headers in server.requests] == [None, '"1"']
    assert ExternalEdition.objects.count() == count
    found.save()  # who saves wants it read again, whole
    read_calendar(found.pk)
    assert server.requests[-1][1].get("if-none-match") is None


def test_the_same_event_at_two_providers_is_shown_once_and_stays_when_one_of_them_drops_it(
    server: Server,
) -> None:
    mine = provider(server.give(calendar(one(title="Skupni  TEČAJ"), one("9@x", "Le tu")), "/a"), "a")
    other = provider(server.give(calendar(one("5@y", "Skupni tečaj")), "/b"), "b")
    moved = provider(server.give(calendar(one("9@x", "Le tu, s prikazom", "20261224T090000Z")), "/c"), "c")
    for found in (mine, other, moved):
        read_calendar(found.pk)
    assert sorted((row["title"], row["provider"]["code"]) for row in listed()) == [
        ("Le tu", "a"),
        ("Skupni TEČAJ", "a"),
    ]
    server.give(calendar(), "/a")
    read_calendar(mine.pk)
    assert sorted(row["provider"]["code"] for row in listed()) == ["b", "c"]


def test_a_provider_that_is_no_longer_read_takes_its_events_along(server: Server) -> None:
    first = provider(server.give(calendar(one()), "/a"), "a")
    second = provider(server.give(calendar(one()), "/b"), "b")
    for found in (first, second):
        read_calendar(found.pk)
    first.active = False
    first.save()
    assert [row["provider"]["code"] for row in listed()] == ["b"]
    second.delete()
    assert listed() == []
    hand_over_due()
    assert server.requests[2:] == []


def test_what_was_shown_at_a_provider_that_is_deleted_is_shown_at_another_one(
    server: Server, admin_client: Client
) -> None:
    first, second = (provider(server.give(calendar(one()), f"/{code}"), code) for code in "ab")
    for found in (first, second):
        read_calendar(found.pk)
    assert [row["provider"]["code"] for row in listed()] == ["a"]
    many = reverse("wagtail_bulk_action", args=["centres", "calendarprovider", "delete"])
    admin_client.post(f"{many}?id={first.pk}")
    assert not CalendarProvider.objects.filter(pk=first.pk).exists()
    assert [row["provider"]["code"] for row in listed()] == ["b"]


def test_a_provider_that_is_stopped_while_it_is_read_gets_no_events(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = provider(server.give(calendar(one())))
    understood = reading._understood

    def stopped(*arguments: Any) -> Any:
        stop = CalendarProvider.objects.get()
        stop.active = False
        stop.save()
        return understood(*arguments)

    monkeypatch.setattr(reading, "_understood", stopped)
    read_calendar(found.pk)
    assert listed() == []
    assert ExternalEdition.objects.count() == 0


def test_the_list_is_narrowed_ordered_and_paged(server: Server) -> None:
    read(server, "outlook.ics", code="izum")
    read(server, "google.ics", code="nuk")
    assert {row["provider"]["code"] for row in listed(provider=["izum"])} == {"izum"}
    assert len(listed(starts={"from": "2026-12-01T00:00:00Z"})) == 5
    assert len(listed(ends={"to": "2026-11-01T00:00:00Z"})) == 3
    assert [row["title"] for row in listed(titleContains="zaloga")] == ["COBISS3/Zaloga – osnovni tečaj"]
    assert len(listed(cancelled=True)) == 1
    assert len(listed(online=True)) == 2
    query = "{ externalEditions(first: 2, orderBy: START_DESC) { nodes { start } pageInfo { hasNextPage } } }"
    found = ask(query)["externalEditions"]
    starts = [row["start"] for row in found["nodes"]]
    assert starts == sorted(starts, reverse=True)
    assert found["pageInfo"]["hasNextPage"]


def test_they_are_no_editions(server: Server) -> None:
    read(server, "google.ics")
    assert ask("{ editions { totalCount } }") == {"editions": {"totalCount": 0}}
    row = listed()[0]
    assert ask(f'{{ node(id: "{row["id"]}") {{ __typename }} }}') == {
        "node": {"__typename": "ExternalEdition"}
    }
    assert ask(f'{{ edition(id: "{row["id"]}") {{ id }} }}') == {"edition": None}


def test_a_reading_is_in_the_log_of_changes(server: Server) -> None:
    cursor = ask("{ changeCursor }")["changeCursor"]
    found = provider(server.give(calendar(one(), one("2@x", "Drugi"))))
    read_calendar(found.pk)
    server.give(calendar(one(title="Drugače")))
    read_calendar(found.pk)
    told = ask(f'{{ changes(after: "{cursor}", first: 50) {{ nodes {{ type kind }} }} }}')["changes"]["nodes"]
    kinds = sorted(row["kind"] for row in told if row["type"] == "ExternalEdition")
    assert kinds == ["DELETED", "PUBLISHED", "PUBLISHED", "UPDATED"]


def test_the_clock_hands_due_calendars_to_the_worker_once(
    server: Server, django_capture_on_commit_callbacks: Any
) -> None:
    found = provider(server.give(calendar(one())))
    with django_capture_on_commit_callbacks(execute=True):
        assert hand_over_due() == 1
        assert hand_over_due() == 0
    assert state(found).next_reading > timezone.now()
    assert len(server.requests) == 1
    assert dates() == [("Tečaj", "2026-12-10T10:00:00+01:00")]
