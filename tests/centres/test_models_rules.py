"""Every rule of validation refuses what it should, and says in both languages what to do instead."""

import ast
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polib
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from centres.models import (
    AwardResult,
    CentreAudience,
    CentrePage,
    EffectAssessment,
    Goal,
    GoalAssessment,
    LegalBasis,
    Partner,
    Person,
    ProgrammeAudience,
    Review,
    ReviewCycle,
    Session,
    StaffMember,
    Topic,
)
from centres.validation import check_https, check_isbn, check_official_name, check_title, phone_validator
from tests import factories
from tests.factories import moment

pytestmark = pytest.mark.django_db


def refused(check: Any, slovenian: str, english: str = "", field: str | None = None) -> None:
    """Assert that ``check`` raises, for ``field`` where given, with the advice in both languages."""
    for language, words in (("sl", slovenian), ("en", english)):
        with translation.override(language), pytest.raises(ValidationError) as error:
            check()
        with translation.override(language):
            messages = error.value.message_dict.get(field, []) if field else error.value.messages
            assert words in " ".join(str(message) for message in messages)


# ---------------------------------------------------------------- words
@pytest.mark.parametrize(
    "title",
    [
        "Prireditvena dejavnost, 17. 5. 2022",
        "Strokovna sreda 8.10.",
        "Strokovna sreda 8. oktobra",
        "Workshop on 17 May",
        "Workshop on May 17",
        "Delavnica 2027-03-16",
        "Delavnica 16/3/2027",
    ],
)
def test_title_with_a_date_is_refused(title: str) -> None:
    refused(lambda: check_title(title), "Datum vpišite pri izvedbi", "Put dates on the edition")


@pytest.mark.parametrize(
    "title",
    ["PRESTAVLJENO: Strokovna sreda", "Odpovedano – delavnica", "Cancelled: workshop", "Postponed workshop"],
)
def test_title_that_tells_a_state_is_refused(title: str) -> None:
    refused(lambda: check_title(title), "Stanje vpišite pri izvedbi", "Set the state on the edition")


@pytest.mark.parametrize(
    "title",
    [
        "Moja naj knjiga",
        "MEGA kviz 2026/2027",
        "Zlata hruška 2025",
        "Prvi meseci v splošni knjižnici",
        "15. cikel",
        "5 major topics",
        "Knjižnica 2.0",
        "80 let Cicibana",
    ],
)
def test_title_with_a_year_or_a_number_is_fine(title: str) -> None:
    check_title(title)


@pytest.mark.parametrize("name", [" Pionirska", "Pionirska "])
def test_official_name_has_no_blanks_around_it(name: str) -> None:
    refused(lambda: check_official_name(name), "Odstranite presledke", "Remove the blanks")


@pytest.mark.parametrize(
    "name", ["Pionirska - Center", "Pionirska — Center", "Pionirska– Center", "Pionirska –Center"]
)
def test_official_name_is_written_with_a_spaced_en_dash(name: str) -> None:
    refused(lambda: check_official_name(name), "pomišljaj s presledkom", "en dash with a blank")


@pytest.mark.parametrize(
    "name", ["Pionirska – Center za mladinsko književnost", "Center za e-knjige", "1948–2027"]
)
def test_official_name_may_have_hyphens_and_ranges(name: str) -> None:
    check_official_name(name)


@pytest.mark.parametrize(
    "isbn", ["978-961-01-4867-4", "961-6048-11-X", "9610148675", "123", "979-0-2600-0043-8x"]
)
def test_isbn_with_a_wrong_check_digit_is_refused(isbn: str) -> None:
    refused(lambda: check_isbn(isbn), "kontrolna številka", "check digit")


@pytest.mark.parametrize("isbn", ["978-0-306-40615-7", "9780306406157", "0-306-40615-2", "080442957X"])
def test_isbn_with_its_check_digit_is_fine(isbn: str) -> None:
    check_isbn(isbn)


@pytest.mark.parametrize(
    "number", ["01 308 48 00", "+386 1 308 48 00", "0038613084800", "+0123456789", "+3861308480\n"]
)
def test_telephone_is_written_with_its_country_code(number: str) -> None:
    refused(lambda: phone_validator(number), "z oznako države", "country code")


def test_address_of_a_website_is_secure() -> None:
    refused(lambda: check_https("http://www.mklj.si"), "https://", "https://")


# ---------------------------------------------------------------- people and lists
def test_email_of_a_person_needs_consent() -> None:
    person = Person(name="Ana Novak", email="ana@example.si")
    refused(person.validate_constraints, "soglaša z objavo e-pošte", "agrees to publish the e-mail")


def test_database_refuses_an_email_without_consent() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="Ana Novak", email="ana@example.si")


