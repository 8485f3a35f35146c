"""A frontend's build in another repository registers its documents over HTTP."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken, ModelLogEntry

from cms.graphql.protocol.documents import hash_of
from cms.graphql.serving.view import endpoint
from cms.models import TokenAccess, TrustedDocument
from tests.graph import send

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADDRESS = "/graphql/documents/"
HOME = "query Home { site { name } }"
PATH = "query Route($path: String!) { route(path: $path) { __typename } }"
LEVELS = "children(first: 100) { nodes { " * 3 + "title" + " } }" * 3
EXPENSIVE = f'query Tree {{ page(path: "/sl/") {{ {LEVELS} }} }}'


@pytest.fixture(autouse=True)
def nothing_registered(db: None) -> None:
    TrustedDocument.objects.all().delete()  # those of the reference frontend
    endpoint.cache_clear()


def builder(name: str = "gradnja") -> User:
    user = User.objects.create_user(name)
    codenames = ["access_admin", "delete_trusteddocument", "view_trusteddocument"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def token_of(user: User, scope: str = "DOCUMENTS", **access: Any) -> str:
    row, plain = APIToken.create_token(user=user, name="Spletišče")
    facts = {"expires_at": timezone.now() + timedelta(days=1)} | access
    TokenAccess.objects.create(token=row, scope=scope, **facts)
    return str(plain)


def manifest(*sources: str) -> dict[str, str]:
    return {hash_of(source): source for source in sources}


def register(content: Any, token: str | None = None, client: Client | None = None) -> Any:
    headers = {
        "Authorization": f"Bearer {token or token_of(User.objects.filter(username='gradnja').first() or builder())}"
    }
    body = content if isinstance(content, str) else json.dumps(content)
    response = (client or Client()).post(ADDRESS, body, content_type="application/json", headers=headers)
    assert response["Cache-Control"] == "private, no-store"
    return response


def codes(response: Any) -> list[str]:
    return [error["extensions"]["code"] for error in response.json()["errors"]]


# ---------------------------------------------------------------- What is registered
def test_a_build_registers_its_documents_and_asks_by_their_hash(settings: Any) -> None:
    settings.CMS_GRAPHQL_TRUSTED_ONLY = True
    answer = register(manifest(HOME, PATH))
    assert (answer.status_code, answer.json()) == (200, {"documents": 2, "new": 2})
    document = TrustedDocument.objects.get(sha256=hash_of(PATH))
    assert (document.name, document.client, document.source) == ("Route", "Spletišče", PATH)
    sent = {"documentId": f"sha256:{hash_of(PATH)}", "variables": '{"path": "/sl/"}'}
    assert Client().get("/graphql/", sent).json()["data"] == {"route": {"__typename": "PageRoute"}}
    assert "errors" not in send(HOME).json()
    assert send("{ site { rootUrl } }").json()["errors"][0]["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"


def test_the_same_manifest_again_changes_nothing() -> None:
    register(manifest(HOME, PATH))
    before = list(TrustedDocument.objects.values_list("pk", "sha256", "source", "created_at"))
    answer = register(manifest(PATH, HOME))
    assert answer.json() == {"documents": 2, "new": 0}
    assert list(TrustedDocument.objects.values_list("pk", "sha256", "source", "created_at")) == before


def test_the_manifests_of_apollo_relay_and_codegen_are_read() -> None:
    """Relay's compiler and codegen write a map from hash to text; with a prefix it is a documentId."""
    operations = [{"id": hash_of(HOME), "body": HOME, "name": "Home", "type": "query"}]
    apollo = {"format": "apollo-persisted-query-manifest", "version": 1, "operations": operations}
    assert register(apollo).json() == {"documents": 1, "new": 1}
    assert register(manifest(PATH)).json() == {"documents": 1, "new": 1}
    assert register({f"sha256:{hash_of(HOME)}": HOME}).json() == {"documents": 1, "new": 0}


