"""Something new that saves itself is edited from then on, and nobody meets their own save as somebody else's."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centres.models import EventEdition, ProgrammePage
from tests import factories
from tests.centres.event_form import address, event_form
from tests.centres.test_unfinished_drafts import title_alone

pytestmark = pytest.mark.django_db

JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def event() -> EventEdition:
    return factories.event()


def new_event(event: EventEdition) -> tuple[str, dict[str, Any], str]:
    return address(EventEdition, "add"), event_form(event.programme), "label_sl"


def new_programme(event: EventEdition) -> tuple[str, dict[str, Any], str]:
    centre = event.programme.get_parent()
    add = reverse("wagtailadmin_pages:add", args=["centres", "programmepage", centre.pk])
    return add, title_alone(ProgrammePage), "title"


@pytest.mark.parametrize("of", [new_event, new_programme])
def test_a_form_that_saved_itself_since_it_was_made_is_sent_without_a_question(
    event: EventEdition, admin_client: Client, of: Any
) -> None:
    add, form, field = of(event)
    assert 'name="opened-with"' in admin_client.get(add).text
    made = admin_client.post(add, form, **JSON).json()
    # What Wagtail puts into the form once, and what it puts there after each save.
    stamps = {
        "loaded_revision_id": made["revision_id"],
        "loaded_revision_created_at": made["revision_created_at"],
    }
    form |= stamps | made["field_updates"]
    for words in ("Prvič", "Drugič"):
        again = form | {field: words, "overwrite_revision_id": made["revision_id"]}
        saved = admin_client.post(made["url"], again, **JSON).json()
        assert saved["success"], saved
        form |= {field: words} | saved["field_updates"]
    assert admin_client.post(made["url"], form).status_code == 302


def test_what_somebody_else_saved_meanwhile_is_asked_about_all_the_same(
    event: EventEdition, admin_client: Client
) -> None:
    add, form, field = new_event(event)
    made = admin_client.post(add, form | {"opened-with": ""}, **JSON).json()
    other = EventEdition.objects.get(pk=made["pk"])
    other.label = {"sl": "Drug človek"}
    other.save_revision()
    answer = admin_client.post(made["url"], form | made["field_updates"] | {field: "Jaz"})
    assert answer.status_code == 200
    assert "Drug človek" in answer.text
