"""Sitemaps, feeds and calendars: whole files made of what everybody may see, at addresses of their own.

A file is made once for a state of the content and then sent from memory. Caches may share it until the clock
makes it wrong; whoever asks with the entity tag or the date of the last answer hears 304 (RFC 9110, 13).
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from cms.graphql.loading.context import Context
from cms.graphql.protocol.caching import within
from cms.graphql.protocol.responses import Answer
from cms.graphql.serving.cached import response_cache
from cms.publishing.version import last_change

_CONTROL = {code: None for code in (*range(32), 127) if chr(code) not in "\t\n\r"}


def file_view(
    media_type: str, narrowed_by: Iterable[str] = ()
) -> Callable[[Callable[..., bytes]], Callable[..., HttpResponse]]:
    """Make a view of a function that returns a file, from a `Context` of the public and the address's arguments.

    Cookies change nothing. Of the query string, what stands behind the names in ``narrowed_by`` is handed on as
    ``asked``, in this order; the rest changes nothing. The function may raise `Http404`.
    """

    names = tuple(narrowed_by)

    def decorate(make: Callable[..., bytes]) -> Callable[..., HttpResponse]:
        @require_safe
        @wraps(make)
        def view(request: HttpRequest, **arguments: Any) -> HttpResponse:
            context = Context()
            asked = {name: value for name in names if (value := request.GET.get(name, ""))}
            if names:
                arguments["asked"] = asked
            key, responses = (__name__, request.path, urlencode(asked)), response_cache()
            answer = responses.get(key, context.version, context.now)
            if answer is None:
                body = make(context, **arguments)
                answer = Answer.of(body, context.boundary)
                responses.store(key, answer, context.version, context.now)
            return _response(request, answer, context, media_type)

        return view

    return decorate


def printable(text: str) -> str:
    """Return ``text`` without the control characters that neither XML 1.0 nor iCalendar can hold."""
    return str(text).translate(_CONTROL)


def _response(request: HttpRequest, answer: Answer, context: Context, media_type: str) -> HttpResponse:
    etag, changed = f'"{answer.etag}"', _last_modified(context)
    response = HttpResponse(answer.body, content_type=media_type)
    response["Cache-Control"] = _cache_control(answer.until, context.now)
    response["ETag"] = etag
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    return get_conditional_response(request, etag=etag, last_modified=changed, response=response)  # type: ignore[return-value]


def _last_modified(context: Context) -> int | None:
    """Return when the file may have changed last: by an edit, or because something expired since."""
    passed = [moment for moment in context.gate.boundaries.times if moment <= context.now]
    moments = [moment for moment in (last_change(), *passed[-1:]) if moment is not None]
    return int(max(moments).timestamp()) if moments else None


def _cache_control(until: datetime | None, now: datetime) -> str:
    """Let shared caches keep a file for a short while, and longer where the server fails, but never beyond ``until``.

    Others ask each time.
    """
    shared, error = settings.CMS_GRAPHQL_SHARED_SECONDS, settings.CMS_GRAPHQL_ERROR_SECONDS
    if until is not None:
        shared, _stale, error = within(until - now, shared, 0, error)
    return f"public, max-age=0, s-maxage={shared}, stale-if-error={error}"
