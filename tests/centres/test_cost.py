"""What pages of a site ask for is answered, by the rows that it reads; what would read too many ends before it does."""

from typing import Any

import pytest

from tests import factories as make
from tests.graph import send

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def tree(size: int) -> str:
    """Return a query for three levels of pages below the home page."""
    inside = ""
    for _level in range(3):
        inside = f"children(first: {size}) {{ nodes {{ title translations {{ locale path }} {inside} }} }}"
    return f'{{ page(path: "/sl/") {{ {inside} }} }}'


NATURAL = {
    "awards with their books": """{ programmes(filter: {kind: [AWARD]}) { nodes { title
        editions(orderBy: YEAR_DESC, first: 50) { nodes { year ... on AwardEdition {
          results { outcome category { code } books { title contributors { name role } } } } } } } } }""",
    "all centres and their programmes": """{ centres(first: 100) { nodes { title
        programmes(first: 100) { nodes { title } } } } }""",
    "three levels of the tree": tree(20),
    "programmes with their blocks": """{ programmes(first: 100) { nodes { title body { ... on BlockInterface { id }
        ... on ParagraphBlock { text { html links { href page { path } } } }
        ... on FigureBlock { image { alt responsive(preset: CONTENT) { src sources { srcset } } } } } } } }""",
}


@pytest.mark.parametrize("query", NATURAL.values(), ids=NATURAL.keys())
def test_a_natural_query_is_answered(query: str) -> None:
    centre = make.centre()
    make.award(make.programme(centre, "Nagrada", kind="AWARD"), year=2024)
    make.programme(centre, "Seminar")
    answer = send(query).json()
    assert "errors" not in answer
    cost = answer["extensions"]["cost"]
    assert 0 < cost["used"] < cost["allowed"] == 10_000


def test_the_rows_that_are_read_are_counted_the_same_for_everybody(settings: Any) -> None:
    """What is read once for many requests counts for none of them, and both ways of executing read the same."""
    centre = make.centre()
    for number in range(7):
        make.programme(centre, f"Program {number}")
    query = "{ programmes(first: 5) { totalCount nodes { title centre { title } } } }"
    used = []
    for compiled in (True, False, True):
        settings.CMS_GRAPHQL_COMPILED = compiled
        used.append(send(query).json()["extensions"]["cost"]["used"])
    assert used[0] == used[1] == used[2]
    assert 7 <= used[0] <= 12


@pytest.mark.parametrize("compiled", [True, False])
def test_an_operation_ends_before_it_has_read_more_rows_than_it_may(
    settings: Any, monkeypatch: pytest.MonkeyPatch, compiled: bool
) -> None:
    settings.CMS_GRAPHQL_COMPILED = compiled
    settings.CMS_GRAPHQL_MAX_COST = 40
    centre = make.centre()
    for number in range(60):
        make.programme(centre, f"Program {number}")
    most: list[int] = []
    from cms.running import rows_read

    counting = rows_read.RowsRead.add

    def add(self: Any, rows: int) -> None:
        try:
            counting(self, rows)
        finally:
            most.append(self.used)

    monkeypatch.setattr(rows_read.RowsRead, "add", add)
    query = "{ centres { nodes { list: programmes(first: %d) { nodes { title topics { name } } } } } }"
    answer = send(query % 90).json()
    assert "data" not in answer
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "COST_LIMIT"
    assert error["extensions"]["allowed"] == 40
    assert error["extensions"]["mostExpensive"] == "centres.nodes.list.nodes.topics"
    assert error["extensions"]["lower"] == "first of centres.nodes.list (90)"
    assert max(most) <= 40
    assert send(query % 10).json()["extensions"]["cost"]["used"] <= 40


def test_what_no_row_pays_for_is_refused_before_it_is_executed(django_assert_max_num_queries: Any) -> None:
    send("{ __typename }")
    with django_assert_max_num_queries(2):
        answer = send(tree(100)).json()
    assert answer["errors"][0]["extensions"]["code"] == "COST_LIMIT"
    assert answer["errors"][0]["extensions"]["estimate"] > 150_000


def test_facets_have_a_price_once_for_lists_that_are_counted_together() -> None:
    make.programme(make.centre(), "Seminar")
    facets = "facets { name values { code count } }"

    def estimate(query: str) -> int:
        return int(send(query).json()["extensions"]["cost"]["estimate"])

    assert estimate(f"{{ programmes {{ {facets} }} }}") == 1 + 8_000
    assert estimate(f"{{ programmes(first: 5) {{ {facets} nodes {{ title }} }} }}") == 5 + 8_000
    below = f"{{ centres(first: 50) {{ nodes {{ programmes {{ {facets} }} }} }} }}"
    assert 8_000 < estimate(below) < 8_200
    aliases = " ".join(f"a{number}: editions {{ {facets} }}" for number in range(19))
    error = send(f"{{ {aliases} }}").json()["errors"][0]
    assert error["extensions"]["code"] == "COST_LIMIT"
