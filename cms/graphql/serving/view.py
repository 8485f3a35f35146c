"""The GraphQL endpoint as a Django view."""

import gzip
import secrets
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import brotli
from django.conf import settings
from django.core.cache import caches
from django.core.signals import setting_changed
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

from cms.graphql.loading.compiler_check import refuse_unknown_compiler
from cms.graphql.loading.context import Context
from cms.graphql.protocol import http
from cms.graphql.protocol.caching import Freshness
from cms.graphql.protocol.documents import Documents
from cms.graphql.protocol.endpoint import NOT_MODIFIED, PARTIAL_SUCCESS, Endpoint, Policy, executed
from cms.graphql.protocol.limits import Limits
from cms.graphql.protocol.persisted import AutomaticQueries, TrustedDocuments
from cms.graphql.serving import explorer
from cms.graphql.serving.cached import offer, response_cache
from cms.models.trusted_document import TrustedDocument
from cms.running import logs
from cms.running.counting import Operation

# Below this, the answer and its headers fit into one packet anyhow.
_WORTH_COMPRESSING = 1_200
# Encodings, the preferred one first. At these levels both take about the same time.
_COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 5, mtime=0),
}


@csrf_exempt
def graphql(request: HttpRequest) -> HttpResponse:
    """Answer a GraphQL request, or a browser that asks for the explorer.

    Exempt from the CSRF check, and right only as long as both hold: the endpoint executes queries alone (it
    refuses mutations), and it reads a POST only as application/json, which a foreign page can't send without
    asking first (CORS). Both have a test.
    """
    if request.method == "OPTIONS":
        return _without_content(HttpResponse(status=204, headers=http.ALLOW))
    if explorer.is_asked_for(request):
        return explorer.page(request)
    request_id = logs.request_id.get() or secrets.token_hex(8)
    request.request_id = request_id  # type: ignore[attr-defined]  # for the context
    executed.set(None)
    reply = endpoint().reply(wire(request), lambda: Context.for_request(request), request_id)
    done = executed.get()
    logs.operation.set(Operation(*done) if done else None)
    return _response(request, reply, request_id)


@cache
def endpoint() -> Endpoint:
    """Return the endpoint that the settings describe; built once, at the start of a server or at the first request.

    Raises ImproperlyConfigured for a version of Django that reads rows in another way than the loader knows.
    """
    refuse_unknown_compiler()
    schema = import_string(settings.CMS_GRAPHQL_SCHEMA)
    limits = _limits()
    return Endpoint(
        schema=schema,
        limits=limits,
        policy=Policy(settings.CMS_GRAPHQL_INTROSPECTION, settings.CMS_GRAPHQL_TRUSTED_ONLY),
        documents=Documents(
            schema,
            limits,
            settings.CMS_GRAPHQL_DOCUMENT_CACHE_BYTES,
            compiled=settings.CMS_GRAPHQL_COMPILED,
        ),
        trusted=TrustedDocuments(TrustedDocument.source_of, settings.CMS_GRAPHQL_TRUSTED_SECONDS),
        automatic=_automatic(),
        responses=response_cache(),
        freshness=Freshness(
            settings.CMS_GRAPHQL_SHARED_SECONDS,
            settings.CMS_GRAPHQL_STALE_SECONDS,
            settings.CMS_GRAPHQL_CACHE_TAG_HEADER,
            settings.CMS_GRAPHQL_ERROR_SECONDS,
        ),
    )


