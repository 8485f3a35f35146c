"""Hosts of calendars that answer slowly, hugely, wrongly or not at all harm nothing, and editors see what happened."""

import socket
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centres.calendars.reading import read_calendar
from centres.models import CalendarProvider, CalendarState, ExternalEdition
from cms.delivery import sending
from tests.centres.other_servers import Server, calendar, now, one, provider, server
from tests.centres.test_calendars_of_others import dates, state

__all__ = ["now", "server"]  # the fixtures
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
SECRET = "10.0.0.1"


@pytest.fixture
def known(server: Server) -> CalendarProvider:
    """A provider whose calendar was read once."""
    found = provider(server.give(calendar(one())))
    read_calendar(found.pk)
    assert len(dates()) == 1
    return found


def again(found: CalendarProvider) -> str:
    """Read a calendar, and return what went wrong; nothing that was read before is lost by it."""
    read_calendar(found.pk)
    assert [title for title, _start in dates()] == ["Tečaj"]
    after = state(found)
    assert after.next_reading > timezone.now()
    return str(after.problem)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"body": b"?", "status": 500}, "status"),
        ({"body": b"?", "status": 404}, "status"),
        ({"body": b"", "status": 204}, "status"),
        ({"body": b"<!DOCTYPE html><title>Prijava</title>"}, "wrong_type"),
        ({"body": b""}, "wrong_type"),
        ({"body": b"\x00\xff\xfe" * 1000}, "wrong_type"),
        ({"body": calendar(one()).removesuffix("END:VCALENDAR\n").encode()}, "cut"),
        ({"body": calendar(one()).encode(), "length": 100_000}, "cut"),
        ({"body": b"x" * 2_000_000}, "large"),
        ({"body": calendar(one()).encode(), "headers": {"Content-Encoding": "gzip"}}, "packed"),
        ({"body": b"", "status": 302, "headers": {"Location": "/calendar"}}, "redirects"),
        ({"body": b"", "status": 302, "headers": {"Location": f"https://{SECRET}/"}}, "host"),
        ({"body": b"", "status": 302, "headers": {"Location": "file:///etc/passwd"}}, "host"),
        ({"body": b"", "status": 302, "headers": {"Location": "http://["}}, "redirects"),
        ({"body": b"", "status": 302}, "redirects"),
        ({"body": calendar(*[one()] * 6_000).encode()}, "too_much"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_wrong_answer_changes_nothing_but_the_state(
    known: CalendarProvider, server: Server, settings: Any, answer: dict[str, Any], problem: str
) -> None:
    settings.CMS_FETCH_BYTES = 1_000_000
    server.give(**answer)
    assert again(known) == problem


def test_an_answer_that_drips_is_cut_off(known: CalendarProvider, server: Server, settings: Any) -> None:
    settings.CMS_FETCH_SECONDS = 0.5
    server.give(calendar(one()), drip=True)
    assert again(known) == "slow"


def test_redirects_share_the_time_of_one_answer(
    known: CalendarProvider, server: Server, settings: Any
) -> None:
    settings.CMS_FETCH_SECONDS = 0
    assert again(known) == "slow"


def test_a_host_that_is_not_there_is_named(known: CalendarProvider) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        CalendarProvider.objects.update(address=f"http://127.0.0.1:{free.getsockname()[1]}/")
    assert again(known) == "unreachable"


def test_a_redirect_within_the_allowed_hosts_is_followed(known: CalendarProvider, server: Server) -> None:
    server.give(b"", status=301, headers={"Location": "/new?a=b"})
    server.give(calendar(one()), "/new?a=b")
    assert again(known) == ""


def test_an_allowed_name_that_leads_inside_is_not_asked(
    known: CalendarProvider, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EXTERNAL_CALENDAR_HOSTS = ["www.nuk.example"]
    CalendarProvider.objects.update(address="https://www.nuk.example/calendar")
    inside = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", (SECRET, 443))]
    monkeypatch.setattr(sending.socket, "getaddrinfo", lambda *_a, **_k: inside)
    assert again(known) == "private"


def test_a_host_that_is_no_longer_allowed_is_not_asked(
    known: CalendarProvider, server: Server, settings: Any
) -> None:
    settings.EXTERNAL_CALENDAR_HOSTS = []
    asked = len(server.requests)
    assert again(known) == "host"
    assert len(server.requests) == asked


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><feed><entry>&c;</entry></feed>', "entities"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><feed>&b;</feed>', "entities"),
        (b"<feed><entry></feed>", "broken_xml"),
        (b"<html><body>Prijava</body></html>", "wrong_type"),
        (b"BEGIN:VCALENDAR", "wrong_type"),
    ],
)  # fmt: skip
def test_a_feed_that_is_none_or_would_do_harm_is_refused(
    known: CalendarProvider, server: Server, body: bytes, problem: str
) -> None:
    CalendarProvider.objects.update(kind="FEED")
    server.give(body)
    assert again(known) == problem


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<html><body>Brez dogodkov</body></html>", "no_json_ld"),
        ('<script type="application/ld+json">{"@type": </script>', "no_json_ld"),
        (f'<script type="application/ld+json">{"[" * 200_000}</script>', "no_json_ld"),
        (f'<script type="application/ld+json">[{", ".join(["{}"] * 60_000)}]</script>', "too_much"),
        ("BEGIN:VCALENDAR", "wrong_type"),
    ],
    ids=["nothing", "broken", "deep", "wide", "other"],
)
def test_a_page_without_events_that_can_be_read_is_refused(
    known: CalendarProvider, server: Server, body: str, problem: str
) -> None:
    CalendarProvider.objects.update(kind="PAGE")
    server.give(body)
    assert again(known) == problem


