"""Texts go from the editor to the lead, changed claims to the secretary; reviews move on to a decision."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Collection, GroupPagePermission, TaskState, Workflow, WorkflowPage

from centres import reviewing
from centres.models import Appointment, CentrePage, CentreTeam, EventEdition, ProgrammePage, Review
from centres.rights import rules
from centres.rights.set_up import set_up_centre
from cms.models import Change
from tests import factories

pytestmark = pytest.mark.django_db

PEOPLE = ("editor", "lead", "secretary", "member", "chief")


@dataclass
class Content:
    centre: CentrePage
    programme: ProgrammePage
    event: EventEdition
    term: Appointment
    review: Review
    team: CentreTeam
    users: dict[str, Any]


@pytest.fixture(scope="module")
def content(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Content]:
    """Make the content once for all tests here; what each of them changes is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_content()
        transaction.set_rollback(True)


@pytest.fixture
def site(content: Content, db: None) -> Content:
    return deepcopy(content)


def make_content() -> Content:
    centre = factories.goals(factories.centre())
    team = set_up_centre(centre)
    programme = factories.programme(centre)
    term = factories.appointment(centre, date(2024, 12, 1), valid_from_precision="MONTH")
    users = {name: get_user_model().objects.create_user(name, f"{name}@example.si") for name in PEOPLE}
    users["editor"].groups.add(team.editors)
    users["lead"].groups.add(team.leads)
    for name, group in (
        ("secretary", rules.SECRETARIES),
        ("member", rules.MEMBERS),
        ("chief", rules.CHIEF_EDITORS),
    ):
        users[name].groups.add(Group.objects.get(name=group))
    return Content(
        centre, programme, factories.event(programme), term, factories.review(term), team, users
    )  # fmt: skip


def signed_in(site: Content, name: str) -> Client:
    client = Client()
    client.force_login(site.users[name])
    return client


# ---------------------------------------------------------------- texts
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


# ---------------------------------------------------------------- setting up
def test_a_centre_is_set_up_in_one_step_that_may_be_repeated(site: Content) -> None:
    other = factories.centre("Učni center")
    out = StringIO()
    for _ in range(2):
        call_command("set_up_centre", other.slug, "--editor=editor", "--lead=lead", stdout=out)
    team = CentreTeam.objects.get(centre_key=other.translation_key)
    assert (team.editors.name, team.leads.name) == ("Učni center – uredniki", "Učni center – objava")
    assert team.collection.get_parent().name == "Centri"
    assert WorkflowPage.objects.get(page=other.pk).workflow == team.workflow
    assert site.users["editor"] in team.editors.user_set.all()
    assert site.users["lead"] in team.leads.user_set.all()
    assert Workflow.objects.filter(name="Učni center").count() == 1
    assert Collection.objects.filter(name="Učni center").count() == 1


def test_a_new_short_name_is_carried_into_the_groups(site: Content) -> None:
    site.centre.short_name = "Mladinska"
    factories.publish(site.centre)
    team = set_up_centre(site.centre)
    assert team.pk == site.team.pk
    assert [team.editors.name, team.collection.name, team.workflow.name] == [
        "Mladinska – uredniki", "Mladinska", "Mladinska",
    ]  # fmt: skip


def test_rights_given_by_hand_are_taken_back(site: Content) -> None:
    page = site.programme.get_parent().get_parent()
    permission = GroupPagePermission.objects.filter(group=site.team.editors).first().permission
    GroupPagePermission.objects.create(group=site.team.editors, page=page, permission=permission)
    set_up_centre(site.centre)
    assert not GroupPagePermission.objects.filter(group=site.team.editors, page=page).exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["neznan"], "unknown_centre: No centre has the address “neznan”"),
        ([], "one_centre_or_all"),
        (["pionirska", "--all"], "one_centre_or_all"),
        (["pionirska", "--lead=nihče"], "unknown_user: There is no user “nihče”"),
    ],
)
def test_bad_input_of_the_command_is_told_in_one_line(site: Content, arguments: list[str], code: str) -> None:
    with pytest.raises(CommandError) as told:
        call_command("set_up_centre", *arguments)
    assert str(told.value).startswith(code)
    assert "\n" not in str(told.value)


