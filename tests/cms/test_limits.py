"""A hostile request is refused before it costs anything; an ordinary one never meets a limit."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils.module_loading import import_string
from graphql import build_schema, get_introspection_query, parse
from graphql.language import Lexer, Source, TokenKind

from cms.graphql.protocol import introspection
from cms.graphql.protocol.cost import Pricing, evaluate
from cms.graphql.protocol.errors import ErrorCode, Refusal
from cms.graphql.protocol.limits import check_tokens
from tests.cms.toy_graph import schema

pytestmark = [pytest.mark.urls("tests.cms.toy_graph")]

INTROSPECTION = get_introspection_query(
    specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
)


@pytest.fixture(autouse=True)
def toy_schema(settings: Any) -> None:
    settings.CMS_GRAPHQL_SCHEMA = "tests.cms.toy_graph.schema"


def ask(client: Client, query: Any, **variables: Any) -> Any:
    sent = query if isinstance(query, bytes) else json.dumps({"query": query, "variables": variables})
    accept = "application/graphql-response+json"
    return client.post("/graphql/", sent, content_type="application/json", headers={"accept": accept})


def code(response: Any) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


def bomb(levels: int) -> str:
    """Fragments of which each spreads the next one twice."""
    fragments = "".join(f"fragment F{n} on Item {{ id ...F{n + 1} ...F{n + 1} }} " for n in range(levels))
    return f"{{ items {{ nodes {{ ...F0 }} }} }} {fragments} fragment F{levels} on Item {{ id }}"


def chain(levels: int) -> str:
    fragments = "".join(f"fragment F{n} on Item {{ ...F{n + 1} }} " for n in range(levels))
    return f"{{ items {{ nodes {{ ...F0 }} }} }} {fragments} fragment F{levels} on Item {{ id }}"


def repeated(part: str, times: int) -> str:
    """A selection set of ``times`` parts, numbered where the part says so."""
    return "{ " + " ".join(part.replace("#", str(number)) for number in range(times)) + " }"


TYPE = "{ kind name ofType { kind name ofType { kind name ofType { kind name } } } }"
WHOLE_SCHEMA = f"{{ types {{ kind fields {{ name args {{ name type {TYPE} }} type {TYPE} }} }} }}"
CHILDREN = "children(first: 100) { nodes { id children(first: 100) { nodes { id } } } }"

HOSTILE = {
    "one token too many": ("{ " + "a " * 1199 + "}", "TOKEN_LIMIT"),
    "braces": ("{" * 60_000, "TOKEN_LIMIT"),
    "strings without an end": ('"a\n' * 9_000, "TOKEN_LIMIT"),
    "escaped quotes": ('\\"' * 10_000, "GRAPHQL_PARSE_FAILED"),
    "block strings": ('"""a' * 8_000, "TOKEN_LIMIT"),
    "one long block string": ('"""' + "a" * 60_000, "GRAPHQL_PARSE_FAILED"),
    "comments": ("#\n" * 18_000 + "{ hello }", "GRAPHQL_PARSE_FAILED"),
    "nested braces": ("{ items { nodes " * 300, "GRAPHQL_PARSE_FAILED"),
    "nested lists": ("{ echo(list: " + "[" * 550 + "]" * 550 + ") }", "GRAPHQL_PARSE_FAILED"),
    "nested fields": (
        "{ thing(id: 1) { ...F } } fragment F on Item " + "{ parent " * 60 + "}" * 60,
        "DEPTH_LIMIT",
    ),
    "fragment bomb": (bomb(100), "FIELD_LIMIT"),
    "fragment circle": (
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "GRAPHQL_VALIDATION_FAILED",
    ),
    "unused fragments": (
        "{ hello } " + " ".join(f"fragment F{n} on Query {{ hello }}" for n in range(150)),
        "GRAPHQL_VALIDATION_FAILED",
    ),
    "unknown fragments": (repeated("...F#", 550), "OVERLAP_LIMIT"),
    "unknown fields": (repeated("a#", 20), "GRAPHQL_VALIDATION_FAILED"),
    "aliases": ("{ things " + repeated("a#: id", 60) + " }", "ALIAS_LIMIT"),
    "root fields": (repeated("a#: hello", 30), "ROOT_FIELD_LIMIT"),
    "the same leaf": ("{ things " + repeated("id", 1150) + " }", "FIELD_LIMIT"),
    "the same object": ("{ items { nodes " + repeated("parent { id }", 280) + " } }", "OVERLAP_LIMIT"),
    "the same object in types": (
        "{ things " + repeated("... on Item { parent { id } }", 130) + " }",
        "OVERLAP_LIMIT",
    ),
    "many fragments": (
        "{ items { nodes "
        + repeated("...F#", 90)
        + " } } "
        + " ".join(f"fragment F{n} on Item {{ parent {{ id }} }}" for n in range(90)),
        "OVERLAP_LIMIT",
    ),
    "directives": ("{ hello " + "@include(if: true) " * 60 + "}", "DIRECTIVE_LIMIT"),
    "variables": ("query (" + " ".join(f"$a{n}: Int" for n in range(280)) + ") { hello }", "VARIABLE_LIMIT"),
    "a long list": ("{ echo(list: [" + "1 " * 101 + "]) }", "VARIABLE_LIMIT"),
    "a long string": ('{ hello(name: "' + "a" * 2001 + '") }', "VARIABLE_LIMIT"),
    "a NUL": ('{ hello(name: "a\\u0000") }', "BAD_USER_INPUT"),
    "nested pages": (f"{{ items(first: 100) {{ nodes {{ {CHILDREN} }} }} }}", "COST_LIMIT"),
    "many searches": (
        repeated('a#: search(query: "#", first: 100) { nodes { tags { name } } }', 19),
        "COST_LIMIT",
    ),
    "introspection in circles": (
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
        "GRAPHQL_VALIDATION_FAILED",
    ),
    "the schema, many times": (repeated(f"a#: __schema {WHOLE_SCHEMA}", 12), "INTROSPECTION_LIMIT"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "expected"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_document_is_refused(client: Client, query: str, expected: str) -> None:
    """How long that takes is for benchmarks/hostile.py to say."""
    response = ask(client, query)
    assert code(response) == expected
    assert response.status_code == 400


@pytest.mark.django_db
def test_a_long_chain_of_fragments_is_no_reason_to_fail(client: Client) -> None:
    assert ask(client, chain(140)).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "expected"),
    [
        (b"{" + b" " * 2_000_000 + b"}", 413, "BODY_TOO_LARGE"),
        (b'{"query": "{ hello }", "variables": {"a": "' + b"a" * 3000 + b'"}}', 400, "VARIABLE_LIMIT"),
        (json.dumps({"query": "{ hello }", "variables": {"a": [[1] * 101]}}).encode(), 400, "VARIABLE_LIMIT"),
        (
            json.dumps({"query": "{ hello }", "variables": {"a": {"b": ["\0"]}}}).encode(),
            400,
            "BAD_USER_INPUT",
        ),
    ],
)
@pytest.mark.django_db
def test_a_hostile_body_is_refused(client: Client, body: bytes, status: int, expected: str) -> None:
    response = ask(client, body)
    assert response.status_code == status
    assert code(response) == expected