def test_person_who_did_not_agree_is_not_named_as_staff_or_presenter() -> None:
    shy = factories.person(publication_consent=False)
    refused(StaffMember(person=shy, role="svetovalka").clean, "ne soglaša", "has not agreed", "person")
    event = factories.event()
    session = event.sessions.get()
    session.presenters.add(shy)
    event.sessions = [session]
    refused(event.full_clean, "ne soglaša", "has not agreed")


def test_category_years_are_in_order() -> None:
    category = factories.AwardCategory(code="l1", valid_from_year=2018, valid_to_year=2010)
    refused(category.validate_constraints, "Zadnje leto", "The last year")


def test_legal_basis_ends_after_it_begins() -> None:
    basis = LegalBasis(valid_from=date(2028, 1, 1), valid_until=date(2018, 1, 1))
    refused(basis.validate_constraints, "preden začne veljati", "before it begins to apply")


def test_review_cycle_ends_after_it_begins() -> None:
    cycle = ReviewCycle(starts_on=date(2024, 9, 1), ends_on=date(2024, 8, 1))
    refused(cycle.clean, "preden se začne", "before it begins", "ends_on")


def test_target_of_a_goal_needs_a_unit() -> None:
    refused(Goal(text="Več bralcev", target=Decimal(200)).validate_constraints, "enoto", "needs a unit")


# ---------------------------------------------------------------- centres
def test_centre_is_hosted_by_a_library() -> None:
    centre = factories.centre()
    centre.host = factories.organisation("nuk-society", kind="ASSOCIATION")
    refused(centre.full_clean, "Izberite knjižnico", "Choose a library", "host")


def test_two_centres_of_a_library_cannot_share_a_short_name() -> None:
    first = factories.centre()
    second = factories.centre("Učni center")
    second.short_name = "pionirska"
    refused(second.full_clean, "Izberite drugačno", "Choose a different one", "short_name")
    second.host = factories.organisation("ptuj")
    second.full_clean()
    factories.translated(first)


@pytest.mark.parametrize("primaries", [0, 2])
def test_centre_has_exactly_one_primary_audience(primaries: int) -> None:
    centre = factories.centre()
    centre.audiences = [
        CentreAudience(audience=factories.coded(factories.Audience, code), primary=place < primaries)
        for place, code in enumerate(("librarians", "parents"))
    ]
    refused(centre.full_clean, "natanko eno ciljno skupino", "exactly one audience")


def test_centre_names_an_audience_or_a_partner_once() -> None:
    centre = factories.centre()
    nuk = factories.organisation("nuk")
    centre.partners = [
        Partner(organisation=nuk, relation="COMPLEMENTS"),
        Partner(organisation=nuk, relation="FUNDS"),
    ]
    centre.full_clean()
    centre.partners = [
        Partner(organisation=nuk, relation="FUNDS"),
        Partner(organisation=nuk, relation="FUNDS"),
    ]
    refused(centre.full_clean, "z istim razmerjem", "same relation")
    centre.partners = []
    centre.audiences = [
        CentreAudience(audience=row.audience, primary=primary)
        for row, primary in [(centre.audiences.all()[0], True), (centre.audiences.all()[0], False)]
    ]
    refused(centre.full_clean, "vpisana dvakrat", "there twice")


def test_library_is_not_a_partner_of_its_own_centre() -> None:
    centre = factories.centre()
    centre.partners = [Partner(organisation=centre.host, relation="COOPERATES")]
    refused(centre.full_clean, "ni sama svoj partner", "not its own partner")


def test_own_field_is_not_among_the_related_ones() -> None:
    centre = factories.centre()
    centre.related_fields = [centre.competence_field]
    refused(centre.full_clean, "Lastno področje", "own field")


# ---------------------------------------------------------------- programmes
def test_programme_began_neither_before_1861_nor_in_the_future() -> None:
    programme = factories.programme()
    programme.since_year = timezone.localdate().year + 1
    refused(programme.full_clean, "To leto šele pride", "still to come", "since_year")
    programme.since_year = 1860
    refused(programme.full_clean, "1861", "1861", "since_year")


def test_programme_has_one_to_five_topics_and_each_audience_once() -> None:
    programme = factories.programme()
    programme.topics = [factories.coded(Topic, f"topic-{number}") for number in range(6)]
    refused(programme.full_clean, "največ pet tem", "at most five topics")
    programme.topics = programme.topics.all()[:5]
    librarians = programme.programme_audiences.get().audience
    programme.programme_audiences = [
        ProgrammeAudience(audience=librarians),
        ProgrammeAudience(audience=librarians),
    ]
    refused(programme.full_clean, "vpisana dvakrat", "there twice")


