"""The clients that frontends use, from npm, understand the served site: set up as docs/clients.md says."""

import json
import os
import subprocess
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import hypothesis
import pytest
from django.conf import settings

from cms.graphql.serving.explorer import Example, examples
from config.schema import schema
from tests.normalised import in_locale
from tests.random_queries import Vocabulary
from tests.random_queries import queries as random_strategy

# Databases are made for a run only if a test of it says that it reads one.
pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parent / "typescript"
MOVED = """{ editions(filter: {year: 2027}, first: 100, locale: "sl") {
  nodes { id ... on EventEdition { rescheduled } }
} }"""
RANDOM = int(os.environ.get("RANDOM_QUERIES", "200"))
# What the demo has names for.
WORDS = Vocabulary(
    {
        "slug": ["pionirska", "ucni-center", "zlata-hruska", "strokovne-srede"],
        "centre": ["pionirska", "ucni-center", "training-centre", "domoznanstvo"],
        "path": ["/sl/", "/en/", "/sl/kompetencni-centri/", "/sl/kompetencni-centri/pionirska/"],
        "locale": ["sl", "en"],
        "fallback": ["sl", "en"],
        "code": ["mkl", "nuk", "zbds"],
        "audience": ["librarians", "children"],
        "query": ["knjižnicah", "branje z otroki"],
    }
)
# What a type checker must know of the answers: that a union is told by its type name, and that null is possible.
READING = """
import { CentresDocument, type CentresQuery, type RouteQuery } from "./generated/graphql";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";

type Answer<Document> = Document extends TypedDocumentNode<infer Result, any> ? Result : never;

export function place(answer: Answer<typeof CentresDocument>): string[] {
  const same: CentresQuery = answer;
  return same.centres.nodes.map((centre) => `${centre.shortName}, ${centre.host.city}`);
}

export function target({ route }: RouteQuery): string | null {
  if (route?.__typename === "RedirectRoute") return route.location;
  return route?.__typename === "PageRoute" ? route.page.path : null;
}
"""


def node(*arguments: Any) -> list[str]:
    """Run a program of Node.js and return the lines that it prints."""
    ended = subprocess.run(
        ["node", *map(str, arguments)], cwd=FOLDER, check=False, capture_output=True, text=True
    )
    assert ended.stderr == ""
    return ended.stdout.splitlines()


@pytest.fixture(scope="module")
def endpoint(packages: Path, demo_server: str) -> str:
    return f"{demo_server}/graphql/"


@pytest.fixture(scope="module")
def folder(endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the documented queries and the types that were generated for them, without a word."""
    folder = tmp_path_factory.mktemp("clients")
    shown = [
        *examples(settings.BASE_DIR / "docs/graphql.md"),
        *examples(settings.BASE_DIR / "docs/clients.md"),
    ]
    # A preview needs a token of the admin.
    queries = [
        {"title": example.title, "query": example.query, "variables": variables(endpoint, example)}
        for example in shown
        if example.title != "preview"
    ]
    assert len(queries) > 20
    (folder / "queries.json").write_text(json.dumps(queries), "utf-8")
    (folder / "asked.json").write_text(json.dumps(asked(endpoint, queries)), "utf-8")
    for name in ("cache-keys.json", "schema.graphql"):
        place = folder / "relay" if name == "schema.graphql" else folder
        place.mkdir(exist_ok=True)
        (place / name).write_text((settings.BASE_DIR / "config" / name).read_text("utf-8"), "utf-8")
    assert node("types.mjs", endpoint, folder) == []
    return folder


def asked(endpoint: str, queries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the documented queries and 200 random ones that are answered, each in sl, en and sl again."""
    found = [{"title": one["title"], "turns": turns(one["query"], one["variables"])} for one in queries] + [
        {"title": f"random {number}", "turns": turns(*one)} for number, one in enumerate(random_queries())
    ]
    answered = (one for one in found if all(is_answered(endpoint, turn) for turn in one["turns"][:2]))
    wanted = list(islice(answered, len(queries) + RANDOM))
    assert len(wanted) == len(queries) + RANDOM
    return wanted


def turns(query: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    asked = [in_locale(query, given, schema, locale) for locale in ("sl", "en", "sl")]
    return [{"query": text, "variables": values} for text, values in asked]


def random_queries() -> list[tuple[str, dict[str, Any]]]:
    found: dict[str, tuple[str, dict[str, Any]]] = {}

    @hypothesis.settings(
        max_examples=1_000,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(random_strategy(schema, WORDS))
    def collect(one: tuple[str, dict[str, Any]]) -> None:
        found[one[0]] = one

    collect()
    return list(found.values())


def is_answered(endpoint: str, turn: dict[str, Any]) -> bool:
    sent = Request(endpoint, json.dumps(turn).encode(), {"Content-Type": "application/json"})  # noqa: S310 - our own
    with urlopen(sent) as answer:  # noqa: S310 - our own server
        return "errors" not in json.load(answer)


def variables(endpoint: str, example: Example) -> dict[str, Any]:
    given = json.loads(example.variables or "{}")
    if "id" in given:
        with urlopen(f"{endpoint}?{urlencode({'query': MOVED})}") as answer:  # noqa: S310 - our own server
            nodes = json.load(answer)["data"]["editions"]["nodes"]
        given["id"] = next(node["id"] for node in nodes if node.get("rescheduled"))
    return given


def test_types_are_generated_without_a_word_and_hold_for_what_a_frontend_does(folder: Path) -> None:
    (folder / "reading.ts").write_text(READING, "utf-8")
    options = [
        "--strict",
        "--noEmit",
        "--skipLibCheck",
        "--module",
        "esnext",
        "--moduleResolution",
        "bundler",
    ]
    (folder / "node_modules").symlink_to(FOLDER / "node_modules")
    assert node("node_modules/typescript/bin/tsc", *options, folder / "reading.ts") == []


def test_relay_reads_back_from_its_store_what_a_plain_answer_says(endpoint: str, folder: Path) -> None:
    lines = node("relay.mjs", endpoint, folder)
    assert [line for line in lines if not line.startswith("ok ")] == []
    assert len(lines) > RANDOM - 20


@pytest.mark.parametrize("client", ["apollo", "urql"])
def test_a_client_gets_the_documented_answers_continues_lists_and_asks_by_hash(
    endpoint: str, folder: Path, client: str
) -> None:
    lines = node(f"{client}.mjs", endpoint, folder)
    assert [line for line in lines if not line.startswith("ok ")] == []
    assert len(lines) > RANDOM
