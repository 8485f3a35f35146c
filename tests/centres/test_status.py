"""The states of editions and centres at each of their boundaries: one rule for field, list and filter."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from centres.models import CentrePage, Edition, EditionAvailability, EventEdition, ProgrammePage
from centres.models.choices import CentreStatus, EditionStatus
from centres.status import (
    centre_status,
    centre_status_of,
    current_appointments,
    edition_status,
    edition_status_of,
    next_status_boundary,
    review_due,
    review_dues,
)
from tests import factories
from tests.factories import moment
from tests.graph import ask

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
TICK = timedelta(microseconds=1)


def states(now: datetime) -> dict[int, str]:
    return dict(Edition.objects.annotate(state=edition_status(now)).values_list("pk", "state"))


def assert_state(edition: Any, now: datetime, expected: str) -> None:
    """The list, the filter over either table and the object itself say the same."""
    assert states(now)[edition.pk] == expected
    for status in EditionStatus.values:
        for model in (Edition, type(edition)):
            found = model.objects.annotate(state=edition_status(now)).filter(state=status, pk=edition.pk)
            assert found.exists() == (status == expected)
    assert edition_status_of(edition, now) == expected
    assert edition_status_of(Edition.objects.get(pk=edition.pk), now) == expected


def expire(row: Any, end: datetime) -> None:
    row.expire_at = end
    row.save()


def build() -> EventEdition:
    """A centre with goals and a programme of each kind, and an event: two sessions, applications from 1 March 8:00 to
    31 March 23:59, four seats."""
    centre = factories.goals(factories.centre())
    factories.programme(centre, "Priznanje", kind="AWARD")
    factories.programme(centre, "Priročnik", kind="PUBLICATION")
    return factories.event(
        factories.programme(centre), moment(2027, 4, 7, 10), moment(2027, 4, 8, 10), capacity=4,
        applications_open=moment(2027, 3, 1, 8), applications_close=moment(2027, 3, 31, 23, 59),
    )  # fmt: skip


@pytest.fixture
def course(built: EventEdition) -> EventEdition:
    return built


@pytest.fixture
def centre(built: EventEdition) -> CentrePage:
    return CentrePage.objects.get()


@pytest.fixture
def prize(built: EventEdition) -> ProgrammePage:
    return ProgrammePage.objects.get(kind="AWARD")


@pytest.fixture
def manual(built: EventEdition) -> ProgrammePage:
    return ProgrammePage.objects.get(kind="PUBLICATION")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (moment(2027, 3, 1, 7, 59), "ANNOUNCED"),
        (moment(2027, 3, 1, 8) - TICK, "ANNOUNCED"),
        (moment(2027, 3, 1, 8), "OPEN"),
        (moment(2027, 3, 31, 23, 58), "OPEN"),
        (moment(2027, 3, 31, 23, 59), "OPEN"),
        (moment(2027, 3, 31, 23, 59) + TICK, "CLOSED"),
        (moment(2027, 4, 7, 9, 59), "CLOSED"),
        (moment(2027, 4, 7, 10), "RUNNING"),
        (moment(2027, 4, 7, 20), "RUNNING"),
        (moment(2027, 4, 8, 12), "RUNNING"),
        (moment(2027, 4, 8, 12) + TICK, "FINISHED"),
        (moment(2027, 4, 8, 12, 1), "FINISHED"),
    ],
)
def test_state_of_an_event_changes_at_its_minute(course: EventEdition, now: datetime, expected: str) -> None:
    assert_state(course, now, expected)


@pytest.mark.parametrize(("taken", "expected"), [(0, "OPEN"), (3, "OPEN"), (4, "FULL"), (5, "FULL")])
def test_event_is_full_when_all_seats_are_taken(course: EventEdition, taken: int, expected: str) -> None:
    EditionAvailability.objects.filter(edition=course).update(seats_taken=taken)
    assert_state(EventEdition.objects.get(pk=course.pk), moment(2027, 3, 15), expected)


def test_event_without_a_limit_is_never_full(course: EventEdition) -> None:
    event = factories.event(course.programme, moment(2027, 5, 5, 10))
    event.count_seats(seats_taken=10_000)
    assert_state(event, moment(2027, 3, 15), "OPEN")


def test_event_whose_seats_nobody_counted_is_open(course: EventEdition) -> None:
    EditionAvailability.objects.all().delete()
    assert_state(EventEdition.objects.get(pk=course.pk), moment(2027, 3, 15), "OPEN")


@pytest.mark.parametrize("override", ["CANCELLED", "POSTPONED"])
@pytest.mark.parametrize("now", [moment(2027, 2, 1), moment(2027, 4, 7, 11), moment(2028, 1, 1)])
def test_cancelled_or_postponed_wins_over_dates(course: EventEdition, override: str, now: datetime) -> None:
    course.status_override = override
    course.save()
    assert_state(course, now, override)


def test_deadline_wins_over_full_seats(course: EventEdition) -> None:
    course.count_seats(seats_taken=4)
    assert_state(course, moment(2027, 4, 1, 0, 0), "CLOSED")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        # Clocks go from 2:00 to 3:00 on 28 March 2027; 1:30 UTC is 3:30 by the new time.
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "OPEN"),
        (datetime(2027, 3, 28, 1, 29, tzinfo=UTC), "OPEN"),
        (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "RUNNING"),
        (datetime(2027, 3, 28, 3, 30, tzinfo=UTC), "RUNNING"),
        (datetime(2027, 3, 28, 3, 31, tzinfo=UTC), "FINISHED"),
    ],
)
def test_state_is_right_over_the_change_to_summer_time_in_ljubljana(
    course: EventEdition, now: datetime, expected: str
) -> None:
    assert_state(factories.event(course.programme, moment(2027, 3, 28, 3, 30)), now, expected)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (moment(2024, 12, 31, 23, 59), "ANNOUNCED"),
        (moment(2025, 1, 1), "RUNNING"),
        (moment(2025, 12, 31, 23, 59), "RUNNING"),
        (moment(2026, 1, 1), "FINISHED"),
    ],
)
def test_award_of_which_no_day_is_known_takes_its_year(
    prize: ProgrammePage, now: datetime, expected: str
) -> None:
    assert_state(factories.award(prize, 2025), now, expected)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (moment(2022, 11, 12, 23, 59), "ANNOUNCED"),
        (moment(2022, 11, 13), "RUNNING"),
        (moment(2022, 11, 22, 23, 59), "RUNNING"),
        (moment(2022, 11, 23), "FINISHED"),
    ],
)
def test_award_runs_from_its_announcement_to_its_ceremony(
    prize: ProgrammePage, now: datetime, expected: str
) -> None:
    edition = factories.award(prize, 2022, announced_on=date(2022, 11, 13), ceremony_on=date(2022, 11, 22))
    assert_state(edition, now, expected)


def test_publication_is_finished_when_the_month_of_its_issue_is_over(manual: ProgrammePage) -> None:
    edition = factories.publication(
        manual, 2020, published_on=date(2020, 2, 1), published_on_precision="MONTH"
    )
    assert_state(edition, moment(2020, 2, 29, 23, 59), "RUNNING")
    assert_state(edition, moment(2020, 3, 1), "FINISHED")


def test_draft_has_the_state_of_what_it_says(course: EventEdition) -> None:
    draft = EventEdition.objects.get(pk=course.pk)
    draft.status_override = "CANCELLED"
    span = {"starts_at": moment(2027, 4, 7), "ends_at": moment(2027, 4, 8)}
    unsaved = EventEdition(programme=course.programme, **span)
    assert edition_status_of(draft, moment(2027, 3, 15)) == "CANCELLED"
    assert edition_status_of(unsaved, moment(2027, 4, 7)) == "RUNNING"


# ---------------------------------------------------------------- centres
def assert_centre(centre: CentrePage, now: datetime, expected: str) -> None:
    annotated = CentrePage.objects.annotate(state=centre_status(now))
    assert annotated.get(pk=centre.pk).state == expected
    for status in CentreStatus.values:
        assert annotated.filter(state=status, pk=centre.pk).exists() == (status == expected)
    assert centre_status_of(centre.translation_key, now) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (moment(2024, 11, 30, 23, 59), "CANDIDATE"),
        (moment(2024, 12, 1), "ACTIVE"),
        # 180 days before the last day of the term, 31 December 2027
        (moment(2027, 7, 3, 23, 59), "ACTIVE"),
        (moment(2027, 7, 4), "REVIEW_DUE"),
        (moment(2027, 12, 31, 23, 59), "REVIEW_DUE"),
        (moment(2028, 1, 1), "EXPIRED"),
    ],
)
def test_state_of_a_centre_changes_at_midnight_in_ljubljana(
    centre: CentrePage, now: datetime, expected: str
) -> None:
    factories.appointment(centre, date(2024, 12, 1))
    assert_centre(centre, now, expected)


def test_centre_without_a_decision_is_a_candidate(centre: CentrePage) -> None:
    assert_centre(centre, moment(2027, 3, 1), "CANDIDATE")


def test_decision_that_is_a_draft_does_not_count(centre: CentrePage) -> None:
    factories.appointment(centre, live=False)
    assert_centre(centre, moment(2027, 3, 1), "CANDIDATE")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("PLANNED", "ACTIVE"),
        ("SELF_REPORT", "UNDER_REVIEW"),
        ("IN_REVIEW", "UNDER_REVIEW"),
        ("DECIDED", "ACTIVE"),
    ],
)
def test_centre_is_under_review_while_a_review_is_open(centre: CentrePage, state: str, expected: str) -> None:
    act = factories.appointment(centre)
    factories.review(act, state=state)
    assert_centre(act.centre, moment(2027, 3, 1), expected)


def test_expired_centre_stays_expired_during_a_late_review(centre: CentrePage) -> None:
    act = factories.appointment(centre)
    factories.review(act, state="IN_REVIEW")
    assert_centre(act.centre, moment(2028, 1, 1), "EXPIRED")


def test_withdrawal_counts_from_its_day_and_ends_with_a_new_appointment(centre: CentrePage) -> None:
    factories.appointment(centre, date(2024, 12, 1))
    factories.appointment(centre, date(2026, 6, 15), act="WITHDRAWN", valid_from_precision="DAY")
    factories.appointment(centre, date(2026, 10, 1))
    assert_centre(centre, moment(2026, 6, 14, 23, 59), "ACTIVE")
    assert_centre(centre, moment(2026, 6, 15), "WITHDRAWN")
    assert_centre(centre, moment(2026, 9, 30, 23, 59), "WITHDRAWN")
    assert_centre(centre, moment(2026, 10, 1), "ACTIVE")


def test_renewal_keeps_a_centre_from_being_due_before_the_new_term_begins(centre: CentrePage) -> None:
    first = factories.appointment(centre, date(2021, 12, 1))
    factories.review(first, state="DECIDED")
    factories.appointment(first.centre, date(2024, 12, 1), act="RENEWED", decided_on=date(2024, 11, 5))
    assert_centre(first.centre, moment(2024, 11, 6), "ACTIVE")
    assert_centre(first.centre, moment(2025, 1, 1), "ACTIVE")


def test_all_translations_of_a_centre_have_its_state(centre: CentrePage) -> None:
    english = factories.translated(centre)
    factories.appointment(centre)
    assert_centre(english, moment(2026, 1, 1), "ACTIVE")
    assert_centre(english, moment(2028, 1, 1), "EXPIRED")


def test_centre_holds_its_title_by_the_newest_decision_that_has_begun(centre: CentrePage) -> None:
    first = factories.appointment(centre, date(2021, 12, 1))
    factories.review(first, state="DECIDED")
    second = factories.appointment(first.centre, date(2024, 12, 1), act="RENEWED")
    assert current_appointments(moment(2021, 11, 30)).first() is None
    assert current_appointments(moment(2024, 11, 30)).get() == first
    assert current_appointments(moment(2024, 12, 1)).get() == second
    assert current_appointments(moment(2028, 1, 1)).first() is None


def test_review_is_due_on_the_last_day_of_the_newest_term(centre: CentrePage) -> None:
    act = factories.appointment(centre, date(2024, 12, 1))
    key = act.centre_key
    assert CentrePage.objects.annotate(due=review_due(moment(2025, 1, 1))).get().due == date(2027, 12, 31)
    due = review_dues([key], moment(2025, 1, 1))[key]
    assert (due.date, due.precision) == (date(2027, 12, 31), "MONTH")


def test_withdrawn_centre_has_no_review_due(centre: CentrePage) -> None:
    act = factories.appointment(centre)
    factories.appointment(act.centre, date(2026, 6, 1), act="WITHDRAWN")
    assert review_dues([act.centre_key], moment(2027, 1, 1)) == {}


# ---------------------------------------------------------------- what has expired, before the clock sweeps it
CENTRES = """{
  centres(filter: {status: [ACTIVE, UNDER_REVIEW]}) { totalCount }
  due: centres(filter: {reviewDue: {from: "2020-01-01"}}, orderBy: REVIEW_DUE_ASC) { totalCount }
  candidates: centres(filter: {status: CANDIDATE}) {
    nodes { status reviewDue { date } appointments { act } currentAppointment { act } }
  }
}"""


def test_a_decision_that_has_expired_gives_no_title_and_no_day_of_review(
    centre: CentrePage, course: EventEdition
) -> None:
    course.delete()  # its moments are not those that are asked for
    end = moment(2026, 5, 5, 12)
    act = factories.appointment(centre, date(2025, 12, 1))
    expire(act, end)
    with time_machine.travel(end - MINUTE, tick=False):
        assert ask(CENTRES) == {
            "centres": {"totalCount": 1}, "due": {"totalCount": 1}, "candidates": {"nodes": []}
        }  # fmt: skip
    with time_machine.travel(end, tick=False):
        found = ask(CENTRES)
        assert (found["centres"], found["due"]) == ({"totalCount": 0}, {"totalCount": 0})
        (centre,) = found["candidates"]["nodes"]
        assert centre == {
            "status": "CANDIDATE", "reviewDue": None, "appointments": [], "currentAppointment": None
        }  # fmt: skip
    assert current_appointments(end).first() is None
    assert review_dues([act.centre_key], end) == {}
    # Nothing more is to come of it: neither a review that is due, nor the end of the term.
    assert next_status_boundary(end) is None


def test_a_review_that_has_expired_is_not_under_way(centre: CentrePage) -> None:
    end = moment(2026, 5, 5, 12)
    act = factories.appointment(centre, date(2025, 12, 1))
    expire(factories.review(act, state="IN_REVIEW"), end)
    assert centre_status_of(act.centre_key, end - MINUTE) == "UNDER_REVIEW"
    assert centre_status_of(act.centre_key, end) == "ACTIVE"


def test_an_edition_that_has_expired_has_no_moment_left_at_which_a_state_changes(
    course: EventEdition,
) -> None:
    expire(course, moment(2027, 3, 15))
    assert next_status_boundary(moment(2027, 3, 15) - TICK) is not None
    assert next_status_boundary(moment(2027, 3, 15)) is None


# ---------------------------------------------------------------- time
def test_boundaries_are_all_moments_at_which_a_state_changes(
    course: EventEdition, django_assert_num_queries: Any
) -> None:
    factories.appointment(CentrePage.objects.get(), date(2024, 12, 1))
    now, passed = moment(2024, 11, 1), []
    with django_assert_num_queries(2):
        next_status_boundary(now)
    while (now := next_status_boundary(now)) is not None:
        passed.append(now)
    assert passed == [
        moment(2024, 12, 1),
        moment(2027, 3, 1, 8),
        moment(2027, 3, 31, 23, 59) + TICK,
        moment(2027, 4, 7, 10),
        moment(2027, 4, 8, 12) + TICK,
        moment(2027, 7, 4),
        moment(2028, 1, 1),
    ]


def test_no_state_changes_between_two_boundaries(course: EventEdition) -> None:
    now = moment(2027, 2, 1)
    while (boundary := next_status_boundary(now)) is not None:
        assert states(boundary - TICK) == states(now)
        assert states(boundary) != states(now)
        now = boundary
