"""A review goes from the plan to the decision, each step by whoever may take it."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from centres import reviewing
from centres.models import Appointment, Review
from centres.status import centre_status_of
from cms.models import Change
from tests import factories
from tests.centres.commission import DECISION, PEOPLE, Content, build, signed_in, site

__all__ = ["build", "site"]  # the fixture and what it is made of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def step(site: Content, name: str, what: str, **form: str) -> str:
    """Have somebody press a button of the review, and return what they read then."""
    address, client = reverse("centres_review", args=[site.review.pk]), signed_in(site, name)
    opened = re.search(r'name="opened" value="(\w+)"', client.get(address).content.decode())
    sent = {"step": what, "opened": opened[1] if opened else ""} | form
    return client.post(address, sent, follow=True).content.decode()


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
    assert centre_status_of(site.centre.translation_key, timezone.now()) == "WITHDRAWN"


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