# ---------------------------------------------------------------- What is refused
@pytest.mark.parametrize(
    ("key", "source", "code", "said"),
    [
        ("0" * 64, HOME, "DOCUMENT_HASH_MISMATCH", "not the SHA-256"),
        ("d41d8cd98f00b204e9800998ecf8427e", HOME, "DOCUMENT_HASH_MISMATCH", "hashAlgorithm"),
        ("", HOME, "DOCUMENT_HASH_MISMATCH", "SHA-256"),
        (None, "query Home { site { nam } }", "GRAPHQL_VALIDATION_FAILED", "Cannot query field 'nam'"),
        (None, "query Home {", "GRAPHQL_PARSE_FAILED", "Syntax Error"),
        (None, "", "GRAPHQL_PARSE_FAILED", "Syntax Error"),
        (None, "mutation M { site { name } }", "GRAPHQL_VALIDATION_FAILED", "only queries"),
        (None, f"{HOME} subscription B {{ site {{ name }} }}", "GRAPHQL_VALIDATION_FAILED", "only queries"),
        (None, EXPENSIVE, "COST_LIMIT", "page.children"),
        (None, "{ " + "a " * 100_001 + "}", "TOKEN_LIMIT", "tokens"),
    ],
)  # fmt: skip
def test_each_refused_document_is_named_and_none_is_registered(
    key: str | None, source: str, code: str, said: str
) -> None:
    key = hash_of(source) if key is None else key
    answer = register({**manifest(PATH), key: source})
    assert answer.status_code == 400
    for error in answer.json()["errors"]:
        assert (error["extensions"]["code"], error["extensions"]["document"]) == (code, key)
        assert said in error["message"]
    if code in {"GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"} and said != "only queries":
        assert answer.json()["errors"][0]["locations"]
    assert not TrustedDocument.objects.exists()


def test_all_that_is_wrong_is_told_at_once() -> None:
    bad = {"0" * 64: HOME, **manifest("{ one }", "{ two three }", EXPENSIVE)}
    errors = register(bad).json()["errors"]
    told = [(error["extensions"]["document"], error["extensions"]["code"]) for error in errors]
    invalid = "GRAPHQL_VALIDATION_FAILED"
    assert told == [
        ("0" * 64, "DOCUMENT_HASH_MISMATCH"),
        (hash_of("{ one }"), invalid),
        (hash_of("{ two three }"), invalid),
        (hash_of("{ two three }"), invalid),
        (hash_of(EXPENSIVE), "COST_LIMIT"),
    ]


def test_what_variables_can_make_cheap_is_registered() -> None:
    source = (
        EXPENSIVE.replace("query Tree", "query Tree($n: Int!, $m: Int = 2)")
        .replace("100", "$n", 2)
        .replace("100", "$m")
    )
    assert register(manifest(source)).status_code == 200
    dear = source.replace("$m: Int = 2", "$m: Int = 100").replace("$n: Int!", "$n: Int = 100")
    assert codes(register(manifest(dear))) == ["COST_LIMIT"]


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ("[]", 400, "BAD_REQUEST"),
        ("{", 400, "BAD_REQUEST"),
        ('{"a": 1}', 400, "BAD_REQUEST"),
        ('{"format": "apollo-persisted-query-manifest", "version": 9}', 400, "BAD_REQUEST"),
        (json.dumps({str(number): HOME for number in range(501)}), 413, "BODY_TOO_LARGE"),
        (" " * (2 * 1024 * 1024 + 1), 413, "BODY_TOO_LARGE"),
        ('{"a": "\\ud800"}', 400, "DOCUMENT_HASH_MISMATCH"),
        (json.dumps({"0" * 64: "\ud800"}), 400, "DOCUMENT_HASH_MISMATCH"),
        (json.dumps({"0" * 64: "\0"}), 400, "DOCUMENT_HASH_MISMATCH"),
    ],
    ids=range(9),
)  # fmt: skip
def test_what_is_no_manifest_is_refused(content: str, status: int, code: str) -> None:
    answer = register(content)
    assert (answer.status_code, codes(answer)) == (status, [code])


def test_a_document_that_no_database_can_hold_is_refused() -> None:
    source = 'query Nul { page(path: "\\u0000") { title } } # \0'
    assert register(manifest(source)).status_code == 400


# ---------------------------------------------------------------- Who may
@pytest.mark.parametrize("scope", ["PUBLISHED", "DRAFTS"])
def test_a_token_of_another_scope_registers_nothing(scope: str) -> None:
    answer = register(manifest(HOME), token_of(User.objects.create_superuser("skrbnica"), scope))
    assert (answer.status_code, codes(answer)) == (403, ["FORBIDDEN"])
    assert not TrustedDocument.objects.exists()


