"""What a developer reads at /graphql/docs/: one query in the clients that frontends use, the schema, all else there is.

Both are there only where the explorer is. The samples are those of the documentation, with this server's address.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.views.decorators.http import conditional_page, require_safe
from graphql import print_schema

from cms.graphql.serving.explorer import examples

# Nothing but the style sheet: the page has no script.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
# The server in the documentation.
_SERVER = "https://cms.example/"
_HEADING_OR_CODE = re.compile(r"^#+ (?P<title>[^\n]+)$|^```\w+\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)

type Samples = dict[str, list[str]]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Answer with the page, in the browser's language. Raises Http404 where the explorer is switched off."""
    if not settings.CMS_GRAPHQL_EXPLORER:
        raise Http404
    server = request.build_absolute_uri("/")
    (_title, query), *clients = samples(settings.CMS_GRAPHQL_CLIENTS).items() or [("", [])]
    language = translation.get_language_from_request(request)
    context = {
        "language": language,
        "endpoint": request.build_absolute_uri(reverse("graphql")),
        "query": query,
        "clients": [(name, [code.replace(_SERVER, server) for code in codes]) for name, codes in clients],
        "documented": [example.title for example in examples(settings.CMS_GRAPHQL_EXAMPLES)],
        "has_schema": settings.CMS_GRAPHQL_INTROSPECTION,
    }
    with translation.override(language):
        response = render(request, "cms/graphql_docs.html", context)
    response["Content-Security-Policy"] = _POLICY
    response["Cache-Control"] = "no-cache"
    response["Vary"] = "Accept-Language"
    return response


@require_safe
@conditional_page
def schema(request: HttpRequest) -> HttpResponse:
    """Answer with the schema as a file. Raises Http404 where not everybody may read it."""
    if not (settings.CMS_GRAPHQL_EXPLORER and settings.CMS_GRAPHQL_INTROSPECTION):
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="schema.graphql"', "Cache-Control": "no-cache"}
    source = _printed(settings.CMS_GRAPHQL_SCHEMA)
    return HttpResponse(source, content_type="text/plain; charset=utf-8", headers=headers)


@cache
def _printed(schema_name: str) -> str:
    return print_schema(import_string(schema_name)) + "\n"


@lru_cache(maxsize=4)
def samples(path: str | Path) -> Samples:
    """Return the blocks of code in a Markdown file by the heading above them; nothing where there is no file."""
    file = Path(path)
    found: Samples = {}
    title = ""
    for match in _HEADING_OR_CODE.finditer(file.read_text("utf-8") if file.is_file() else ""):
        if match["title"]:
            title = match["title"]
        else:
            found.setdefault(title, []).append(match["code"])
    return found
