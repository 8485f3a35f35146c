"""Seats that are counted in the form of an event, while others count too."""

import re
from typing import Any

import pytest
from django.test import Client

from centres.models import EventEdition
from tests import factories
from tests.centres.event_form import address, event_form

pytestmark = [pytest.mark.usefixtures("built"), pytest.mark.one_database]


def build() -> EventEdition:
    """Make an event with 24 seats."""
    return factories.event(capacity=24)


@pytest.fixture
def event(built: EventEdition) -> EventEdition:
    return built


def test_seats_count_at_once_though_the_rest_is_a_draft(event: EventEdition, admin_client: Client) -> None:
    form = event_form(event.programme, capacity="30", seats_taken="7")
    form["sessions-0-id"] = event.sessions.get().pk
    form["sessions-INITIAL_FORMS"] = 1
    response = admin_client.post(address(EventEdition, "edit", event.pk), form)
    assert response.status_code == 302
    event = EventEdition.objects.get(pk=event.pk)
    assert (event.capacity, event.seats_taken, event.has_unpublished_changes) == (24, 7, True)


def open_form(admin_client: Client, event: EventEdition) -> dict[str, Any]:
    """Return what a browser would send of the form of ``event`` if the editor touched nothing."""
    page = admin_client.get(address(EventEdition, "edit", event.pk)).content.decode()
    form = event_form(event.programme, capacity=event.capacity)
    for name in ("seats_taken", "waitlist"):
        shown = re.search(rf'<input type="number" name="{name}" value="(\d+)"', page)
        opened = re.search(rf'<input type="hidden" name="opened-{name}" value="(\d+)"', page)
        assert shown
        assert opened
        form |= {name: shown[1], f"opened-{name}": opened[1]}
    return form | {"sessions-0-id": event.sessions.get().pk, "sessions-INITIAL_FORMS": 1}


def counts(event: EventEdition) -> tuple[int, int]:
    fresh = EventEdition.objects.get(pk=event.pk)
    return fresh.seats_taken, fresh.waitlist


def test_seats_that_the_editor_did_not_touch_are_left_to_others(
    event: EventEdition, admin_client: Client
) -> None:
    event.count_seats(seats_taken=10)
    form = open_form(admin_client, event)
    event.count_seats(seats_taken=12)
    assert admin_client.post(address(EventEdition, "edit", event.pk), form).status_code == 302
    assert counts(event) == (12, 0)
    form |= {"waitlist": "3"}
    assert admin_client.post(address(EventEdition, "edit", event.pk), form).status_code == 302
    assert counts(event) == (12, 3)


def test_editor_is_told_when_others_counted_meanwhile(event: EventEdition, admin_client: Client) -> None:
    event.count_seats(seats_taken=10)
    form = open_form(admin_client, event) | {"seats_taken": "11"}
    event.count_seats(seats_taken=12)
    response = admin_client.post(address(EventEdition, "edit", event.pk), form)
    assert response.context["form"].errors["seats_taken"] == [
        "Medtem so drugi vpisali 12. Znova naložite stran."
    ]
    assert counts(event) == (12, 0)
    form["seats_taken"] = "12"  # what the others counted is no contradiction
    assert admin_client.post(address(EventEdition, "edit", event.pk), form).status_code == 302


@pytest.mark.parametrize("opened", ["", "deset", "-"])
def test_a_form_that_does_not_say_what_it_was_opened_with_sets_the_seats(
    event: EventEdition, admin_client: Client, opened: str
) -> None:
    form = open_form(admin_client, event) | {"seats_taken": "7", "opened-seats_taken": opened}
    assert admin_client.post(address(EventEdition, "edit", event.pk), form).status_code == 302
    assert counts(event) == (7, 0)


def test_a_form_that_saves_by_itself_counts_on_from_what_it_saved(
    event: EventEdition, admin_client: Client
) -> None:
    form = open_form(admin_client, event)
    for taken in ("4", "5"):
        form["seats_taken"] = taken
        response = admin_client.post(
            address(EventEdition, "edit", event.pk), form, headers={"Accept": "application/json"}
        )
        assert response.json()["success"]
        form |= response.json()["field_updates"]
    assert counts(event) == (5, 0)


def test_a_preview_counts_no_seats(event: EventEdition, admin_client: Client) -> None:
    url = address(EventEdition, "preview_on_edit", event.pk)
    assert admin_client.post(url, open_form(admin_client, event) | {"seats_taken": "8"}).json()["is_valid"]
    admin_client.get(url)
    assert counts(event) == (0, 0)
