"""The start page: what people come for is one click away, with what they worked on last and what is scheduled."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from centres.models import EventEdition
from tests import factories
from tests.centres.event_form import address, event_form
from tests.centres.test_rights import EDITOR, MEMBER, OTHER, Content, build, signed_in

__all__ = ["build"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(built: Content) -> Content:
    return built


def start(client: Client) -> Any:
    return BeautifulSoup(client.get(reverse("wagtailadmin_home")).text, "html.parser")


def links(page: Any, where: str) -> dict[str, str]:
    return {link.text.strip(): link["href"] for link in page.select(f"{where} li a, {where} > a")}


def test_an_editor_adds_an_event_a_programme_and_pictures_with_one_click(site: Content) -> None:
    client = signed_in(site, EDITOR)
    actions = links(start(client), ".desk-actions")
    assert actions["Dodaj dogodek"] == address(EventEdition, "add")
    assert {"Dodaj program", "Naloži slike"} <= actions.keys()
    for where in actions.values():
        assert client.get(where).status_code == 200
    add = reverse("wagtailadmin_pages:add", args=["centres", "programmepage", site.own["centre"].pk])
    assert actions["Dodaj program"] == add


def test_nobody_is_offered_what_they_may_not_do(site: Content) -> None:
    assert not links(start(signed_in(site, MEMBER)), ".desk-actions").keys() & {
        "Dodaj dogodek",
        "Dodaj program",
    }


def test_what_one_changed_last_comes_first(site: Content) -> None:
    client = signed_in(site, EDITOR)
    event = site.own["event"]
    form = event_form(event.programme, label_sl="zadnja")
    assert client.post(address(EventEdition, "edit", event.pk), form).status_code == 302
    first = next(iter(links(start(client), "#desk-quick-content").values()))
    assert first == address(EventEdition, "edit", event.pk)
    assert first not in links(start(signed_in(site, OTHER)), "#desk-quick-content").values()


def test_what_will_be_published_is_listed_with_its_time(site: Content) -> None:
    programme = site.own["programme"]
    programme.go_live_at = timezone.now() + timedelta(days=3)
    programme.save_revision().publish()
    words = start(signed_in(site, EDITOR)).text
    assert "Bo objavljeno" in words
    assert programme.title in words.split("Bo objavljeno")[1]
    assert "Bo objavljeno" not in start(signed_in(site, OTHER)).text


def test_the_panel_takes_the_same_statements_for_much_work_as_for_some(site: Content) -> None:
    client = signed_in(site, EDITOR)

    def work(number: int) -> int:
        for place in range(number):
            event = factories.event(site.own["programme"], factories.moment(2027, 5, place + 1, 10))
            event.save_revision(user=site.users[EDITOR], log_action=True)
        start(client)
        with CaptureQueriesContext(connection) as statements:
            start(client)
        return len(statements)

    some = work(6)
    assert work(12) <= some
