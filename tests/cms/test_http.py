"""The GraphQL endpoint speaks HTTP as GraphQL over HTTP (September 2026) and RFC 9110 say."""

import json
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from cms.graphql.protocol.http import negotiate

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.urls("tests.cms.toy_graph")]

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
URL = "/graphql/"
QUERY = {"query": "{ __typename }"}


@pytest.fixture(autouse=True)
def toy_schema(settings: Any) -> None:
    settings.CMS_GRAPHQL_SCHEMA = "tests.cms.toy_graph.schema"


def post(
    client: Client, body: Any, accept: str | None = None, content_type: str = JSON, **headers: str
) -> Any:
    sent = body if isinstance(body, str | bytes) else json.dumps(body)
    if accept is not None:
        headers["accept"] = accept
    # The test client leaves the header out where the body is empty, so it is set as WSGI sets it.
    return client.generic(
        "POST", URL, sent, content_type=content_type, headers=headers, CONTENT_TYPE=content_type
    )


def get(client: Client, accept: str | None = None, **parameters: str) -> Any:
    headers = {"accept": accept} if accept is not None else {}
    return client.get(f"{URL}?{urlencode(parameters)}", headers=headers)


def code(response: Any) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


# ---------------------------------------------------------------- The audits of npm's graphql-http 1.23
# One line each: id, level, Accept, what is sent (a dict is sent as JSON), the statuses that pass, and what
# must hold for the answer's body: "data" (no errors), "no data" or nothing. The suite itself runs against the
# real server in tests/clients.
COERCION = {"query": "query CoerceFailure($id: ID!){ __typename }", "variables": {"id": None}}
UNKNOWN_FIELD = {"query": "{ 8f31403dfe404bccbb0e835f2629c6a7 }"}
NAMED_TYPE = "query Type($name: String!) { __type(name: $name) { name } }"
WITH_VARIABLES = {"query": NAMED_TYPE, "variables": {"name": "sometype"}}
POSTS = [
    ("22EB", "SHOULD", GRAPHQL, QUERY, {200}, ""),
    ("4655", "MUST", JSON, QUERY, {200}, ""),
    ("47DE", "SHOULD", "*/*", QUERY, {200}, ""),
    ("80D8", "SHOULD", None, QUERY, {200}, ""),
    ("82A3", "MUST", None, QUERY, {200}, ""),
    ("BF61", "MUST", None, {"query": '{ __type(name: "Run🏃Swim🏊") { name } }'}, {200}, ""),
    ("78D5", "MUST", None, QUERY, {200}, ""),
    ("2C94", "MUST", None, QUERY, {200}, ""),
    ("03D4", "MUST", None, QUERY, {200}, ""),
    ("A5BF", "MAY", None, "", {400}, ""),
    ("423L", "MAY", GRAPHQL, {"notquery": "{ __typename }"}, {400}, ""),
    ("34A2", "SHOULD", GRAPHQL, QUERY, {200}, ""),
    ("13EE", "MUST", JSON, QUERY, {200}, "data"),
    ("8161", "SHOULD", GRAPHQL, {"operationName": "Q", "query": "query Q { __typename }"}, {200}, ""),
    ("B8B3", "MUST", JSON, {"operationName": "Q", "query": "query Q { __typename }"}, {200}, "data"),
    *[
        (f"LKJ{index}", "MAY", None, {"query": value}, {400}, "")
        for index, value in enumerate([{"obj": "ect"}, 0, False, ["array"]])
    ],
    *[
        (f"6C0{index}", "MAY", None, {**QUERY, "operationName": value}, {400}, "")
        for index, value in enumerate([{"obj": "ect"}, 0, False, ["array"]])
    ],
    *[
        (f"{audit}{index}", level, accept, {**QUERY, parameter: None}, {200}, "data")
        for index, parameter in enumerate(["variables", "operationName", "extensions"])
        for audit, level, accept in [("94B", "SHOULD", GRAPHQL), ("022", "MUST", JSON)]
    ],
    *[
        (f"{audit}{index}", "MAY", None, {**QUERY, parameter: value}, {400}, "")
        for index, value in enumerate(["string", 0, False, ["array"]])
        for audit, parameter in [("476", "variables"), ("58B", "extensions")]
    ],
    ("2EA1", "SHOULD", GRAPHQL, WITH_VARIABLES, {200}, ""),
    ("28B9", "MUST", JSON, WITH_VARIABLES, {200}, "data"),
    ("428F", "SHOULD", GRAPHQL, {**QUERY, "extensions": {"some": "value"}}, {200}, ""),
    ("1B7A", "MUST", JSON, {**QUERY, "extensions": {"some": "value"}}, {200}, "data"),
    ("BCF8", "SHOULD", JSON, '{ "not a JSON', {400}, ""),
    ("B7N8", "SHOULD", GRAPHQL, '{ "not a JSON', {400}, ""),
    ("3E3A", "MAY", None, {"qeury": "{ __typename }"}, {400}, ""),
    ("572B", "SHOULD", JSON, {"query": "{"}, {200}, ""),
    ("FDE2", "SHOULD", JSON, UNKNOWN_FIELD, {200}, ""),
    ("7B9B", "SHOULD", JSON, COERCION, {200}, ""),
    ("556A", "SHOULD", GRAPHQL, {"query": "{"}, {400}, "no data"),
    ("74FF", "SHOULD", GRAPHQL, UNKNOWN_FIELD, {400}, "no data"),
    ("86EE", "SHOULD", GRAPHQL, COERCION, {400}, "no data"),
]


