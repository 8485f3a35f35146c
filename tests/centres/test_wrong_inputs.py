"""What a developer reads who asks wrongly: a code, the argument, the place, and what to do."""

from typing import Any

import pytest

from tests.graph import send

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

INVALID, INPUT = "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"

# The query, its variables, the code, what the message names, and words of what to do.
WRITTEN: list[tuple[str, str, str, str]] = [
    ("{ programmes(filter: {kind: [TRANING]}) { totalCount } }", INVALID, "'filter.kind'", "'TRAINING'"),
    ("{ programmes(filter: {not: {or: [{kind: [X]}]}}) { totalCount } }", INVALID, "'filter.not.or.kind'", "enum"),
    ("{ programmes(orderBy: BEST) { totalCount } }", INVALID, "'orderBy'", "'ProgrammeOrder' enum"),
    ("{ programmes { facets(names: [COLOUR]) { name } } }", INVALID, "'names'", "'FacetName' enum"),
    ('{ programmes(filter: {colour: "red"}) { totalCount } }', INVALID, "'colour'", "'ProgrammeFilter'"),
    ("{ programmes(frist: 5) { totalCount } }", INVALID, "'frist'", "'first'"),
    ('{ programmes(first: "5") { totalCount } }', INVALID, "'first'", "Int"),
    ("{ centre(slug: 5) { title } }", INVALID, "'slug'", "String"),
    ("{ centre { title } }", INVALID, "'slug'", "required"),
    ("{ node(id: 1.5) { id } }", INVALID, "'id'", "ID"),
    ("query ($n: Int = \"x\") { programmes(first: $n) { totalCount } }", INVALID, "'$n'", "Int"),
    ("{ site { name @include(if: 1) } }", INVALID, "'if'", "Boolean"),
    ('{ editions(filter: {starts: {from: "2026-12-01"}}) { totalCount } }', INPUT, "'filter.starts.from'", "an offset"),
    ("{ editions(filter: {starts: {from: 5}}) { totalCount } }", INPUT, "'filter.starts.from'", "string"),
    ('{ legalBases(validOn: "1. 3. 2026") { title } }', INPUT, "'validOn'", "2027-03-01"),
    ('{ legalBases(validOn: "2026-02-31") { title } }', INPUT, "'validOn'", "2027-03-01"),
]  # fmt: skip
BY_VARIABLE: list[tuple[str, dict[str, Any], str, str, str]] = [
    ("query ($k: [ProgrammeKind!]) { programmes(filter: {kind: $k}) { totalCount } }",
     {"k": ["TRANING"]}, INPUT, "'k[0]'", "'TRAINING'"),
    ("query ($f: ProgrammeFilter) { programmes(filter: $f) { totalCount } }",
     {"f": {"colour": 1}}, INPUT, "'colour'", "'ProgrammeFilter'"),
    ("query ($f: EditionFilter) { editions(filter: $f) { totalCount } }",
     {"f": {"starts": {"from": "yesterday"}}}, INPUT, "'f.starts.from'", "with an offset"),
    ("query ($s: DateTime) { editions(filter: {starts: {from: $s}}) { totalCount } }",
     {"s": "2026-12-01"}, INPUT, "'$s'", "with an offset"),
    ("query ($d: Date) { legalBases(validOn: $d) { title } }",
     {"d": "31. 2."}, INPUT, "'$d'", "2027-03-01"),
    ("query ($n: Int) { programmes(first: $n) { totalCount } }",
     {"n": "5"}, INPUT, "'$n'", "Int"),
    ("query ($slug: String!) { centre(slug: $slug) { title } }",
     {}, INPUT, "'$slug'", "required"),
    ("query ($slug: String!) { centre(slug: $slug) { title } }",
     {"slug": None}, INPUT, "'$slug'", "not be null"),
    ("query ($id: ID!) { node(id: $id) { id } }",
     {"id": {"a": 1}}, INPUT, "'$id'", "ID"),
]  # fmt: skip
OF_RESOLVERS: list[tuple[str, str, str, str]] = [
    ("{ programmes(first: -1) { nodes { title } } }", "PAGE_SIZE", "first", "1 to 100"),
    ("{ programmes(last: 0) { nodes { title } } }", "PAGE_SIZE", "last", "1 to 100"),
    ("{ programmes(first: 1, last: 1) { nodes { title } } }", "PAGE_SIZE", "first", "not both"),
    ('{ programmes(after: "xx") { nodes { title } } }', "INVALID_CURSOR", "after", "endCursor"),
    ('{ editions(last: 1, before: "č") { nodes { id } } }', "INVALID_CURSOR", "before", "startCursor"),
    ('{ search(query: "x", after: "xx") { nodes { page { id } } } }', "INVALID_CURSOR", "after", "endCursor"),
    ('{ changes(after: "no") { nodes { id } } }', "INVALID_CURSOR", "after", "cursor of the previous"),
    ('{ programmes(locale: "de") { totalCount } }', "UNKNOWN_LOCALE", "locale", "sl, en"),
    ('{ programmes(fallback: ["xx"]) { totalCount } }', "UNKNOWN_LOCALE", "fallback", "sl, en"),
    ('{ site(locale: "") { name } }', "UNKNOWN_LOCALE", "locale", "sl, en"),
    ("{ nodes(ids: []) { id } }", "PAGE_SIZE", "ids", "1 to 100"),
    ('{ preview(token: "x") { id } }', "PREVIEW_TOKEN_INVALID", "token", "again"),
]  # fmt: skip


def error_of(query: str, variables: dict[str, Any]) -> dict[str, Any]:
    found: list[dict[str, Any]] = send(query, **variables).json()["errors"]
    return found[0]


@pytest.mark.parametrize(
    ("query", "variables", "code", "named", "advice"),
    [*((query, {}, *told) for query, *told in WRITTEN), *BY_VARIABLE],
)
def test_a_wrong_value_is_named_with_its_argument_and_place(
    query: str, variables: dict[str, Any], code: str, named: str, advice: str
) -> None:
    error = error_of(query, variables)
    assert error["extensions"]["code"] == code
    assert named in error["message"]
    assert advice in error["message"]
    assert error["locations"]
    assert "path" not in error


@pytest.mark.parametrize(("query", "code", "named", "advice"), OF_RESOLVERS)
def test_a_value_that_a_field_refuses_is_named_with_the_path_of_the_field(
    query: str, code: str, named: str, advice: str
) -> None:
    error = error_of(query, {})
    assert error["extensions"]["code"] == code
    assert named in error["message"]
    assert advice in error["message"]
    assert error["locations"]
    assert error["path"]