def test_predecessor_does_not_lead_back() -> None:
    first = factories.programme()
    centre = CentrePage.objects.get()
    second = factories.programme(centre, "Naslednik", predecessor=first)
    first.predecessor = second
    refused(first.full_clean, "vodi nazaj", "leads back", "predecessor")
    first.predecessor = first
    refused(first.full_clean, "vodi nazaj", "leads back", "predecessor")


def test_title_rule_holds_for_a_programme_that_is_published() -> None:
    programme = factories.programme()
    programme.title = "PRESTAVLJENO: Strokovna sreda"
    refused(programme.full_clean, "Iz naslova odstranite", "out of the title", "title")


# ---------------------------------------------------------------- editions
def test_edition_is_of_the_kind_of_its_programme() -> None:
    programme = factories.programme(kind="AWARD")
    refused(lambda: factories.event(programme), "druge vrste", "another kind", "programme")


def test_award_and_publication_have_one_edition_a_year() -> None:
    award = factories.award(year=2025)
    refused(lambda: factories.award(award.programme, 2025), "Popravite leto", "Correct the year", "year")
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.AwardEdition(programme=award.programme, year=2025).save()


EVENT_RULES = [
    ({"mode": "ONSITE"}, "venue", "Izberite prizorišče", "Choose the venue"),
    ({"mode": "BLENDED"}, "venue", "Izberite prizorišče", "Choose the venue"),
    ({"unlimited": False}, "capacity", "Vpišite število mest", "Write the number of seats"),
    ({"unlimited": True, "capacity": 5}, "capacity", "ne obojega", "not both"),
    ({"application_url": "https://example.si"}, "applications_close", "do katerega dne", "until which day"),
    ({"application_url": "http://example.si"}, "application_url", "https://", "https://"),
    (
        {"status_override": "CANCELLED"},
        "cancel_reason",
        "Odpoved potrebuje javni razlog",
        "needs a public reason",
    ),
    ({"free": False}, "free", "dodajte vsaj eno", "add at least one"),
    ({"free": True, "fees": [factories.fee()]}, "free", "Odznačite", "Untick"),
    (
        {"applications_close": moment(2027, 4, 7, 11)},
        "applications_close",
        "pred začetkom",
        "before the first session",
    ),
    ({"languages": []}, "languages", "", ""),
]


@pytest.mark.parametrize(("facts", "field", "slovenian", "english"), EVENT_RULES)
def test_event_that_breaks_a_rule_is_refused(facts: Any, field: str, slovenian: str, english: str) -> None:
    programme = factories.programme()
    refused(lambda: factories.event(programme, **facts), slovenian, english, field)


def test_event_needs_a_session() -> None:
    event = factories.event()
    event.sessions = []
    refused(event.full_clean, "vsaj en termin", "at least one session")


def test_applications_that_close_at_midnight_close_at_the_end_of_that_day() -> None:
    event = factories.event(applications_close=moment(2027, 3, 28))
    assert event.applications_close == moment(2027, 3, 28, 23, 59)


def test_session_ends_after_it_begins() -> None:
    session = Session(start=moment(2027, 4, 7, 10), end=moment(2027, 4, 7, 10))
    refused(session.validate_constraints, "končati po začetku", "end after it begins")


def test_fee_is_not_negative() -> None:
    refused(factories.fee("-1").validate_constraints, "manjša od nič", "less than nothing")


@pytest.mark.parametrize(("outcome", "with_book"), [("AWARDED", False), ("NOT_AWARDED", True)])
def test_award_goes_to_a_book_or_is_not_given(outcome: str, with_book: bool) -> None:
    award = factories.award(year=2025)
    result = AwardResult(category=factories.category(), outcome=outcome)
    result.books = [factories.book()] if with_book else []
    award.results = [result]
    advice = (
        ("Odstranite knjige", "Remove the books")
        if with_book
        else ("Izberite nagrajeno", "Choose the awarded")
    )
    refused(award.full_clean, *advice, field="books")


def test_award_may_be_shared_or_not_given() -> None:
    award = factories.award(year=2023)
    shared = AwardResult(category=factories.category(), outcome="AWARDED")
    shared.books = [factories.book(), factories.book("Kdo je kriv, da je zima bela")]
    award.results = [shared, AwardResult(category=factories.category("l2"), outcome="NOT_AWARDED")]
    award.full_clean()
    award.save()
    assert award.results.first().books.count() == 2


def test_result_stands_in_a_category_of_its_year() -> None:
    award = factories.award(year=2012)
    late = factories.category("t2", valid_from_year=2018)
    award.results = [AwardResult(category=late, outcome="NOT_AWARDED")]
    refused(award.full_clean, "2012 ni podeljevala", "was not given in 2012")


