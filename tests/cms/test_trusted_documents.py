"""Documents that are known by their hash: registered ones, and Apollo's automatic persisted queries."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from cms.graphql.protocol.documents import hash_of
from cms.graphql.protocol.errors import ErrorCode
from cms.graphql.protocol.manifest import ManifestError, documents_in
from cms.graphql.serving.view import endpoint
from cms.models.trusted_document import TrustedDocument

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
toy = pytest.mark.urls("tests.cms.toy_graph")

HELLO = "query Hello($name: String) { hello(name: $name) }"
OTHER = "query Other { items(first: 1) { nodes { name } } }"
ANSWER = {"hello": "Hello, Ana"}


@pytest.fixture(autouse=True)
def toy_schema(settings: Any, db: None) -> None:
    settings.CMS_GRAPHQL_SCHEMA = "tests.cms.toy_graph.schema"
    TrustedDocument.objects.all().delete()  # those of the reference frontend


def post(client: Client, **body: Any) -> Any:
    accept = "application/graphql-response+json"
    return client.post(
        "/graphql/", json.dumps(body), content_type="application/json", headers={"accept": accept}
    )


def apollo(source: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": hash_of(source)}}


def code(response: Any) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


def trust(source: str = HELLO) -> TrustedDocument:
    return TrustedDocument.objects.create(sha256=hash_of(source), name="Hello", source=source)


# ---------------------------------------------------------------- By documentId
@toy
def test_a_registered_document_is_served_by_its_hash(client: Client) -> None:
    trust()
    parameters = {"documentId": f"sha256:{hash_of(HELLO)}", "variables": '{"name":"Ana"}'}
    assert client.get(f"/graphql/?{urlencode(parameters)}").json()["data"] == ANSWER
    body = {"documentId": f"sha256:{hash_of(HELLO)}", "variables": {"name": "Ana"}}
    assert post(client, **body).json()["data"] == ANSWER


@toy
def test_apollos_clients_find_registered_documents_too(client: Client) -> None:
    trust()
    assert post(client, extensions=apollo(HELLO), variables={"name": "Ana"}).json()["data"] == ANSWER


@toy
def test_a_document_that_nobody_registered_is_not_found(client: Client) -> None:
    response = post(client, documentId=f"sha256:{hash_of('{ neverSeen }')}")
    assert response.status_code == 404
    assert code(response) == "PERSISTED_QUERY_NOT_FOUND"


@toy
@pytest.mark.parametrize(
    "body",
    [
        {"documentId": "7dba4bd717b41f10434822356a93c32b"},
        {"documentId": "sha256:XYZ"},
        {"documentId": f"sha256:{hash_of(HELLO)}", "query": OTHER},
        {"documentId": f"sha256:{hash_of(HELLO)}", "extensions": apollo(OTHER)},
        {"query": HELLO, "extensions": apollo(OTHER)},
        {"extensions": {"persistedQuery": "x"}},
        {"extensions": {"persistedQuery": {"version": 2, "sha256Hash": hash_of(HELLO)}}},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": ["x"]}}},
    ],
)
def test_a_hash_that_means_nothing_or_something_else_is_a_bad_request(client: Client, body: Any) -> None:
    response = post(client, **body)
    assert response.status_code == 400
    assert code(response) == "BAD_REQUEST"


# ---------------------------------------------------------------- Trusted documents only
@toy
def test_where_only_trusted_documents_are_executed_all_else_is_refused(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_TRUSTED_ONLY = True
    settings.CMS_GRAPHQL_APQ = True
    trust()
    assert (
        post(client, documentId=f"sha256:{hash_of(HELLO)}", variables={"name": "Ana"}).json()["data"]
        == ANSWER
    )
    assert post(client, query=HELLO, variables={"name": "Ana"}).json()["data"] == ANSWER
    refused = post(client, query=OTHER)
    assert refused.status_code == 403
    assert code(refused) == "DOCUMENT_NOT_TRUSTED"
    assert code(post(client, extensions=apollo(OTHER))) == "PERSISTED_QUERY_NOT_SUPPORTED"
    assert code(post(client, query=OTHER, extensions=apollo(OTHER))) == "DOCUMENT_NOT_TRUSTED"


@toy
def test_whoever_shows_a_token_may_send_any_document(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cms.graphql.loading.context import Context

    settings.CMS_GRAPHQL_TRUSTED_ONLY = True
    monkeypatch.setattr(Context, "for_request", lambda _: Context(privileged=True))
    assert "errors" not in post(client, query=OTHER).json()
    monkeypatch.undo()
    assert code(post(client, documentId=f"sha256:{hash_of(OTHER)}")) == "PERSISTED_QUERY_NOT_FOUND"


@toy
def test_a_deleted_document_is_served_until_its_time_is_over(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_TRUSTED_ONLY = True
    settings.CMS_GRAPHQL_TRUSTED_SECONDS = 0
    document = trust()
    assert post(client, query=HELLO, variables={"name": "a"}).status_code == 200
    document.delete()
    assert code(post(client, query=HELLO, variables={"name": "b"})) == "DOCUMENT_NOT_TRUSTED"


@toy
def test_a_trusted_document_may_introspect_where_others_may_not(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_INTROSPECTION = False
    source = "{ __schema { queryType { name } } }"
    assert code(post(client, query=source)) == "INTROSPECTION_DISABLED"
    trust(source)
    assert "errors" not in post(client, query=source).json()


# ---------------------------------------------------------------- Automatic persisted queries
@toy
def test_a_document_is_registered_by_sending_it_once_with_its_hash(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_APQ = True
    unknown = post(client, extensions=apollo(HELLO), variables={"name": "Ana"})
    assert (unknown.status_code, code(unknown)) == (404, "PERSISTED_QUERY_NOT_FOUND")
    assert unknown.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert (
        post(client, query=HELLO, extensions=apollo(HELLO), variables={"name": "Ana"}).json()["data"]
        == ANSWER
    )
    settings.CMS_GRAPHQL_MAX_ALIASES = 49  # an endpoint with empty stores, as in another process
    parameters = {"extensions": json.dumps(apollo(HELLO)), "variables": '{"name":"Ana"}'}
    assert client.get(f"/graphql/?{urlencode(parameters)}").json()["data"] == ANSWER


@toy
def test_an_older_client_gets_200_and_the_message_that_it_looks_for(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_APQ = True
    body = json.dumps({"extensions": apollo(HELLO)})
    response = client.post("/graphql/", body, content_type="application/json", headers={"accept": "*/*"})
    assert response.status_code == 200
    assert response.json()["errors"][0]["message"] == "PersistedQueryNotFound"


@toy
def test_without_the_setting_nothing_is_registered(client: Client) -> None:
    assert post(client, query=HELLO, extensions=apollo(HELLO)).status_code == 200
    response = post(client, extensions=apollo("{ hello }"))
    assert code(response) == "PERSISTED_QUERY_NOT_SUPPORTED"
    assert response.json()["errors"][0]["message"] == "PersistedQueryNotSupported"
    assert cache.get(f"graphql-document-{hash_of(HELLO)}") is None


@toy
def test_invalid_or_long_documents_are_not_kept(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_APQ = True
    settings.CMS_GRAPHQL_APQ_MAX_LENGTH = 30
    for source in ("{ unknown }", HELLO):
        post(client, query=source, extensions=apollo(source))
        assert cache.get(f"graphql-document-{hash_of(source)}") is None


@toy
def test_what_someone_else_wrote_into_the_cache_is_not_executed(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_APQ = True
    cache.set(f"graphql-document-{hash_of(HELLO)}", OTHER)
    assert code(post(client, extensions=apollo(HELLO))) == "PERSISTED_QUERY_NOT_FOUND"


# ---------------------------------------------------------------- Registration
def manifest(tmp_path: Path, content: Any) -> str:
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(content), "utf-8")
    return str(file)


def test_the_manifests_of_the_usual_tools_are_read() -> None:
    plain = {hash_of(HELLO): HELLO}
    operations = [{"id": hash_of(HELLO), "body": HELLO, "name": "Hello", "type": "query"}]
    assert documents_in(plain) == plain
    assert (
        documents_in({"format": "apollo-persisted-query-manifest", "version": 1, "operations": operations})
        == plain
    )


@pytest.mark.parametrize(
    "content",
    [
        [],
        {"a": 1},
        {"format": "apollo-persisted-query-manifest", "version": 2},
        {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{}]},
    ],
)
def test_a_manifest_of_another_kind_is_refused(content: Any) -> None:
    with pytest.raises(ManifestError):
        documents_in(content)


def test_a_build_registers_its_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = manifest(tmp_path, {hash_of(HELLO): HELLO, f"sha256:{hash_of(OTHER)}": OTHER})
    call_command("register_documents", file, client="website")
    assert capsys.readouterr().out == "2 documents, 2 of them new.\n"
    call_command("register_documents", file, client="app")
    assert capsys.readouterr().out == "2 documents, 0 of them new.\n"
    document = TrustedDocument.objects.get(sha256=hash_of(HELLO))
    assert (document.name, document.client, document.source) == ("Hello", "app", HELLO)


@pytest.mark.parametrize(
    ("key", "source", "reason"),
    [
        ("0" * 40, HELLO, "hashAlgorithm"),
        (hash_of(OTHER), HELLO, "not the SHA-256 of this source"),
        (None, "{ unknown }", "Cannot query field 'unknown'"),
        (None, "{", "Syntax Error"),
        (None, "{ " + " ".join(f"a{n}: hello" for n in range(1001)) + " }", "root fields"),
    ],
)
def test_if_one_document_is_refused_none_is_registered(
    tmp_path: Path, key: str | None, source: str, reason: str
) -> None:
    file = manifest(tmp_path, {hash_of(OTHER): OTHER, key or hash_of(source): source})
    with pytest.raises(CommandError, match=reason):
        call_command("register_documents", file)
    assert not TrustedDocument.objects.exists()


LARGE = {
    "root fields": "{ " + " ".join(f"a{n}: hello" for n in range(60)) + " }",
    "tokens": "{ hello " + " ".join(f"e{n}: echo(list: [1, 2])" for n in range(19)) * 15 + " }",
    "depth": "{ thing(id: 1) { ... on Item " + "{ parent " * 20 + "{ name }" + " }" * 20 + " } }",
    "directives": "{ " + "hello @include(if: true) " * 60 + "}",
    "a list": "{ echo(list: [" + "1, " * 200 + "1]) }",
}


@pytest.mark.parametrize("source", LARGE.values(), ids=LARGE)
def test_a_registered_document_may_have_any_size_by_its_hash_and_in_full(
    client: Client, tmp_path: Path, source: str
) -> None:
    assert codes_of(client, {"query": source}) & {code.name for code in ErrorCode if code.is_of_size}
    call_command("register_documents", manifest(tmp_path, {hash_of(source): source}))
    endpoint.cache_clear()
    assert codes_of(client, {"query": source}) == set()
    endpoint.cache_clear()
    assert codes_of(client, {"documentId": f"sha256:{hash_of(source)}"}) == set()


def codes_of(client: Client, body: dict[str, str]) -> set[str]:
    answer = client.post("/graphql/", body, content_type="application/json").json()
    return {error["extensions"]["code"] for error in answer.get("errors", [])}


def test_a_registered_document_pays_like_any_other(client: Client, tmp_path: Path) -> None:
    deepest = "children(first: 100) { nodes { children(first: 100) { nodes { name } } } }"
    nested = f"items(first: 100) {{ nodes {{ {deepest} }} }}"
    source = f"{{ {nested} }}"
    call_command("register_documents", manifest(tmp_path, {hash_of(source): source}))
    assert codes_of(client, {"documentId": f"sha256:{hash_of(source)}"}) == {"COST_LIMIT"}


def test_the_registered_documents_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("register_documents", manifest(tmp_path, {hash_of(HELLO): HELLO}), client="website")
    TrustedDocument.objects.create(sha256=hash_of("{ gone }"), source="{ gone }", client="old")
    capsys.readouterr()
    call_command("register_documents", "--list")
    old, website = capsys.readouterr().out.splitlines()
    assert old.endswith("GRAPHQL_VALIDATION_FAILED: Cannot query field 'gone' on type 'Query'.")
    assert website.startswith(f"{hash_of(HELLO)}  website  ")
    assert website.endswith("  Hello  valid")


def test_a_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"missing\.json"):
        call_command("register_documents", str(tmp_path / "missing.json"))


def test_a_document_of_many_operations_is_listed_by_their_names(tmp_path: Path) -> None:
    source = "query A { hello } query B { hello }"
    call_command("register_documents", manifest(tmp_path, {hash_of(source): source}))
    assert str(TrustedDocument.objects.get()) == "A, B"


# ---------------------------------------------------------------- The admin
def test_the_admin_lists_documents_and_deletes_but_never_changes_them(admin_client: Client) -> None:
    document = trust()
    listing = admin_client.get(reverse("wagtailsnippets_cms_trusteddocument:list"))
    assert "Hello" in listing.content.decode()
    add = reverse("wagtailsnippets_cms_trusteddocument:add")
    edit = reverse("wagtailsnippets_cms_trusteddocument:edit", args=[document.pk])
    assert admin_client.get(add).status_code == 302
    assert admin_client.get(edit).status_code == 302
    inspect = admin_client.get(reverse("wagtailsnippets_cms_trusteddocument:inspect", args=[document.pk]))
    assert "hello(name: $name)" in inspect.content.decode()
    admin_client.post(reverse("wagtailsnippets_cms_trusteddocument:delete", args=[document.pk]))
    assert not TrustedDocument.objects.exists()


def test_an_editor_without_the_right_sees_no_documents(client: Client) -> None:
    client.force_login(User.objects.create_user("editor"))
    assert client.get(reverse("wagtailsnippets_cms_trusteddocument:list")).status_code == 302
