"""Asking the GraphQL endpoint from within the server, by the way that a browser's request takes as well."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import reverse

from cms.graphql.loading.context import Context
from cms.graphql.protocol.http import WireRequest
from cms.graphql.serving.view import endpoint
from cms.running import logs
from home.frontend.trusted import documents

# What JavaScript's encodeURIComponent leaves as it is, beside letters and digits (ECMA-262, 19.2.6.4).
_PLAIN = "-_.!~*'()"


class AnswerError(RuntimeError):
    """The endpoint answered with errors; the text holds their codes and messages."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a document asked for, and how long caches may keep it."""

    data: dict[str, Any]
    cache_control: str


def ask(name: str, **variables: Any) -> Answer:
    """Return the answer to one of the frontend's documents, as an anonymous visitor gets it. Raises `AnswerError`."""
    payload, cache_control = asked(name, **variables)
    if errors := payload.get("errors"):
        codes = [f"{error.get('extensions', {}).get('code')}: {error['message']}" for error in errors]
        raise AnswerError(f"{name}: {'; '.join(codes)}")
    return Answer(payload["data"], cache_control)


def asked(name: str, **variables: Any) -> tuple[dict[str, Any], str]:
    """Return what the endpoint says to a document, data or errors, and its ``Cache-Control``."""
    query = urlencode(
        {"documentId": f"sha256:{documents()[name].sha256}", "variables": json.dumps(variables)}
    )
    wire = WireRequest("GET", query.encode(), {"accept": "application/json"}, _no_body)
    reply = endpoint().reply(wire, Context, logs.request_id.get() or "frontend")
    return json.loads(reply.body), reply.headers["Cache-Control"]


def address(name: str, **variables: Any) -> str:
    """Return the address under which the browser's api.js asks for a document, letter by letter, to load it early."""
    encoded = quote(json.dumps(variables, ensure_ascii=False, separators=(",", ":")), safe=_PLAIN)
    return f"{reverse('graphql')}?documentId=sha256:{documents()[name].sha256}&variables={encoded}"


def _no_body(_length: int) -> bytes:
    return b""
