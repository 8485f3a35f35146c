"""The calendar of the admin: a month of what takes place and of what is published or withdrawn by itself."""

from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centres.models import EventEdition
from tests import factories
from tests.centres.desk_people import person
from tests.centres.event_form import address
from tests.centres.test_rights import CHIEF, EDITOR, OTHER, Content, build, signed_in

__all__ = ["build"]

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MONTH = reverse("centres_month")


@pytest.fixture(autouse=True)
def spring() -> Any:
    with time_machine.travel(factories.moment(2027, 3, 1, 12), tick=False):
        yield


@pytest.fixture
def site(built: Content) -> Content:
    return built


def shown(client: Client, **asked: str) -> Any:
    answer = client.get(MONTH, asked)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def on(page: Any, day: str) -> str:
    """Return the words of the day's field."""
    return " ".join(page.select_one(f".month time[datetime='{day}']").parent.text.split())


def test_an_event_stands_on_the_days_of_its_sessions_and_leads_to_its_form(site: Content) -> None:
    event = factories.event(
        site.own["programme"], factories.moment(2027, 4, 1, 0, 5), factories.moment(2027, 4, 30, 23, 30)
    )
    page = shown(signed_in(site, EDITOR), month="2027-04")
    for day, time in (("2027-04-01", "00:05"), ("2027-04-30", "23:30")):
        assert time in on(page, day)
        assert site.own["programme"].title in on(page, day)
    links = {link["href"] for link in page.select(".month a")}
    assert address(EventEdition, "edit", event.pk) in links


def test_the_table_has_whole_weeks_from_monday_on_and_only_days_of_the_month(site: Content) -> None:
    page = shown(signed_in(site, EDITOR), month="2028-02")
    assert page.select_one("thead th").text == "Ponedeljek"
    weeks = page.select("tbody tr")
    assert {len(week.select("td")) for week in weeks} == {7}
    days = [time["datetime"] for time in page.select(".month time")]
    assert (len(days), days[0], days[-1]) == (29, "2028-02-01", "2028-02-29")


def test_a_draft_and_a_cancelled_event_say_so(site: Content) -> None:
    factories.event(site.own["programme"], factories.moment(2027, 4, 5, 10), live=False)
    factories.event(
        site.own["programme"],
        factories.moment(2027, 4, 6, 10),
        status_override="CANCELLED",
        cancel_reason={"sl": "Bolezen."},
    )
    page = shown(signed_in(site, EDITOR), month="2027-04")
    assert "še ni objavljen" in on(page, "2027-04-05").lower()
    assert "odpovedana" in on(page, "2027-04-06")


@pytest.mark.parametrize("name", ["programme", "event"])
def test_what_is_published_and_withdrawn_by_itself_stands_there(site: Content, name: str) -> None:
    thing = site.own[name]
    thing.go_live_at, thing.expire_at = factories.moment(2027, 5, 3, 8), factories.moment(2027, 5, 20, 9)
    thing.save_revision().publish()
    type(thing).objects.filter(pk=thing.pk).update(live=True, expire_at=thing.expire_at)
    page = shown(signed_in(site, EDITOR), month="2027-05")
    assert "08:00" in on(page, "2027-05-03")
    assert "Bo objavljeno" in on(page, "2027-05-03")
    assert "Bo umaknjeno iz objave" in on(page, "2027-05-20")
    assert site.own["programme"].title in on(page, "2027-05-20")
    other = shown(signed_in(site, OTHER), month="2027-05")
    assert site.own["programme"].title not in other.select_one(".month").text


def test_a_centre_narrows_it_and_the_steps_keep_the_centre(site: Content) -> None:
    client = signed_in(site, CHIEF)
    own, foreign = site.own["programme"], site.foreign["programme"]
    for programme in (own, foreign):
        factories.event(programme, factories.moment(2027, 4, 8, 10), label={"sl": f"v {programme.pk}"})
    both = on(shown(client, month="2027-04"), "2027-04-08")
    assert f"v {own.pk}" in both
    assert f"v {foreign.pk}" in both
    page = shown(client, month="2027-04", centre=site.own["centre"].slug)
    assert f"v {foreign.pk}" not in on(page, "2027-04-08")
    assert f"v {own.pk}" in on(page, "2027-04-08")
    assert [link["href"] for link in page.select(".month-bar a")] == [
        f"?month={month}&centre={site.own['centre'].slug}" for month in ("2027-03", "2027-03", "2027-05")
    ]


@pytest.mark.parametrize("month", ["", "2027-13", "jutri", "99999-01"])
def test_a_month_that_is_none_is_this_month(site: Content, month: str) -> None:
    page = shown(signed_in(site, EDITOR), month=month)
    assert page.select_one("h2").text == "Marec 2027"
    assert "danes" in on(page, "2027-03-01")


def test_it_is_among_the_reports_of_those_whom_it_concerns(
    site: Content, client: Client, django_user_model: Any
) -> None:
    start = reverse("wagtailadmin_home")
    assert MONTH in signed_in(site, EDITOR).get(start).text
    client.force_login(person(django_user_model, "nihče"))
    assert MONTH not in client.get(start).text
    assert client.get(MONTH).status_code == 302


def test_it_takes_the_same_statements_for_many_as_for_one(site: Content) -> None:
    client = signed_in(site, EDITOR)

    def statements(number: int) -> int:
        for place in range(number):
            event = factories.event(site.own["programme"], factories.moment(2027, 4, place + 1, 10))
            event.go_live_at = factories.moment(2027, 4, 20, 10)
            event.save_revision().publish()
        shown(client, month="2027-04")
        with CaptureQueriesContext(connection) as seen:
            shown(client, month="2027-04")
        return len(seen)

    one = statements(1)
    assert statements(12) <= one
