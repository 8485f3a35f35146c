"""Several rows are chosen one by one, with search; a click loses none, and thousands are no burden."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centres.models import EventEdition, Person, Topic
from tests import factories
from tests.centres.event_form import address, event_form

pytestmark = [pytest.mark.usefixtures("built"), pytest.mark.one_database]

PRESENTERS = "sessions-0-presenters"


def build() -> EventEdition:
    """Make an event whose session has a presenter."""
    event = factories.event()
    session = event.sessions.get()
    session.presenters.set([factories.person("Ana Novak")])
    session.save()
    return EventEdition.objects.get(pk=event.pk)


@pytest.fixture
def event(built: EventEdition) -> EventEdition:
    return built


def shown(client: Client, event: EventEdition) -> Any:
    html = client.get(address(EventEdition, "edit", event.pk)).text
    return BeautifulSoup(html, "html.parser")


def chooser(client: Client, model: Any, view: str = "choose", **asked: Any) -> Any:
    return client.get(reverse(model.snippet_viewset.chooser_viewset.get_url_name(view)), asked)


def test_no_form_has_a_browsers_list_of_many(event: EventEdition, admin_client: Client) -> None:
    programme = event.programme
    pages = (programme, programme.get_parent())
    addresses = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in pages]
    for where in (*addresses, address(EventEdition, "edit", event.pk)):
        form = BeautifulSoup(admin_client.get(where).text, "html.parser")
        assert not form.select("select[multiple]"), where
        assert form.select("[data-choose-many]"), where


def test_chosen_rows_stand_in_the_form_each_with_a_button_that_takes_it_out(
    event: EventEdition, admin_client: Client
) -> None:
    (line,) = shown(admin_client, event).select(f'[data-name="{PRESENTERS}"] li')
    assert line.input["value"] == str(event.sessions.get().presenters.get().pk)
    assert line.span.text == "Ana Novak"
    assert line.button["aria-label"] == "Odstrani: Ana Novak"


def test_two_thousand_rows_cost_the_form_nothing(event: EventEdition, admin_client: Client) -> None:
    def cost() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as statements:
            html = admin_client.get(address(EventEdition, "edit", event.pk)).text
        return len(statements), html.count("Oseba")

    cost()
    before = cost()
    Person.objects.bulk_create(
        Person(name=f"Oseba {number}", publication_consent=True) for number in range(2000)
    )
    assert cost() == before
    page = chooser(admin_client, Person, multiple=1).json()["html"]
    assert len(BeautifulSoup(page, "html.parser").select("[data-multiple-choice-select]")) == 25
    found = chooser(admin_client, Person, "choose_results", multiple=1, q="oseba 1999").text
    assert "Oseba 1999" in found
    assert "Oseba 1998" not in found


def test_chooser_offers_what_the_field_takes(event: EventEdition, admin_client: Client) -> None:
    factories.person("Nina Skrita", publication_consent=False)
    field = shown(admin_client, event).select(f'[data-name="{PRESENTERS}"]')[0]["data-field"]
    everybody = chooser(admin_client, Person, multiple=1).json()["html"]
    offered = chooser(admin_client, Person, **{"multiple": 1, "for": field}).json()["html"]
    assert "Nina Skrita" in everybody
    assert "Nina Skrita" not in offered
    assert "Ana Novak" in offered
    for wrong in ("x", "centres.Session.nothing", "centres.EventEdition.venue", "a.b.c.d"):
        assert chooser(admin_client, Person, **{"multiple": 1, "for": wrong}).status_code == 404


def test_what_was_chosen_is_saved_and_what_was_taken_out_is_gone(
    event: EventEdition, admin_client: Client
) -> None:
    second = factories.person("Bor Kos")
    form = event_form(event.programme) | {PRESENTERS: [second.pk], "action-publish": "1"}
    assert admin_client.post(address(EventEdition, "add"), form).status_code == 302
    added = EventEdition.objects.exclude(pk=event.pk).get()
    assert list(added.sessions.get().presenters.all()) == [second]


def test_refused_form_keeps_what_was_chosen(event: EventEdition, admin_client: Client) -> None:
    second = factories.person("Bor Kos")
    form = event_form(event.programme, mode="") | {PRESENTERS: [second.pk, "x"], "action-publish": "1"}
    html = admin_client.post(address(EventEdition, "add"), form).text
    lines = BeautifulSoup(html, "html.parser").select(f'[data-name="{PRESENTERS}"] li span')
    assert [line.text for line in lines] == ["Bor Kos"]


def test_topics_are_offered_to_who_edits_a_page(event: EventEdition, admin_client: Client) -> None:
    offered = chooser(admin_client, Topic, **{"multiple": 1, "for": "centres.ProgrammePage.topics"})
    assert str(Topic.objects.get()) in offered.json()["html"]
