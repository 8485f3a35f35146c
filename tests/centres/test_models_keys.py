"""What the system writes by itself: keys of the page above, dates from sessions, earlier beginnings, seats."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from centres.models import (
    CentrePage,
    Edition,
    EditionAvailability,
    EventEdition,
    Organisation,
    Partner,
    ProgrammePage,
    Session,
)
from tests import factories
from tests.factories import moment

pytestmark = pytest.mark.usefixtures("built")


def build() -> ProgrammePage:
    """Make a centre with goals and a programme, which is returned."""
    return factories.programme(factories.goals(factories.centre()))


@pytest.fixture
def programme(built: ProgrammePage) -> ProgrammePage:
    return built


@pytest.fixture
def centre(built: ProgrammePage) -> CentrePage:
    return CentrePage.objects.get()


def test_programme_knows_its_centre_in_every_language(programme: ProgrammePage) -> None:
    english = factories.translated(programme)
    assert programme.centre_key == english.centre_key == CentrePage.objects.first().translation_key


def test_moved_programme_belongs_to_the_centre_below_which_it_stands(programme: ProgrammePage) -> None:
    other = factories.centre("Učni center")
    programme.move(other, pos="last-child")
    assert ProgrammePage.objects.get(pk=programme.pk).centre_key == other.translation_key


def test_copied_programme_belongs_to_the_centre_of_the_copy(programme: ProgrammePage) -> None:
    other = factories.centre("Učni center")
    copy = programme.copy(to=other, update_attrs={"slug": "kopija"})
    assert copy.centre_key == other.translation_key
    assert copy.translation_key != programme.translation_key


def test_copied_centre_takes_its_programmes_along_under_its_own_key(centre: CentrePage) -> None:
    copy = centre.copy(recursive=True, keep_live=False, update_attrs={"slug": "kopija", "title": "Kopija"})
    copied = ProgrammePage.objects.child_of(copy).get()
    assert copied.centre_key == copy.translation_key != centre.translation_key


def test_alias_of_a_programme_has_its_centre(programme: ProgrammePage) -> None:
    alias = programme.create_alias(update_slug="vzdevek")
    assert ProgrammePage.objects.get(pk=alias.pk).centre_key == programme.centre_key


def test_centres_are_ordered_by_short_name_in_the_slovenian_alphabet() -> None:
    for name in ("Žirija", "Čitalnica", "Cankar", "Domoznanstvo"):
        factories.centre(name)
    ordered = CentrePage.objects.order_by("sort_key").values_list("short_name", flat=True)
    assert list(ordered) == ["Cankar", "Čitalnica", "Domoznanstvo", "Pionirska", "Žirija"]


def test_records_of_the_commission_carry_the_key_of_the_centre_whatever_the_language_of_the_page(
    centre: CentrePage,
) -> None:
    english = factories.translated(centre)
    act = factories.appointment(english)
    assert act.centre_key == factories.review(act).centre_key == CentrePage.objects.first().translation_key


def test_edition_carries_the_key_of_its_programme_whatever_the_language_of_the_page(
    programme: ProgrammePage,
) -> None:
    english = factories.translated(programme)
    assert factories.event(english).programme_key == programme.translation_key


def test_event_lasts_from_its_first_session_to_its_last(programme: ProgrammePage) -> None:
    event = factories.event(programme, moment(2027, 4, 8, 10), moment(2026, 12, 31, 23, 30))
    assert (event.starts_at, event.ends_at) == (moment(2026, 12, 31, 23, 30), moment(2027, 4, 8, 12))
    assert (event.year, event.type) == (2026, "EVENT")


def test_draft_of_an_event_without_sessions_has_no_dates_yet(programme: ProgrammePage) -> None:
    event = EventEdition(programme=programme, mode="ONLINE", live=False)
    event.save()
    assert (event.starts_at, event.year) == (None, timezone.localdate().year)


def move_start(event: EventEdition, start: object) -> EventEdition:
    """Change the only session in a draft and publish it, as the editor does."""
    draft = event.get_latest_revision_as_object()
    session = draft.sessions.all()[0]
    session.start, session.end = start, start + timedelta(hours=2)  # type: ignore[operator]
    draft.sessions = [session]
    draft.save_revision().publish()
    return EventEdition.objects.get(pk=event.pk)


def test_beginning_that_was_published_is_kept_when_the_event_moves(programme: ProgrammePage) -> None:
    event = factories.event(programme, moment(2027, 4, 21, 10))
    event = move_start(event, moment(2027, 4, 14, 10))
    event = move_start(event, moment(2027, 4, 28, 10))
    assert event.previous_start_times == [moment(2027, 4, 21, 10), moment(2027, 4, 14, 10)]
    assert event.rescheduled
    assert event.starts_at == moment(2027, 4, 28, 10)


def test_draft_of_a_new_date_moves_nothing_before_it_is_published(programme: ProgrammePage) -> None:
    event = factories.event(programme, moment(2027, 4, 21, 10))
    draft = event.get_latest_revision_as_object()
    draft.sessions = [Session(start=moment(2027, 5, 5, 10), end=moment(2027, 5, 5, 12))]
    draft.save_revision()
    event = EventEdition.objects.get(pk=event.pk)
    assert (event.starts_at, event.previous_starts) == (moment(2027, 4, 21, 10), [])


def test_event_that_was_never_published_may_move_without_a_trace(programme: ProgrammePage) -> None:
    event = factories.event(programme, moment(2027, 4, 21, 10), live=False)
    event = move_start(event, moment(2027, 5, 5, 10))
    assert (event.previous_starts, event.rescheduled) == ([], False)


def test_published_again_with_the_same_date_an_event_has_not_moved(programme: ProgrammePage) -> None:
    event = factories.event(programme)
    event.save_revision().publish()
    assert not EventEdition.objects.get(pk=event.pk).rescheduled


def test_old_draft_cannot_forget_an_earlier_beginning(programme: ProgrammePage) -> None:
    event = factories.event(programme, moment(2027, 4, 21, 10))
    old = event.save_revision()
    event = move_start(event, moment(2027, 4, 14, 10))
    old.publish()
    event = EventEdition.objects.get(pk=event.pk)
    assert event.previous_start_times == [moment(2027, 4, 21, 10), moment(2027, 4, 14, 10)]


def test_publishing_an_old_draft_leaves_the_seats_as_they_are_counted(programme: ProgrammePage) -> None:
    event = factories.event(programme, capacity=24)
    draft = event.save_revision()
    EditionAvailability.objects.filter(edition=event).update(seats_taken=24, waitlist=3)
    draft.publish()
    event = EventEdition.objects.get(pk=event.pk)
    assert (event.seats_taken, event.waitlist, event.seats_left) == (24, 3, 0)


@pytest.mark.parametrize(("capacity", "taken", "left"), [(None, 5, None), (20, 12, 8), (20, 25, 0)])
def test_seats_left_are_never_less_than_none(
    programme: ProgrammePage, capacity: int | None, taken: int, left: int | None
) -> None:
    event = factories.event(programme, capacity=capacity)
    event.count_seats(seats_taken=taken)
    assert EventEdition.objects.get(pk=event.pk).seats_left == left


def test_term_ends_with_its_month_where_the_day_is_unknown(centre: CentrePage) -> None:
    assert factories.appointment(centre, date(2021, 12, 1)).valid_until == date(2024, 12, 31)
    day = factories.appointment(centre, date(2025, 1, 31), valid_from_precision="DAY", term_months=1)
    assert day.valid_until == date(2025, 2, 28)


def test_review_is_due_when_its_term_ends(centre: CentrePage) -> None:
    act = factories.appointment(centre, date(2024, 12, 1))
    review = factories.review(act)
    assert (review.due_on, review.due_on_precision) == (date(2027, 12, 31), "MONTH")


def test_published_facts_of_a_centre_reach_its_translation_and_words_stay(centre: CentrePage) -> None:
    english = factories.translated(centre, short_name="Pionirska centre")
    goal = english.goals.get()
    goal.text = "We train every librarian."
    goal.save()
    centre.contact_phone = "+38613084800"
    changed = centre.goals.get()
    changed.target = 250
    centre.goals = [changed]
    factories.publish(centre)
    english = CentrePage.objects.get(pk=english.pk)
    assert (english.contact_phone, english.short_name) == ("+38613084800", "Pionirska centre")
    assert (english.goals.get().target, english.goals.get().text) == (250, "We train every librarian.")


def test_draft_opens_after_what_it_points_at_was_deleted(centre: CentrePage) -> None:
    gone = factories.organisation("gone")
    centre.host = gone
    centre.partners = [Partner(organisation=gone, relation="COOPERATES")]
    revision = centre.save_revision(clean=False)
    Organisation.objects.filter(pk=gone.pk).delete()
    draft = revision.as_object()
    assert draft.host_id is None
    assert draft.partners.all()[0].organisation_id is None


def test_editions_of_all_kinds_stand_in_one_list(programme: ProgrammePage) -> None:
    event = factories.event(programme)
    centre = CentrePage.objects.get()
    award = factories.award(factories.programme(centre, "Zlata hruška", kind="AWARD"))
    issue = factories.publication(factories.programme(centre, "Priročnik", kind="PUBLICATION"))
    kinds = dict(Edition.objects.values_list("pk", "type"))
    assert kinds == {event.pk: "EVENT", award.pk: "AWARD", issue.pk: "PUBLICATION"}


def test_rows_of_a_copied_centre_are_not_those_of_the_original(centre: CentrePage) -> None:
    copy = centre.copy(keep_live=False, update_attrs={"slug": "kopija"})
    english = factories.translated(centre)
    assert copy.goals.get().translation_key != centre.goals.get().translation_key
    assert english.goals.get().translation_key == centre.goals.get().translation_key
