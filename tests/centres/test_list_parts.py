"""Every list goes both ways and takes conditions joined by and, or, not: what one declaration gives to each."""

from typing import Any

import pytest
from graphql import GraphQLInputObjectType, GraphQLObjectType

from config.schema import schema
from tests import factories as make
from tests.graph import Refused, ask, send

pytestmark = pytest.mark.django_db

PARTS = (
    "nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount"
)
PAGING = "$first: Int, $after: String, $last: Int, $before: String"
GIVEN = "first: $first, after: $after, last: $last, before: $before"
ORDERED = [
    ("programmes", "TITLE_ASC"), ("programmes", "TITLE_DESC"), ("programmes", "NEXT_START_ASC"),
    ("programmes", "LAST_PUBLISHED_DESC"), ("centres", "REVIEW_DUE_ASC"), ("editions", "START_ASC"),
    ("editions", "START_DESC"), ("editions", "YEAR_DESC"), ("books", "YEAR_ASC"), ("books", "TITLE_DESC"),
]  # fmt: skip


def part(field: str, order: str, **paging: Any) -> dict[str, Any]:
    """Return a part of a root list as its ids, its page info and its cursors."""
    query = f"query ({PAGING}) {{ found: {field}(orderBy: {order}, {GIVEN}) {{ {PARTS} }} }}"
    found = ask(query, **paging)["found"]
    return {"ids": [node["id"] for node in found["nodes"]], **found["pageInfo"], "total": found["totalCount"]}


def build() -> None:
    """Make two centres with programmes, events and books."""
    pionirska, other = make.centre(), make.centre("Domoznanstvo")
    for place, title in enumerate(("Žepna knjiga", "Cicibanova ura", "Čas za branje", "Ura", "Abeceda")):
        programme = make.programme(pionirska if place % 2 else other, title)
        make.event(programme, make.moment(2027, 1 + place, 3))
    for year in (2020, None, 2022, 2020):
        make.book(f"Knjiga {year}", year=year)


@pytest.fixture
def site(built: None) -> None:
    return built


@pytest.mark.parametrize(("field", "order"), ORDERED)
def test_a_list_read_backwards_is_the_list_read_forwards(site: None, field: str, order: str) -> None:
    everything = part(field, order, first=100)
    gathered: list[str] = []
    before = None
    while True:
        found = part(field, order, last=2, before=before)
        assert found["total"] == everything["total"]
        assert found["hasNextPage"] is (before is not None)
        gathered = found["ids"] + gathered
        if not found["hasPreviousPage"]:
            break
        before = found["startCursor"]
    assert gathered == everything["ids"]


def test_both_cursors_together_give_what_is_between_them(site: None) -> None:
    everything = part("programmes", "TITLE_ASC", first=100)
    first, last = part("programmes", "TITLE_ASC", first=1), part("programmes", "TITLE_ASC", last=1)
    between = {"after": first["endCursor"], "before": last["startCursor"]}
    assert part("programmes", "TITLE_ASC", first=50, **between)["ids"] == everything["ids"][1:-1]
    assert part("programmes", "TITLE_ASC", last=2, **between)["ids"] == everything["ids"][2:-1]


def test_lists_below_an_object_go_backwards_for_all_their_parents_at_once(
    site: None, django_assert_max_num_queries: Any
) -> None:
    below = "forth: programmes { nodes { title } } back: programmes(last: 1) { nodes { title } }"
    query = f"{{ centres {{ nodes {{ {below} }} }} }}"
    with django_assert_max_num_queries(20):
        centres = ask(query)["centres"]["nodes"]
    assert len(centres) == 2
    for centre in centres:
        assert centre["back"]["nodes"] == centre["forth"]["nodes"][-1:]
    tree = ask(
        'query { page(path: "/sl/") { all: children { nodes { id } } back: children(last: 1) { nodes { id } } } }'
    )["page"]
    assert tree["back"]["nodes"] == tree["all"]["nodes"][-1:]