EVENT = """<script type="application/ld+json">
  {"@type": "Event", "name": "Tečaj", "startDate": "%s", "endDate": "%s"}</script>"""
ENTRY = """<feed xmlns:ev="http://purl.org/rss/1.0/modules/event/"><entry><id>1</id><title>Tečaj</title>
  <ev:startdate>%s</ev:startdate><ev:enddate>%s</ev:enddate></entry></feed>"""
VEVENT = calendar("UID:1@x\nSUMMARY:Tečaj\nDTSTART:%s\nDTEND:%s")


@pytest.mark.parametrize("end", ["9999-12-31", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-05:00"])
@pytest.mark.parametrize(("kind", "body"), [("PAGE", EVENT), ("FEED", ENTRY), ("ICALENDAR", VEVENT)])
def test_an_event_without_an_end_is_shown_whatever_its_calendar_writes_for_never(
    server: Server, client: Client, kind: str, body: str, end: str
) -> None:
    start = "2026-12-10" if "T" not in end else "2026-12-10T09:00:00Z"
    if kind == "ICALENDAR":
        start, end = (text.removesuffix("-05:00").replace("-", "").replace(":", "") for text in (start, end))
        if "T" not in end:
            body = body.replace("DTSTART", "DTSTART;VALUE=DATE").replace("DTEND", "DTEND;VALUE=DATE")
    found = provider(server.give(body % (start, end)), kind=kind)
    read_calendar(found.pk)
    assert (state(found).problem, state(found).skipped) == ("", [])
    assert [title for title, _start in dates()] == ["Tečaj"]
    assert "Tečaj" in client.get("/sl/koledar/").content.decode()
    assert "Tečaj" in client.get("/sl/koledar.ics").content.decode()


def test_letters_of_an_unknown_encoding_cost_no_more_than_themselves(server: Server) -> None:
    body = (EVENT % ("2026-12-10", "2026-12-10")).encode()
    for charset in ("undefined", "no-such-encoding"):
        address = server.give(body, headers={"Content-Type": f"text/html; charset={charset}"})
        found = provider(address, charset, "PAGE")
        read_calendar(found.pk)
        assert state(found).problem == ""
    assert [title for title, _start in dates()] == ["Tečaj"]


def test_texts_from_outside_are_plain_and_short(server: Server) -> None:
    title = "A" * 400 + "<img src=x onerror=alert(1)>"
    more = "\nDESCRIPTION:&lt;script&gt;alert(1)&lt;/script&gt; a < b \\n\u202eobrnjeno" + "x" * 5_000
    address = server.give(calendar(one(f"{'u' * 400}@x", title, more=more)))
    read_calendar(provider(address).pk)
    row = ExternalEdition.objects.get()
    assert len(row.title) == 255
    assert len(row.summary) == 2_000
    assert row.summary.startswith("a < b obrnjeno")
    assert len(row.source_uid) == 64
    assert "<" not in row.title


def test_a_rule_without_an_end_gives_no_more_dates_than_are_kept(server: Server) -> None:
    address = server.give(calendar(one(start="20200101T090000Z", more="\nRRULE:FREQ=DAILY")))
    read_calendar(provider(address).pk)
    assert ExternalEdition.objects.count() == 500
    assert ExternalEdition.objects.earliest("start").start > timezone.now() - timedelta(days=1)


def test_a_fault_of_the_program_is_told_and_not_hidden(
    known: CalendarProvider, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_arguments: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("centres.calendars.reading.icalendar_files.read", fail)
    assert again(known) == "fault"
    assert "ZeroDivisionError" in caplog.text


def test_after_each_failure_it_is_tried_later_and_after_a_success_soon_again(
    known: CalendarProvider, server: Server
) -> None:
    server.give(b"?", status=500)
    pauses = []
    for _attempt in range(8):
        read_calendar(known.pk)
        pauses.append(round((state(known).next_reading - timezone.now()) / timedelta(minutes=1)))
    assert pauses == [30, 60, 120, 240, 480, 720, 720, 720]
    server.give(calendar(one()))
    assert again(known) == ""
    assert state(known).failures == 0


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("urednica", "u@example.si", "x"))
    return client


def test_the_admin_says_in_slovenian_what_happened_and_what_to_do(
    known: CalendarProvider, server: Server, desk: Client
) -> None:
    server.give(b"?", status=500)
    again(known)
    listed = desk.get(reverse("wagtailsnippets_centres_calendarprovider:list")).content.decode()
    edited = desk.get(
        reverse("wagtailsnippets_centres_calendarprovider:edit", args=[known.pk])
    ).content.decode()
    for page in (listed, edited):
        assert "Gostitelj odgovarja z napako" in page
        assert "(500)" in page
    assert "Zadnjič je bil prebran" in edited
    server.give(calendar(one(), one("2@x", "Brez", start="?")))
    again(known)
    edited = desk.get(
        reverse("wagtailsnippets_centres_calendarprovider:edit", args=[known.pk])
    ).content.decode()
    assert "Brez: nima datuma" in edited


def test_the_form_refuses_a_host_that_is_not_allowed(server: Server, desk: Client) -> None:
    form = {
        "name": "x", "name_sl": "NUK", "name_en": "", "name-sl": "NUK", "code": "nuk", "language": "sl",
        "url": "https://nuk.example/", "kind": "ICALENDAR", "active": "on", "address": "https://zlo.example/a.ics",
    }  # fmt: skip
    page = desk.post(reverse("wagtailsnippets_centres_calendarprovider:add"), form)
    assert "zlo.example" in page.content.decode()
    assert "EXTERNAL_CALENDAR_HOSTS" in page.content.decode()
    assert CalendarProvider.objects.count() == 0
    assert CalendarState.objects.count() == 0
