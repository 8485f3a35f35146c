"""Asking for everything: the operations of a walk, the variables that the content suggests, what was answered."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import batched, zip_longest
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.test import Client
from wagtail.models import Page

from centres.models import Edition
from cms.publishing.identity import GlobalId, has_id
from config.schema import schema
from tests.leaks.hidden import MARKER, World
from tests.leaks.walk import Walk, fields_with_values

ENDPOINT = "/graphql/"
WIDE = {
    "MAX_BODY_BYTES": 10**8, "MAX_URL_BYTES": 10**8, "MAX_TOKENS": 10**7, "MAX_FIELDS": 10**7, "MAX_DEPTH": 100,
    "MAX_ALIASES": 10**7, "MAX_ROOT_FIELDS": 10**4, "MAX_COMPARISONS": 10**9, "MAX_COST": 10**12,
    "MAX_ESTIMATE": 10**12, "MAX_VARIABLES": 10**4, "TIMEOUT": 600.0,
    "DOCUMENT_CACHE_BYTES": 10**9, "APQ": True, "APQ_MAX_LENGTH": 10**7,
}  # fmt: skip
# What names the thing that a root field is asked for; root fields without one of these are lists.
NAMING = {"id", "ids", "path", "slug", "code", "token", "query"}
FORGED = "WzEsIDFd:1abc:xyz"

assert schema.query_type
ARGUMENTS = {name: of_type.args for name, of_type in schema.query_type.fields.items()}
LISTS = [name for name, arguments in ARGUMENTS.items() if not NAMING & set(arguments)]
NODES = ["nodes", "node"]
# The forged token is refused, and an answer with an error is computed once more, so it is asked for by itself.
THINGS = [name for name in ARGUMENTS if name not in LISTS and name not in {"search", "preview", *NODES}]


def operations() -> dict[str, str]:
    """Return operations that ask for all that can be reached from a list, from one thing and from a search."""
    return {
        "lists": Walk(schema).operation(*LISTS),
        "things": Walk(schema).operation(*THINGS),
        "nodes": Walk(schema).operation(*NODES),
        "search": Walk(schema).operation("search"),
        "preview": Walk(schema).operation("preview"),
        "changes": Walk(schema).operation("changes"),  # asked part by part
    }


def for_roots(roots: list[str], **suggested: Any) -> dict[str, Any]:
    """Return the variables of an operation, from what is suggested for arguments of these names."""
    found = {}
    for root in roots:
        for name in ARGUMENTS[root]:
            special = f"{root}_{name}"
            if special in suggested or name in suggested:
                found[special] = suggested.get(special, suggested.get(name))
    return found


def variables(world: World, *, brief: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield operations with their variables, from what the database holds, hidden or not; ``brief``: lists alone."""
    between = {"from": "2000-01-01T00:00:00Z"}
    for locale in ("sl", "en"):
        yield "lists", for_roots(LISTS, locale=locale, first=100, depth=5, between=between)
        yield "search", {"search_query": "odprti", "search_locale": locale, "search_first": 100}
    yield "search", {"search_query": "odprtx"}
    if brief:
        return
    yield "preview", for_roots(["preview"], token=FORGED)
    for facts in _things(world):
        yield "things", for_roots(THINGS, **NOTHING | facts)
    for ids in _ids():
        yield "nodes", {"node_id": ids[-1], "nodes_ids": ids}


NOTHING = {
    "id": "0",
    "edition_id": "0",
    "path": "-",
    "slug": "-",
    "centre": "-",
    "code": "-",
}


def _things(world: World) -> Iterator[dict[str, Any]]:
    """Yield what names each page, by its id and by its path, and each edition, organisation and old path.

    The kinds take turns: who has seen enough stops after some of each.
    """
    kinds: list[Iterable[dict[str, Any]]] = [
        _pages(),
        [{"code": code} for code in ("mkl", "partner")],
        [{"edition_id": str(pk)} for pk in Edition.objects.order_by("pk").values_list("pk", flat=True)],
        [{"route_path": path} for path in world.queries],
    ]
    for turn in zip_longest(*kinds):
        yield from (thing for thing in turn if thing is not None)


