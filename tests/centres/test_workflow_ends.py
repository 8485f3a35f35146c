"""Approving ends: the public gets what was approved, once, and what saves itself takes no step."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from centres.models import EventEdition, ProgrammePage
from tests import factories
from tests.centres.commission import Content, build, signed_in, site
from tests.centres.event_form import address
from tests.cms.test_two_editors import opened
from tests.graph import ask

__all__ = ["build", "site"]  # the fixture and what it is made of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
JSON = {"headers": {"accept": "application/json"}}
KINDS = pytest.mark.parametrize("kind", ["programme", "event", "award", "publication"])


def waiting(site: Content, kind: str) -> Any:
    """Return what the editor has sent to the lead: new, or changed where the site has one already."""
    thing = made(site, kind)
    if isinstance(thing, ProgrammePage):
        thing.title = "Potrjeno"
    else:
        thing.label = {"sl": "Potrjeno"}
    thing.save_revision(user=site.users["editor"])
    thing.get_workflow().start(thing, site.users["editor"])
    return type(thing).objects.get(pk=thing.pk)


def made(site: Content, kind: str) -> Any:
    if kind in ("programme", "event"):
        return getattr(site, kind)
    programme = factories.programme(site.centre, slug=kind, kind=kind.upper())
    return getattr(factories, kind)(programme)


def place(thing: Any, view: str = "edit", *more: Any) -> str:
    if isinstance(thing, ProgrammePage):
        return reverse(f"wagtailadmin_pages:{view}", args=[thing.pk, *more])
    return address(type(thing), view, thing.pk, *more)


def public(thing: Any) -> str:
    """Return what the public reads of ``thing``."""
    if isinstance(thing, ProgrammePage):
        found = ask("query ($id: ID!) { page(id: $id) { title } }", id=thing.pk)["page"]
        return str(found and found["title"])
    return str(ask("query ($id: ID!) { edition(id: $id) { label } }", id=thing.pk)["edition"]["label"])


def is_over(thing: Any) -> bool:
    now = type(thing).objects.get(pk=thing.pk)
    return now.current_workflow_state is None and now.live and not now.has_unpublished_changes


@KINDS
def test_approving_in_the_form_publishes_what_stands_there(site: Content, kind: str) -> None:
    thing = waiting(site, kind)
    assert public(thing) != "Potrjeno"
    lead = signed_in(site, "lead")
    assert lead.post(place(thing), opened(lead, place(thing)) | APPROVE).status_code == 302
    assert public(thing) == "Potrjeno"
    assert is_over(thing)


@KINDS
def test_what_the_lead_changes_while_approving_goes_out_too(site: Content, kind: str) -> None:
    thing = waiting(site, kind)
    lead = signed_in(site, "lead")
    name = "title" if kind == "programme" else "label_sl"
    form = opened(lead, place(thing)) | {name: "Popravljeno"}
    assert lead.post(place(thing), form | APPROVE).status_code == 302
    assert public(thing) == "Popravljeno"
    assert is_over(thing)


@KINDS
@pytest.mark.parametrize("kept_first", [False, True])
def test_approving_from_the_list_publishes_the_newest_draft(
    site: Content, kind: str, kept_first: bool
) -> None:
    thing = waiting(site, kind)
    lead = signed_in(site, "lead")
    if kept_first:
        form = opened(lead, place(thing)) | {"title" if kind == "programme" else "label_sl": "Shranjeno"}
        assert lead.post(place(thing), form).status_code == 302
    state = thing.current_workflow_task_state
    where = place(thing, "workflow_action", "approve", state.pk)
    for _again in range(2):
        assert lead.post(where).status_code == 302
    assert public(thing) == ("Shranjeno" if kept_first else "Potrjeno")
    assert is_over(thing)


@KINDS
def test_a_second_click_on_approve_does_nothing_and_says_so(site: Content, kind: str) -> None:
    thing = waiting(site, kind)
    lead = signed_in(site, "lead")
    form = opened(lead, place(thing)) | APPROVE
    lead.post(place(thing), form)
    draft = type(thing).objects.get(pk=thing.pk).latest_revision_id
    again = lead.post(place(thing), form, follow=True)
    assert again.status_code == 200
    assert "Ta korak je bil že opravljen" in again.text
    assert public(thing) == "Potrjeno"
    assert is_over(thing)
    assert type(thing).objects.get(pk=thing.pk).latest_revision_id == draft
    assert TaskState.objects.filter(status="approved").count() == 1


@KINDS
def test_a_second_click_on_send_does_nothing_and_says_so(site: Content, kind: str) -> None:
    thing = made(site, kind)
    editor = signed_in(site, "editor")
    form = opened(editor, place(thing)) | {"action-submit": "true"}
    for _again in range(2):
        answer = editor.post(place(thing), form, follow=True)
        assert answer.status_code == 200
    assert "Ta korak je bil že opravljen" in answer.text
    assert TaskState.objects.filter(status="in_progress").count() == 1


@KINDS
@pytest.mark.parametrize("action", ["approve", "submit", "publish", "cancel-workflow"])
def test_what_saves_itself_takes_no_step(site: Content, kind: str, action: str) -> None:
    thing = waiting(site, kind)
    was = public(thing)
    lead = signed_in(site, "lead")
    sent = APPROVE if action == "approve" else {f"action-{action}": "true"}
    form = opened(lead, place(thing)) | {"title" if kind == "programme" else "label_sl": "Sproti"}
    answer = lead.post(place(thing), form | sent, **JSON)
    assert answer.status_code == 200, answer.text
    assert public(thing) == was
    now = type(thing).objects.get(pk=thing.pk)
    assert now.workflow_in_progress
    assert str(now.get_latest_revision_as_object()) != str(thing)


def test_a_new_page_that_saves_itself_is_not_published(site: Content) -> None:
    lead = signed_in(site, "chief")
    where = reverse("wagtailadmin_pages:add", args=["home", "infopage", factories.home().pk])
    form = opened_new(lead, where) | {"title": "Nova", "slug": "nova", "summary": factories.SUMMARY}
    answer = lead.post(where, form | {"action-publish": "true"}, **JSON)
    assert answer.status_code == 200, answer.text
    assert ask("query ($id: ID!) { page(id: $id) { id } }", id=answer.json()["pk"])["page"] is None


def opened_new(client: Client, where: str) -> dict[str, Any]:
    context = client.get(where).context
    bound = context["form"]
    data: dict[str, Any] = {field.html_name: "" for field in bound}
    for formset in bound.formsets.values():
        for field in formset.management_form:
            data[field.html_name] = field.value() or 0
    for field in bound:
        if field.name == "body":
            data[f"{field.html_name}-count"] = 0
    return data


@KINDS
def test_there_is_one_first_action_with_one_verb(site: Content, kind: str) -> None:
    thing = waiting(site, kind)
    lead = signed_in(site, "lead").get(place(thing)).text
    bar = lead[lead.index("<footer") :]
    assert "Potrdi" in bar
    assert bar.index("Potrdi") < bar.index("Shrani osnutek" if kind == "programme" else "action-save")
    assert "Odobri" not in bar
    assert 'name="action-publish"' not in bar
    editor = signed_in(site, "editor").get(place(thing)).text
    bar = editor[editor.index("<footer") :]
    assert "Umakni in uredi" in bar
    assert "data-read-only" in bar
    assert "data-read-only" not in lead


@KINDS
def test_who_sent_it_takes_it_back_and_edits(site: Content, kind: str) -> None:
    thing = waiting(site, kind)
    editor = signed_in(site, "editor")
    editor.post(place(thing), opened(editor, place(thing)) | {"action-cancel-workflow": "true"})
    assert not type(thing).objects.get(pk=thing.pk).workflow_in_progress
    form = opened(editor, place(thing)) | {"title" if kind == "programme" else "label_sl": "Zdaj bolje"}
    assert editor.post(place(thing), form).status_code == 302
    draft = type(thing).objects.get(pk=thing.pk).get_latest_revision_as_object()
    assert (draft.title if kind == "programme" else str(draft.label)) == "Zdaj bolje"


def test_an_event_that_waits_is_not_public(site: Content) -> None:
    event = waiting(site, "event")
    assert EventEdition.objects.get(pk=event.pk).live  # its older version
    assert public(event) != "Potrjeno"
