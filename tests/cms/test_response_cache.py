"""An answer is made once for each content version, and tells caches the truth about itself."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.test import Client

from cms.graphql.protocol.caching import Freshness
from cms.graphql.protocol.responses import Answer, ResponseCache
from cms.publishing.version import advance
from tests.cms import toy_graph

pytestmark = [pytest.mark.urls("tests.cms.toy_graph")]

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
GRAPHQL = "application/graphql-response+json"


@pytest.fixture(autouse=True)
def toy_schema(settings: Any) -> None:
    settings.CMS_GRAPHQL_SCHEMA = "tests.cms.toy_graph.schema"
    toy_graph.calls.clear()


def get(client: Client, query: str, **headers: str) -> Any:
    return client.get(f"/graphql/?{urlencode({'query': query})}", headers=headers)


def post(client: Client, query: str, **body: Any) -> Any:
    sent = json.dumps({"query": query, **body})
    return client.post("/graphql/", sent, content_type="application/json")


HELLO = "query ($name: String, $other: Int) { hello(name: $name) echo(number: $other) }"


# ---------------------------------------------------------------- Cached responses
@pytest.mark.django_db
def test_a_repeated_question_is_not_executed_again(client: Client) -> None:
    first = post(client, HELLO, variables={"name": "a", "other": 1})
    again = post(client, HELLO, variables={"other": 1, "name": "a"})
    assert toy_graph.calls == ["a"]
    assert first.content == again.content


@pytest.mark.django_db
def test_get_and_post_share_answers(client: Client) -> None:
    post(client, "{ hello }")
    assert get(client, "{ hello }").json()["data"] == {"hello": "Hello, world"}
    assert toy_graph.calls == ["world"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"variables": {"name": "a"}}, {"variables": {"name": "b"}}),
        ({"variables": {"name": None}}, {"variables": {}}),
        ({"operationName": "A"}, {"operationName": "B"}),
    ],
)
def test_another_question_is_executed(client: Client, one: Any, other: Any) -> None:
    query = 'query A($name: String = "x") { hello(name: $name) } query B { hello }'
    first = post(client, query, **{"operationName": "A", **one})
    second = post(client, query, **{"operationName": "A", **other})
    assert first.content != second.content


@pytest.mark.django_db
def test_a_change_of_the_content_makes_every_answer_anew(client: Client) -> None:
    post(client, "{ hello }")
    advance()
    post(client, "{ hello }")
    assert len(toy_graph.calls) == 2


@pytest.mark.django_db
def test_a_hit_reads_one_row_and_a_known_document_is_not_prepared_again(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    post(client, "{ hello }")
    with django_assert_max_num_queries(1):
        post(client, "{ hello }")


@pytest.mark.django_db
def test_an_answer_that_the_clock_makes_old_is_cached_no_longer(client: Client, time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)
    get(client, "{ untilLater }")
    time_machine.shift(9)
    response = get(client, "{ untilLater }")
    assert "s-maxage=1, stale-while-revalidate=0" in response["Cache-Control"]
    assert len(toy_graph.calls) == 1
    time_machine.shift(1)
    get(client, "{ untilLater }")
    assert len(toy_graph.calls) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["{ hello boom }", "{ hello private }"])
def test_errors_and_private_answers_are_neither_cached_nor_shared(client: Client, query: str) -> None:
    calls = []
    for _ in range(2):
        response = get(client, query)
        assert response["Cache-Control"] == "private, no-store"
        assert "ETag" not in response
        calls.append(len(toy_graph.calls))
    assert calls[1] == 2 * calls[0]


@pytest.mark.django_db
def test_someone_who_is_signed_in_gets_an_answer_of_their_own(client: Client) -> None:
    get(client, "{ hello }")
    client.force_login(User.objects.create_user("someone"))
    response = get(client, "{ hello }")
    assert response["Cache-Control"] == "private, no-store"
    assert len(toy_graph.calls) == 2


# ---------------------------------------------------------------- Headers
@pytest.mark.django_db
def test_a_public_answer_may_be_shared_and_checked(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_SHARED_SECONDS = 60
    settings.CMS_GRAPHQL_STALE_SECONDS = 120
    settings.CMS_GRAPHQL_ERROR_SECONDS = 600
    response = get(client, "{ hello }")
    assert (
        response["Cache-Control"]
        == "public, max-age=0, s-maxage=60, stale-while-revalidate=120, stale-if-error=600"
    )
    assert response["Vary"].startswith("Accept, Accept-Encoding, Authorization")
    assert not response.cookies


@pytest.mark.django_db
def test_who_has_the_answer_is_told_so(client: Client) -> None:
    first = get(client, "{ hello }")
    for condition in (first["ETag"], f'"x", W/{first["ETag"]}', "*"):
        response = get(client, "{ hello }", **{"if-none-match": condition})
        assert response.status_code == 304
        assert response.content == b""
        assert "Content-Type" not in response
        assert "Content-Length" not in response
        for header in ("ETag", "Cache-Control", "Vary"):
            assert response[header] == first[header]
    assert get(client, "{ hello }", **{"if-none-match": '"x"'}).status_code == 200


@pytest.mark.django_db
def test_the_entity_tag_follows_the_body_and_its_type(client: Client) -> None:
    plain, newer = get(client, "{ hello }"), get(client, "{ hello }", accept=GRAPHQL)
    assert plain.content == newer.content
    assert len({plain["ETag"], newer["ETag"], get(client, "{ a: hello }")["ETag"]}) == 3


@pytest.mark.django_db
def test_a_condition_on_a_post_is_not_looked_at(client: Client) -> None:
    body = json.dumps({"query": "{ hello }"})
    etag = post(client, "{ hello }")["ETag"]
    response = client.post(
        "/graphql/", body, content_type="application/json", headers={"if-none-match": etag}
    )
    assert response.status_code == 200


def test_no_cache_serves_an_answer_past_its_moment() -> None:
    freshness = Freshness(shared_seconds=60, stale_seconds=600, tag_header="Cache-Tag", error_seconds=3600)

    def seconds(left: float) -> str:
        answer = Answer.of(b"{}", NOW + timedelta(seconds=left))
        return freshness.public(answer, NOW, GRAPHQL)["Cache-Control"].partition("max-age=0, ")[2]

    assert seconds(10_000) == "s-maxage=60, stale-while-revalidate=600, stale-if-error=3600"
    assert seconds(1000) == "s-maxage=60, stale-while-revalidate=600, stale-if-error=256"
    assert seconds(100) == "s-maxage=60, stale-while-revalidate=40, stale-if-error=0"
    assert seconds(30.9) == "s-maxage=30, stale-while-revalidate=0, stale-if-error=0"
    assert seconds(-5) == "s-maxage=0, stale-while-revalidate=0, stale-if-error=0"


def test_cache_tags_are_written_as_the_cdn_reads_them() -> None:
    assert Freshness(0, 0, "Cache-Tag").tags({"page-2", "page-1"}) == "page-1,page-2"
    assert Freshness(0, 0, "Surrogate-Key").tags({"page-2", "page-1"}) == "page-1 page-2"
    assert Freshness(0, 0, "Cache-Tag").tags({f"page-{number}" for number in range(2000)}) == "many"
    assert Freshness(0, 0, "Cache-Tag").public(Answer.of(b"", tags="a,b"), NOW, GRAPHQL)["Cache-Tag"] == "a,b"


# ---------------------------------------------------------------- The store
def key(number: int) -> tuple[str, None, bytes]:
    return f"{number:064}", None, b""


def test_the_store_keeps_what_was_used_last_within_its_size() -> None:
    responses = ResponseCache(5_000, seconds=60)
    for number in range(4):
        responses.store(key(number), Answer.of(b"a" * 500), 1, NOW)
        responses.get(key(0), 1, NOW)
    responses.store(key(4), Answer.of(b"a" * 500), 1, NOW)
    assert [bool(responses.get(key(number), 1, NOW)) for number in range(5)] == [
        True,
        False,
        True,
        True,
        True,
    ]


def test_the_store_takes_nothing_that_is_larger_than_itself() -> None:
    responses = ResponseCache(5_000, seconds=60)
    responses.store(key(0), Answer.of(b"a"), 1, NOW)
    responses.store(key(1), Answer.of(b"a" * 5_000), 1, NOW)
    assert responses.get(key(0), 1, NOW)
    assert not responses.get(key(1), 1, NOW)


def test_the_store_forgets_after_its_time() -> None:
    responses = ResponseCache(5_000, seconds=60)
    responses.store(key(0), Answer.of(b"a"), 1, NOW)
    assert responses.get(key(0), 1, NOW + timedelta(seconds=59))
    assert not responses.get(key(0), 1, NOW + timedelta(seconds=60))


def test_an_answer_is_only_for_the_version_that_it_was_made_for() -> None:
    responses = ResponseCache(5_000, seconds=60)
    responses.store(key(0), Answer.of(b"new"), 3, NOW)
    assert responses.get(key(0), 3, NOW).body == b"new"
    assert not responses.get(key(0), 7, NOW)
    responses.store(key(0), Answer.of(b"of a slow request"), 7, NOW)
    assert not responses.get(key(0), 3, NOW)


def test_memory_stays_flat_over_many_documents_and_versions() -> None:
    responses = ResponseCache(50_000, seconds=60)
    for version in range(20):
        for number in range(500):
            responses.store(key(number), Answer.of(b"a" * 300), version, NOW)
    assert responses._bytes <= 50_000
    assert len(responses._entries) * 900 <= 50_000


def test_sessions_are_not_read_for_visitors_without_one(client: Client, db: None) -> None:
    client.cookies.clear()
    response = get(client, "{ hello }")
    assert "Cookie" not in response["Vary"]
    assert django_settings.SESSION_COOKIE_NAME not in response.cookies
