"""Facets of lists and of the search: each value can be chosen as a filter and leaves as many as it says."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from centres.models import Audience, CentrePage, ProgrammeAudience, ProgrammePage, Topic
from tests import factories as make
from tests.graph import Refused, ask

pytestmark = pytest.mark.django_db

FACETS = "facets { name values { code label count } }"
PROGRAMMES = f"""query ($f: ProgrammeFilter, $l: String) {{
  found: programmes(filter: $f, locale: $l) {{ totalCount {FACETS} }}
}}"""
EDITIONS = f"""query ($f: EditionFilter, $l: String) {{
  found: editions(filter: $f, locale: $l) {{ totalCount {FACETS} }}
}}"""
NAMES = ["CENTRE", "TOPIC", "AUDIENCE", "KIND", "MODE", "MONTH"]


def month(code: str) -> dict[str, str]:
    first = date.fromisoformat(f"{code}-01")
    after = (first + timedelta(days=32)).replace(day=1)
    return {
        "from": make.moment(first.year, first.month, 1).isoformat(),
        "to": (make.moment(after.year, after.month, 1) - timedelta(microseconds=1)).isoformat(),
    }


def chosen(name: str, code: str, *, of_programmes: bool) -> dict[str, Any]:
    """Return the filter that chooses a value."""
    inner: dict[str, Any] = {}
    if name == "MODE":
        inner = {"mode": [code]}
    elif name == "MONTH":
        inner = {"starts": month(code)}
    if inner:
        return {"editions": inner} if of_programmes else inner
    return {name.lower(): [code]}


@pytest.fixture
def site(built: CentrePage) -> CentrePage:
    return built


def build() -> CentrePage:
    centre: CentrePage = make.centre()
    other = make.centre("Domoznanstvo")
    topics = [make.coded(Topic, code, name={"sl": code, "en": f"{code} (en)"}) for code in ("a", "b", "c")]
    audiences = [make.coded(Audience, code) for code in ("x", "y")]
    for place in range(7):
        programme = make.programme(
            centre if place % 3 else other,
            f"Program {place}",
            kind="AWARD" if place == 6 else "TRAINING" if place % 2 else "SERVICE",
            topics=topics[: 1 + place % 3],
            programme_audiences=[ProgrammeAudience(audience=one) for one in audiences[place % 2 :]],
        )
        if place == 6:
            make.award(programme, 2026)
            continue
        for number in range(place % 4):
            start = make.moment(2027, 1 + (place + number) % 12, 1 + 29 * (number % 2) if place != 2 else 1)
            make.event(
                programme,
                start,
                mode=("ONLINE", "ONSITE")[number % 2],
                venue=make.venue() if number % 2 else None,
            )
        if place == 1:
            make.translated(programme.get_parent().specific)
            make.translated(ProgrammePage.objects.get(pk=programme.pk), title="In English")
            make.event(ProgrammePage.objects.get(title="In English"), make.moment(2027, 12, 31, 23))
    call_command("rebuild_search", stdout=StringIO())
    return CentrePage.objects.get(pk=centre.pk)


def facets(query: str, filter_: Any = None, locale: str = "sl") -> dict[str, dict[str, int]]:
    found = ask(query, f=filter_, l=locale)["found"]
    return {
        one["name"]: {value["code"]: value["count"] for value in one["values"]} for one in found["facets"]
    }


def total(query: str, filter_: Any, locale: str) -> int:
    return int(ask(query, f=filter_, l=locale)["found"]["totalCount"])


@pytest.mark.parametrize("locale", ["sl", "en"])
@pytest.mark.parametrize("query", [PROGRAMMES, EDITIONS], ids=["programmes", "editions"])
@pytest.mark.parametrize("given", [{}, {"topic": ["a"]}, {"not": {"kind": ["SERVICE"]}}])
def test_every_value_can_be_chosen_and_leaves_as_many(
    site: CentrePage, query: str, locale: str, given: dict[str, Any]
) -> None:
    found = facets(query, given, locale)
    assert list(found) == NAMES
    assert sum(map(len, found.values())) > 8
    for name, values in found.items():
        for code, count in values.items():
            choice = {"and": [given, chosen(name, code, of_programmes=query == PROGRAMMES)]}
            assert total(query, choice, locale) == count > 0, (name, code)


def test_values_have_names_in_the_requested_locale(site: CentrePage) -> None:
    found = ask(PROGRAMMES, l="en")["found"]["facets"]
    labels = {one["name"]: {value["code"]: value["label"] for value in one["values"]} for one in found}
    assert labels["TOPIC"]["a"] == "a (en)"
    assert labels["KIND"]["TRAINING"] == "training"
    assert labels["MONTH"]["2027-12"] == "December 2027"
    found = ask(PROGRAMMES, l="sl")["found"]["facets"]
    labels = {one["name"]: {value["code"]: value["label"] for value in one["values"]} for one in found}
    assert labels["MONTH"]["2027-12"].lower() == "december 2027"
    assert labels["KIND"]["TRAINING"] == "izobraževanje"


def test_what_is_hidden_is_not_counted(site: CentrePage) -> None:
    secret = make.coded(Topic, "skrivna")
    hidden = make.centre("Skriti center")
    programme = make.programme(hidden, "Skriti program", topics=[secret], kind="CAMPAIGN")
    make.event(programme, make.moment(2031, 5, 1))
    draft = make.programme(site, "Osnutek", topics=[secret], live=False)
    make.event(draft, make.moment(2031, 6, 1))
    make.event(make.programme(site, "Javni"), make.moment(2031, 7, 1), live=False)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    for query in (PROGRAMMES, EDITIONS):
        found = facets(query)
        assert "skrivna" not in found["TOPIC"]
        assert hidden.slug not in found["CENTRE"]
        assert "CAMPAIGN" not in found["KIND"]
        assert not [code for code in found["MONTH"] if code.startswith("2031")]


def test_facets_below_a_centre_are_those_of_its_programmes(site: CentrePage) -> None:
    below = f"{{ centres {{ nodes {{ slug programmes {{ {FACETS} }} }} }} }}"
    for centre in ask(below)["centres"]["nodes"]:
        own = {
            one["name"]: {value["code"]: value["count"] for value in one["values"]}
            for one in centre["programmes"]["facets"]
        }
        assert own == facets(PROGRAMMES, {"centre": [centre["slug"]]})


def test_facets_of_an_empty_list_and_of_a_name_that_the_list_has_not(site: CentrePage) -> None:
    asked = "facets(names: [TYPE, KIND]) { name values { code } }"
    query = f"query ($f: ProgrammeFilter) {{ programmes(filter: $f) {{ {asked} }} }}"
    assert ask(query, f={"topic": ["ni"]})["programmes"]["facets"] == [
        {"name": "TYPE", "values": []},
        {"name": "KIND", "values": []},
    ]


def test_facets_take_as_many_statements_for_many_rows_as_for_few(site: CentrePage) -> None:
    query = f"{{ centres {{ nodes {{ programmes {{ {FACETS} nodes {{ editions {{ {FACETS} }} }} }} }} }} }}"

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            ask(query)
        return len(seen)

    few = statements()
    for number in range(12):
        programme = make.programme(site, f"Novi {number}", topics=[make.coded(Topic, f"t{number}")])
        make.event(programme, make.moment(2028, 1 + number, 1))
    assert statements() <= few


def test_an_audience_that_a_programme_has_twice_counts_once(site: CentrePage) -> None:
    programme = ProgrammePage.objects.live().filter(programme_audiences__audience__code="x").first()
    assert programme is not None
    ProgrammeAudience.objects.create(page=programme, audience=Audience.objects.get(code="x"))
    for query in (PROGRAMMES, EDITIONS):
        assert facets(query)["AUDIENCE"]["x"] == total(query, {"audience": ["x"]}, "sl")


def test_facets_are_counted_once_for_a_content_version(site: CentrePage) -> None:
    """The second part of a list, or another document with the same filter, counts nothing again."""
    first, later = (f"{{ editions(first: {size}) {{ {FACETS} }} }}" for size in (1, 2))
    facets_of = ask(first)["editions"]["facets"]
    with CaptureQueriesContext(connection) as seen:
        assert ask(later)["editions"]["facets"] == facets_of
    assert not [one["sql"] for one in seen if "facet_count" in one["sql"]]
    make.event(
        ProgrammePage.objects.get(slug="program-1", locale__language_code="sl"), make.moment(2033, 1, 1)
    )
    assert facets(EDITIONS)["MONTH"]["2033-01"] == 1


# ------------------------------------------------------------------ search
SEARCH = """query ($q: String!, $topic: [String!], $audience: [String!], $types: [SearchType!], $centre: [String!],
                   $first: Int, $after: String, $last: Int, $before: String) {
  search(query: $q, topic: $topic, audience: $audience, types: $types, centre: $centre,
         first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { rank page { path } snippet { text } } edges { cursor node { rank page { path } } }
    facets { name values { code count } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


def find(words: str = "", **arguments: Any) -> Any:
    return ask(SEARCH, q=words, **arguments)["search"]


@pytest.mark.parametrize("words", ["", "  ", "program"])
def test_every_facet_of_the_search_can_be_chosen(site: CentrePage, words: str) -> None:
    arguments = {"TYPE": "types", "CENTRE": "centre", "TOPIC": "topic", "AUDIENCE": "audience"}
    found = find(words, first=50)
    assert found["totalCount"] == len(found["nodes"]) > 5
    assert {one["name"] for one in found["facets"]} == set(arguments)
    for one in found["facets"]:
        assert one["values"]
        if not words.strip() and one["name"] == "TYPE":
            assert "EDITION" in {value["code"] for value in one["values"]}
        for value in one["values"]:
            narrowed = find(words, first=50, **{arguments[one["name"]]: [value["code"]]})
            assert narrowed["totalCount"] == value["count"], (one["name"], value)
    both = find(words, topic=["a"], audience=["x"])
    assert both["totalCount"] == next(
        value["count"]
        for one in find(words, topic=["a"])["facets"]
        for value in one["values"]
        if (one["name"], value["code"]) == ("AUDIENCE", "x")
    )
    assert find(words, topic=["ni"])["nodes"] == []


def test_programmes_with_editions_are_browsed_as_editions(site: CentrePage) -> None:
    def editions() -> set[str]:
        return {node["page"]["path"] for node in find(types=["EDITION"], first=100)["nodes"]}

    asked = "{ programmes(first: 100) { nodes { path editions { totalCount } } } }"
    nodes = ask(asked)["programmes"]["nodes"]
    with_editions = {node["path"] for node in nodes if node["editions"]["totalCount"]}
    assert editions() == with_editions
    assert with_editions < {node["path"] for node in nodes}
    bare = ProgrammePage.objects.get(url_path=next(iter({node["path"] for node in nodes} - with_editions)))
    added = make.event(bare, make.moment(2029, 1, 5))
    assert editions() == {*with_editions, bare.url_path}
    added.unpublish()
    assert editions() == with_editions


def test_a_query_of_signs_finds_nothing_and_an_empty_one_all(site: CentrePage) -> None:
    assert find("?!")["totalCount"] == 0
    paths = {node["page"]["path"] for node in find(first=100)["nodes"]}
    pages = ask("{ pages(first: 100) { nodes { path } } }")["pages"]["nodes"]
    assert paths == {page["path"] for page in pages}


@pytest.mark.parametrize("words", ["", "program"])
@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_a_result_is_read_both_ways(site: CentrePage, words: str, size: int) -> None:
    whole = [(node["rank"], node["page"]["path"]) for node in find(words, first=100)["nodes"]]
    assert [rank for rank, _path in whole] == list(range(1, len(whole) + 1))
    forth: list[Any] = []
    after = None
    more = True
    while more:
        part = find(words, first=size, after=after)
        assert [edge["node"] for edge in part["edges"]] == [
            {"rank": node["rank"], "page": node["page"]} for node in part["nodes"]
        ]
        forth += [(node["rank"], node["page"]["path"]) for node in part["nodes"]]
        assert part["pageInfo"]["hasPreviousPage"] == (after is not None)
        after, more = part["pageInfo"]["endCursor"], part["pageInfo"]["hasNextPage"]
        assert part["edges"][-1]["cursor"] == after
    assert forth == whole
    back: list[Any] = []
    before = None
    more = True
    while more:
        part = find(words, last=size, before=before)
        back = [(node["rank"], node["page"]["path"]) for node in part["nodes"]] + back
        assert part["pageInfo"]["hasNextPage"] == (before is not None)
        before, more = part["pageInfo"]["startCursor"], part["pageInfo"]["hasPreviousPage"]
    assert back == whole
    with pytest.raises(Refused) as refused:
        find(words, first=1, last=1)
    assert refused.value.codes == ["PAGE_SIZE"]


def test_browsing_shows_no_hidden_page_and_counts_none(site: CentrePage) -> None:
    before = find(first=100)
    PageViewRestriction.objects.create(page=site, restriction_type="login")
    after = find(first=100)
    paths = {node["page"]["path"] for node in before["nodes"]}
    gone = paths - {node["page"]["path"] for node in after["nodes"]}
    assert gone == {path for path in paths if path.startswith(site.url_path)}
    assert after["totalCount"] == before["totalCount"] - len(gone)
    centres = next(one["values"] for one in after["facets"] if one["name"] == "CENTRE")
    assert site.slug not in {value["code"] for value in centres}
