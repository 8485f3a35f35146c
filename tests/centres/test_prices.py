"""What is dear without reading many rows has a price, so that a short query can't keep the server busy."""

from typing import Any

import pytest

from tests import factories as make
from tests.graph import send

pytestmark = pytest.mark.django_db


def flood(query: str, field: str, times: int = 45) -> str:
    """Return ``query`` with ``field`` in the place of #, under so many names."""
    return query.replace("#", " ".join(f"a{number}: {field}" for number in range(times)))


def code(response: Any) -> str | None:
    errors = response.json().get("errors")
    return errors[0]["extensions"]["code"] if errors else None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("{ programmes(first: 100) { nodes { # } } }", "jsonLd"),
        ("{ editions(first: 100) { nodes { programme { centre { # } } } } }", "jsonLd"),
        (
            "{ programmes(first: 100) { nodes { centre { programmes(first: 90) { nodes { # } } } } } }",
            "summary",
        ),
        (
            "{ programmes(first: 100) { nodes { centre { programmes(first: 90) { edges { # } } } } } }",
            "cursor",
        ),
        ("{ programmes(first: 100) { nodes { body { ... on ParagraphBlock { text { # } } } } } }", "html"),
    ],
)
def test_the_same_words_under_many_names_are_refused(query: str, field: str) -> None:
    assert code(send(flood(query, field))) == "COST_LIMIT"


def test_structured_data_of_a_list_are_answered_and_priced() -> None:
    make.event()
    answer = send(
        "{ programmes(first: 20) { nodes { jsonLd editions(first: 5) { nodes { jsonLd } } } } }"
    ).json()
    assert answer["extensions"]["cost"]["estimate"] == 20 * (1 + 300 + 5 * (1 + 300))
    assert "errors" not in answer


def test_a_total_is_counted_once_under_however_many_names(django_assert_max_num_queries: Any) -> None:
    make.programme()
    with django_assert_max_num_queries(25):
        assert code(send(flood("{ programmes { # } }", "totalCount"))) is None
