"""Two people edit the same page: nothing of either is lost, by whatever button and by saving by itself."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centres.models import CentrePage, EventEdition, Session
from cms.editorial.stale_forms import VERSION
from tests import factories
from tests.centres.event_form import address
from tests.cms.test_two_editors import form_in, opened, without_decisions

pytestmark = pytest.mark.django_db

FIRST = factories.SUMMARY + " It was the first who wrote this."
JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def centre() -> CentrePage:
    return factories.publish(factories.goals(factories.centre()))


def edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def draft(page: CentrePage) -> CentrePage:
    return CentrePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def first_saves(client: Client, page: CentrePage) -> tuple[Any, Any]:
    """Open the form of ``page`` twice, save another summary in one, and return both as they were sent."""
    second = opened(client, edit(page))
    first = opened(client, edit(page)) | {"summary": FIRST}
    answer = client.post(edit(page), first)
    assert answer.status_code == 302, answer.text[:500]
    return first, second


@pytest.mark.parametrize("button", ["", "action-publish"])
def test_the_second_editor_of_a_page_is_shown_both_texts_and_decides(
    centre: CentrePage, button: str, admin_client: Client
) -> None:
    _first, form = first_saves(admin_client, centre)
    second = form | {"title": "Naslov druge"} | ({button: "1"} if button else {})

    asked = admin_client.post(edit(centre), second)

    assert asked.status_code == 200
    question = asked.text.split("asked-about-title")[2]
    assert FIRST in question
    assert factories.SUMMARY in question
    assert (draft(centre).summary, draft(centre).title) == (FIRST, centre.title)
    assert CentrePage.objects.get(pk=centre.pk).summary == factories.SUMMARY
    again = form_in(asked.text)
    assert again["title"] == "Naslov druge"
    # What the second one did not touch is preselected as the first one saved it.
    assert again["keep-summary"] == "stored"
    assert admin_client.post(edit(centre), again | ({button: "1"} if button else {})).status_code == 302
    assert (draft(centre).summary, draft(centre).title) == (FIRST, "Naslov druge")


def test_whoever_decides_for_their_own_text_saves_it(centre: CentrePage, admin_client: Client) -> None:
    _first, form = first_saves(admin_client, centre)
    mine = factories.SUMMARY + " It was the second who wrote this."
    asked = admin_client.post(edit(centre), form | {"summary": mine})
    again = form_in(asked.text)
    assert "keep-summary" not in again
    assert admin_client.post(edit(centre), again).status_code == 200
    assert draft(centre).summary == FIRST
    assert admin_client.post(edit(centre), again | {"keep-summary": "mine"}).status_code == 302
    assert draft(centre).summary == mine


def test_saving_by_itself_never_writes_over_what_another_saved(
    centre: CentrePage, admin_client: Client
) -> None:
    _first, form = first_saves(admin_client, centre)
    for sent in (form | {"title": "Naslov druge"}, without_version(form) | {"title": "Naslov druge"}):
        answer = admin_client.post(edit(centre), sent, **JSON)
        assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")
    assert (draft(centre).summary, draft(centre).title) == (FIRST, centre.title)


def without_version(form: Any) -> Any:
    kept = form.copy()
    del kept[VERSION]
    return kept


def test_whoever_saves_by_itself_again_and_again_is_not_asked_about_their_own_text(
    centre: CentrePage, admin_client: Client
) -> None:
    form = opened(admin_client, edit(centre))
    for title in ("Ena", "Dve", "Tri"):
        form["title"] = title
        answer = admin_client.post(edit(centre), form, **JSON).json()
        assert answer["success"], answer
        form |= answer["field_updates"]
        form["overwrite_revision_id"] = str(answer["revision_id"])
    form["title"] = "Štiri"
    assert admin_client.post(edit(centre), form).status_code == 302
    assert draft(centre).title == "Štiri"


def test_a_form_that_only_tells_its_draft_asks_as_well(centre: CentrePage, admin_client: Client) -> None:
    _first, form = first_saves(admin_client, centre)
    asked = admin_client.post(edit(centre), without_version(form) | {"title": "Naslov druge"})
    assert asked.status_code == 200
    assert draft(centre).summary == FIRST


def test_a_fact_that_a_translation_brought_is_not_written_over(
    centre: CentrePage, admin_client: Client
) -> None:
    english = factories.translated(centre, short_name="Youth", official_name="Centre for Youth")
    form = opened(admin_client, edit(centre))
    english.contact_email = "new@example.si"
    factories.publish(english)
    asked = admin_client.post(edit(centre), form | {"title": "Naslov", "action-publish": "1"})
    assert asked.status_code == 200
    assert CentrePage.objects.get(pk=centre.pk).contact_email == "new@example.si"
    assert admin_client.post(edit(centre), form_in(asked.text) | {"action-publish": "1"}).status_code == 302
    assert CentrePage.objects.get(pk=centre.pk).contact_email == "new@example.si"
    assert CentrePage.objects.get(pk=centre.pk).title == "Naslov"


def test_rows_that_another_removed_or_added_are_asked_about(centre: CentrePage, admin_client: Client) -> None:
    form = opened(admin_client, edit(centre))
    other = draft(centre)
    other.goals = []
    other.save_revision()
    asked = admin_client.post(edit(centre), form | {"goals-0-text": "Drug cilj."})
    assert asked.status_code == 200
    assert "Drug cilj." in asked.text
    assert not draft(centre).goals.exists()
    again = form_in(asked.text)
    assert admin_client.post(edit(centre), again | {"keep-goals": "mine"}).status_code == 302
    assert draft(centre).goals.get().text == "Drug cilj."


def test_an_edition_whose_sessions_another_moved(admin_client: Client) -> None:
    event = factories.event()
    where = address(EventEdition, "edit", event.pk)
    form = opened(admin_client, where)
    Session.objects.filter(edition=event).update(end=factories.moment(2027, 4, 7, 18))
    asked = admin_client.post(where, form | {"label_sl": "druga"})
    assert asked.status_code == 200
    again = form_in(asked.text)
    assert admin_client.post(where, without_decisions(again)).status_code == 200
    assert admin_client.post(where, again | {"keep-sessions": "stored"}).status_code == 302
    stored = EventEdition.objects.get(pk=event.pk).get_latest_revision_as_object()
    assert stored.sessions.get().end == factories.moment(2027, 4, 7, 18)
    assert stored.label["sl"] == "druga"


def test_two_who_write_the_same_are_not_asked(centre: CentrePage, admin_client: Client) -> None:
    first, second = first_saves(admin_client, centre)
    assert admin_client.post(edit(centre), second | {"summary": first["summary"]}).status_code == 302
