"""Whatever is sent, the answer is JSON, coded and no fault of the server."""

import json
import time
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.graphql.protocol import http
from cms.graphql.protocol.errors import ErrorCode
from cms.graphql.serving.view import endpoint

CODES = {code.name for code in ErrorCode} - {"INTERNAL_SERVER_ERROR"}

words = st.sampled_from(
    [
        *"{}()[]:!$@|&=,#",
        "...",
        "on",
        "query",
        "mutation",
        "fragment F on Item",
        "...F",
        "items",
        "nodes",
        "hello",
        "echo",
        "(first: 3)",
        "(number: $n)",
        "$n: Int",
        "__schema",
        "__typename",
        "types",
        "name",
        "id",
        "@include(if: true)",
        '"text"',
        '"""',
        "1.5e9",
        "null",
        "a: ",
    ]
)
documents = st.lists(words, max_size=60).map(" ".join) | st.text(max_size=80)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)
bodies = (
    st.binary(max_size=200)
    | values.map(lambda value: json.dumps(value).encode())
    | st.fixed_dictionaries(
        {"query": documents | values},
        optional=dict.fromkeys(("operationName", "variables", "extensions", "documentId"), values),
    ).map(lambda body: json.dumps(body).encode())
)
accepts = st.none() | st.sampled_from(["*/*", http.GRAPHQL, http.JSON]) | st.text(max_size=40)
methods = st.sampled_from(["GET", "POST", "POST", "POST", "HEAD", "PUT"])


@pytest.fixture(scope="module", autouse=True)
def toy_schema() -> Any:
    from django.test import override_settings

    with override_settings(CMS_GRAPHQL_SCHEMA="tests.cms.toy_graph.schema"):
        endpoint().trusted._find = lambda _: None  # there is no database here
        yield


class Asked(SimpleNamespace):
    def fresh(self) -> Any:
        return context()

    def settle(self) -> None:
        pass


def context() -> Any:
    return Asked(
        request_id="id",
        version=1,
        now=datetime.now(UTC),
        deadline=time.monotonic() + 10,
        boundary=None,
        tags=set(),
        public=True,
        privileged=False,
        session=False,
    )


@settings(max_examples=200, deadline=None)
@given(body=bodies, accept=accepts, method=methods, content_type=st.just(http.JSON) | st.text(max_size=20))
def test_whatever_is_sent_is_answered(
    body: bytes, accept: str | None, method: str, content_type: str
) -> None:
    headers = {"content-type": content_type} | ({} if accept is None else {"accept": accept})
    request = http.WireRequest(method, body, headers, lambda size: body[:size])
    reply = endpoint().reply(request, context, "id")
    assert reply.status in {200, 294, *range(400, 500)}
    answers = json.loads(reply.body)
    for answer in answers if isinstance(answers, list) else [answers]:
        assert "data" in answer or answer["errors"]
        for error in answer.get("errors", ()):
            assert error["extensions"]["code"] in CODES, error
