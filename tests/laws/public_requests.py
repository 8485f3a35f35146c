"""Requests of the public (operations, pages of the frontend, feeds, sitemap), and the tables that they read."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from wagtail.models import Page

from centres.site import trusted
from cms.graphql.serving.cached import response_cache
from cms.graphql.serving.explorer import examples
from cms.graphql.serving.view import endpoint
from cms.publishing.version import advance
from config.schema import schema
from tests.graph import ENDPOINT
from tests.random_queries import queries
from tests.test_random_queries import known_words

FILES = ("/sitemap.xml", "/robots.txt", "/sl/programi.atom", "/en/programmes.atom", "/sl/koledar.ics", "/")
_TABLES = re.compile(r'(?:FROM|JOIN) "(\w+)"')
_VERSION = "cms_contentversion"

Request = tuple[str, str]


def documents(random: int) -> list[Request]:
    """Return bodies of POST requests to the endpoint: of the documentation, and ``random`` ones."""
    found = [
        (example.query, dict(json.loads(example.variables or "{}")))
        for example in examples(settings.CMS_GRAPHQL_EXAMPLES)
        if "preview" not in example.title
    ]

    @hypothesis_settings(
        max_examples=random, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(queries(schema, known_words()))
    def draw(asked: tuple[str, dict[str, Any]]) -> None:
        found.append(asked)

    draw()
    return [(ENDPOINT, json.dumps({"query": query, "variables": variables})) for query, variables in found]


def addresses() -> list[Request]:
    """Return addresses that are fetched: files, and the page of every kind that the frontend shows."""
    kinds = {page.content_type_id: page.url_path for page in Page.objects.filter(live=True, depth__gt=2)}
    return [(address, "") for address in (*FILES, *kinds.values())]


def send(request: Request) -> Any:
    """Return what can be compared of the response to a request."""
    address, body = request
    client = Client()
    response = client.post(address, body, content_type="application/json") if body else client.get(address)
    # What differs from one response to the next of itself.
    return response.status_code, re.sub(rb'(nonce(-|=")|"requestId":")[\w-]+', b"", b"".join(response))


def send_uncached(request: Request) -> Any:
    """Return the same, where nothing is cached: under a version that was never seen."""
    advance()
    endpoint.cache_clear()
    response_cache.cache_clear()
    return send(request)


@contextmanager
def tables_read() -> Iterator[set[str]]:
    """Note the tables that statements read in the block, but for that of the version."""
    found: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found.update(set(_TABLES.findall(sql)) - {_VERSION})
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def trusted_documents() -> list[Request]:
    """Return the documents of the built-in frontend, without variables."""
    return [(ENDPOINT, json.dumps({"query": one.source})) for one in trusted.documents().values()]
