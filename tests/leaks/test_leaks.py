"""Nothing that is hidden reaches the public, whichever field, address or method it is asked by.

The queries are made from the schema, so a new field is asked too. With the gate taken out the same walk must find
every secret that a field could show: so it is known to look where they are.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as site_settings
from django.db import transaction
from django.db.models import Q
from django.test import Client
from django.utils import timezone
from wagtail.models import APIToken, Page, PageViewRestriction

from centres.feeds.urls import urlpatterns as feed_addresses
from centres.models import CentrePage, Edition
from cms.graphql import context as contexts
from cms.models.access import TokenAccess
from cms.visibility import Drafts, Gate, Viewer
from config.schema import schema
from tests.leaks.hidden import MARKER, World, build
from tests.leaks.walk import Walk, coordinates, fields_with_values

pytestmark = pytest.mark.django_db

ENDPOINT = "/graphql/"
WIDE = {
    "MAX_BODY_BYTES": 10**8, "MAX_URL_BYTES": 10**8, "MAX_TOKENS": 10**7, "MAX_FIELDS": 10**7, "MAX_DEPTH": 100,
    "MAX_ALIASES": 10**7, "MAX_ROOT_FIELDS": 10**4, "MAX_COMPARISONS": 10**9, "MAX_COST": 10**12,
    "TIMEOUT": 600.0, "DOCUMENT_CACHE_BYTES": 10**9, "APQ": True, "APQ_MAX_LENGTH": 10**7,
}  # fmt: skip
# Fields that have nothing to say on a site where every other field has: each with its reason.
SILENT = {
    "Query__route",  # its answers are unions without a key of their own
    "EventEdition__cancelReason",
}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, own_files: Any) -> Iterator[World]:
    """Return the site, built once: each test takes back what it writes, and the last one all of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def wide_limits(settings: Any) -> None:
    for name, value in WIDE.items():
        setattr(settings, f"CMS_GRAPHQL_{name}", value)


@pytest.fixture(scope="module")
def questions() -> dict[str, str]:
    """Return one operation for each root field: all that can be reached from it."""
    assert schema.query_type is not None
    return {name: Walk(schema).root(name) for name in schema.query_type.fields}


def variables_of(world: World, words: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return root fields with their variables, from what the database holds, hidden or not.

    With ``words`` each page is asked for in every way, and the search for the word of each secret.
    """
    for locale in ("sl", "en"):
        for name in ("centreIndex", "commission", "centres", "programmes", "editions", "books", "navigation",
                     "site", "siteLabels", "legalBases", "topics", "audiences"):  # fmt: skip
            yield name, {"locale": locale, "first": 100, "depth": 5}
        yield "sessions", {"locale": locale, "first": 100, "between": {"from": "2000-01-01T00:00:00Z"}}
        for code in ("mkl", "partner"):
            yield "organisation", {"locale": locale, "code": code}
    yield "changes", {"first": 100}
    yield "preview", {"token": "WzEsIDFd:1abc:xyz"}
    yield from _ways_to_pages(words)
    for page in world.pages.values():
        if page.specific_class.__name__ == "ProgrammePage":
            yield "programme", {"centre": page.get_parent().slug, "slug": page.slug}
    for path in world.queries:
        yield "route", {"path": path}
    for edition in Edition.objects.all():
        yield "edition", {"id": str(edition.pk)}
    for word in (
        "odprti",
        "knjiga",
        "program",
        *((*world.gated, *world.consent, *world.never) if words else ()),
    ):
        yield "search", {"query": word, "first": 100}
        yield "search", {"query": word[:-1], "locale": "en"}


def _ways_to_pages(every_way: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    for page in Page.objects.filter(depth__gt=1):
        yield "page", {"id": str(page.pk)}
        if not every_way:
            continue
        yield "page", {"id": str(page.pk), "locale": "en", "fallback": []}
        yield "route", {"path": page.url_path}
        yield "centre", {"slug": page.slug}


class Answers:
    """What was answered: the secrets in it and the fields that gave something."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.fields: set[str] = set()
        self.cookies: list[str] = []
        self.failures: list[str] = []

    def take(self, response: Any, asked: str, *, own_words: tuple[str, ...] = ()) -> None:
        head = "\n".join(f"{name}: {value}" for name, value in response.items())
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = f"{head}\n{body.decode('utf-8', 'replace')}"
        for word in MARKER.findall(f"{text}\n{_decoded(text)}"):
            if word.lower() not in own_words:
                self.found.setdefault(word.lower(), asked)
        self.cookies += [asked] if response.cookies else []
        if response.status_code >= 500:
            self.failures.append(f"{response.status_code} {asked}")
        if "json" in response.headers.get("Content-Type", "") and body:
            answer = json.loads(body)
            self.fields.update(fields_with_values(answer.get("data")))
            self.failures += [
                f"{error['message']} {error.get('path')} {asked}"
                for error in answer.get("errors", ())
                if error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
            ]


def _decoded(text: str) -> str:
    """Return what stands in the cursors of an answer, which are base64."""
    pieces = []
    for piece in re.findall(r'"([A-Za-z0-9_-]{16,}={0,2})"', text):
        try:
            pieces.append(base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4)).decode())
        except (ValueError, binascii.Error):
            continue
    return "\n".join(pieces)


def ask_all(
    world: World,
    questions: dict[str, str],
    *,
    method: str = "POST",
    headers: dict[str, str] | None = None,
    words: bool = True,
) -> Answers:
    """Ask every root field for everything, with all variables that the content suggests."""
    answers, client = Answers(), Client()
    declared = {name: set(schema.query_type.fields[name].args) for name in questions}  # type: ignore[union-attr]
    for name, suggested in variables_of(world, words):
        variables = {key: value for key, value in suggested.items() if key in declared[name]}
        response = send(client, questions[name], variables, method, headers or {})
        sent = json.dumps(variables).lower()
        answers.take(response, f"{name} {variables}", own_words=tuple(MARKER.findall(sent)))
    return answers


