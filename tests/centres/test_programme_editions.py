"""From a programme to its editions and back, in the admin."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from centres.models import EventEdition
from tests import factories
from tests.centres.desk_people import lead_of
from tests.centres.event_form import address, event_form
from tests.factories import moment

pytestmark = [pytest.mark.usefixtures("built"), pytest.mark.one_database]


def build() -> EventEdition:
    """Make an event of a programme, in April."""
    return factories.event()


@pytest.fixture
def event(built: EventEdition) -> EventEdition:
    return built


def form_of(programme: Any, client: Client) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[programme.pk])).content.decode()


def test_form_of_a_programme_lists_its_editions_with_date_state_and_ways_on(
    event: EventEdition, admin_client: Client
) -> None:
    draft = factories.event(event.programme, moment(2027, 9, 15, 10))
    draft.unpublish()
    other = factories.event(factories.programme(event.programme.get_parent().specific, "Drug program"))
    html = form_of(event.programme, admin_client)
    for edition, day in ((event, "7. 4. 2027"), (draft, "15. 9. 2027")):
        assert day in html.replace("\xa0", " ")
        assert address(EventEdition, "edit", edition.pk) in html
        assert address(EventEdition, "copy", edition.pk) in html
    assert address(EventEdition, "edit", other.pk) not in html
    assert "Kopiraj v naslednje leto" in html
    assert f"{address(EventEdition, 'add')}?programme={event.programme.pk}" in html
    assert "Dodaj izvedbo" in html


def test_translation_of_a_programme_lists_the_same_editions(
    event: EventEdition, admin_client: Client
) -> None:
    english = factories.translated(event.programme)
    assert address(EventEdition, "edit", event.pk) in form_of(english, admin_client)


def test_new_edition_begins_with_the_programme_it_was_added_from(
    event: EventEdition, admin_client: Client
) -> None:
    response = admin_client.get(address(EventEdition, "add"), {"programme": event.programme.pk})
    assert response.context["form"].instance.programme_id == event.programme.pk
    sent = event_form(event.programme, label_sl="druga") | {"action-publish": "1"}
    assert admin_client.post(address(EventEdition, "add"), sent).status_code == 302
    assert EventEdition.objects.filter(programme=event.programme).count() == 2


@pytest.mark.parametrize("chosen", ["", "x", "999999", "²"])
def test_form_opens_empty_where_no_programme_is_named(
    event: EventEdition, admin_client: Client, chosen: str
) -> None:
    response = admin_client.get(address(EventEdition, "add"), {"programme": chosen})
    assert response.status_code == 200
    assert response.context["form"].instance.programme_id is None


def test_programme_of_another_centre_is_not_chosen(
    event: EventEdition, client: Client, django_user_model: Any
) -> None:
    own = factories.programme(factories.centre("Učni center"), "Moj program")
    lead = lead_of(django_user_model, own.get_parent().specific)
    lead.groups.get().permissions.add(Permission.objects.get(codename="add_eventedition"))
    client.force_login(lead)
    opened = {
        page.pk: client.get(address(EventEdition, "add"), {"programme": page.pk}).context["form"].instance
        for page in (own, event.programme)
    }
    assert opened[own.pk].programme_id == own.pk
    assert opened[event.programme.pk].programme_id is None


def test_edition_leads_back_to_its_programme(event: EventEdition, admin_client: Client) -> None:
    html = admin_client.get(address(EventEdition, "edit", event.pk)).content.decode()
    assert f"Nazaj na program: {event.programme.title}" in html


def test_two_events_of_a_year_have_different_names(event: EventEdition) -> None:
    second = factories.event(event.programme, moment(2027, 9, 15, 10))
    assert str(second) != str(EventEdition.objects.get(pk=event.pk))


def test_list_tells_drafts_from_what_is_published(event: EventEdition, admin_client: Client) -> None:
    def listed() -> str:
        return admin_client.get(address(EventEdition, "list")).content.decode().casefold()

    assert "prijave odprte" in listed()
    event.unpublish()
    assert "<table" in listed()
    body = listed().split("<main", 1)[1].split("<tbody", 1)[1].split("</tbody", 1)[0]
    assert "prijave odprte" not in body
    assert "osnutek" in body