@pytest.mark.parametrize(
    "size", [{"last": 0}, {"last": 101}, {"last": -1}, {"first": 3, "last": 3}, {"first": None}]
)
def test_a_size_that_no_part_can_have_is_refused(site: None, size: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        part("programmes", "TITLE_ASC", **size)
    assert refused.value.codes == ["PAGE_SIZE"]


@pytest.mark.parametrize("cursor", ["", "nonsense", "WyJUSVRMRV9ERVNDIiwgImEiLCAxXQ"])
def test_a_cursor_of_no_list_is_refused_before_as_after(site: None, cursor: str) -> None:
    with pytest.raises(Refused) as refused:
        part("programmes", "TITLE_ASC", last=2, before=cursor)
    assert refused.value.codes == ["INVALID_CURSOR"]


def test_a_long_part_from_the_end_is_priced_like_one_from_the_start() -> None:
    """The size counts whichever way it is given; the default of first does not count beside last."""
    deep = "{ programmes(%s) { nodes { id } } }"
    costs = [
        cost(deep % sizes)
        for sizes in ("first: 90", "last: 90", "last: 3", "first: 3", "first: 3, last: 3", "last: null")
    ]
    assert costs[0] == costs[1] > costs[2] == costs[3] == costs[4]
    assert costs[5] == cost("{ programmes { nodes { id } } }")


def cost(query: str) -> int:

    used: int = send(query).json()["extensions"]["cost"]["estimate"]
    return used


def test_every_list_has_both_ways_and_every_filter_its_junctions() -> None:
    connections = [
        field
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLObjectType)
        for name, field in type_.fields.items()
        if "Connection" in str(field.type) and name not in ("search", "changes")
    ]
    assert connections
    assert all({"first", "after", "last", "before"} <= set(field.args) for field in connections)
    filters = [
        type_
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLInputObjectType) and type_.name.endswith("Filter")
    ]
    assert filters
    assert all({"and", "or", "not"} <= set(type_.fields) for type_ in filters)


def titles(where: str) -> list[str]:
    found = ask(f"{{ programmes(filter: {where}) {{ nodes {{ title }} totalCount }} }}")["programmes"]
    assert found["totalCount"] == len(found["nodes"])
    return [node["title"] for node in found["nodes"]]


def test_conditions_are_joined_by_or_and_turned_round_by_not(site: None) -> None:
    ura, cas = '{titleContains: "ura"}', '{titleContains: "cas"}'
    assert titles(f"{{or: [{ura}, {cas}]}}") == ["Cicibanova ura", "Čas za branje", "Ura"]
    assert titles(f"{{not: {{or: [{ura}, {cas}]}}}}") == ["Abeceda", "Žepna knjiga"]
    assert titles(f'{{and: [{ura}, {{not: {{titleContains: "cici"}}}}]}}') == ["Ura"]
    assert titles(f'{{or: [{ura}, {cas}], centre: ["pionirska"]}}') == ["Cicibanova ura", "Ura"]
    assert titles("{or: []}") == []
    assert titles("{and: []}") == titles("{}") == titles("{or: [{}]}")
    assert titles("{not: {}}") == []


def test_what_has_no_value_does_not_meet_a_condition_and_so_meets_its_contrary(site: None) -> None:
    def years(where: str) -> list[int | None]:
        found = ask(f"{{ books(orderBy: YEAR_ASC, filter: {where}) {{ nodes {{ year }} }} }}")["books"]
        return [node["year"] for node in found["nodes"]]

    assert years("{year: 2020}") == [2020, 2020]
    assert years("{not: {year: 2020}}") == [2022, None]
    assert years("{years: {from: 2021}}") == [2022]
    assert years("{not: {years: {from: 2021}}}") == [2020, 2020, None]


def test_programmes_are_found_by_an_edition_for_which_all_conditions_hold(site: None) -> None:
    february = '{starts: {from: "2027-02-01T00:00:00+01:00", to: "2027-02-28T00:00:00+01:00"}}'
    assert titles(f"{{editions: {february}}}") == ["Cicibanova ura"]
    assert titles(f'{{or: [{{editions: {february}}}, {{titleContains: "abeceda"}}]}}') == [
        "Abeceda",
        "Cicibanova ura",
    ]
    march = '{starts: {from: "2027-03-01T00:00:00+01:00", to: "2027-03-31T00:00:00+02:00"}}'
    assert titles(f"{{editions: {{and: [{february}, {march}]}}}}") == []


def test_conditions_however_nested_take_one_statement(site: None, django_assert_max_num_queries: Any) -> None:
    nested = (
        '{or: [{titleContains: "a"}, {not: {editions: {or: [{free: true}, {year: 2027}]}}}, {topic: ["x"]}]}'
    )
    ask("{ programmes { nodes { title } } }")
    with django_assert_max_num_queries(12):
        titles(nested)


def test_a_filter_of_too_many_conditions_is_refused(site: None) -> None:
    many = ", ".join('{titleContains: "a"}' for _number in range(60))
    with pytest.raises(Refused) as refused:
        titles(f"{{or: [{many}]}}")
    assert refused.value.codes == ["BAD_USER_INPUT"]


def test_sessions_are_found_by_conditions_on_their_editions(site: None) -> None:
    query = "query ($filter: EditionFilter) { sessions(between: {}, filter: $filter) { totalCount } }"
    assert ask(query)["sessions"]["totalCount"] == 5
    assert ask(query, filter={"centre": ["pionirska"]})["sessions"]["totalCount"] == 2
    assert ask(query, filter={"not": {"centre": ["pionirska"]}})["sessions"]["totalCount"] == 3