def _pages() -> Iterator[dict[str, Any]]:
    pages = list(Page.objects.filter(depth__gt=1).order_by("pk"))
    slugs = {page.path: page.slug for page in pages}
    for page in pages:
        above = slugs.get(page.path[: -Page.steplen], "-")
        yield {
            "id": str(page.pk),
            "page_path": None,
            "route_path": page.url_path,
            "slug": page.slug,
            "centre": above,
        }
        yield {"page_path": page.url_path, "locale": "en", "fallback": []}


def _ids() -> Iterator[list[str]]:
    """Yield the ids of all rows, hidden or not, in both locales."""
    for model in [Page, *filter(has_id, apps.get_models())]:
        if issubclass(model, Page) and model is not Page:
            continue
        keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
        ids = [
            str(GlobalId(model, str(pk), locales=locales)) for pk in keys for locales in ((), ("en", "sl"))
        ]
        yield from map(list, batched(ids, 100, strict=False))


class Answers:
    """What was answered: the secrets in it and the fields that gave something."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.fields: set[str] = set()
        self.cookies: list[str] = []
        self.failures: list[str] = []

    def take(self, response: Any, asked: str, *, own_words: tuple[str, ...] = ()) -> None:
        """Look through an answer; ``own_words`` stood in the question."""
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
            self.failures += [f"{error['message']} {error.get('path')} {asked}" for error in _faults(answer)]


# What a question for everything is told besides its answer; any other error means that something was not asked.
EXPECTED_CODES = {"PREVIEW_TOKEN_INVALID", "UNAUTHENTICATED", "PERSISTED_QUERY_NOT_FOUND"}


def _faults(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [error for error in answer.get("errors", ()) if error["extensions"]["code"] not in EXPECTED_CODES]


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
    brief: bool = False,
    enough: Callable[[Answers], bool] = lambda _answers: False,
) -> Answers:
    """Ask for everything, with all variables that the content suggests, until ``enough`` was answered."""
    answers, client = Answers(), Client()
    for name, given in variables(world, brief=brief):
        response = send(client, questions[name], given, method, headers or {})
        sent = json.dumps(given).lower()
        answers.take(response, f"{name} {given}", own_words=tuple(MARKER.findall(sent)))
        if enough(answers):
            break
    return answers


def send(client: Client, query: str, given: dict[str, Any], method: str, headers: dict[str, str]) -> Any:
    """Return the response to an operation sent by POST, by GET, or by its hash (APQ)."""
    body: dict[str, Any] = {"query": query, "variables": given}
    if method == "POST":
        return client.post(ENDPOINT, body, content_type="application/json", headers=headers)
    if method == "GET":
        address = {"query": query, "variables": json.dumps(given)}
        return client.get(f"{ENDPOINT}?{urlencode(address)}", headers=headers)
    digest = hashlib.sha256(query.encode()).hexdigest()
    known = {"persistedQuery": {"version": 1, "sha256Hash": digest}}
    by_hash = {"variables": given, "extensions": known}
    first = client.post(ENDPOINT, by_hash, content_type="application/json", headers=headers)
    if b"PersistedQueryNotFound" not in first.content:
        return first
    client.post(ENDPOINT, body | {"extensions": known}, content_type="application/json", headers=headers)
    return client.post(ENDPOINT, by_hash, content_type="application/json", headers=headers)


def search_for(words: list[str]) -> dict[str, dict[str, Any]]:
    """Return what the search says of each word, all asked in one operation."""
    what = (
        "{ totalCount suggestion facets { values { count } } nodes { snippet { text } page { id title } } }"
    )
    declared = ", ".join(f"$w{number}: String!" for number in range(len(words)))
    asked = " ".join(
        f"w{number}: search(query: $w{number}, first: 100) {what}" for number in range(len(words))
    )
    given = {f"w{number}": word for number, word in enumerate(words)}
    answer = send(Client(), f"query ({declared}) {{ {asked} }}", given, "POST", {}).json()
    assert "errors" not in answer, answer["errors"][:3]
    return {word: answer["data"][f"w{number}"] for number, word in enumerate(words)}
