"""Decisions, terms and reviews that the rules of the commission refuse."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from centres.models import (
    CentrePage,
    EffectAssessment,
    GoalAssessment,
    Review,
)
from tests import factories
from tests.centres.refusing import refused

pytestmark = [pytest.mark.usefixtures("built"), pytest.mark.one_database]


def build() -> CentrePage:
    """Make a centre with a goal and an effect."""
    return factories.goals(factories.centre())


@pytest.fixture
def centre(built: CentrePage) -> CentrePage:
    return built


def test_decision_is_not_in_the_future(centre: CentrePage) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    facts = {"decided_on": tomorrow, "decided_on_precision": "DAY"}
    refused(lambda: factories.appointment(centre, **facts), "v prihodnosti", "in the future", "decided_on")


def test_withdrawal_needs_a_reason(centre: CentrePage) -> None:
    act = factories.appointment(centre, act="WITHDRAWN")
    act.reason = {}
    refused(act.full_clean, "Odvzem potrebuje razlog", "needs a reason", "reason")


@pytest.mark.parametrize(("act", "months"), [("WITHDRAWN", 36), ("APPOINTED", None), ("APPOINTED", 0)])
def test_only_a_withdrawal_has_no_term(centre: CentrePage, act: str, months: int | None) -> None:
    decision = factories.appointment(centre)
    decision.act, decision.term_months, decision.reason = act, months, {"sl": "Razlog."}
    refused(decision.validate_constraints, "Vpišite trajanje", "Write the term")
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save()


def test_renewal_needs_a_decided_review(centre: CentrePage) -> None:
    first = factories.appointment(centre, date(2021, 12, 1))
    renewal = {"act": "RENEWED", "valid_from": date(2024, 12, 1)}
    refused(
        lambda: factories.appointment(first.centre, **renewal), "Najprej končajte", "Finish the review", "act"
    )
    review = factories.review(first, state="IN_REVIEW")
    refused(
        lambda: factories.appointment(first.centre, **renewal), "Najprej končajte", "Finish the review", "act"
    )
    Review.objects.filter(pk=review.pk).delete()
    factories.review(first, state="DECIDED")
    factories.appointment(first.centre, **renewal)


@pytest.mark.parametrize(
    ("start", "precision", "months", "fine"),
    [
        (date(2024, 12, 1), "MONTH", 36, True),  # in the month in which the first term ends
        (date(2024, 11, 1), "MONTH", 36, False),
        (date(2024, 11, 30), "DAY", 36, False),
        (date(2024, 12, 31), "DAY", 36, True),
        (date(2019, 1, 1), "MONTH", 35, True),
        (date(2019, 1, 1), "MONTH", 36, False),
        (date(2022, 1, 1), "MONTH", 1, False),
        (date(2024, 1, 1), "YEAR", 36, True),
        (date(2023, 1, 1), "YEAR", 36, False),
    ],
)
def test_terms_of_a_centre_may_touch_but_not_overlap(
    centre: CentrePage, start: date, precision: str, months: int, fine: bool
) -> None:
    first = factories.appointment(centre, date(2021, 12, 1))
    facts = {"valid_from_precision": precision, "term_months": months}
    if not fine and (start, precision) == (date(2019, 1, 1), "MONTH"):
        facts["term_months"] = 40
    if fine:
        factories.appointment(first.centre, start, **facts)
    else:
        refused(
            lambda: factories.appointment(first.centre, start, **facts), "prekriva", "overlaps", "valid_from"
        )


def test_terms_of_two_centres_do_not_overlap(centre: CentrePage) -> None:
    factories.appointment(centre)
    factories.appointment(factories.centre("Učni center"))


def test_new_term_may_begin_after_a_withdrawal(centre: CentrePage) -> None:
    first = factories.appointment(centre, date(2024, 12, 1))
    factories.appointment(first.centre, date(2026, 6, 1), act="WITHDRAWN")
    factories.appointment(first.centre, date(2026, 10, 1))


def test_review_is_of_a_term_of_its_own_centre(centre: CentrePage) -> None:
    act = factories.appointment(centre)
    other = factories.centre("Učni center")
    review = Review(centre=other, appointment=act)
    refused(review.full_clean, "drugega centra", "another centre", "appointment")
    withdrawal = factories.appointment(other, act="WITHDRAWN")
    refused(Review(centre=other, appointment=withdrawal).full_clean, "nima mandata", "no term", "appointment")


def test_review_begins_only_when_the_centre_has_goals_and_effects() -> None:
    act = factories.appointment(factories.centre("Učni center"))
    refused(lambda: factories.review(act, state="SELF_REPORT"), "še nima ciljev", "no goals", "state")
    factories.review(act, state="PLANNED")


@pytest.mark.parametrize("name", ["adequacy", "outcome", "decided_on", "public_summary"])
def test_decision_of_a_review_is_complete(centre: CentrePage, name: str) -> None:
    act = factories.appointment(centre)
    empty: Any = {"decided_on": None, "public_summary": {}}.get(name, "")
    refused(
        lambda: factories.review(act, state="DECIDED", **{name: empty}), "Za odločitev", "needs this", name
    )


def test_database_refuses_a_decision_without_a_finding(centre: CentrePage) -> None:
    review = factories.review(factories.appointment(centre))
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(state="DECIDED")


def test_reviewer_of_the_host_library_cannot_review_it(centre: CentrePage) -> None:
    review = factories.review(factories.appointment(centre))
    review.reviewers = [factories.person("Bor Kos", employer=factories.organisation("ptuj"))]
    review.full_clean()
    review.reviewers = [factories.person(employer=centre.host)]
    refused(review.full_clean, "njenega centra ne sme preverjati", "cannot review it", "reviewers")


def test_review_assesses_each_goal_of_its_own_centre_once(centre: CentrePage) -> None:
    other = factories.goals(factories.centre("Učni center"))
    review = factories.review(factories.appointment(centre))
    goal, effect = centre.goals.get(), centre.expected_effects.get()
    review.goal_assessments = [GoalAssessment(goal=goal, result="ACHIEVED")]
    review.effect_assessments = [EffectAssessment(effect=effect, result="PARTLY")]
    review.full_clean()
    review.goal_assessments = [
        GoalAssessment(goal=goal, result="ACHIEVED"),
        GoalAssessment(goal=goal, result="PARTLY"),
    ]
    refused(review.full_clean, "ocenjen dvakrat", "assessed twice")
    review.goal_assessments = [GoalAssessment(goal=other.goals.get(), result="ACHIEVED")]
    refused(review.full_clean, "samo cilje in učinke centra", "only goals and effects")
