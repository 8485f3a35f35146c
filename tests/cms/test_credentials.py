"""What a request shows of itself, and what it is worth: nothing, a token, a session; and who may keep the answer."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken, GroupPagePermission, PageViewRestriction

from cms.graphql.protocol.documents import hash_of
from cms.models.access import TokenAccess
from cms.models.trusted_document import TrustedDocument
from home.models import InfoPage
from tests import factories as make
from tests.graph import send

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TITLE = "query ($id: ID!) { page(id: $id) { title } }"
INTROSPECTION = "{ __schema { types { name } } }"
NOBODY_KEEPS = "private, no-store"


def page(title: str = "Stran") -> InfoPage:
    return make.below(make.home(), InfoPage(title=title, summary=make.SUMMARY))


def drafted(title: str = "Osnutek") -> InfoPage:
    draft = page("Javna")
    draft.title = title
    draft.save_revision()
    return draft


def token_of(user: User, scope: str = "PUBLISHED", **access: Any) -> str:
    row, plain = APIToken.create_token(user=user, name="spletišče")
    facts = {"expires_at": timezone.now() + timedelta(days=1)} | access
    TokenAccess.objects.create(token=row, scope=scope, **facts)
    return str(plain)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def code(response: Any) -> str | None:
    errors = response.json().get("errors")
    return errors[0]["extensions"]["code"] if errors else None


def title(response: Any) -> str | None:
    found = response.json()["data"]["page"]
    return found["title"] if found else None


# ---------------------------------------------------------------- Nothing, or nothing of worth
def test_an_empty_authorization_header_is_worth_as_little_as_none(settings: Any) -> None:
    settings.CMS_GRAPHQL_INTROSPECTION = False
    assert code(send(INTROSPECTION, headers={"Authorization": ""})) == "INTROSPECTION_DISABLED"
    settings.CMS_GRAPHQL_TRUSTED_ONLY = True
    assert code(send("{ site { name } }", headers={"Authorization": ""})) == "DOCUMENT_NOT_TRUSTED"


@pytest.mark.parametrize(
    "shown", [" ", "Bearer", "Bearer ", "Basic YTpi", "Token abc", "bearer wagtail_", "Bearer a b", "Bearer \xe9"]
)  # fmt: skip
def test_what_is_no_token_is_refused_and_opens_nothing(settings: Any, shown: str) -> None:
    settings.CMS_GRAPHQL_INTROSPECTION = False
    for query in (INTROSPECTION, "{ site { name } }"):
        response = send(query, headers={"Authorization": shown})
        assert code(response) == "UNAUTHENTICATED"
        assert response.status_code == 401
        assert response["Cache-Control"] == NOBODY_KEEPS


def test_a_token_counts_in_the_header_alone() -> None:
    """An address stands in logs and histories; a body is for documents."""
    hidden, token = drafted(), token_of(User.objects.create_superuser("ana"), "DRAFTS")
    body = {"query": TITLE, "variables": {"id": str(hidden.pk)}, "token": token, "access_token": token}
    client = Client()
    for name in ("token", "access_token", "authorization", "api_key"):
        sent = {"query": TITLE, "variables": f'{{"id": "{hidden.pk}"}}', name: token}
        assert title(client.get("/graphql/", sent)) == "Javna"
    assert title(client.post("/graphql/", body, content_type="application/json")) == "Javna"
    client.cookies["token"] = token
    assert title(send(TITLE, client, id=str(hidden.pk))) == "Javna"


# ---------------------------------------------------------------- Tokens
def test_a_token_of_published_content_shows_no_draft_and_one_of_drafts_does() -> None:
    hidden, owner = drafted(), User.objects.create_superuser("ana")
    seen = {scope: send(TITLE, headers=bearer(token_of(owner, scope)), id=str(hidden.pk))
            for scope in ("PUBLISHED", "DRAFTS")}  # fmt: skip
    assert title(seen["PUBLISHED"]) == "Javna"
    assert title(seen["DRAFTS"]) == "Osnutek"


def test_a_token_loses_what_its_owner_loses_at_once() -> None:
    hidden, owner = drafted(), User.objects.create_user("ana")
    group = Group.objects.create(name="Uredniki")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group, page=hidden, permission=Permission.objects.get(codename="change_page")
    )
    owner.groups.add(group)
    shown = bearer(token_of(owner, "DRAFTS"))
    assert title(send(TITLE, headers=shown, id=str(hidden.pk))) == "Osnutek"
    owner.groups.clear()
    assert title(send(TITLE, headers=shown, id=str(hidden.pk))) == "Javna"
    owner.delete()
    assert code(send(TITLE, headers=shown, id=str(hidden.pk))) == "UNAUTHENTICATED"


def test_a_token_goes_before_a_session_and_takes_nothing_from_it() -> None:
    """Else a token of published content would show drafts, or the answer would be another one in a browser."""
    hidden = page()
    PageViewRestriction.objects.create(page=hidden, restriction_type="groups")
    client = Client()
    client.force_login(User.objects.create_superuser("skrbnica"))
    response = send(TITLE, client, bearer(token_of(User.objects.create_user("ana"))), id=str(hidden.pk))
    assert title(response) is None
    assert code(send(TITLE, client, bearer("wagtail_x"), id=str(hidden.pk))) == "UNAUTHENTICATED"


def by_hash(query: str, *, in_full: bool = False) -> dict[str, Any]:
    known = {"persistedQuery": {"version": 1, "sha256Hash": hash_of(query)}}
    return {"extensions": known} | ({"query": query} if in_full else {})


def posted(body: Any, **headers: str) -> Any:
    return Client().post("/graphql/", body, content_type="application/json", headers=headers)


def test_what_a_token_asked_opens_nothing_to_others(settings: Any) -> None:
    """The document is prepared then, and its source may be kept under its hash."""
    settings.CMS_GRAPHQL_APQ = True
    settings.CMS_GRAPHQL_INTROSPECTION = False
    shown = bearer(token_of(User.objects.create_user("ana")))
    for trusted_only, expected in (
        (False, "INTROSPECTION_DISABLED"),
        (True, "PERSISTED_QUERY_NOT_SUPPORTED"),
    ):
        settings.CMS_GRAPHQL_TRUSTED_ONLY = trusted_only
        assert code(posted(by_hash(INTROSPECTION, in_full=True), **shown)) is None
        assert code(posted(by_hash(INTROSPECTION))) == expected
    assert code(posted({"query": INTROSPECTION})) == "DOCUMENT_NOT_TRUSTED"


def test_several_operations_in_one_request_are_each_asked_whether_they_are_trusted(settings: Any) -> None:
    settings.CMS_GRAPHQL_TRUSTED_ONLY = True
    settings.CMS_GRAPHQL_MAX_BATCH = 3
    trusted, other = "{ site { name } }", "{ other: site { name } }"
    TrustedDocument.objects.create(sha256=hash_of(trusted), name="Ime", source=trusted)
    entries = [{"query": trusted}, {"query": other}, by_hash(other, in_full=True)]
    answers = posted(json.dumps(entries)).json()
    codes = [one["errors"][0]["extensions"]["code"] if "errors" in one else None for one in answers]
    assert codes == [None, "DOCUMENT_NOT_TRUSTED", "DOCUMENT_NOT_TRUSTED"]


# ---------------------------------------------------------------- Who may keep the answer
REQUESTS = {
    "an answer": ("GET", {"query": "{ site { name } }"}, {}),
    "a condition that is met": ("GET", {"query": "{ site { name } }"}, {"If-None-Match": "*"}),
    "the head": ("HEAD", {"query": "{ site { name } }"}, {}),
    "a parse error": ("GET", {"query": "{"}, {}),
    "a validation error": ("GET", {"query": "{ nothing }"}, {}),
    "an error of a field": ("GET", {"query": "{ site { name } centres(first: 0) { totalCount } }"}, {}),
    "a limit": ("GET", {"query": "{ " + "a: __typename " * 600 + "}"}, {}),
    "a hash that is not known": ("GET", {"documentId": "sha256:" + "0" * 64}, {}),
    "an answer of no type": ("GET", {"query": "{ site { name } }"}, {"Accept": "image/png"}),
    "another method": ("PUT", {}, {}),
    "a form": ("POST", {"query": "{ site { name } }"}, {}),
}


@pytest.mark.parametrize("which", REQUESTS)
@pytest.mark.parametrize("who", ["a token", "a wrong token", "a session", "a session that is over"])
def test_no_cache_keeps_what_an_authorised_request_was_answered(which: str, who: str) -> None:
    method, sent, headers = REQUESTS[which]
    client = Client()
    match who:
        case "a token":
            headers = headers | bearer(token_of(User.objects.create_user("ana")))
        case "a wrong token":
            headers = headers | bearer("wagtail_wrong")
        case "a session":
            client.force_login(User.objects.create_user("ana"))
        case _:
            client.cookies["sessionid"] = "0123456789abcdefghijklmnopqrstuv"
    response = client.generic(method, "/graphql/", query_params=sent, headers=headers)
    assert response["Cache-Control"] == NOBODY_KEEPS
    assert "ETag" not in response
    assert response.status_code != 304


def test_a_session_that_is_over_is_told_so_in_an_answer_that_nobody_keeps() -> None:
    """The cookie that ends it would sign others out, if a shared cache gave it to them."""
    client = Client()
    client.cookies["sessionid"] = "0123456789abcdefghijklmnopqrstuv"
    response = client.get("/graphql/", {"query": "{ site { name } }"})
    assert response.cookies["sessionid"].value == ""
    assert response["Cache-Control"] == NOBODY_KEEPS
