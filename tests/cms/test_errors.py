"""Every error has a documented code and says what to do; what is ours to mend is masked and logged."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from graphql import NoUnusedFragmentsRule

from cms.graphql.protocol.errors import ErrorCode
from tests.cms.toy_graph import SECRET

pytestmark = [pytest.mark.one_database, pytest.mark.django_db, pytest.mark.urls("tests.cms.toy_graph")]

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def toy_schema(settings: Any) -> None:
    settings.CMS_GRAPHQL_SCHEMA = "tests.cms.toy_graph.schema"


def ask(client: Client, query: str, **variables: Any) -> Any:
    body = json.dumps({"query": query, "variables": variables})
    accept = "application/graphql-response+json"
    return client.post("/graphql/", body, content_type="application/json", headers={"accept": accept})


def only_error(response: Any) -> Any:
    (error,) = response.json()["errors"]
    return error


def test_the_documentation_lists_exactly_the_codes_that_exist() -> None:
    text = (ROOT / "docs" / "errors.md").read_text("utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| (\d+) \| (\d+) \| (.+?) \|", text, re.MULTILINE)
    expected = [(code.name, str(code.status), str(code.json_status), code.meaning) for code in ErrorCode]
    assert rows == expected


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ unknown }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ hello } fragment F on Query { hello }", "GRAPHQL_VALIDATION_FAILED"),
        ('{ echo(number: "one") }', "GRAPHQL_VALIDATION_FAILED"),
    ],
)
def test_an_error_before_execution_has_a_code_and_a_place(client: Client, query: str, code: str) -> None:
    response = ask(client, query)
    assert response.status_code == 400
    assert "data" not in response.json()
    assert only_error(response)["extensions"] == {"code": code}
    assert only_error(response)["locations"]


@pytest.mark.parametrize("value", ["x", 2**40, None, [1, "x"], {"a": 1}])
def test_a_variable_of_the_wrong_type_is_bad_input(client: Client, value: Any) -> None:
    response = ask(client, "query ($n: Int!) { echo(number: $n) }", n=value)
    assert response.status_code == 400
    assert only_error(response)["extensions"]["code"] == "BAD_USER_INPUT"


def test_a_null_where_an_argument_allows_none_is_bad_input(client: Client) -> None:
    response = ask(client, "query ($n: Int = 1) { echo(number: $n) hello }", n=None)
    assert response.json()["data"] == {"echo": None, "hello": "Hello, world"}
    assert only_error(response)["extensions"] == {"code": "BAD_USER_INPUT"}


def test_what_a_resolver_says_keeps_its_code_and_place(client: Client) -> None:
    response = ask(client, "{ hello tooMuch }")
    assert response.json()["data"] == {"hello": "Hello, world", "tooMuch": None}
    assert only_error(response) == {
        "message": "Ask for 1 to 100 rows.",
        "locations": [{"line": 1, "column": 9}],
        "path": ["tooMuch"],
        "extensions": {"code": "PAGE_SIZE"},
    }


@pytest.mark.parametrize("field", ["boom", "strictBoom", "emptyPromise"])
def test_a_fault_of_ours_is_masked_and_logged_under_the_request_id(
    client: Client, caplog: pytest.LogCaptureFixture, field: str
) -> None:
    response = ask(client, f"{{ {field} }}")
    error = only_error(response)
    assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR", "requestId": response["X-Request-ID"]}
    assert SECRET not in response.content.decode()
    assert "Query" not in error["message"]
    (record,) = [record for record in caplog.records if record.name == "cms.graphql.protocol.errors"]
    assert response["X-Request-ID"] in record.getMessage()
    assert record.exc_info


def test_a_statement_that_the_database_ended_is_a_timeout(client: Client) -> None:
    response = ask(client, "{ statement }")
    assert only_error(response)["extensions"]["code"] == "TIMEOUT"
    assert SECRET not in response.content.decode()


def test_a_fault_outside_of_resolvers_is_masked_too(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError(SECRET)

    monkeypatch.setattr("cms.graphql.loading.context.Context.for_request", fail)
    response = ask(client, "{ hello }")
    assert response.status_code == 500
    assert only_error(response)["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert SECRET not in response.content.decode()
    assert SECRET in caplog.text


def test_an_operation_out_of_time_is_given_up(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_TIMEOUT = 0.1
    response = ask(client, "{ sluggish { id } }")
    assert response.status_code == 503
    assert only_error(response)["extensions"]["code"] == "TIMEOUT"


def test_a_wrong_token_is_answered_401(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from cms.graphql.protocol.errors import UserError

    def refuse(*_: Any) -> None:
        raise UserError(ErrorCode.UNAUTHENTICATED, "Ask for a new token.")

    monkeypatch.setattr("cms.graphql.loading.context.Context.for_request", refuse)
    response = ask(client, "{ hello }")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert only_error(response)["message"] == "Ask for a new token."


def test_messages_suggest_names_where_the_schema_is_open(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_INTROSPECTION = True
    assert "hiddenTreasure" in only_error(ask(client, "{ hiddenTreasur }"))["message"]


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{ hiddenTreasur }", {}),
        ('{ search(queri: "x") { totalCount } }', {}),
        ("{ echo(order: NAME_AS) }", {}),
        ('{ echo(deep: {tex: "x"}) }', {}),
        ("{ things { ... on Itm { id } } }", {}),
        ("query ($order: Order) { echo(order: $order) }", {"order": "NAME_AS"}),
        ("query ($deep: Deep) { echo(deep: $deep) }", {"deep": {"tex": "x"}}),
        ("{ things { name } }", {}),
    ],
)
def test_messages_suggest_no_names_where_the_schema_is_not_open(
    client: Client, settings: Any, query: str, variables: Any
) -> None:
    settings.CMS_GRAPHQL_INTROSPECTION = False
    errors = ask(client, query, **variables).json()["errors"]
    text = " ".join(error["message"] for error in errors)
    assert not re.search(r"Did you mean|hiddenTreasure|NAME_ASC|\bItem\b", text), text


def test_graphql_core_has_all_its_rules() -> None:
    """Importing grapple.schema would empty this one for the whole process."""
    assert NoUnusedFragmentsRule.leave_document.__module__.startswith("graphql.validation")