@pytest.mark.parametrize(
    ("accept", "body", "statuses", "holds"),
    [pytest.param(*audit[2:], id=f"{audit[0]}-{audit[1]}") for audit in POSTS],
)
def test_an_audit_of_graphql_over_http_passes(
    client: Client, accept: str | None, body: Any, statuses: set[int], holds: str
) -> None:
    response = post(client, body, accept)
    assert response.status_code in statuses
    assert response["Content-Type"] == f"{GRAPHQL if accept == GRAPHQL else JSON}; charset=utf-8"
    answer = json.loads(response.content.decode("utf-8"))
    if holds == "data":
        assert "errors" not in answer
    if holds == "no data":
        assert "data" not in answer


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
def test_a_query_is_answered_by_get_with_variables(client: Client, accept: str) -> None:
    """Audits 5A70, D6D5 and 6A70."""
    response = get(client, accept, query=NAMED_TYPE, variables='{"name": "sometype"}')
    assert response.status_code == 200
    assert response.json()["data"] == {"__type": None}


@pytest.mark.parametrize(("accept", "status"), [(GRAPHQL, 405), (JSON, 405)])
def test_a_mutation_by_get_is_not_allowed(client: Client, accept: str, status: int) -> None:
    """Audit 9C48; the specification recommends 405."""
    response = get(client, accept, query="mutation { __typename }")
    assert response.status_code == status
    assert response["Allow"] == "POST"
    assert code(response) == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize(
    "content_type", ["", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded"]
)
def test_a_post_of_another_content_type_is_refused(client: Client, content_type: str) -> None:
    """Audit 9ABE. A foreign page can send these without asking: this is also what makes csrf_exempt right."""
    response = post(client, QUERY, content_type=content_type)
    assert response.status_code == 415
    assert response["Accept-Post"] == JSON
    assert code(response) == "UNSUPPORTED_MEDIA_TYPE"


# ---------------------------------------------------------------- Media types
@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/*;q=0.8, text/html", JSON),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", GRAPHQL),
        (f"{JSON};q=0.9, {GRAPHQL};q=0.8", JSON),
        (f"{GRAPHQL};charset=utf-8, {JSON};charset=utf-8;q=0.1", GRAPHQL),
        (f"{JSON};q=0, */*", GRAPHQL),
        (f"{GRAPHQL};q=0, */*;q=0.1", JSON),
        ("APPLICATION/GraphQL-Response+JSON ; Q=1", GRAPHQL),
        ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", JSON),
        (f"nonsense, {GRAPHQL};q=x, {JSON}", JSON),
    ],
)
def test_the_media_type_is_negotiated(accept: str | None, chosen: str) -> None:
    assert negotiate(accept) == chosen