def test_of_a_body_that_is_too_large_nothing_is_read() -> None:
    from cms.graphql.protocol import http
    from cms.graphql.serving.view import endpoint

    def read(_size: int) -> bytes:
        raise AssertionError("read")

    headers = {"content-type": "application/json", "content-length": "1000000"}
    request = http.WireRequest("POST", b"", headers, read)
    assert endpoint().reply(request, AssertionError, "id").status == 413


def test_of_a_body_that_does_not_say_its_length_only_the_allowed_part_is_read() -> None:
    from cms.graphql.protocol import http
    from cms.graphql.serving.view import endpoint

    asked = []

    def read(size: int) -> bytes:
        asked.append(size)
        return b"a" * size

    request = http.WireRequest("POST", b"", {"content-type": "application/json"}, read)
    assert endpoint().reply(request, AssertionError, "id").status == 413
    assert asked == [64 * 1024 + 1]


@pytest.mark.django_db
def test_a_long_address_is_refused(client: Client) -> None:
    response = client.get("/graphql/", QUERY_STRING="query={hello}&variables=" + "a" * 20_000)
    assert response.status_code == 414
    assert code(response) == "URL_TOO_LONG"


# ---------------------------------------------------------------- Tokens
@pytest.mark.parametrize(
    "source",
    [
        INTROSPECTION,
        'query($a: [Int!]! = [1, -2.5e3]) { a: b(x: "q\\"w", z: {k: $a}) @d { ...F ...on X { i } } }',
        '{ a(y: """ {"a"} \\""" x""") }',
        '# { } "\n{ a, b,, c }\ufeff # "',
        '{ a(b: "", c: """""", d: "é\\u00e9") }',
    ],
)
def test_tokens_are_counted_as_the_parser_counts_them(source: str) -> None:
    lexer = Lexer(Source(source))
    count = 0
    while lexer.advance().kind is not TokenKind.EOF:
        count += 1
    check_tokens(source, count)
    with pytest.raises(Refusal):
        check_tokens(source, count - 1)


