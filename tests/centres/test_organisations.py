"""Organisations as a list, the years of editions, and the present end of changes."""

import pytest
from django.test import Client

from centres.models import CentrePage, Partner
from tests import factories as make
from tests.graph import Refused, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> CentrePage:
    make.organisation("zbds", name={"sl": "Zveza društev", "en": "Union of Associations"})
    make.organisation("cmk", name={"sl": "Čitalnica", "en": "Reading room"})
    make.organisation("cel", name={"sl": "Celjska knjižnica", "en": "Celje Library"})
    centre: CentrePage = make.centre(host=make.organisation("mkl", name={"sl": "Mestna knjižnica"}))
    Partner.objects.create(page=centre, organisation=make.organisation("cmk"), relation="COOPERATES")
    Partner.objects.create(page=centre, organisation=make.organisation("cmk"), relation="FUNDS")
    return centre


def codes(filter_: str, **arguments: str) -> list[str]:
    more = "".join(f", {name}: {value}" for name, value in arguments.items())
    found = ask(f"{{ organisations(filter: {{ {filter_} }}{more}) {{ totalCount nodes {{ code }} }} }}")
    assert found["organisations"]["totalCount"] >= len(found["organisations"]["nodes"])
    return [node["code"] for node in found["organisations"]["nodes"]]


def test_organisations_come_in_the_alphabet(site: CentrePage) -> None:
    assert codes("") == ["cel", "cmk", "mkl", "zbds"]


def test_organisations_are_read_both_ways(site: CentrePage) -> None:
    query = """query ($first: Int, $after: String, $last: Int, $before: String) {
      organisations(first: $first, after: $after, last: $last, before: $before) {
        nodes { code } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }"""
    one = ask(query, first=3)["organisations"]
    two = ask(query, first=3, after=one["pageInfo"]["endCursor"])["organisations"]
    assert [node["code"] for node in one["nodes"] + two["nodes"]] == ["cel", "cmk", "mkl", "zbds"]
    back = ask(query, last=2, before=two["pageInfo"]["startCursor"])["organisations"]
    assert [node["code"] for node in back["nodes"]] == ["cmk", "mkl"]
    assert back["pageInfo"]["hasPreviousPage"]


def test_conditions_on_organisations(site: CentrePage) -> None:
    assert codes('code: ["zbds", "mkl", "ni"]') == ["mkl", "zbds"]
    assert codes('nameContains: "citaln"') == ["cmk"]
    assert codes('nameContains: "KNJIŽNICA"') == ["cel", "mkl"]
    assert codes('nameContains: "reading"', locale='"sl"') == ["cmk"]
    assert codes(f'partnerOf: ["{site.slug}"]') == ["cmk"]
    assert codes("host: true") == ["mkl"]
    assert codes("host: false") == ["cel", "cmk", "zbds"]
    assert codes(f'or: [{{ host: true }}, {{ partnerOf: ["{site.slug}"] }}]') == ["cmk", "mkl"]
    assert codes("not: { host: true }") == ["cel", "cmk", "zbds"]


def test_a_hidden_centre_makes_nobody_a_host_or_a_partner(site: CentrePage) -> None:
    site.unpublish()
    assert codes("host: true") == []
    assert codes(f'partnerOf: ["{site.slug}"]') == []


def test_years_have_editions_that_the_public_may_see() -> None:
    programme = make.programme(title="Vidna")
    hidden = make.programme(programme.get_parent().specific, "Skrita", kind="AWARD")
    for year in (2025, 2027, 2027):
        make.event(programme, make.moment(year, 3, 1, 9))
    make.event(programme, make.moment(2026, 3, 1, 9), live=False)
    make.award(hidden, 2020)
    assert ask("{ editionYears }")["editionYears"] == [2027, 2025, 2020]
    assert ask("{ editionYears(filter: { kind: [AWARD] }) }")["editionYears"] == [2020]
    hidden.unpublish()
    assert ask("{ editionYears }")["editionYears"] == [2027, 2025]
    assert ask('{ editionYears(filter: { centre: ["ni"] }) }')["editionYears"] == []


def test_years_of_a_programme_that_is_in_english_alone_are_there(client: Client) -> None:
    programme = make.programme()
    make.event(programme, make.moment(2024, 3, 1, 9))
    make.translated(programme.get_parent().specific)
    make.translated(programme)
    programme.unpublish()
    assert ask("{ editionYears }")["editionYears"] == [2024]


def test_who_kept_the_present_cursor_reads_what_comes_after_it() -> None:
    first = ask("{ changeCursor }")["changeCursor"]
    centre = make.publish(make.centre())
    query = "query ($after: String) { changes(after: $after) { nodes { path } cursor } }"
    told = ask(query, after=first)["changes"]
    assert centre.url_path in [node["path"] for node in told["nodes"]]
    now = ask("{ changeCursor }")["changeCursor"]
    assert now == told["cursor"]
    assert ask(query, after=now)["changes"] == {"nodes": [], "cursor": now}


def test_a_cursor_of_changes_is_none_of_a_list() -> None:
    cursor = ask("{ changeCursor }")["changeCursor"]
    with pytest.raises(Refused) as refused:
        ask(f'{{ organisations(after: "{cursor}") {{ nodes {{ code }} }} }}')
    assert refused.value.codes == ["INVALID_CURSOR"]
