"""GraphiQL at the endpoint's own address, for browsers, from files of our own origin."""

import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from cms.graphql.protocol.http import GRAPHQL, JSON, media_ranges

_PARAMETERS = {"query", "documentId", "extensions"}
# GraphiQL sets styles through the DOM, which a policy lets pass; the one style element that it adds when a
# dialogue opens carries the nonce. So neither scripts nor styles need 'unsafe-inline'.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_EXAMPLE = re.compile(
    r"^#+ (?P<title>[^\n]+)$"
    r"|^```graphql\n(?P<query>.*?)^```$(?:\s*^```json\n(?P<variables>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with."""

    title: str
    query: str
    variables: str


def is_asked_for(request: HttpRequest) -> bool:
    """Return whether a browser asks for a page, and not a client for an answer."""
    if not settings.CMS_GRAPHQL_EXPLORER or request.method not in {"GET", "HEAD"}:
        return False
    ranges = media_ranges(request.headers.get("Accept", ""))
    wanted = ranges.get("text/html", 0)
    return wanted > max(ranges.get(GRAPHQL, 0), ranges.get(JSON, 0)) and not _PARAMETERS & request.GET.keys()


def page(request: HttpRequest) -> HttpResponse:
    """Return the explorer, in the browser's language."""
    nonce = secrets.token_urlsafe(16)
    shown = [
        {"title": example.title, "query": example.query, "variables": example.variables}
        for example in examples(settings.CMS_GRAPHQL_EXAMPLES)
    ]
    language = translation.get_language_from_request(request)
    with translation.override(language):
        context = {"nonce": nonce, "examples": shown, "language": language}
        response = render(request, "cms/graphql_explorer.html", context)
    response["Content-Security-Policy"] = _POLICY.format(nonce=nonce)
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Accept, Accept-Language"
    return response


@lru_cache(maxsize=4)
def examples(path: str | Path) -> tuple[Example, ...]:
    """Return the GraphQL blocks of a Markdown file, titled by the headings above them.

    A JSON block right behind one holds its variables. A file that does not exist has no examples, as a
    deployment may come without the documentation.
    """
    file = Path(path)
    if not path or not file.is_file():
        return ()
    found, title = [], ""
    for match in _EXAMPLE.finditer(file.read_text("utf-8")):
        if match["title"]:
            title = match["title"].replace("`", "").strip()
        else:
            found.append(Example(title, match["query"], match["variables"] or ""))
    return tuple(found)