@pytest.mark.parametrize("accept", ["text/html", "image/*", f"{JSON};q=0", "application/graphql+json"])
def test_a_caller_who_accepts_nothing_that_is_written_here_gets_406(
    client: Client, settings: Any, accept: str
) -> None:
    settings.CMS_GRAPHQL_EXPLORER = False
    response = post(client, QUERY, accept)
    assert response.status_code == 406
    assert code(response) == "NOT_ACCEPTABLE"


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "Application/JSON; charset=utf8",
        "application/json; charset=utf-8; charset=UTF-8",
    ],
)
def test_utf_8_may_be_spelled_in_several_ways(client: Client, content_type: str) -> None:
    assert post(client, {"query": '{ hello(name: "čmrlj") }'}, content_type=content_type).json()["data"] == {
        "hello": "Hello, čmrlj"
    }


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-16", "application/json; charset=utf-8; charset=latin1"]
)
def test_another_encoding_is_refused(client: Client, content_type: str) -> None:
    assert post(client, QUERY, content_type=content_type).status_code == 415


def test_a_compressed_body_is_refused(client: Client) -> None:
    response = post(client, QUERY, **{"content-encoding": "gzip"})
    assert response.status_code == 415
    assert response["Accept-Encoding"] == "identity"


# ---------------------------------------------------------------- Bodies and query strings
def test_a_body_may_come_in_chunks_of_unknown_number(client: Client) -> None:
    chunked = {
        "CONTENT_LENGTH": "",
        "wsgi.input_terminated": True,
        "wsgi.input": BytesIO(json.dumps(QUERY).encode()),
    }
    assert client.generic("POST", URL, "ignored", content_type=JSON, **chunked).status_code == 200


def test_a_byte_order_mark_is_no_part_of_the_body(client: Client) -> None:
    assert post(client, b"\xef\xbb\xbf" + json.dumps(QUERY).encode()).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b'{"query": "{ \xff }"}',
        "nonsense",
        "null",
        "7",
        '"{ __typename }"',
        '{"query": "{ __typename }", "variables": {"n": NaN}}',
        '{"query": "{ __typename }", "variables": {"n": -Infinity}}',
        '{"query": "{ \\ud800 }"}',
        '{"query": "{ __typename }", "variables": {"text": "\\ud800"}}',
        '{"query": "{ __typename }", "operationName": "\\udfff"}',
        '{"query": "{ __typename }", "variables": {"n": ' + "9" * 5000 + "}}",
        "[" * 50_000,
        '{"query": "{ __typename }", "variables": {"a": ' + "[" * 20_000 + "]" * 20_000 + "}}",
    ],
    ids=range(13),
)
def test_a_body_that_is_no_well_formed_request_gets_400(client: Client, body: Any) -> None:
    response = post(client, body, GRAPHQL)
    assert response.status_code == 400
    assert code(response) == "BAD_REQUEST"


@pytest.mark.parametrize(
    "query_string",
    [
        "",
        "query=%FF",
        "query={__typename}&query={__typename}",
        "query={__typename}&variables=[]",
        "query={__typename}&variables={",
        "query={__typename}&extensions=7",
        "&".join(f"a{number}=1" for number in range(100)),
    ],
)
def test_a_query_string_that_is_no_well_formed_request_gets_400(client: Client, query_string: str) -> None:
    response = client.get(URL, QUERY_STRING=query_string)
    assert response.status_code == 400
    assert code(response) == "BAD_REQUEST"


def test_empty_parameters_of_a_query_string_are_as_if_not_sent(client: Client) -> None:
    response = get(client, query="{ __typename }", variables="", operationName="", extensions="")
    assert response.json()["data"] == {"__typename": "Query"}


def test_text_in_a_query_string_is_utf_8(client: Client) -> None:
    assert get(client, query='{ hello(name: "žabà") }').json()["data"] == {"hello": "Hello, žabà"}


def test_properties_that_are_not_known_are_ignored(client: Client) -> None:
    assert post(client, {**QUERY, "id": "7", "future": {}}).status_code == 200


def test_the_query_of_the_address_does_not_replace_that_of_the_body(client: Client) -> None:
    body = json.dumps({"query": "{ a: __typename }"})
    response = client.generic("POST", f"{URL}?query=%7Bb:__typename%7D", body, content_type=JSON)
    assert response.json()["data"] == {"a": "Query"}


