"""The reason and the state of an event say the same, in the form and in the graph."""

from typing import Any

import pytest
from django.test import Client

from centres.models import EventEdition
from tests import factories
from tests.centres.event_form import address, event_form
from tests.graph import ask, send

pytestmark = pytest.mark.usefixtures("built")

QUERY = "{ editions { nodes { status ... on EventEdition { cancelReason } } } }"


def build() -> EventEdition:
    """Make an event that takes place as planned."""
    return factories.event()


@pytest.fixture
def event(built: EventEdition) -> EventEdition:
    return built


def test_reason_without_a_cancellation_is_refused_in_the_form(
    event: EventEdition, admin_client: Client
) -> None:
    form = event_form(event.programme, cancel_reason_sl="Odpade zaradi bolezni.")
    response = admin_client.post(address(EventEdition, "add"), form | {"action-publish": "1"})
    assert "po načrtu" in response.context["form"].errors["status_override"][0]
    assert EventEdition.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "shown"), [("NONE", None), ("CANCELLED", "Bolezen."), ("POSTPONED", "Bolezen.")]
)
def test_public_reads_a_reason_only_of_what_does_not_take_place_as_planned(
    event: EventEdition, state: str, shown: Any
) -> None:
    event.status_override, event.cancel_reason = state, {"sl": "Bolezen."}
    event.save()
    (node,) = ask(QUERY)["editions"]["nodes"]
    assert node["cancelReason"] == shown


def test_event_that_does_not_take_place_as_planned_without_a_reason_has_null(event: EventEdition) -> None:
    event.status_override = "POSTPONED"
    event.save()
    assert ask(QUERY)["editions"]["nodes"][0]["cancelReason"] is None


def test_reason_is_in_the_requested_locale_whatever_language_the_caller_reads(event: EventEdition) -> None:
    event.status_override, event.cancel_reason = "CANCELLED", {"sl": "Bolezen.", "en": "Illness."}
    event.save()
    query = """{ sl: editions(locale: "sl") { ...R } en: editions(locale: "en") { ...R } }
        fragment R on EditionConnection { nodes { ... on EventEdition { cancelReason } } }"""
    for language in ("sl", "en"):
        said = send(query, headers={"Accept-Language": language}).json()["data"]
        assert [said[key]["nodes"][0]["cancelReason"] for key in ("sl", "en")] == ["Bolezen.", "Illness."]