# ---------------------------------------------------------------- Cost
def rows(query: str, **variables: Any) -> int:
    document = parse(query)
    return evaluate(Pricing(schema, document).rows(document.definitions[0]), variables)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{ hello }", 0),
        ("{ items { nodes { id } } }", 20),
        ("{ items(first: 5) { nodes { id name words } } }", 5),
        ("{ items(first: 5) { edges { cursor node { id } } } }", 5),
        ("{ items(first: 5) { totalCount pageInfo { hasNextPage } } }", 1),
        ("{ items(first: 5) { nodes { parent { id } } } }", 10),
        ("{ items(first: 5) { nodes { parent { id } parent { name } } } }", 10),
        ("{ items(first: 5) { nodes { a: parent { id } b: parent { name } } } }", 15),
        ("{ items(first: 5) { nodes { tags { name } } } }", 5 + 5 * 10),
        ("{ items(first: 5) { nodes { children(first: 3) { nodes { parent { id } } } } } }", 5 + 5 * (3 + 3)),
        (
            "{ items(first: 5) { edges { node { children(first: 3) { edges { node { id } } } } } } }",
            5 + 5 * 3,
        ),
        ('{ search(query: "x", first: 10) { nodes { id } } }', 8000 + 10),
        ("{ things { id } }", 10),
        ("{ things { ... on Item { parent { id } } ... on Box { items { id } } } }", 10 + 10 * 10),
        ("{ things { ...F ...F } } fragment F on Item { parent { id } }", 10 + 10),
        ("{ items(first: 5) @include(if: false) { nodes { id } } }", 0),
        ("{ items(first: 5) @skip(if: false) { nodes { id } } }", 5),
        ("{ items(first: -5) { nodes { id } } }", 1),
        ("{ items(first: 1000000) { nodes { id } } }", 100),
        ("{ __schema { types { name } } __typename }", 0),
        # A scalar under more than one name.
        ("{ items(first: 5) { nodes { id name } } }", 5),
        ("{ items(first: 5) { nodes { a: name b: name c: name } } }", 5 * (1 + 2 * 15)),
        ("{ items(first: 5) { nodes { a: __typename b: __typename } } }", 5 * (1 + 15)),
        ("{ items(first: 5) { nodes { name name ...F } } } fragment F on Item { name }", 5),
        ("{ items(first: 5) { edges { a: cursor b: cursor node { id } } } }", 5 * (1 + 15)),
        ("{ items(first: 5) { pageInfo { a: hasNextPage b: hasNextPage } } }", 1 + 15),
        ("{ items(first: 5) { nodes { a: name b: name @include(if: false) } } }", 5),
    ],
)
def test_an_operation_is_estimated(query: str, expected: int) -> None:
    assert rows(query) == expected