def test_the_token_of_a_build_reads_nothing() -> None:
    answer = send(HOME, headers={"Authorization": f"Bearer {token_of(builder())}"})
    assert (answer.status_code, codes(answer)) == (403, ["FORBIDDEN"])
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("end", ["revoked", "expired", "inactive", "no right", "deleted"])
def test_a_token_registers_until_it_ends(end: str) -> None:
    user = builder()
    token = token_of(user)
    assert register(manifest(HOME), token).status_code == 200
    match end:
        case "revoked":
            APIToken.objects.get().revoke()
        case "expired":
            TokenAccess.objects.update(expires_at=timezone.now())
        case "inactive":
            User.objects.update(is_active=False)
        case "no right":
            user.user_permissions.clear()
        case _:
            user.delete()
    answer = register(manifest(PATH), token)
    assert (answer.status_code, codes(answer)) in [(401, ["UNAUTHENTICATED"]), (403, ["FORBIDDEN"])]
    assert TrustedDocument.objects.count() == 1


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer x", "Basic YTpi", "Bearer draft_x"])
def test_without_a_token_the_body_is_not_even_read(shown: str) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("skrbnica"))
    answer = client.post(ADDRESS, "{", content_type="application/json", headers={"Authorization": shown})
    assert (answer.status_code, codes(answer)) == (401, ["UNAUTHENTICATED"])
    assert answer["WWW-Authenticate"] == "Bearer"


def test_only_json_is_taken_and_only_by_post() -> None:
    headers = {"Authorization": f"Bearer {token_of(builder())}"}
    assert Client().get(ADDRESS, headers=headers).status_code == 405
    assert Client().post(ADDRESS, {"a": "b"}, headers=headers).status_code == 415


def test_only_who_may_take_documents_away_gets_such_a_token(client: Client) -> None:
    client.force_login(User.objects.create_superuser("skrbnica"))
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    form = {"name": "Gradnja", "scope": "DOCUMENTS", "last_day": day}
    reader = User.objects.create_user("bralec")
    answer = client.post("/admin/api-tokens/new/", form | {"user": reader.pk})
    assert "scope" in answer.context["form"].errors
    client.post("/admin/api-tokens/new/", form | {"user": builder().pk})
    assert TokenAccess.objects.get().scope == "DOCUMENTS"


# ---------------------------------------------------------------- Afterwards
def test_a_registration_is_noted_in_history_and_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "cms.graphql.serving.registration")
    token = token_of(builder())
    register(manifest(HOME, PATH), token)
    register({"0" * 64: HOME}, token)
    entry = ModelLogEntry.objects.get(action="cms.documents.register")
    assert (entry.user.username, entry.data) == ("gradnja", {"documents": 2, "new": 2})
    said = [
        record.getMessage() for record in caplog.records if record.name == "cms.graphql.serving.registration"
    ]
    assert said == [
        "Documents registered: 2, 2 of them new",
        "Documents refused: 1 of 1",
    ]
    assert token not in caplog.text


def test_a_document_that_was_taken_away_is_an_ordinary_one_again(settings: Any) -> None:
    """Also in a process that has served it: registered documents may have any size, others not."""
    settings.CMS_GRAPHQL_TRUSTED_SECONDS = 0
    large = "{ " + " ".join(f"a{number}: site {{ name }}" for number in range(60)) + " }"
    assert codes(send(large))[0] in {"ROOT_FIELD_LIMIT", "ALIAS_LIMIT"}
    register(manifest(large))
    assert "errors" not in send(large).json()
    by_hash = {"documentId": f"sha256:{hash_of(large)}"}
    assert "errors" not in Client().get("/graphql/", by_hash).json()
    TrustedDocument.objects.all().delete()
    assert codes(send(large))[0] in {"ROOT_FIELD_LIMIT", "ALIAS_LIMIT"}
    assert codes(Client().get("/graphql/", by_hash)) == ["PERSISTED_QUERY_NOT_FOUND"]


def test_what_was_refused_with_the_others_stays_unknown() -> None:
    large = "{ " + " ".join(f"a{number}: site {{ name }}" for number in range(60)) + " }"
    assert register({**manifest(large), "0" * 64: HOME}).status_code == 400
    assert codes(send(large))[0] in {"ROOT_FIELD_LIMIT", "ALIAS_LIMIT"}
