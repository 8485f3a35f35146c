"""Dates are read as people write them and shown as the language writes them; what cannot be read stays."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput
from wagtail.users.models import UserProfile

from centres.models import EventEdition
from tests.centres.commission import Content, build, signed_in, site
from tests.centres.event_form import address, event_form
from tests.factories import moment
from tests.graph import ask

__all__ = ["build", "site"]  # the fixture and what it is made of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LANGUAGES = pytest.mark.parametrize("language", ["sl", "en"])
WITH_TIME = [
    "12. 1. 2027 10.00",
    "12.1.2027 10:00",
    "12. 1.2027, 10:00",
    "12. 01. 2027 ob 10.00",
    "12. 1. 2027 ob 10. uri",
    "12. 1. 2027 ob 10",
    "12. 1. 2027 10h",
    "12.1.2027 ob 10h00",
    "12. 1. 2027, 10 h",
    "12.\u00a01.\u00a02027\u00a010:00",
    " 12. 1. 27 10:00 ",
    "12/1/2027 10:00",
    "12 Jan 2027 10:00",
    "2027-01-12 10:00",
    "2027-01-12T10:00",
]
DAYS = [
    "12. 1. 2027",
    "12.1.2027",
    "12. 01.2027",
    "12/01/2027",
    "12 Jan 2027",
    "12 January 2027",
    "2027-01-12",
]
UNREADABLE = ["enkrat spomladi", "32. 1. 2027", "12. 13. 2027 10:00"]
STARTS = "{ edition(id: %d) { ... on EventEdition { sessions { start } } } }"


@LANGUAGES
@pytest.mark.parametrize("written", WITH_TIME)
def test_a_moment_is_read_as_people_write_it(written: str, language: str) -> None:
    with translation.override(language):
        assert forms.DateTimeField().clean(written) == moment(2027, 1, 12, 10)


@LANGUAGES
@pytest.mark.parametrize("written", DAYS)
def test_a_day_is_read_as_people_write_it(written: str, language: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean(written) == date(2027, 1, 12)
        assert forms.DateTimeField().clean(written) == moment(2027, 1, 12)


@LANGUAGES
@pytest.mark.parametrize("written", ["9.05", "9:05", "09:05:00"])
def test_a_time_is_read_as_people_write_it(written: str, language: str) -> None:
    with translation.override(language):
        assert forms.TimeField().clean(written) == time(9, 5)


@LANGUAGES
@pytest.mark.parametrize(
    ("widget", "field", "value"),
    [
        (AdminDateInput, forms.DateField, date(2027, 12, 1)),
        (AdminDateTimeInput, forms.DateTimeField, moment(2027, 12, 1, 9, 5)),
        (AdminTimeInput, forms.TimeField, time(9, 5)),
    ],
)
def test_what_a_field_shows_it_reads_again(widget: Any, field: Any, value: Any, language: str) -> None:
    with translation.override(language):
        shown = widget().format_value(value)
        assert field().clean(shown) == value
        assert widget().get_config()["validateOnBlur"] is False


@pytest.mark.parametrize(("language", "shown"), [("sl", "7. 4. 2027 10:00"), ("en", "7 Apr 2027 10:00")])
def test_the_form_shows_dates_as_its_language_writes_them(site: Content, language: str, shown: str) -> None:
    client = editing(site, language)
    saved(client, site, "7. 4. 2027 10.00")
    field = form(client.get(address(EventEdition, "edit", site.event.pk)))["sessions-0-start"]
    assert field["value"] == shown


@LANGUAGES
@pytest.mark.parametrize("written", ["12. 1. 2027 10.00", "2027-01-12 10:00"])
def test_the_public_gets_the_moment_that_was_written(site: Content, written: str, language: str) -> None:
    client = editing(site, language)
    answer = saved(client, site, written, **{"sessions-0-end": "12. 1. 2027 12.00", "action-publish": "1"})
    assert answer.status_code == 302
    event = ask(STARTS % site.event.pk)["edition"]
    assert datetime.fromisoformat(event["sessions"][0]["start"]) == datetime(2027, 1, 12, 9, tzinfo=UTC)


@LANGUAGES
@pytest.mark.parametrize("written", UNREADABLE)
@pytest.mark.parametrize("name", ["sessions-0-start", "applications_close", "go_live_at", "expire_at"])
def test_what_cannot_be_read_stays_and_is_marked(
    site: Content, name: str, written: str, language: str
) -> None:
    client = editing(site, language)
    was = ask(STARTS % site.event.pk)
    answer = saved(client, site, "7. 4. 2027 10:00", **{name: written, "action-publish": "1"})
    field = form(answer)[name]
    assert field["value"] == written
    assert field["aria-invalid"] == "true" or field.find_parent(class_="w-field--error")
    assert ("such as 12. 1. 2027" if language == "en" else "na primer 12. 1. 2027") in answer.text
    assert ask(STARTS % site.event.pk) == was  # nothing went out at once


@LANGUAGES
def test_filters_of_reports_and_lists_read_the_same(site: Content, language: str) -> None:
    client = editing(site, language, "chief")
    site.event.save_revision(user=site.users["editor"]).publish()
    where = reverse("wagtailadmin_reports:site_history")
    late = client.get(where, {"timestamp_from": "12. 1. 2080"})
    assert len(late.context["object_list"]) == 0
    all_of_them = client.get(where, {"timestamp_from": "12. 1. 2020"})
    assert len(all_of_them.context["object_list"]) > 0
    unread = client.get(where, {"timestamp_from": "enkrat"})
    assert 'value="enkrat"' in unread.text
    assert ("such as 12. 1. 2027" if language == "en" else "na primer 12. 1. 2027") in unread.text


def test_the_clock_of_the_site_holds_wherever_an_account_says_it_is(site: Content) -> None:
    profile = UserProfile.get_for_user(site.users["lead"])
    profile.current_time_zone = "America/New_York"
    profile.save()
    client = editing(site, "sl")
    saved(client, site, "7. 4. 2027 10.00", **{"action-publish": "1"})
    event = ask(STARTS % site.event.pk)["edition"]
    assert datetime.fromisoformat(event["sessions"][0]["start"]) == moment(2027, 4, 7, 10)
    assert "current_time_zone" not in client.get(reverse("wagtailadmin_account")).text


def editing(site: Content, language: str, name: str = "lead") -> Client:
    profile = UserProfile.get_for_user(site.users[name])
    profile.preferred_language = language
    profile.save()
    return signed_in(site, name)


def saved(client: Client, site: Content, start: str, **changed: Any) -> Any:
    """Return the answer to the form of the event, sent with ``start`` as the beginning of its first session."""
    data = event_form(site.programme, **{"sessions-0-start": start} | changed)
    data |= {
        "seats_taken": "",
        "applications_open": "1. 12. 2026",
        "applications_close": "31.12.2026",
    } | changed
    return client.post(address(EventEdition, "edit", site.event.pk), data)


def form(answer: Any) -> dict[str, Any]:
    soup = BeautifulSoup(answer.text, "html.parser")
    return {str(field["name"]): field for field in soup.find_all("input", {"name": True})}
