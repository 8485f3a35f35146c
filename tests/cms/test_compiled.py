"""A plan of an operation gives what graphql-core gives, and leaves to it what goes wrong."""

# ruff: noqa: E501
from typing import Any

import pytest
from django.test import Client
from graphql import GraphQLSchema, build_schema, execute_sync, parse

from cms.graphql.protocol.compiled import Plans, Unplanned

SCHEMA = """
interface Named { name: String! }
type Cat implements Named { name: String! lives: Int colour: Colour }
type Dog implements Named { name: String! tricks(first: Int = 2, like: String): [String!]! }
union Pet = Cat | Dog
enum Colour { BLACK WHITE }
input Wish { name: String! }
type Query {
  pets: [Pet!]!
  named(wish: Wish): Named
  maybe: [Named]
  broken: String!
  fails: String
  wrong: Colour
}
"""


class Cat:
    name, lives, colour = "Muri", 9, "BLACK"


class Dog:
    name = "Reks"


class Clock:
    deadline = float("inf")


def schema() -> GraphQLSchema:
    built = build_schema(SCHEMA)
    fields: Any = {name: getattr(built.type_map[name], "fields", {}) for name in built.type_map}
    fields["Query"]["pets"].resolve = lambda _root, _info: [Cat(), Dog()]
    fields["Query"]["named"].resolve = lambda _root, _info, wish=None: (
        wish and (Dog() if wish["name"] == "Reks" else Cat())
    )
    fields["Query"]["maybe"].resolve = lambda _root, _info: (Cat(), None)
    fields["Query"]["broken"].resolve = lambda _root, _info: None
    fields["Query"]["fails"].resolve = lambda _root, _info: 1 / 0
    fields["Query"]["wrong"].resolve = lambda _root, _info: "GREEN"
    fields["Dog"]["tricks"].resolve = lambda _dog, _info, first, like=None: [
        f"{like}{n}" for n in range(first)
    ]
    for name in ("Pet", "Named"):
        built.type_map[name].resolve_type = lambda value, _info, _type: type(value).__name__  # type: ignore[attr-defined]
    return built


BUILT = schema()


def planned(query: str, variables: dict[str, Any]) -> Any:
    document = parse(query)
    operation: Any = document.definitions[0]
    return Plans(BUILT, document, operation).execute(variables, Clock()).data


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        (
            "{ pets { __typename ... on Named { name } ... on Cat { lives colour } ... on Dog { tricks } } }",
            {},
        ),
        ("{ b: maybe { name } a: pets { kind: __typename } maybe { kind: __typename } }", {}),
        (
            "query ($n: Int, $l: String) { pets { ... on Dog { tricks(first: $n, like: $l) } } }",
            {"n": 3, "l": "x"},
        ),
        (
            "query ($w: Wish) { named(wish: $w) { name ... on Dog { more: tricks(first: 1) } } }",
            {"w": {"name": "Reks"}},
        ),
        ("query ($w: Wish) { named(wish: $w) { name } }", {}),
        (
            "query ($a: Boolean!) { pets { ...F @include(if: $a) } } fragment F on Cat { name ...G } fragment G on Cat { lives }",
            {"a": True},
        ),
        (
            "query ($a: Boolean!) { pets { __typename ... on Cat @skip(if: $a) { name } ... on Cat { lives name } } }",
            {"a": True},
        ),
        ("{ pets { ... on Cat { name } } pets { ... on Cat { lives } ... on Dog { name } } }", {}),
    ],
)
def test_a_plan_gives_the_data_of_graphql_core_in_its_order(query: str, variables: dict[str, Any]) -> None:
    expected = execute_sync(BUILT, parse(query), variable_values=variables)
    assert expected.errors is None
    data = planned(query, variables)
    assert data == expected.data
    assert repr(data) == repr(expected.data)


@pytest.mark.parametrize(
    "query", ["{ pets { __typename } broken }", "{ fails }", "{ wrong }", "{ __schema { description } }"]
)
def test_what_goes_wrong_is_left_to_graphql_core(query: str) -> None:
    with pytest.raises(Unplanned):
        planned(query, {})


def data_of(plans: Plans, variables: dict[str, Any]) -> dict[str, Any]:
    data = plans.execute(variables, Clock()).data
    assert data is not None
    return data


def test_switches_have_plans_of_their_own() -> None:
    document = parse(
        "query ($a: Boolean = false, $n: Int) { pets { ... on Cat { name @include(if: $a) lives @skip(if: $a) } ... on Dog { tricks(first: $n) } } }"
    )
    operation: Any = document.definitions[0]
    plans = Plans(BUILT, document, operation)
    assert data_of(plans, {"a": True, "n": 1})["pets"] == [
        {"name": "Muri"},
        {"tricks": ["None0"]},
    ]
    assert data_of(plans, {"a": False, "n": 0})["pets"] == [{"lives": 9}, {"tricks": []}]
    assert data_of(plans, {"a": True, "n": 2})["pets"][1] == {"tricks": ["None0", "None1"]}


@pytest.mark.django_db
@pytest.mark.urls("tests.cms.toy_graph")
@pytest.mark.parametrize("compiled", [True, False])
def test_a_setting_leaves_every_operation_to_graphql_core(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, compiled: bool
) -> None:
    settings.CMS_GRAPHQL_SCHEMA = "tests.cms.toy_graph.schema"
    settings.CMS_GRAPHQL_COMPILED = compiled
    planned: list[Any] = []
    execute = Plans.execute

    def noted(*given: Any) -> Any:
        planned.append(given)
        return execute(*given)

    monkeypatch.setattr(Plans, "execute", noted)
    answer = client.post("/graphql/", {"query": "{ hello }"}, content_type="application/json").json()
    assert answer["data"] == {"hello": "Hello, world"}
    assert len(planned) == compiled
