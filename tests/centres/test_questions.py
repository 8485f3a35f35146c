"""The questions that frontends ask, in the words of the contract, on the demo content of 1 March 2027."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model

from centres.models import EventEdition, ProgrammePage, Review
from cms.models import previews
from tests.demo_site import NOW
from tests.graph import Refused, ask, global_id, send

pytestmark = pytest.mark.usefixtures("demo")


def search(words: str) -> Any:
    query = """
    query ($words: String!) {
      search(query: $words, locale: "sl", first: 10) { totalCount nodes { rank page { title path } } }
    }
    """
    return ask(query, words=words)["search"]


def edition(label_sl: str, year: int = 2027) -> EventEdition:
    return EventEdition.objects.get(label__sl=label_sl, year=year)


def test_a_librarian_finds_trainings_of_the_training_centre_with_free_seats() -> None:
    query = """{
      editions(
        filter: {
          centre: ["ucni-center"], status: [OPEN], hasFreeSeats: true, starts: { from: "2027-03-01T00:00:00+01:00" }
        }
        orderBy: START_ASC, locale: "en", fallback: ["sl"]
      ) {
        totalCount
        nodes { programme { title locale isFallback } ... on EventEdition { start seatsLeft } }
      }
    }"""
    found = ask(query)["editions"]
    assert found["totalCount"] == 2
    web, talks = found["nodes"]
    assert (web["start"], web["seatsLeft"]) == ("2027-03-23T09:00:00+01:00", 59)
    assert web["programme"] == {
        "title": "Dostopne objave na spletu",
        "locale": "sl",
        "isFallback": True,
    }
    assert (talks["start"], talks["seatsLeft"]) == ("2027-04-07T09:00:00+02:00", 8)
    assert (talks["programme"]["locale"], talks["programme"]["isFallback"]) == ("en", False)


def test_without_a_fallback_only_what_is_in_english_is_found() -> None:
    query = """{
      editions(filter: { centre: ["ucni-center"], status: [OPEN], hasFreeSeats: true }, locale: "en", fallback: []) {
        totalCount nodes { programme { locale } }
      }
    }"""
    found = ask(query)["editions"]
    assert found == {"totalCount": 1, "nodes": [{"programme": {"locale": "en"}}]}


def test_the_commission_finds_the_centres_to_be_reviewed_in_2027() -> None:
    query = """{
      centres(filter: { reviewDue: { from: "2027-01-01", to: "2027-12-31" } }, orderBy: REVIEW_DUE_ASC) {
        totalCount nodes { shortName reviewDue { date precision } host { name } }
      }
    }"""
    found = ask(query)["centres"]
    assert found["totalCount"] == 2
    assert [node["shortName"] for node in found["nodes"]] == ["Pionirska", "Učni center"]
    assert {node["host"]["name"] for node in found["nodes"]} == {"Mestna knjižnica Ljubljana"}
    for node in found["nodes"]:
        assert node["reviewDue"] == {"date": "2027-12-31", "precision": "MONTH"}
        assert (NOW.date() + timedelta(days=305)).isoformat() == node["reviewDue"]["date"]


def test_a_reader_may_type_any_form_of_a_word_with_or_without_diacritics() -> None:
    inflected = search("knjižnicah knjižničarjem")
    assert inflected["totalCount"] > 0
    assert search("knjižnica knjižničar") == inflected
    assert search("knjiznicah knjiznicarjem") == inflected


def test_which_centres_there_are_in_the_slovenian_alphabet() -> None:
    query = """{
      centres(orderBy: NAME_ASC, locale: "sl") {
        totalCount nodes { shortName field { kind name } host { name city } status }
      }
    }"""
    found = ask(query)["centres"]
    assert found["totalCount"] == 4
    names = [node["shortName"] for node in found["nodes"]]
    assert names == ["Domoznanstvo", "Lahko branje", "Pionirska", "Učni center"]
    assert {node["status"] for node in found["nodes"]} == {"ACTIVE"}
    assert all(node["field"]["name"] and node["host"]["city"] for node in found["nodes"])


def test_a_centre_comes_with_all_that_its_page_shows() -> None:
    query = """{
      centre(slug: "pionirska", locale: "sl") {
        officialName summary easyReadSummary { text } intro { html text } roles
        audiences { primary audience { name } }
        body {
          ... on BlockInterface { id blockType }
          ... on ParagraphBlock { content: text { html } }
          ... on FigureBlock { image { alt decorative responsive(preset: CONTENT) { src } } }
        }
      }
      other: centre(slug: "domoznanstvo", locale: "sl") { intro { text } }
    }"""
    data = ask(query)
    centre = data["centre"]
    assert centre["officialName"] == "Pionirska – Center za mladinsko književnost in knjižničarstvo"
    assert "Kompetenčni center" in centre["intro"]["text"]
    assert data["other"]["intro"]["text"] == centre["intro"]["text"]
    assert "PROMOTER" in centre["roles"]
    assert [audience["primary"] for audience in centre["audiences"]].count(True) == 1
    assert centre["body"]
    assert len({block["id"] for block in centre["body"]}) == len(centre["body"])


def test_a_frontend_gets_its_skip_links_and_labels() -> None:
    query = """{ siteLabels(locale: "sl") { skipToContent skipToMenu free statusLabels { code label } } }"""
    labels = ask(query)["siteLabels"]
    assert labels["skipToContent"] == "Na vsebino"
    assert labels["skipToMenu"] == "Na glavni meni"
    assert labels["free"] == "brezplačno"
    codes = {label["code"] for label in labels["statusLabels"]}
    assert {"OPEN", "FULL", "CANCELLED", "POSTPONED", "ACTIVE", "EXPIRED"} <= codes


def test_which_legal_bases_are_in_force_today() -> None:
    query = """{ legalBases(validOn: "2027-03-01") { kind title validFrom validUntil url } }"""
    found = ask(query)["legalBases"]
    assert {"REGULATION", "RECOMMENDATION", "STANDARD"} <= {base["kind"] for base in found}
    standard = next(base for base in found if base["kind"] == "STANDARD")
    assert (standard["validFrom"], standard["validUntil"]) == ("2018-01-01", "2028-12-31")
    assert all(base["validUntil"] is None or base["validUntil"] >= "2027-03-01" for base in found)


def test_what_opens_for_applications_in_the_next_sixty_days() -> None:
    query = """{
      editions(filter: {
        status: [ANNOUNCED]
        applicationsOpen: { from: "2027-03-01T00:00:00+01:00", to: "2027-04-30T23:59:59+02:00" }
      }) { nodes { programme { title } ... on EventEdition { applicationsOpen } } }
    }"""
    assert ask(query)["editions"]["nodes"] == [
        {
            "programme": {"title": "Umetna inteligenca v knjižnici"},
            "applicationsOpen": "2027-04-01T08:00:00+02:00",
        }
    ]


def test_the_history_of_professional_wednesdays() -> None:
    query = """{
      programme(centre: "pionirska", slug: "strokovne-srede") {
        sinceYear cadence
        editions(filter: { year: 2025 }, orderBy: START_ASC) {
          totalCount nodes { label ... on EventEdition { start rescheduled } }
        }
      }
    }"""
    programme = ask(query)["programme"]
    assert (programme["sinceYear"], programme["cadence"]) == (1972, "MONTHLY_SERIES")
    assert programme["editions"]["totalCount"] == 6
    starts = [node["start"][:10] for node in programme["editions"]["nodes"]]
    assert starts == [
        "2025-01-15",
        "2025-04-16",
        "2025-05-14",
        "2025-09-10",
        "2025-10-08",
        "2025-11-12",
    ]


def test_whose_programmes_a_centre_complements() -> None:
    query = """{
      centre(slug: "ucni-center") { partners(relation: [COMPLEMENTS]) { relation organisation { acronym name url } } }
    }"""
    partners = ask(query)["centre"]["partners"]
    assert sorted(partner["organisation"]["acronym"] for partner in partners) == ["IZUM", "NUK", "ZBDS"]
    assert {partner["relation"] for partner in partners} == {"COMPLEMENTS"}


def test_the_latest_manual_to_download() -> None:
    query = """{
      programme(centre: "pionirska", slug: "prirocnik") {
        sinceYear
        editions(orderBy: YEAR_DESC, first: 1) {
          nodes { year ... on PublicationEdition { ownTitle document { url accessible language size } } }
        }
      }
    }"""
    programme = ask(query)["programme"]
    assert programme["sinceYear"] == 1999
    (latest,) = programme["editions"]["nodes"]
    assert (latest["year"], latest["ownTitle"], latest["document"]) == (2020, "O črtah in luknjah", None)


def test_a_preview_shows_a_draft_and_is_kept_nowhere() -> None:
    query = """query ($token: String!) {
      preview(token: $token) { title ... on ProgrammePage { editions { nodes { status } } } }
    }"""
    draft = ProgrammePage.objects.get(slug="strokovne-srede")
    draft.title = "Strokovne srede, osnutek"
    token = previews.keep(get_user_model().objects.create_superuser("somebody"), draft)
    response = send(query, token=token)
    page = response.json()["data"]["preview"]
    assert page["title"] == "Strokovne srede, osnutek"
    assert page["editions"]["nodes"]
    assert "no-store" in response["Cache-Control"]
    with pytest.raises(Refused) as forged:
        ask(query, token=f"{token}x")
    assert forged.value.codes == ["PREVIEW_TOKEN_INVALID"]
    with time_machine.travel(NOW + timedelta(days=40)), pytest.raises(Refused) as late:
        ask(query, token=token)
    assert late.value.codes == ["PREVIEW_TOKEN_EXPIRED"]


def test_events_in_a_city_and_elsewhere() -> None:
    asked = """query ($filter: EditionFilter) { editions(filter: $filter, first: 100) {
      totalCount nodes { ... on EventEdition { venue { city } } } } }"""
    here = ask(asked, filter={"city": ["Ptuj"]})["editions"]
    assert here["totalCount"]
    assert {node["venue"]["city"] for node in here["nodes"]} == {"Ptuj"}
    elsewhere = ask(asked, filter={"not": {"city": ["Ptuj"]}})["editions"]["totalCount"]
    assert elsewhere == ask(asked)["editions"]["totalCount"] - here["totalCount"]


def test_what_changed_since_the_last_build() -> None:
    query = """query ($after: String) {
      changes(after: $after, first: 100) { nodes { kind type id locale path changedAt } cursor hasMore }
    }"""
    cursor, more = None, True
    while more:
        part = ask(query, after=cursor)["changes"]
        cursor, more = part["cursor"], part["hasMore"]
    assert part["nodes"]
    page = ProgrammePage.objects.get(slug="mega-kviz")
    page.unpublish()
    changes = ask(query, after=cursor)["changes"]["nodes"]
    # Its editions are gone with it, and pages that point to it have changed.
    gone = [change for change in changes if change["kind"] == "UNPUBLISHED"]
    (change,) = [change for change in gone if change["type"] == "ProgrammePage"]
    assert (change["id"], change["path"]) == (global_id(page), page.url_path)


def test_search_engines_learn_that_an_edition_was_moved() -> None:
    query = """query ($id: ID!) {
      edition(id: $id, locale: "sl") { jsonLd programme { seo { canonical hreflang { locale url } } } }
    }"""
    found = ask(query, id=str(edition("Simpozij o ilustraciji").pk))["edition"]
    (instance,) = [
        node for node in json.loads(found["jsonLd"])["@graph"] if node["@type"] == "CourseInstance"
    ]
    assert instance["eventStatus"] == "https://schema.org/EventRescheduled"
    assert instance["previousStartDate"] == ["2027-04-21T09:30:00+02:00"]
    assert instance["startDate"] == "2027-04-14T09:30:00+02:00"
    seo = found["programme"]["seo"]
    assert [version["locale"] for version in seo["hreflang"]] == ["sl", "en"]
    assert seo["canonical"] == seo["hreflang"][0]["url"]


# ---------------------------------------------------------------- Each state, and the traps
@pytest.mark.parametrize(
    ("programme", "label", "status"),
    [
        ("strokovne-srede", "O strahu v slikanicah", "FINISHED"),
        ("strokovne-srede", "Simpozij o ilustraciji", "OPEN"),
        ("prvi-meseci", "9. izvedba", "FULL"),
        ("dostopne-objave", "4. izvedba", "OPEN"),
        ("zahteven-pogovor", "6. izvedba", "OPEN"),
        ("umetna-inteligenca", "3. izvedba", "ANNOUNCED"),
        ("glasno-branje", "5. izvedba", "CLOSED"),
        ("lahko-branje-za-knjiznicarje", "4. izvedba", "RUNNING"),
        ("digitalizacija-domoznanskega-gradiva", "5. izvedba", "CANCELLED"),
    ],
)
def test_the_state_of_an_edition_is_the_same_in_the_field_and_in_the_filter(
    programme: str, label: str, status: str
) -> None:
    query = """query ($programme: String!, $status: EditionStatus!) {
      every: editions(filter: { programme: [$programme], year: 2027 }) { nodes { label status } }
      those: editions(filter: { programme: [$programme], year: 2027, status: [$status] }) { nodes { label } }
    }"""
    data = ask(query, programme=programme, status=status)
    assert {"label": label, "status": status} in data["every"]["nodes"]
    assert {"label": label} in data["those"]["nodes"]


def test_what_is_internal_has_no_field() -> None:
    for field in ("internalNote", "reviewers", "selfReport"):
        with pytest.raises(Refused) as refused:
            ask(f"{{ centres {{ nodes {{ reviews {{ {field} }} }} }} }}")
        assert refused.value.codes == ["GRAPHQL_VALIDATION_FAILED"]
    with pytest.raises(Refused):
        ask("{ editions { nodes { ... on EventEdition { onlineUrl } } } }")


def test_findings_of_a_review_come_with_its_decision() -> None:
    undecided = Review.objects.exclude(state="DECIDED")
    assert undecided.exists()
    query = """{
      centres { nodes { reviews { state adequacy outcome publicSummary goalAssessments { result } } } }
    }"""
    reviews = [review for centre in ask(query)["centres"]["nodes"] for review in centre["reviews"]]
    assert len(reviews) == Review.objects.count()
    for review in reviews:
        found = [review[name] for name in ("adequacy", "outcome", "publicSummary", "goalAssessments")]
        assert all(found) if review["state"] == "DECIDED" else not any(found)


def test_an_unknown_slug_is_null_and_no_error() -> None:
    response = send(
        '{ centre(slug: "ni-me") { title } programme(centre: "x", slug: "y") { title } edition(id: "0") { id } }'
    )
    assert response.status_code == 200
    assert response.json()["data"] == {"centre": None, "programme": None, "edition": None}


def test_a_filter_by_the_slug_of_any_language_finds_the_same() -> None:
    query = "query ($centre: String!) { editions(filter: { centre: [$centre] }) { totalCount nodes { id } } }"
    assert ask(query, centre="ucni-center") == ask(query, centre="training-centre")
    assert ask(query, centre="ucni-center")["editions"]["totalCount"] > 0