def test_two_centres_of_one_name_do_not_share_their_groups(site: Content) -> None:
    twin = factories.centre("Pionirska", host=factories.organisation("ptuj"), slug="druga")
    with pytest.raises(CommandError, match=r"^name_taken: "):
        call_command("set_up_centre", "druga")
    assert not CentreTeam.objects.filter(centre_key=twin.translation_key).exists()


@pytest.mark.parametrize(("name", "allowed"), [("chief", True), ("lead", False), ("secretary", False)])
def test_the_chief_editor_sets_up_centres_in_the_admin(site: Content, name: str, allowed: bool) -> None:
    other = factories.centre("Učni center")
    client, address = signed_in(site, name), reverse("centres_set_up", args=[other.pk])
    text = client.get(address, follow=True).content.decode()
    assert ("Učni center – uredniki" in text) is allowed
    client.post(address)
    assert CentreTeam.objects.filter(centre_key=other.translation_key).exists() is allowed


# ---------------------------------------------------------------- reviews
DECISION = {
    "adequacy": "ADEQUATE",
    "outcome": "RENEW",
    "decided_on": date(2026, 11, 5),
    "public_summary": {"sl": "Center dosega cilje."},
}


def step(site: Content, name: str, what: str, **form: str) -> str:
    """Have somebody press a button of the review, and return what they read then."""
    address = reverse("centres_review", args=[site.review.pk])
    return signed_in(site, name).post(address, {"step": what} | form, follow=True).content.decode()


def state(site: Content) -> str:
    return str(Review.objects.get(pk=site.review.pk).state)


def in_review(site: Content, **facts: Any) -> Review:
    """Return the review, ready to be decided."""
    Review.objects.filter(pk=site.review.pk).update(state="IN_REVIEW", **DECISION | facts)
    return Review.objects.get(pk=site.review.pk)


def test_a_review_goes_from_the_plan_to_the_decision(site: Content) -> None:
    assert "Center lahko zdaj napiše samoporočilo" in step(site, "secretary", "open")
    assert "Samoporočilo je shranjeno" in step(site, "editor", "save", self_report="Dosegli smo cilje.")
    assert state(site) == "SELF_REPORT"
    assert "Samoporočilo je oddano" in step(site, "lead", "hand_in", self_report="Dosegli smo vse cilje.")
    assert state(site) == "IN_REVIEW"
    assert Review.objects.get(pk=site.review.pk).self_report == "Dosegli smo vse cilje."
    in_review(site)
    assert "Odločitev je zapisana" in step(site, "secretary", "decide")
    assert state(site) == "DECIDED"
    renewal = Appointment.objects.get(review=site.review.pk)
    assert (renewal.act, renewal.live, renewal.supersedes) == ("RENEWED", True, site.term)
    assert (renewal.valid_from, renewal.valid_until) == (date(2027, 12, 1), date(2030, 12, 31))
    assert Change.objects.filter(type="CentrePage", kind="UPDATED").exists()


def test_a_withdrawal_counts_from_its_day(site: Content) -> None:
    withdrawal = reviewing.decide(
        in_review(site, outcome="WITHDRAW", adequacy="NOT_ADEQUATE"), site.users["secretary"]
    )
    assert (withdrawal.act, withdrawal.valid_from, withdrawal.valid_until) == (
        "WITHDRAWN",
        date(2026, 11, 5),
        None,
    )
    assert str(withdrawal.reason) == "Center dosega cilje."
    assert CentrePage.objects.get(pk=site.centre.pk).status == "WITHDRAWN"


def test_a_term_that_has_run_out_begins_anew_on_the_day_of_the_decision(site: Content) -> None:
    Appointment.objects.filter(pk=site.term.pk).update(
        valid_from=date(2021, 12, 1), valid_until=date(2024, 12, 31)
    )
    renewal = reviewing.decide(in_review(site), site.users["secretary"])
    assert (renewal.valid_from, renewal.valid_from_precision) == (date(2026, 11, 5), "DAY")


def test_deciding_twice_writes_once(site: Content) -> None:
    review = in_review(site)
    first = reviewing.decide(review, site.users["secretary"])
    assert reviewing.decide(review, site.users["secretary"]) == first
    assert Appointment.objects.filter(review=review).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=site.term.pk).update(review=review)


