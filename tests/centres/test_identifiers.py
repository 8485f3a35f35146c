"""Numbers and addresses by which books, organisations, people and places are known elsewhere."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from centres.models import Book, Organisation, Person, Venue
from tests import factories as make
from tests.centres.event_form import address
from tests.graph import ask
from tests.schema_org import faults

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_a_book_has_its_isbn_and_its_record_in_the_catalogue() -> None:
    make.book("Ključ", isbn="978-0-306-40615-7", cobiss_id="285498112")
    make.book("Brez številk")
    query = "{ books { nodes { title isbn cobissId cobissUrl } } }"
    assert ask(query)["books"]["nodes"] == [
        {"title": "Brez številk", "isbn": None, "cobissId": None, "cobissUrl": None},
        {
            "title": "Ključ",
            "isbn": "978-0-306-40615-7",
            "cobissId": "285498112",
            "cobissUrl": "https://plus.cobiss.net/cobiss/si/sl/bib/285498112",
        },
    ]


@pytest.mark.parametrize("isbn", ["9780306406157", "978-0-306-40615-7", "0-306-40615-2", "0306406152"])
def test_a_book_is_found_by_its_isbn_in_every_notation(isbn: str) -> None:
    make.book("Ključ", isbn="0-306-40615-2")
    make.book("Druga", isbn="978-961-999001-8")
    make.book("Brez")
    query = "query ($isbn: [String!]) { books(filter: { isbn: $isbn }) { nodes { title } } }"
    assert ask(query, isbn=[isbn, "ni", ""])["books"]["nodes"] == [{"title": "Ključ"}]
    assert ask(query, isbn=["", "ni številka"])["books"]["nodes"] == []


@pytest.mark.parametrize("part", ["zelje", "ŽELJE", "Dežela žel"])
def test_a_book_is_found_by_a_part_of_its_title(part: str) -> None:
    make.book("Dežela želje")
    make.book("Druga")
    query = "query ($part: String) { books(filter: { titleContains: $part }) { nodes { title } } }"
    assert ask(query, part=part)["books"]["nodes"] == [{"title": "Dežela želje"}]


def test_an_issue_of_a_publication_has_its_record_in_the_catalogue() -> None:
    programme = make.programme(kind="PUBLICATION")
    make.publication(programme, 2026, cobiss_id="120")
    fields = "... on PublicationEdition { isbn cobissId cobissUrl }"
    assert ask(f"{{ editions {{ nodes {{ {fields} }} }} }}")["editions"]["nodes"] == [
        {
            "isbn": None,
            "cobissId": "120",
            "cobissUrl": "https://plus.cobiss.net/cobiss/si/sl/bib/120",
        }
    ]


def test_organisations_people_and_venues_are_known_elsewhere() -> None:
    wiki, viaf = "https://www.wikidata.org/wiki/Q1", "https://viaf.org/viaf/1"
    make.organisation("nuk", isil="SI-50001", same_as=f"{wiki}\n\n {viaf} ")
    make.organisation("tuja")
    found = ask('{ organisations(filter: { code: ["nuk", "tuja"] }) { nodes { code isil sameAs } } }')
    assert found["organisations"]["nodes"] == [
        {"code": "nuk", "isil": "SI-50001", "sameAs": [wiki, viaf]},
        {"code": "tuja", "isil": None, "sameAs": []},
    ]
    hall = make.venue(latitude=46.0546, longitude=14.5039)
    event = make.event(make.programme(), venue=hall)
    session = event.sessions.first()
    session.presenters.add(make.person(same_as="https://orcid.org/0000-0002-1825-0097"))
    session.save()
    query = """{
      editions { nodes { jsonLd ... on EventEdition {
        venue { latitude longitude } sessions { presenters { name sameAs } }
      } } }
    }"""
    node = ask(query)["editions"]["nodes"][0]
    assert node["venue"] == {"latitude": 46.0546, "longitude": 14.5039}
    person = {"name": "Ana Novak", "sameAs": ["https://orcid.org/0000-0002-1825-0097"]}
    assert node["sessions"] == [{"presenters": [person]}]
    linked = json.loads(node["jsonLd"])
    assert faults(linked) == []
    told = linked["@graph"][0]
    assert told["location"][0]["geo"] == {
        "@type": "GeoCoordinates",
        "latitude": 46.0546,
        "longitude": 14.5039,
    }
    assert {"@type": "Person", **person} in (told.get("instructor") or told["performer"])


def test_an_edition_has_an_address_with_a_fragment() -> None:
    programme = make.programme()
    event = make.event(programme)
    make.translated(programme.get_parent().specific)
    query = "{ editions { nodes { path url programme { path url } } } }"
    node = ask(query)["editions"]["nodes"][0]
    assert node["path"] == f"{node['programme']['path']}#edition-{event.pk}"
    assert node["url"] == f"{node['programme']['url']}#edition-{event.pk}"


WRONG = [
    (Organisation, "isil", "SI-123"),
    (Organisation, "isil", "50001"),
    (Organisation, "isil", "SI50001"),
    (Organisation, "isil", "si-50001"),
    (Organisation, "isil", "SI-5000A"),
    (Organisation, "isil", "QQ-50001"),
    (Organisation, "isil", "DE-"),
    (Organisation, "same_as", "https://www.wikidata.org/wiki/Q1\nwikidata Q1"),
    (Person, "same_as", "javascript:alert(1)"),
    (Venue, "latitude", 91),
    (Venue, "longitude", -181),
    (Book, "isbn", "978-961-999001-9"),
    (Book, "cobiss_id", "COBISS 12"),
    (Book, "cobiss_id", "12/../3"),
]


@pytest.mark.parametrize(("model", "name", "value"), WRONG)
def test_what_is_no_identifier_is_refused_with_a_sentence(model: Any, name: str, value: Any) -> None:
    field = model._meta.get_field(name)
    said = []
    for language in ("sl", "en"):
        with translation.override(language):
            with pytest.raises(ValidationError) as refused:
                field.run_validators(value)
            said.append(" ".join(refused.value.messages))
    assert said[0] != said[1]
    assert all(said)


@pytest.mark.parametrize("isil", ["SI-50001", "DE-Tue120", "IT-RM0267", "OCLC-DLC"])
def test_identifiers_of_libraries_of_any_country_are_fine(isil: str) -> None:
    Organisation._meta.get_field("isil").run_validators(isil)


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("urednica", "urednica@example.si", "geslo"))
    return client


def test_the_form_of_a_venue_wants_both_coordinates_or_none(admin: Client) -> None:
    values = {"name_sl": "Dvorana", "name_en": "", "address": "Kersnikova 2", "city": "Ljubljana"}
    values |= {"step_free": "unknown", "hearing_loop": "unknown"}
    shown = admin.post(address(Venue, "add"), {**values, "latitude": "46.05", "longitude": ""})
    assert "Vpišite širino in dolžino ali pustite obe prazni." in shown.content.decode()
    admin.post(address(Venue, "add"), {**values, "latitude": "46.05", "longitude": "14.5"})
    venue = Venue.objects.get()
    assert (venue.latitude, venue.longitude) == (46.05, 14.5)


def test_two_organisations_have_not_the_same_isil(admin: Client) -> None:
    make.organisation("nuk", isil="SI-50001")
    values = {"name_sl": "Druga", "name_en": "", "acronym": "", "code": "druga", "kind": "LIBRARY"}
    values |= {"city": "", "url": "", "isil": "SI-50001", "same_as": ""}
    shown = admin.post(address(Organisation, "add"), values)
    assert "Ta ISIL že ima druga organizacija." in shown.content.decode()
    admin.post(address(Organisation, "add"), {**values, "isil": "SI-50002"})
    assert Organisation.objects.get(code="druga").isil == "SI-50002"


def test_the_form_of_a_book_refuses_a_wrong_isbn(admin: Client) -> None:
    values = {"title": "Ključ", "year": "", "publisher": "", "language": "sl", "isbn": "123", "cobiss_id": ""}
    values |= dict.fromkeys(("genre", "target_group", "theme", "physical_description", "keywords"), "")
    data = nested_form_data({**values, "action-publish": "1", "contributors": inline_formset([])})
    shown = admin.post(address(Book, "add"), data)
    assert "ISBN" in shown.content.decode()
    assert not Book.objects.filter(live=True).exists()
