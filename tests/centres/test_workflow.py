"""Texts go from the editor to the lead, and changed claims to the secretary."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import TaskState

from centres.models import CentrePage, EventEdition, ProgrammePage
from centres.rights import rules
from tests import factories
from tests.centres.commission import Content, build, signed_in, site

__all__ = ["build", "site"]  # the fixture and what it is made of

pytestmark = pytest.mark.django_db


def submitted(page: Any, user: Any) -> Any:
    """Return ``page`` as it stands once ``user`` has submitted it."""
    page.save_revision(user=user)
    page.get_workflow().start(page, user)
    return type(page).objects.get(pk=page.pk)


def approve(site: Content, page: Any, name: str) -> None:
    """Have somebody approve the step on which ``page`` waits, over HTTP."""
    state = page.current_workflow_task_state
    if isinstance(page, EventEdition):
        address = reverse(
            EventEdition.snippet_viewset.get_url_name("workflow_action"), args=[page.pk, "approve", state.pk]
        )
    else:
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    signed_in(site, name).post(address, {}, headers={"x-requested-with": "XMLHttpRequest"})


def test_text_is_published_once_the_lead_approves_it(site: Content) -> None:
    site.programme.title = "Novi naslov"
    page = submitted(site.programme, site.users["editor"])
    approve(site, page, "editor")
    assert ProgrammePage.objects.get(pk=page.pk).title != "Novi naslov"
    approve(site, page, "lead")
    assert ProgrammePage.objects.get(pk=page.pk).title == "Novi naslov"
    # Nothing was there for the secretary to confirm.
    assert [state.status for state in TaskState.objects.order_by("pk")] == ["approved", "skipped"]


def test_editions_go_the_way_of_their_programme(site: Content) -> None:
    site.event.label = {"sl": "pomladna"}
    event = submitted(site.event, site.users["editor"])
    approve(site, event, "lead")
    assert str(EventEdition.objects.get(pk=event.pk).label) == "pomladna"


@pytest.mark.parametrize("claim", ["official_name", "competence_field", "goals"])
def test_changed_claims_also_need_the_secretary(site: Content, claim: str) -> None:
    page = site.centre
    if claim == "official_name":
        page.official_name = "Pionirska – novo ime"
    elif claim == "competence_field":
        page.competence_field = factories.coded(type(page.competence_field), "novo")
    else:
        goal = page.goals.get()
        goal.text = "Usposobimo vsakogar."
        page.goals = [goal]
    page = submitted(page, site.users["editor"])
    approve(site, page, "lead")
    assert CentrePage.objects.get(pk=page.pk).get_latest_revision() != page.live_revision
    waiting = page.current_workflow_task_state
    assert waiting.task.specific.groups.get().name == rules.SECRETARIES
    approve(site, page, "lead")
    assert page.current_workflow_task_state == waiting
    approve(site, page, "secretary")
    public = CentrePage.objects.get(pk=page.pk)
    assert public.live_revision == public.latest_revision
    assert public.current_workflow_state is None


def test_a_secretary_reads_the_page_only_while_it_waits_for_her(site: Content) -> None:
    client = signed_in(site, "secretary")
    address = reverse("wagtailadmin_pages:edit", args=[site.centre.pk])
    assert client.get(address).status_code == 302
    site.centre.official_name = "Pionirska – novo ime"
    page = submitted(site.centre, site.users["editor"])
    assert client.get(address).status_code == 302
    approve(site, page, "lead")
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["lead", "chief"])
def test_nobody_publishes_changed_claims_past_the_secretary(site: Content, name: str) -> None:
    client = signed_in(site, name)
    site.centre.official_name = "Pionirska – novo ime"
    revision = site.centre.save_revision()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = client.post(f"{bulk}?id={site.centre.pk}", {"include_descendants": ""}, follow=True)
    assert "mora najprej potrditi komisija" in answer.content.decode()
    with pytest.raises(PermissionDenied):
        revision.publish(user=site.users[name])
    assert CentrePage.objects.get(pk=site.centre.pk).official_name == "Pionirska"


def test_taking_the_page_down_first_is_no_way_round(site: Content) -> None:
    site.centre.unpublish()
    page = CentrePage.objects.get(pk=site.centre.pk)
    page.official_name = "Pionirska – novo ime"
    with pytest.raises(PermissionDenied):
        page.save_revision().publish(user=site.users["lead"])


def test_the_first_page_in_another_language_is_the_leads_to_publish(site: Content) -> None:
    english = factories.translated(site.centre, short_name="Pionirska", official_name="Centre for Youth")
    assert english.live
    assert (
        signed_in(site, "lead").get(reverse("wagtailadmin_pages:edit", args=[english.pk])).status_code == 200
    )
    assert english.get_workflow() == site.team.workflow
