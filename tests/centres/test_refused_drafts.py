"""A draft that breaks a rule which came into force after it was saved: nothing is public, and nothing is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail.signals import page_published
from wagtail.users.models import UserProfile

from centres.models import CentrePage, ClaimsTask, EffectAssessment, EventEdition, Goal, GoalAssessment
from tests import factories
from tests.centres.commission import Content, build, signed_in, site
from tests.centres.event_form import address
from tests.centres.test_records_stay import form_of
from tests.cms.test_two_editors import opened

__all__ = ["build", "site"]  # the fixture and what it is made of

pytestmark = pytest.mark.django_db

POP_UP = {"x-requested-with": "XMLHttpRequest"}


def draft_without(name: str, site: Content, **changed: Any) -> Any:
    """Return the centre with a draft that lacks a row, which the commission assessed only then."""
    draft = CentrePage.objects.get(pk=site.centre.pk)
    row = getattr(draft, name).get()
    setattr(draft, name, [])
    for column, value in changed.items():
        setattr(draft, column, value)
    draft.save_revision(user=site.users["editor"])
    if name == "goals":
        GoalAssessment.objects.create(review=site.review, goal=row, result="ACHIEVED")
    else:
        EffectAssessment.objects.create(review=site.review, effect=row, result="ACHIEVED")
    return CentrePage.objects.get(pk=draft.pk)


def in_workflow(site: Content, page: Any) -> str:
    """Submit the draft of ``page`` and return the address at which its first step is approved."""
    state = page.get_workflow().start(page, site.users["editor"]).current_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])


def bulk(*pages: Page) -> str:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return f"{address}?{'&'.join(f'id={page.pk}' for page in pages)}"


def said(client: Client, address: str = "") -> str:
    return client.get(address or reverse("wagtailadmin_home")).text


@pytest.mark.parametrize("language", ["sl", "en"])
def test_whoever_approves_in_the_pop_up_hears_what_is_wrong_and_is_led_there(
    site: Content, language: str
) -> None:
    page = draft_without("expected_effects", site, contact_address="Nova ulica 1, Ljubljana")
    address = in_workflow(site, page)
    client = signed_in(site, "lead")
    UserProfile.objects.update_or_create(user=site.users["lead"], defaults={"preferred_language": language})
    answer = client.post(address, {}, headers=POP_UP)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert answer.json() == {"step": "success", "redirect": edit}
    text = said(client, edit)
    assert ("Nič ni bilo objavljeno." if language == "sl" else "Nothing was published.") in text
    assert "Boljše delo z mladimi." in text
    page = CentrePage.objects.get(pk=page.pk)
    assert page.workflow_in_progress
    assert page.contact_address == ""
    assert page.get_latest_revision_as_object().contact_address == "Nova ulica 1, Ljubljana"


def test_whoever_approves_without_the_pop_up_hears_it_too(site: Content) -> None:
    page = draft_without("expected_effects", site)
    client = signed_in(site, "lead")
    answer = client.post(in_workflow(site, page), {}, follow=True)
    assert answer.status_code == 200
    assert "Komisija je ocenila »" in answer.text


def test_the_secretary_who_confirms_at_last_hears_it_too(site: Content) -> None:
    page = draft_without("goals", site)
    signed_in(site, "lead").post(in_workflow(site, page), {}, headers=POP_UP)
    state = CentrePage.objects.get(pk=page.pk).current_workflow_task_state
    assert state.task.specific == ClaimsTask.objects.get()
    client = signed_in(site, "secretary")
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    place = client.post(address, {}, headers=POP_UP).json()["redirect"]
    assert "Najprej je treba popraviti »Pionirska«" in said(client, place)
    assert Goal.objects.filter(page=page).exists()


def test_of_many_pages_none_is_published_with_one_that_cannot_be(site: Content, admin_client: Client) -> None:
    page = draft_without("goals", site)
    site.programme.title = "Novi naslov"
    site.programme.save_revision()
    answer = admin_client.post(bulk(site.programme, page), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Komisija je ocenila »" in answer.text
    assert Page.objects.get(pk=site.programme.pk).title != "Novi naslov"
    assert Goal.objects.filter(page=page).exists()


def test_the_clock_publishes_the_others_and_says_once_what_it_did_not(
    site: Content, admin_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    soon = timezone.now() + timedelta(hours=1)
    page = draft_without("goals", site, go_live_at=soon)
    site.programme.title = "Novi naslov"
    site.programme.go_live_at = soon + timedelta(minutes=1)
    site.programme.save_revision()
    for scheduled in (page, site.programme):
        scheduled.get_latest_revision().publish()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        for _ in range(2):
            call_command("publish_scheduled")
        history = admin_client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).text
    assert Page.objects.get(pk=site.programme.pk).title == "Novi naslov"
    assert Goal.objects.filter(page=page).exists()
    assert caplog.text.count("Komisija je ocenila »") == 1
    assert PageLogEntry.objects.filter(action="cms.publish.refused").count() == 1
    assert "Ob svojem času ni bilo objavljeno: Komisija je ocenila »" in history


@pytest.mark.parametrize("name", ["goals", "expected_effects"])
def test_the_draft_can_be_mended_where_the_refusal_leads(
    site: Content, name: str, admin_client: Client
) -> None:
    page = draft_without(name, site)
    assert admin_client.post(bulk(page)).status_code == 302
    row = getattr(page, name).get()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert f"»{row.text}« je spet na strani" in said(admin_client, edit)
    form = form_of(admin_client, page)
    form["action-publish"] = "1"
    assert admin_client.post(edit, form).status_code == 302
    page = CentrePage.objects.get(pk=page.pk)
    assert getattr(page, name).get() == row
    assert not page.has_unpublished_changes


def test_other_rules_take_the_same_road(site: Content, admin_client: Client) -> None:
    page = site.centre
    page.save_revision()
    page.host.kind = "ASSOCIATION"
    page.host.save()
    answer = admin_client.post(bulk(page), follow=True)
    assert "Nič ni bilo objavljeno." in answer.text
    assert "Matična knjižnica: " in answer.text


def test_an_edition_that_lost_what_it_needs_is_refused_too(site: Content) -> None:
    venue = factories.venue()
    event = EventEdition.objects.get(pk=site.event.pk)
    event.mode, event.venue = "ONSITE", venue
    event.save_revision(user=site.users["editor"])
    workflow: Any = event.get_workflow()
    state = workflow.start(event, site.users["editor"]).current_task_state
    venue.delete()
    name = EventEdition.snippet_viewset.get_url_name
    client = signed_in(site, "lead")
    answer = client.post(
        reverse(name("workflow_action"), args=[event.pk, "approve", state.pk]), {}, headers=POP_UP
    )
    edit = reverse(name("edit"), args=[event.pk])
    assert answer.json() == {"step": "success", "redirect": edit}
    assert "Nič ni bilo objavljeno." in said(client, edit)
    assert EventEdition.objects.get(pk=event.pk).mode == "ONLINE"


def test_a_form_whose_publishing_is_refused_leaves_its_draft(
    site: Content, admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_revision: Any) -> None:
        raise ValidationError("Somebody else forbade it meanwhile.")

    edit = address(EventEdition, "edit", site.event.pk)
    form = opened(admin_client, edit) | {"label_sl": "druga", "action-publish": "1"}
    monkeypatch.setattr("cms.models.at_once.settle", refuse)
    answer = admin_client.post(edit, form, follow=True)
    assert "Somebody else forbade it meanwhile." in answer.text
    event = EventEdition.objects.get(pk=site.event.pk)
    assert event.label.get("sl") != "druga"
    assert event.get_latest_revision_as_object().label["sl"] == "druga"


def overwritten(revision: Any) -> None:
    page = revision.as_object()
    page.summary = "Short."
    page.save_revision(clean=False, overwrite_revision=revision).publish()


def changed_by_hand(revision: Any) -> None:
    revision.content["summary"] = "Short."
    revision.publish()


def changed_while_it_is_published(revision: Any) -> None:
    def shorten(instance: Any, **_kwargs: Any) -> None:
        instance.summary = "Short."
        instance.save()

    page_published.connect(shorten)
    try:
        revision.publish()
    finally:
        page_published.disconnect(shorten)


@pytest.mark.parametrize("change", [overwritten, changed_by_hand, changed_while_it_is_published])
def test_what_is_changed_after_it_was_validated_is_validated_again(change: Callable[[Any], None]) -> None:
    page = factories.centre("Preverjena")
    with pytest.raises(ValidationError):
        change(page.save_revision())
    assert CentrePage.objects.get(pk=page.pk).summary == factories.SUMMARY