@pytest.mark.parametrize(
    ("variables", "expected"), [({}, 20), ({"n": 7}, 7), ({"n": 500}, 100), ({"n": None}, 1)]
)
def test_the_cost_follows_the_variables(variables: Any, expected: int) -> None:
    assert rows("query ($n: Int) { items(first: $n) { nodes { id } } }", **variables) == expected


@pytest.mark.parametrize(
    ("variables", "expected"),
    [({"on": True, "off": False}, 5 + 5), ({"on": True, "off": True}, 5), ({"on": False, "off": False}, 0)],
)
def test_what_a_variable_switches_off_costs_nothing(variables: Any, expected: int) -> None:
    query = """query ($on: Boolean!, $off: Boolean!) {
      items(first: 5) @include(if: $on) { nodes { id ...F @skip(if: $off) } }
    } fragment F on Item { parent { id } }"""
    assert rows(query, **variables) == expected


def test_deeply_nested_interfaces_have_a_price() -> None:
    query = "{ things { ... on Item { " + "other { ... on Item { " * 14 + "id" + " } }" * 14 + " } } }"
    assert rows(query) == 10 * (1 + 14)


@pytest.mark.django_db
def test_an_answer_says_what_it_cost(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_MAX_ESTIMATE = 50
    answer = ask(client, "{ items(first: 50) { nodes { id } } }").json()
    assert answer["extensions"]["cost"] == {"estimate": 50, "used": 0, "allowed": 10_000}
    refused = ask(client, "{ hello all: items(first: 51) { nodes { id } } }").json()["errors"][0]
    assert refused["extensions"] == {
        "code": "COST_LIMIT", "estimate": 51, "allowed": 50, "mostExpensive": "all.nodes", "lower": "first of all (51)",
    }  # fmt: skip
    assert "Lower first of all (51)" in refused["message"]


# ---------------------------------------------------------------- Introspection
@pytest.mark.django_db
@pytest.mark.parametrize("served", ["tests.cms.toy_graph.schema", "config.schema.schema"])
def test_the_tools_own_introspection_passes_every_limit(client: Client, settings: Any, served: str) -> None:
    """The schema of the site is in the process both times: the types of the introspection are shared by all."""
    import_string("config.schema.schema")
    settings.CMS_GRAPHQL_SCHEMA = served
    assert "errors" not in ask(client, INTROSPECTION).json()


def test_twice_the_usual_introspection_is_the_budget() -> None:
    large = build_schema(
        "type Query { a: String } " + " ".join(f"type T{n} {{ a: Int b: T{n} }}" for n in range(300))
    )
    prices = introspection.weights(large)
    document = parse(INTROSPECTION)
    usual = evaluate(Pricing(large, document, prices).introspection(document.definitions[0]), {})  # type: ignore[arg-type]
    assert introspection.budget(large, prices) == 2 * usual


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "{ __schema { types { name } } }",
        '{ hello ...F } fragment F on Query { __type(name: "Item") { name } }',
    ],
)
def test_introspection_can_be_switched_off(client: Client, settings: Any, query: str) -> None:
    settings.CMS_GRAPHQL_INTROSPECTION = False
    assert code(ask(client, query)) == "INTROSPECTION_DISABLED"
    assert ask(client, "{ __typename }").status_code == 200


@pytest.mark.django_db
def test_whoever_shows_a_token_may_introspect(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CMS_GRAPHQL_INTROSPECTION = False
    monkeypatch.setattr("cms.graphql.loading.context.Context.for_request", lambda _: privileged())
    assert ask(client, "{ __schema { types { name } } }").status_code == 200


def privileged() -> Any:
    from cms.graphql.loading.context import Context

    return Context(privileged=True)


def test_every_limit_has_a_code_of_the_list() -> None:
    assert {expected for _, expected in HOSTILE.values()} <= {found.name for found in ErrorCode}
