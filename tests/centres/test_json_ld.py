"""What search engines read of centres, programmes and editions."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from wagtail.models import Collection, CollectionViewRestriction

from centres.models import AwardResult, CentrePage, Contributor
from cms.models import Image
from tests import factories as make
from tests.cms import pictures
from tests.graph import ask
from tests.schema_org import PREFIX, faults

pytestmark = pytest.mark.one_database

EVERYTHING = """
query ($locale: String!) {
  centreIndex(locale: $locale) { jsonLd }
  commission(locale: $locale) { jsonLd }
  home: page(path: "/sl/", locale: $locale) { jsonLd children(first: 100) { nodes { jsonLd } } }
  centres(locale: $locale, first: 100) { nodes { jsonLd } }
  programmes(locale: $locale, first: 100) { nodes { jsonLd } }
  editions(locale: $locale, first: 100) { nodes { jsonLd } }
}
"""
EDITION = "query ($id: ID!, $locale: String) { edition(id: $id, locale: $locale) { jsonLd } }"


def documents(data: Any) -> list[str]:
    if isinstance(data, list):
        return [text for item in data for text in documents(item)]
    if isinstance(data, dict):
        return [
            text for name, item in data.items() for text in ([item] if name == "jsonLd" else documents(item))
        ]
    return []


def nodes(text: str) -> dict[str, Any]:
    """Return the nodes of a document by their type, the first of each."""
    found: dict[str, Any] = {}
    for node in json.loads(text)["@graph"]:
        types = node["@type"]
        found.setdefault(types if isinstance(types, str) else types[0], node)
    return found


def edition(row: Any, locale: str = "sl") -> dict[str, Any]:
    return nodes(ask(EDITION, id=str(row.pk), locale=locale)["edition"]["jsonLd"])


def page(row: Any, locale: str = "sl") -> dict[str, Any]:
    query = "query ($id: ID!, $locale: String) { page(id: $id, locale: $locale) { jsonLd } }"
    return nodes(ask(query, id=str(row.pk), locale=locale)["page"]["jsonLd"])


@pytest.mark.parametrize("locale", ["sl", "en"])
def test_all_of_the_demo_says_only_what_the_vocabulary_of_schema_org_knows(demo: None, locale: str) -> None:
    texts = documents(ask(EVERYTHING, locale=locale))
    assert len(texts) > 50
    assert [fault for text in texts for fault in faults(json.loads(text))] == []


def test_a_document_with_a_wrong_term_is_found_out() -> None:
    wrong = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Course", "name": 1, "isbn": "1", "provider": {"@id": "x"}, "title": "x"},
            {"@type": "Event", "startDate": "tomorrow", "eventStatus": f"{PREFIX}InStock"},
            {"@type": "Programme"},
        ],
    }
    assert len(faults(wrong)) == 8


# ---------------------------------------------------------------- events
def build() -> Any:
    return make.programme(title="Glasno branje", duration_hours=Decimal("4.5"), outcomes="Bere na glas.")


@pytest.fixture
def programme(built: Any) -> Any:
    return built


@pytest.fixture
def centre(built: Any) -> CentrePage:
    return CentrePage.objects.get()


@time_machine.travel(make.moment(2027, 3, 1), tick=False)
def test_an_event_tells_its_time_place_seats_and_price(programme: Any) -> None:
    event = make.event(
        programme,
        make.moment(2027, 4, 7, 10),
        mode="BLENDED",
        venue=make.venue(step_free=True),
        capacity=20,
        fees=[make.fee("60.00")],
        applications_open=make.moment(2027, 2, 1, 8),
        applications_close=make.moment(2027, 4, 2, 23, 59),
        application_url="https://prijave.example/",
        languages=["sl", "en"],
    )
    event.count_seats(seats_taken=12)
    instance = edition(event)["CourseInstance"]
    assert instance["startDate"] == "2027-04-07T10:00:00+02:00"
    assert instance["endDate"] == "2027-04-07T12:00:00+02:00"
    assert instance["eventStatus"] == f"{PREFIX}EventScheduled"
    assert instance["eventAttendanceMode"] == f"{PREFIX}MixedEventAttendanceMode"
    assert instance["courseMode"] == ["blended"]
    assert instance["courseWorkload"] == "PT4H30M"
    assert [place["@type"] for place in instance["location"]] == ["Place", "VirtualLocation"]
    assert instance["location"][0]["amenityFeature"] == [
        {"@type": "LocationFeatureSpecification", "name": "dostop brez stopnic", "value": True}
    ]
    assert (instance["maximumAttendeeCapacity"], instance["remainingAttendeeCapacity"]) == (20, 8)
    assert instance["inLanguage"] == ["sl", "en"]
    assert instance["offers"] == [
        {
            "@type": "Offer",
            "name": "kotizacija",
            "price": "60.00",
            "priceCurrency": "EUR",
            "url": "https://prijave.example/",
            "availability": f"{PREFIX}InStock",
            "availabilityStarts": "2027-02-01T08:00:00+01:00",
            "availabilityEnds": "2027-04-02T23:59:00+02:00",
            "validFrom": "2027-02-01T08:00:00+01:00",
        }
    ]


@pytest.mark.parametrize(
    ("facts", "status", "availability"),
    [
        ({}, "EventScheduled", "InStock"),
        ({"capacity": 0}, "EventScheduled", "SoldOut"),
        ({"applications_close": make.moment(2027, 2, 20)}, "EventScheduled", "OutOfStock"),
        (
            {
                "applications_open": make.moment(2027, 3, 20),
                "applications_close": make.moment(2027, 3, 30),
            },
            "EventScheduled",
            "OutOfStock",
        ),
        ({"status_override": "POSTPONED"}, "EventPostponed", "OutOfStock"),
        (
            {"status_override": "CANCELLED", "cancel_reason": {"sl": "Bolezen."}},
            "EventCancelled",
            "OutOfStock",
        ),
    ],
)
@time_machine.travel(make.moment(2027, 3, 1), tick=False)
def test_the_state_of_an_event_decides_its_status_and_its_offer(
    programme: Any, facts: dict[str, Any], status: str, availability: str
) -> None:
    instance = edition(make.event(programme, **facts))["CourseInstance"]
    assert instance["eventStatus"] == PREFIX + status
    assert instance["offers"][0]["availability"] == PREFIX + availability
    assert instance["offers"][0]["price"] == "0"
    assert instance["isAccessibleForFree"] is True


@time_machine.travel(make.moment(2027, 3, 1), tick=False)
def test_a_moved_event_says_when_it_was_to_begin(programme: Any) -> None:
    event = make.event(programme, make.moment(2027, 4, 7, 10))
    session = event.sessions.get()
    session.start, session.end = make.moment(2027, 4, 14, 10), make.moment(2027, 4, 14, 12)
    event.sessions = [session]
    event.save_revision().publish()
    instance = edition(event)["CourseInstance"]
    assert instance["eventStatus"] == f"{PREFIX}EventRescheduled"
    assert instance["previousStartDate"] == ["2027-04-07T10:00:00+02:00"]
    assert instance["startDate"] == "2027-04-14T10:00:00+02:00"


@time_machine.travel(make.moment(2027, 3, 1), tick=False)
def test_a_series_of_equal_steps_has_a_schedule_and_is_an_educational_programme(programme: Any) -> None:
    starts = [make.moment(2027, 3, day, 9) for day in (15, 22, 29)]
    event = make.event(programme, *starts, applications_close=make.moment(2027, 3, 10, 23, 59))
    instance = edition(event)["CourseInstance"]
    assert instance["courseSchedule"] == {
        "@type": "Schedule",
        "startDate": "2027-03-15",
        "endDate": "2027-03-29",
        "startTime": "09:00:00",
        "endTime": "11:00:00",
        "repeatFrequency": "P7D",
        "repeatCount": 3,
        "scheduleTimezone": "Europe/Ljubljana",
    }
    assert [part["startDate"] for part in instance["subEvent"]] == [
        "2027-03-15T09:00:00+01:00",
        "2027-03-22T09:00:00+01:00",
        "2027-03-29T09:00:00+02:00",
    ]
    course = page(programme)["Course"]
    assert course["@type"] == ["Course", "EducationalOccupationalProgram"]
    assert course["applicationDeadline"] == "2027-03-10"


@time_machine.travel(make.moment(2027, 3, 1), tick=False)
def test_parts_without_a_rule_have_no_schedule(programme: Any) -> None:
    event = make.event(programme, *[make.moment(2027, 3, day, 9) for day in (15, 16, 29)])
    assert "courseSchedule" not in edition(event)["CourseInstance"]


@time_machine.travel(make.moment(2027, 3, 1), tick=False)
def test_the_page_of_a_programme_holds_its_editions_that_are_not_over(programme: Any) -> None:
    make.event(programme, make.moment(2026, 4, 7, 10))
    make.event(programme, make.moment(2027, 4, 7, 10))
    course = page(programme)["Course"]
    assert [instance["startDate"][:4] for instance in course["hasCourseInstance"]] == ["2027"]
    assert course["teaches"] == ["Bere na glas."]
    assert course["timeRequired"] == "PT4H30M"
    assert course["provider"][0]["name"] == "Pionirska"


def test_only_those_who_agreed_are_named_as_teachers(programme: Any) -> None:
    event = make.event(programme)
    session = event.sessions.get()
    named, unnamed = make.person("Ana Novak"), make.person("Bine Kos", publication_consent=False)
    session.presenters.add(named, unnamed)
    session.save()
    assert edition(event)["CourseInstance"]["instructor"] == [{"@type": "Person", "name": "Ana Novak"}]


def test_the_address_of_the_online_room_is_never_told(programme: Any) -> None:
    event = make.event(programme, online_url="https://soba.example/tajno")
    assert "soba.example" not in ask(EDITION, id=str(event.pk))["edition"]["jsonLd"]


# ---------------------------------------------------------------- awards and publications
def test_an_award_names_its_ceremony_and_the_books_with_their_award(centre: CentrePage) -> None:
    programme = make.programme(centre, "Zlata hruška", kind="AWARD")
    author = Contributor(name="Anja Štefan", role="AUTHOR")
    books = [make.book("Gugalnica za vse", contributors=[author]), make.book("Skrivna knjiga", live=False)]
    given = AwardResult(category=make.category(name={"sl": "leposlovje"}), outcome="AWARDED", books=books)
    award = make.award(
        programme,
        2025,
        ceremony_on=date(2025, 11, 25),
        ceremony_place={"sl": "Ljubljana"},
        results=[given],
    )
    found = edition(award)
    assert found["Event"]["startDate"] == "2025-11-25"
    assert found["Event"]["location"] == {"@type": "Place", "name": "Ljubljana"}
    (entry,) = found["ItemList"]["itemListElement"]
    assert entry["item"]["name"] == "Gugalnica za vse"
    assert entry["item"]["author"] == [{"@type": "Person", "name": "Anja Štefan"}]
    assert entry["item"]["award"] == "Zlata hruška – 2025: leposlovje"
    assert "Skrivna knjiga" not in json.dumps(found)


def test_an_issue_of_a_publication_is_a_book_of_a_series(centre: CentrePage) -> None:
    programme = make.programme(centre, "Priročnik", kind="PUBLICATION", since_year=1999)
    issue = make.publication(programme, 2010, own_title={"sl": "Ozvezdje Knjiga"}, isbn="978-961-01-0001-0")
    found = edition(issue)
    assert found["Book"]["name"] == "Ozvezdje Knjiga"
    assert found["Book"]["isPartOf"] == {"@id": found["BookSeries"]["@id"]}
    series = page(programme)["BookSeries"]
    assert series["startDate"] == "1999"
    assert [part["name"] for part in series["hasPart"]] == ["Ozvezdje Knjiga"]


# ---------------------------------------------------------------- centres
@time_machine.travel(make.moment(2027, 3, 1), tick=False)
def test_a_centre_names_its_library_and_its_titles(built: Any) -> None:
    library = make.organisation("mk", name={"sl": "Mestna knjižnica"}, city="Ljubljana")
    centre = make.goals(make.centre("Učni center", host=library))
    first = make.appointment(
        centre, date(2021, 12, 1), valid_from_precision="MONTH", decided_on_precision="MONTH"
    )
    make.review(first, state="DECIDED", decided_on=date(2024, 11, 5))
    make.appointment(centre, date(2024, 12, 15), valid_from_precision="DAY")
    organisation = page(centre)["Organization"]
    assert organisation["parentOrganization"]["@type"] == "Library"
    assert organisation["parentOrganization"]["name"] == "Mestna knjižnica"
    current, past = organisation["hasCertification"]
    assert current["certificationStatus"] == f"{PREFIX}CertificationActive"
    assert (current["validFrom"], current["expires"]) == ("2024-12-15", "2027-12-15")
    assert past["certificationStatus"] == f"{PREFIX}CertificationInactive"
    assert (past["validFrom"], past["expires"], past["auditDate"]) == ("2021-12", "2024-12", "2024-11-05")


def test_a_centre_that_trains_people_is_an_educational_organisation(built: Any) -> None:
    centre = make.centre("Učni center")
    assert "EducationalOrganization" not in page(centre)
    make.programme(centre, kind="TRAINING")
    assert page(centre)["EducationalOrganization"]["name"] == "Učni center"


def test_an_image_of_a_closed_collection_is_not_named(built: Any) -> None:
    closed = Collection.get_first_root_node().add_child(name="Zaprto")
    image = Image.objects.create(
        title="x", file=pictures.jpeg("x.jpg"), alt_text={"sl": "x"}, collection=closed
    )
    centre = make.centre("Učni center", lead_image=image)
    assert "primaryImageOfPage" in page(centre)["WebPage"]
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    assert "primaryImageOfPage" not in page(centre)["WebPage"]


# ---------------------------------------------------------------- every page
def test_words_are_in_the_asked_language_and_addresses_where_the_text_stands(programme: Any) -> None:
    make.translated(programme, title="Reading aloud", slug="reading-aloud")
    event = make.event(
        programme, label={"sl": "1. izvedba", "en": "First run"}, venue=make.venue(), mode="ONSITE"
    )
    found = edition(event, "en")
    assert found["CourseInstance"]["name"] == "Reading aloud – First run"
    assert found["Course"]["url"].endswith("/reading-aloud/")
    other = make.programme(make.centre("Učni center"), "Samo po slovensko")
    web_page = page(other, "en")["WebPage"]
    assert web_page["inLanguage"] == "sl"
    assert "/sl/" in web_page["url"]


def test_crumbs_lead_from_the_home_page(programme: Any) -> None:
    found = page(programme)
    crumbs = found["BreadcrumbList"]["itemListElement"]
    assert [crumb["position"] for crumb in crumbs] == [1, 2, 3, 4]
    assert crumbs[-1]["item"]["@id"] == found["WebPage"]["url"]
    assert found["WebPage"]["breadcrumb"] == {"@id": found["BreadcrumbList"]["@id"]}


def test_nothing_in_a_text_can_leave_the_script_element(centre: CentrePage) -> None:
    evil = "</script><!--<script>&amp;\u2028\u2029"
    programme = make.programme(centre, evil)
    text = ask("query ($id: ID!) { page(id: $id) { jsonLd } }", id=str(programme.pk))["page"]["jsonLd"]
    assert not set("<>&\u2028\u2029") & set(text)
    assert nodes(text)["WebPage"]["name"] == evil
