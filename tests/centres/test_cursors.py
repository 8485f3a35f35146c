"""A cursor that no list gave is refused, whatever it holds: it is the one argument that a caller writes in code."""

import base64
import json
from typing import Any

import pytest

from tests.graph import Refused, ask

pytestmark = pytest.mark.django_db

LISTS = {
    "TITLE_ASC": "query ($after: String) { programmes(after: $after) { nodes { id } } }",
    "NEXT_START_ASC": (
        "query ($after: String) { programmes(orderBy: NEXT_START_ASC, after: $after) { nodes { id } } }"
    ),
    "REVIEW_DUE_ASC": (
        "query ($after: String) { centres(orderBy: REVIEW_DUE_ASC, after: $after) { nodes { id } } }"
    ),
    "YEAR_ASC": "query ($after: String) { editions(orderBy: YEAR_ASC, after: $after) { nodes { id } } }",
    "START_DESC": "query ($after: String) { editions(orderBy: START_DESC, after: $after) { nodes { id } } }",
    "START": "query ($after: String) { sessions(between: {}, after: $after) { nodes { start } } }",
    "TREE": 'query ($after: String) { page(path: "/sl/") { children(after: $after) { nodes { id } } } }',
}
MOMENTS = {"NEXT_START_ASC", "START_DESC", "START"}


def cursor(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


@pytest.mark.parametrize("order", LISTS)
def test_a_place_that_no_row_can_have_is_refused(order: str) -> None:
    """Half of a surrogate pair, NUL, moments that have no year in UTC or no zone, numbers of no column."""
    places: list[Any] = ["\ud800", "a\0b"]
    if order in MOMENTS:
        places += ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2027-04-07T10:00:00", 7, None]
    if order == "YEAR_ASC":
        places += [2**63, "9" * 5_000, None, []]
    for place in places:
        with pytest.raises(Refused) as refused:
            ask(LISTS[order], after=cursor(order, place, 1)[:2_000])
        assert refused.value.codes == ["INVALID_CURSOR"], place


@pytest.mark.parametrize("key", [2**63, -(2**63), "1", None, 1.5])
def test_a_key_that_no_row_can_have_is_refused(key: Any) -> None:
    with pytest.raises(Refused) as refused:
        ask(LISTS["TITLE_ASC"], after=cursor("TITLE_ASC", "a", key))
    assert refused.value.codes == ["INVALID_CURSOR"]


def test_a_cursor_leads_to_no_other_column_than_the_one_of_its_list() -> None:
    for name in ("owner__password", "TITLE_DESC", "path", "pk"):
        with pytest.raises(Refused) as refused:
            ask(LISTS["TITLE_ASC"], after=cursor(name, "a", 1))
        assert refused.value.codes == ["INVALID_CURSOR"]
