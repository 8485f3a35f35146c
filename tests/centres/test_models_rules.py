"""What the rules of people, centres, programmes and editions refuse, and what they say to do instead."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from centres.models import (
    AwardResult,
    CentreAudience,
    CentrePage,
    Goal,
    LegalBasis,
    Partner,
    Person,
    ProgrammeAudience,
    ProgrammePage,
    ReviewCycle,
    Session,
    StaffMember,
    Topic,
)
from tests import factories
from tests.centres.refusing import refused
from tests.factories import moment

pytestmark = [pytest.mark.usefixtures("built"), pytest.mark.one_database]


def build() -> None:
    """Make a centre with a training and an award."""
    centre = factories.centre()
    factories.programme(centre)
    factories.programme(centre, "Priznanje", kind="AWARD")


@pytest.fixture
def programme(built: None) -> ProgrammePage:
    return ProgrammePage.objects.get(kind="TRAINING")


@pytest.fixture
def prize(built: None) -> ProgrammePage:
    return ProgrammePage.objects.get(kind="AWARD")


@pytest.fixture
def centre(built: None) -> CentrePage:
    return CentrePage.objects.get()


# ---------------------------------------------------------------- people and lists
def test_email_of_a_person_needs_consent() -> None:
    person = Person(name="Ana Novak", email="ana@example.si")
    refused(person.validate_constraints, "soglaša z objavo e-pošte", "agrees to publish the e-mail")


def test_database_refuses_an_email_without_consent() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="Ana Novak", email="ana@example.si")


def test_person_who_did_not_agree_is_not_named_as_staff_or_presenter(programme: ProgrammePage) -> None:
    shy = factories.person(publication_consent=False)
    refused(StaffMember(person=shy, role="svetovalka").clean, "ne soglaša", "has not agreed", "person")
    event = factories.event(programme)
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
def test_centre_is_hosted_by_a_library(centre: CentrePage) -> None:
    centre.host = factories.organisation("nuk-society", kind="ASSOCIATION")
    refused(centre.full_clean, "Izberite knjižnico", "Choose a library", "host")


def test_two_centres_of_a_library_cannot_share_a_short_name(centre: CentrePage) -> None:
    first = centre
    second = factories.centre("Učni center")
    second.short_name = "pionirska"
    refused(second.full_clean, "Izberite drugačno", "Choose a different one", "short_name")
    second.host = factories.organisation("ptuj")
    second.full_clean()
    factories.translated(first)


@pytest.mark.parametrize("primaries", [0, 2])
def test_centre_has_exactly_one_primary_audience(centre: CentrePage, primaries: int) -> None:
    centre.audiences = [
        CentreAudience(audience=factories.coded(factories.Audience, code), primary=place < primaries)
        for place, code in enumerate(("librarians", "parents"))
    ]
    refused(centre.full_clean, "natanko eno ciljno skupino", "exactly one audience")


def test_centre_names_an_audience_or_a_partner_once(centre: CentrePage) -> None:
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


def test_library_is_not_a_partner_of_its_own_centre(centre: CentrePage) -> None:
    centre.partners = [Partner(organisation=centre.host, relation="COOPERATES")]
    refused(centre.full_clean, "ni sama svoj partner", "not its own partner")


def test_own_field_is_not_among_the_related_ones(centre: CentrePage) -> None:
    centre.related_fields = [centre.competence_field]
    refused(centre.full_clean, "Lastno področje", "own field")


# ---------------------------------------------------------------- programmes
def test_programme_began_neither_before_1861_nor_in_the_future(programme: ProgrammePage) -> None:
    programme.since_year = timezone.localdate().year + 1
    refused(programme.full_clean, "To leto šele pride", "still to come", "since_year")
    programme.since_year = 1860
    refused(programme.full_clean, "1861", "1861", "since_year")


def test_programme_has_one_to_five_topics_and_each_audience_once(programme: ProgrammePage) -> None:
    programme.topics = [factories.coded(Topic, f"topic-{number}") for number in range(6)]
    refused(programme.full_clean, "največ pet tem", "at most five topics")
    programme.topics = programme.topics.all()[:5]
    librarians = programme.programme_audiences.get().audience
    programme.programme_audiences = [
        ProgrammeAudience(audience=librarians),
        ProgrammeAudience(audience=librarians),
    ]
    refused(programme.full_clean, "vpisana dvakrat", "there twice")


def test_predecessor_does_not_lead_back(programme: ProgrammePage) -> None:
    first = programme
    second = factories.programme(CentrePage.objects.get(), "Naslednik", predecessor=first)
    first.predecessor = second
    refused(first.full_clean, "vodi nazaj", "leads back", "predecessor")
    first.predecessor = first
    refused(first.full_clean, "vodi nazaj", "leads back", "predecessor")


def test_title_rule_holds_for_a_programme_that_is_published(programme: ProgrammePage) -> None:
    programme.title = "PRESTAVLJENO: Strokovna sreda"
    refused(programme.full_clean, "Iz naslova odstranite", "out of the title", "title")


# ---------------------------------------------------------------- editions
def test_edition_is_of_the_kind_of_its_programme(prize: ProgrammePage) -> None:
    refused(lambda: factories.event(prize), "druge vrste", "another kind", "programme")


def test_award_and_publication_have_one_edition_a_year(prize: ProgrammePage) -> None:
    award = factories.award(prize, 2025)
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
    (
        {"cancel_reason": {"sl": "Odpade zaradi bolezni."}},
        "status_override",
        "ali pobrišite razlog",
        "or empty the reason",
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
def test_event_that_breaks_a_rule_is_refused(
    programme: ProgrammePage, facts: Any, field: str, slovenian: str, english: str
) -> None:
    refused(lambda: factories.event(programme, **facts), slovenian, english, field)


def test_event_needs_a_session(programme: ProgrammePage) -> None:
    event = factories.event(programme)
    event.sessions = []
    refused(event.full_clean, "vsaj en termin", "at least one session")


def test_applications_that_close_at_midnight_close_at_the_end_of_that_day(programme: ProgrammePage) -> None:
    event = factories.event(programme, applications_close=moment(2027, 3, 28))
    assert event.applications_close == moment(2027, 3, 28, 23, 59)


def test_session_ends_after_it_begins() -> None:
    session = Session(start=moment(2027, 4, 7, 10), end=moment(2027, 4, 7, 10))
    refused(session.validate_constraints, "končati po začetku", "end after it begins")


def test_fee_is_not_negative() -> None:
    refused(factories.fee("-1").validate_constraints, "manjša od nič", "less than nothing")


@pytest.mark.parametrize(("outcome", "with_book"), [("AWARDED", False), ("NOT_AWARDED", True)])
def test_award_goes_to_a_book_or_is_not_given(prize: ProgrammePage, outcome: str, with_book: bool) -> None:
    award = factories.award(prize, 2025)
    result = AwardResult(category=factories.category(), outcome=outcome)
    result.books = [factories.book()] if with_book else []
    award.results = [result]
    advice = (
        ("Odstranite knjige", "Remove the books")
        if with_book
        else ("Izberite nagrajeno", "Choose the awarded")
    )
    refused(award.full_clean, *advice, field="books")


def test_award_may_be_shared_or_not_given(prize: ProgrammePage) -> None:
    award = factories.award(prize, 2023)
    shared = AwardResult(category=factories.category(), outcome="AWARDED")
    shared.books = [factories.book(), factories.book("Kdo je kriv, da je zima bela")]
    award.results = [shared, AwardResult(category=factories.category("l2"), outcome="NOT_AWARDED")]
    award.full_clean()
    award.save()
    assert award.results.first().books.count() == 2


def test_result_stands_in_a_category_of_its_year(prize: ProgrammePage) -> None:
    award = factories.award(prize, 2012)
    late = factories.category("t2", valid_from_year=2018)
    award.results = [AwardResult(category=late, outcome="NOT_AWARDED")]
    refused(award.full_clean, "2012 ni podeljevala", "was not given in 2012")