# ---------------------------------------------------------------- Methods
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_not_allowed(client: Client, method: str) -> None:
    response = client.generic(method, URL, json.dumps(QUERY), content_type=JSON)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_options_says_what_is_allowed(client: Client) -> None:
    response = client.options(URL)
    assert response.status_code == 204
    assert response["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_head_is_get_without_a_body(client: Client) -> None:
    parameters = urlencode(QUERY)
    whole = client.get(f"{URL}?{parameters}")
    head = client.head(f"{URL}?{parameters}")
    assert head.content == b""
    assert head["ETag"] == whole["ETag"]
    assert head["Content-Length"] == str(len(whole.content))


@pytest.mark.parametrize("kind", ["mutation", "subscription"])
def test_nothing_but_queries_is_executed(client: Client, kind: str) -> None:
    response = post(client, {"query": f"{kind} {{ __typename }}"}, GRAPHQL)
    assert response.status_code == 400
    assert code(response) == "GRAPHQL_VALIDATION_FAILED"


# ---------------------------------------------------------------- Operations
SEVERAL = "query A { a: __typename } query B { b: __typename }"


def test_the_named_operation_is_executed(client: Client) -> None:
    assert post(client, {"query": SEVERAL, "operationName": "B"}).json()["data"] == {"b": "Query"}


@pytest.mark.parametrize("name", [None, "C"])
def test_an_operation_that_can_not_be_determined_is_an_error(client: Client, name: str | None) -> None:
    response = post(client, {"query": SEVERAL, "operationName": name}, GRAPHQL)
    assert response.status_code == 400
    assert code(response) == "OPERATION_NOT_FOUND"


# ---------------------------------------------------------------- Status of errors in fields
def test_partial_success_has_a_status_of_its_own_with_the_new_media_type(client: Client) -> None:
    response = post(client, {"query": "{ hello tooMuch }"}, GRAPHQL)
    assert (response.status_code, response.reason_phrase) == (294, "Partial Success")
    assert response.json()["data"] == {"hello": "Hello, world", "tooMuch": None}
    assert post(client, {"query": "{ hello tooMuch }"}, JSON).status_code == 200


# ---------------------------------------------------------------- Several operations
def test_a_list_of_operations_is_refused(client: Client) -> None:
    response = post(client, [QUERY, QUERY])
    assert response.status_code == 400
    assert code(response) == "BATCH_LIMIT"


def test_a_list_of_operations_is_answered_where_the_setting_allows_it(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_MAX_BATCH = 3
    answers = post(client, [QUERY, {"query": "{"}, {"query": "{ boom }"}]).json()
    assert answers[0]["data"] == {"__typename": "Query"}
    assert answers[1]["errors"][0]["extensions"]["code"] == "GRAPHQL_PARSE_FAILED"
    assert answers[2]["errors"][0]["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert code(post(client, [QUERY] * 4)) == "BATCH_LIMIT"
    assert code(post(client, [])) == "BATCH_LIMIT"


def test_operations_of_one_request_share_the_cost_of_one(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_MAX_BATCH = 2
    settings.CMS_GRAPHQL_MAX_ESTIMATE = 100
    query = {"query": "{ items(first: 60) { nodes { id } } }"}
    assert post(client, [query, QUERY]).json()[0]["errors"][0]["extensions"]["code"] == "COST_LIMIT"
    assert "errors" not in post(client, [query]).json()[0]


# ---------------------------------------------------------------- Pages of other origins
@pytest.mark.parametrize(
    ("origin", "allowed"), [("https://front.example", True), ("https://evil.example", False)]
)
def test_a_page_of_another_origin_may_ask_where_the_setting_names_it(
    client: Client, settings: Any, origin: str, allowed: bool
) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://front.example"]
    preflight = client.options(
        URL,
        headers={
            "origin": origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type, authorization",
        },
    )
    answer = post(client, QUERY, origin=origin)
    for response in (preflight, answer):
        assert response.headers.get("Access-Control-Allow-Origin") == (origin if allowed else None)
        assert "access-control-allow-credentials" not in response
    if allowed:
        assert "content-type" in preflight["Access-Control-Allow-Headers"]
        assert "X-Request-ID" in answer["Access-Control-Expose-Headers"]


# ---------------------------------------------------------------- Request ids
def test_every_answer_carries_the_id_of_its_request(client: Client) -> None:
    response = post(client, {"query": "{"}, **{"x-request-id": "from-the-proxy-1"})
    assert response["X-Request-ID"] == "from-the-proxy-1"
    assert response.json()["extensions"]["requestId"] == "from-the-proxy-1"
    assert len(post(client, QUERY)["X-Request-ID"]) >= 16