def send(client: Client, query: str, variables: dict[str, Any], method: str, headers: dict[str, str]) -> Any:
    body: dict[str, Any] = {"query": query, "variables": variables}
    if method == "POST":
        return client.post(ENDPOINT, body, content_type="application/json", headers=headers)
    if method == "GET":
        address = {"query": query, "variables": json.dumps(variables)}
        return client.get(f"{ENDPOINT}?{urlencode(address)}", headers=headers)
    digest = hashlib.sha256(query.encode()).hexdigest()
    known = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
    without_text = {"variables": variables, "extensions": known}
    first = client.post(ENDPOINT, without_text, content_type="application/json", headers=headers)
    if b"PersistedQueryNotFound" not in first.content:
        return first
    client.post(ENDPOINT, body | {"extensions": known}, content_type="application/json", headers=headers)
    return client.post(ENDPOINT, without_text, content_type="application/json", headers=headers)


def described(found: dict[str, str], world: World) -> str:
    known = world.gated | world.consent | world.never
    return "\n".join(f"{known[word]}: {asked}" for word, asked in found.items())


def clean(answers: Answers, world: World) -> None:
    assert not answers.found, described(answers.found, world)
    assert not answers.cookies
    assert not answers.failures


def token(user: Any, scope: str) -> dict[str, str]:
    row, plain = APIToken.create_token(user=user, name="preizkus")
    TokenAccess.objects.create(token=row, scope=scope, expires_at=timezone.now() + timedelta(days=1))
    return {"Authorization": f"Bearer {plain}"}


# ---------------------------------------------------------------- the walk
def test_the_public_finds_no_secret_by_any_field(world: World, questions: dict[str, str]) -> None:
    clean(ask_all(world, questions), world)


@pytest.mark.parametrize("method", ["GET", "APQ"])
def test_the_public_finds_no_secret_by_another_method(
    world: World, questions: dict[str, str], method: str
) -> None:
    clean(ask_all(world, questions, method=method, words=False), world)


@pytest.mark.parametrize("value", ["Bearer wagtail_" + "0" * 33, "Bearer x", "Basic YTph"])
def test_a_wrong_token_is_refused_and_told_nothing(
    world: World, questions: dict[str, str], value: str
) -> None:
    response = send(Client(), questions["centres"], {}, "POST", {"Authorization": value})
    answers = Answers()
    answers.take(response, value)
    clean(answers, world)
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_a_token_for_what_is_published_shows_nothing_of_drafts(
    world: World, questions: dict[str, str]
) -> None:
    """Its owner may read what members read; drafts, what is expired and other groups' pages stay hidden."""
    headers = token(world.users["other"], "PUBLISHED")
    found = ask_all(world, questions, headers=headers, words=False).found
    shown = {word: asked for word, asked in found.items() if not _for_members(world.gated.get(word, ""))}
    assert not shown, described(shown, world)


def _for_members(what: str) -> bool:
    """Whether something is shown to everybody who is signed in."""
    return any(word in what for word in ("login", "ancestor", "closed", "below", "above a programme"))


def test_feeds_and_lists_for_robots_hold_no_secret(world: World) -> None:
    answers, client = Answers(), Client()
    slugs = CentrePage.objects.values_list("slug", flat=True)
    addresses = ["/robots.txt", "/sitemap.xml", "/sitemap-1.xml", "/"]
    for one in feed_addresses:
        pattern = f"/{one.pattern}"
        addresses += [pattern.replace("<slug:centre>", slug) for slug in (slugs if "<" in pattern else [""])]
    assert client.get(addresses[-1]).status_code in (200, 404)
    for address in addresses:
        answers.take(client.get(address), address, own_words=tuple(MARKER.findall(address)))
    clean(answers, world)


def test_files_of_closed_collections_are_not_served(world: World) -> None:
    for name in ("closed", "below"):
        response = Client().get(world.documents[name].url)
        assert response.status_code in (302, 403, 404)


# ---------------------------------------------------------------- the walk is known to see
@pytest.fixture
def open_gate(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """Take the gate out: all rows are visible, and of each row that has one the draft is shown."""
    roots = tuple(Page.objects.filter(depth=1).values_list("path", flat=True))
    everything = Viewer(
        user=world.users["editor"],
        passwords=frozenset(PageViewRestriction.objects.values_list("pk", flat=True)),
        drafts=Drafts(roots, everything=True),
    )
    monkeypatch.setattr(contexts, "viewer_of", lambda _request: everything)
    monkeypatch.setattr(Gate, "q", lambda *_arguments: Q())
    monkeypatch.setattr(Gate, "allows", lambda *_arguments: True)


def test_without_the_gate_the_walk_finds_every_secret(
    world: World, questions: dict[str, str], open_gate: None
) -> None:
    answers = ask_all(world, questions, words=False)
    missed = {word: what for word, what in world.gated.items() if word not in answers.found}
    assert not missed
    assert coordinates(schema) - answers.fields <= SILENT
    assert not set(answers.found) & set(world.never), described(answers.found, world)


def test_every_field_of_the_schema_is_asked(questions: dict[str, str]) -> None:
    asked = " ".join(questions.values())
    assert {name for name in coordinates(schema) if f"{name}: " not in asked} == set()


def test_settings_of_the_site_are_the_ones_that_are_tested() -> None:
    assert site_settings.CMS_GRAPHQL_SCHEMA == "config.schema.schema"