def test_a_decision_that_breaks_a_rule_changes_nothing(site: Content) -> None:
    review = in_review(site, decided_on=date(2099, 1, 1))
    answer = step(site, "secretary", "decide")
    assert "Odločitev ne more biti v prihodnosti" in answer
    assert state(site) == "IN_REVIEW"
    assert not Appointment.objects.filter(review=review).exists()


def test_an_incomplete_decision_is_refused(site: Content) -> None:
    in_review(site, outcome="")
    assert "Za odločitev" in step(site, "secretary", "decide")
    assert state(site) == "IN_REVIEW"


@pytest.mark.parametrize(
    "tie", ["employed by the host library", "in the centre's team", "a listed reviewer is"]
)
def test_whoever_the_host_library_employs_cannot_decide(site: Content, tie: str) -> None:
    review, secretary = in_review(site), site.users["secretary"]
    if tie == "employed by the host library":
        factories.person(employer=site.centre.host, user=secretary)
    elif tie == "in the centre's team":
        secretary.groups.add(site.team.editors)
    else:
        review.reviewers = [factories.person(employer=site.centre.host)]
        review.save()
    with pytest.raises(ValidationError):
        reviewing.decide(review, secretary)
    assert "Odločitev je zapisana" not in step(site, "secretary", "decide")
    assert state(site) == "IN_REVIEW"


def test_a_partial_member_does_not_even_open_the_assessment(site: Content) -> None:
    in_review(site)
    address = reverse(Review.snippet_viewset.get_url_name("edit"), args=[site.review.pk])
    assert signed_in(site, "member").get(address).status_code == 200
    factories.person(employer=site.centre.host, user=site.users["member"])
    assert signed_in(site, "member").get(address).status_code == 302


def test_a_decided_review_stays_decided(site: Content) -> None:
    review = in_review(site)
    reviewing.decide(review, site.users["secretary"])
    review.refresh_from_db()
    review.outcome = "WITHDRAW"
    with pytest.raises(ValidationError, match="ni več mogoče spremeniti"):
        review.full_clean()


# Who may take which step in which state; all others are sent away and nothing changes.
ALLOWED = {
    ("PLANNED", "open"): {"secretary"},
    ("SELF_REPORT", "save"): {"editor", "lead"},
    ("SELF_REPORT", "hand_in"): {"lead"},
    ("SELF_REPORT", "begin"): {"secretary"},
    ("IN_REVIEW", "return"): {"secretary"},
    ("IN_REVIEW", "decide"): {"secretary"},
}


@pytest.mark.parametrize("what", ["open", "save", "hand_in", "begin", "return", "decide"])
@pytest.mark.parametrize("now", ["PLANNED", "SELF_REPORT", "IN_REVIEW", "DECIDED"])
def test_each_step_is_for_one_state_and_one_role(site: Content, now: str, what: str) -> None:
    taken = set()
    for name in PEOPLE:
        with transaction.atomic():
            Review.objects.filter(pk=site.review.pk).update(self_report="prej", **DECISION | {"state": now})
            address = reverse("centres_review", args=[site.review.pk])
            signed_in(site, name).post(address, {"step": what, "self_report": "potem"})
            review = Review.objects.get(pk=site.review.pk)
            if review.state != now or review.self_report != "prej":
                taken.add(name)
            transaction.set_rollback(True)
    assert taken == ALLOWED.get((now, what), set())


def test_an_empty_self_report_is_not_handed_in(site: Content) -> None:
    step(site, "secretary", "open")
    assert "Samoporočilo je prazno" in step(site, "lead", "hand_in", self_report=" ")
    assert state(site) == "SELF_REPORT"


def test_the_menu_shows_a_self_report_that_waits(site: Content) -> None:
    home = reverse("wagtailadmin_home")
    reports = reverse("centres_self_reports")
    assert f'"{reports}"' not in signed_in(site, "editor").get(home).content.decode()
    step(site, "secretary", "open")
    assert f'"{reports}"' in signed_in(site, "editor").get(home).content.decode()
    listed = signed_in(site, "editor").get(reports).content.decode()
    assert "Pionirska: do 31. 12. 2027" in listed