def _limits() -> Limits:
    return Limits(
        body_bytes=settings.CMS_GRAPHQL_MAX_BODY_BYTES,
        url_bytes=settings.CMS_GRAPHQL_MAX_URL_BYTES,
        batch=settings.CMS_GRAPHQL_MAX_BATCH,
        tokens=settings.CMS_GRAPHQL_MAX_TOKENS,
        fields=settings.CMS_GRAPHQL_MAX_FIELDS,
        depth=settings.CMS_GRAPHQL_MAX_DEPTH,
        aliases=settings.CMS_GRAPHQL_MAX_ALIASES,
        root_fields=settings.CMS_GRAPHQL_MAX_ROOT_FIELDS,
        directives=settings.CMS_GRAPHQL_MAX_DIRECTIVES,
        variables=settings.CMS_GRAPHQL_MAX_VARIABLES,
        duplicates=settings.CMS_GRAPHQL_MAX_DUPLICATES,
        comparisons=settings.CMS_GRAPHQL_MAX_COMPARISONS,
        list_length=settings.CMS_GRAPHQL_MAX_LIST_LENGTH,
        string_length=settings.CMS_GRAPHQL_MAX_STRING_LENGTH,
        cost=settings.CMS_GRAPHQL_MAX_COST,
        estimate=settings.CMS_GRAPHQL_MAX_ESTIMATE,
        errors=settings.CMS_GRAPHQL_MAX_ERRORS,
    )


def _automatic() -> AutomaticQueries | None:
    if not settings.CMS_GRAPHQL_APQ:
        return None
    return AutomaticQueries(
        caches["default"], settings.CMS_GRAPHQL_APQ_SECONDS, settings.CMS_GRAPHQL_APQ_MAX_LENGTH
    )


def _rebuild(*, setting: str, **_: Any) -> None:
    if setting.startswith("CMS_GRAPHQL_"):
        endpoint.cache_clear()


setting_changed.connect(_rebuild)  # tests change settings


def wire(request: HttpRequest) -> http.WireRequest:
    headers = {name.lower(): value for name, value in request.headers.items()}
    # WSGI hands over bytes in the clothes of Latin-1 (PEP 3333).
    query_string = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
    return http.WireRequest(request.method or "", query_string, headers, _reader(request))


def _reader(request: HttpRequest) -> Callable[[int], bytes]:
    """Return what reads the body. Without a Content-Length (a chunked body) Django would read nothing."""
    if not request.META.get("CONTENT_LENGTH") and request.META.get("wsgi.input_terminated"):
        return request.META["wsgi.input"].read
    return request.read


def _response(request: HttpRequest, reply: http.Reply, request_id: str) -> HttpResponse:
    body, headers = reply.body, reply.headers
    if reply.holds is not None:
        offer(request.META, reply.holds.version, reply.holds.end)
        encoding = _encoding(request.headers.get("Accept-Encoding", ""))
        if len(body) >= _WORTH_COMPRESSING and encoding is not None:
            # Only public responses: they never contain a secret together with what a caller sent (BREACH).
            body = _COMPRESS[encoding](body)
            headers = {**headers, "Content-Encoding": encoding, "ETag": f"W/{headers['ETag']}"}
    response = HttpResponse(body, status=reply.status, headers=headers)
    if reply.status == PARTIAL_SUCCESS:
        response.reason_phrase = "Partial Success"
    response[logs.REQUEST_ID_HEADER] = request_id
    if request.method == "HEAD":
        # The length that 200 would have, or a framework fills in 0 (RFC 9110, 8.6).
        response["Content-Length"] = str(len(body))
    if request.method == "HEAD" or reply.status == NOT_MODIFIED:
        response.content = b""
    return response


@lru_cache(maxsize=256)
def _encoding(accepted: str) -> str | None:
    """Return the first encoding of `_COMPRESS` that a caller names and does not exclude (RFC 9110, 12.5.3)."""
    parts = (part.partition(";") for part in accepted.lower().replace(" ", "").split(","))
    excluded = ("q=0", "q=0.0", "q=0.00", "q=0.000")
    named = {name.removeprefix("x-") for name, _semicolon, weight in parts if weight not in excluded}
    return next((name for name in _COMPRESS if name in named), None)


def _without_content(response: HttpResponse) -> HttpResponse:
    """Take the type away that Django gives to every answer."""
    del response["Content-Type"]
    return response