# ---------------------------------------------------------------- the commission
def test_decision_is_not_in_the_future() -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    centre = factories.centre()
    facts = {"decided_on": tomorrow, "decided_on_precision": "DAY"}
    refused(lambda: factories.appointment(centre, **facts), "v prihodnosti", "in the future", "decided_on")


def test_withdrawal_needs_a_reason() -> None:
    act = factories.appointment(factories.centre(), act="WITHDRAWN")
    act.reason = {}
    refused(act.full_clean, "Odvzem potrebuje razlog", "needs a reason", "reason")


@pytest.mark.parametrize(("act", "months"), [("WITHDRAWN", 36), ("APPOINTED", None), ("APPOINTED", 0)])
def test_only_a_withdrawal_has_no_term(act: str, months: int | None) -> None:
    decision = factories.appointment(factories.centre())
    decision.act, decision.term_months, decision.reason = act, months, {"sl": "Razlog."}
    refused(decision.validate_constraints, "Vpišite trajanje", "Write the term")
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save()


def test_renewal_needs_a_decided_review() -> None:
    first = factories.appointment(factories.goals(factories.centre()), date(2021, 12, 1))
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
    start: date, precision: str, months: int, fine: bool
) -> None:
    first = factories.appointment(factories.centre(), date(2021, 12, 1))
    facts = {"valid_from_precision": precision, "term_months": months}
    if not fine and (start, precision) == (date(2019, 1, 1), "MONTH"):
        facts["term_months"] = 40
    if fine:
        factories.appointment(first.centre, start, **facts)
    else:
        refused(
            lambda: factories.appointment(first.centre, start, **facts), "prekriva", "overlaps", "valid_from"
        )


def test_terms_of_two_centres_do_not_overlap() -> None:
    factories.appointment(factories.centre())
    factories.appointment(factories.centre("Učni center"))


def test_new_term_may_begin_after_a_withdrawal() -> None:
    first = factories.appointment(factories.centre(), date(2024, 12, 1))
    factories.appointment(first.centre, date(2026, 6, 1), act="WITHDRAWN")
    factories.appointment(first.centre, date(2026, 10, 1))


def test_review_is_of_a_term_of_its_own_centre() -> None:
    act = factories.appointment(factories.centre())
    other = factories.centre("Učni center")
    review = Review(centre=other, appointment=act)
    refused(review.full_clean, "drugega centra", "another centre", "appointment")
    withdrawal = factories.appointment(other, act="WITHDRAWN")
    refused(Review(centre=other, appointment=withdrawal).full_clean, "nima mandata", "no term", "appointment")


def test_review_begins_only_when_the_centre_has_goals_and_effects() -> None:
    act = factories.appointment(factories.centre())
    refused(lambda: factories.review(act, state="SELF_REPORT"), "še nima ciljev", "no goals", "state")
    factories.review(act, state="PLANNED")


@pytest.mark.parametrize("name", ["adequacy", "outcome", "decided_on", "public_summary"])
def test_decision_of_a_review_is_complete(name: str) -> None:
    act = factories.appointment(factories.goals(factories.centre()))
    empty = {"decided_on": None, "public_summary": {}}.get(name, "")
    refused(
        lambda: factories.review(act, state="DECIDED", **{name: empty}), "Za odločitev", "needs this", name
    )


def test_database_refuses_a_decision_without_a_finding() -> None:
    review = factories.review(factories.appointment(factories.centre()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(state="DECIDED")


def test_reviewer_of_the_host_library_cannot_review_it() -> None:
    centre = factories.goals(factories.centre())
    review = factories.review(factories.appointment(centre))
    review.reviewers = [factories.person("Bor Kos", employer=factories.organisation("ptuj"))]
    review.full_clean()
    review.reviewers = [factories.person(employer=centre.host)]
    refused(review.full_clean, "je ne sme preverjati", "cannot review it", "reviewers")


def test_review_assesses_each_goal_of_its_own_centre_once() -> None:
    centre = factories.goals(factories.centre())
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


# ---------------------------------------------------------------- words
@pytest.mark.parametrize("app", ["centres", "home"])
def test_every_word_that_editors_read_is_translated(app: str) -> None:
    catalogue = {
        entry.msgid: entry
        for path in Path(app).rglob("locale/sl/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
    }
    missing = [
        words for words in marked_words(app) if not (words in catalogue and catalogue[words].translated())
    ]
    assert missing == []


def marked_words(app: str) -> list[str]:
    """Return what the sources of ``app`` mark for translation."""
    found = []
    for path in Path(app).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            marked = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if (
                marked
                and node.func.id in ("_", "gettext", "gettext_lazy")
                and isinstance(node.args[0], ast.Constant)
            ):
                found.append(node.args[0].value)
    return found
