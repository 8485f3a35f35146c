"""The frontend's views: the first answer of every address, in the status that the route has."""

import json
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from cms.languages.locales import locale_codes
from home.frontend.asking import Answer, ask, asked
from home.frontend.assets import FOLDER, assets, content_security_policy
from home.frontend.frame import frame, own_frame, page_frame, preview_frame
from home.frontend.routes import SEARCH, locale_of, own_route

_NOT_FOUND = {
    "title": _("There is no such page"),
    "text": _("The address may be mistyped, or the page never existed. Search, or begin on the first page."),
}
_LONGEST_PATH = 1_000
_NOWHERE = "/-/"
_GONE = {
    "title": _("This page is no longer here"),
    "text": _("It was withdrawn on purpose. Search, or begin on the first page."),
}


@xframe_options_exempt  # the policy says who may frame it
@require_safe
@gzip_page  # the style sheet is inside; nothing secret is that could be guessed by the length (BREACH)
@conditional_page
def page(request: HttpRequest) -> HttpResponse:
    """Answer any address that nothing else answers."""
    if not settings.CMS_FRONTEND:
        return _headless(request)
    path = request.path_info
    if own_route(f"{path}/") is not None:
        return HttpResponsePermanentRedirect(_with_query(request, f"{path}/"))
    locale = locale_of(path)
    answer = ask("shell", path=path if _may_exist(path) else _NOWHERE, locale=locale)
    if (own := own_route(path)) is not None:
        context = own_frame(answer, own, locale) | {
            "query": request.GET.get("q", ""),
            "noindex": own is SEARCH,
        }
        return _html(request, context, answer)
    return _route(request, answer, path, locale)


@require_safe
@xframe_options_exempt
def preview(request: HttpRequest) -> HttpResponse:
    """Answer with the draft behind a token, in its frame and in the words of its language; nobody keeps anything."""
    if not settings.CMS_FRONTEND:
        raise Http404
    drafted, _cache_control = asked("preview", token=request.GET.get("token", ""))
    draft = (drafted.get("data") or {}).get("preview")
    locale = draft["requestedLocale"] if draft else locale_of(request.GET.get("locale", ""))
    answer = Answer(ask("shell", path=f"/{locale}/", locale=locale).data, "private, no-store")
    response = _html(request, preview_frame(answer, drafted, request.path_info, locale), answer)
    response["Content-Security-Policy"] = content_security_policy(assets(locale).import_map, admin=True)
    response["Referrer-Policy"] = "no-referrer"  # the address holds the token
    return response


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Answer with the worker that keeps what was read for a reader without a network."""
    if not settings.CMS_FRONTEND:
        raise Http404
    locales = locale_codes()
    files = sorted({file for locale in locales for file in assets(locale).all})
    kept = [
        *(f"/{locale}/" for locale in locales),
        reverse("graphql"),
        settings.STATIC_URL,
        settings.MEDIA_URL,
    ]
    source = (FOLDER / "service-worker.js").read_text("utf-8")
    script = f"const FILES = {json.dumps(files)};\nconst KEPT = {json.dumps(kept)};\n{source}"
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": "default-src 'none'; connect-src *"}
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)


def _may_exist(path: str) -> bool:
    """Return whether the endpoint takes the path as an argument at all."""
    return len(path) <= _LONGEST_PATH and "\0" not in path


def _route(request: HttpRequest, answer: Answer, path: str, locale: str) -> HttpResponse:  # noqa: PLR0911 - a case each
    route = answer.data["route"]
    match route and route["__typename"]:
        case "PageRoute" if route["page"]["path"] != path:
            return HttpResponsePermanentRedirect(_with_query(request, route["page"]["path"]))
        case "PageRoute":
            return _html(request, page_frame(answer, path, locale), answer)
        case "RedirectRoute" if route["permanent"]:
            return HttpResponsePermanentRedirect(_with_query(request, route["location"]))
        case "RedirectRoute":
            return HttpResponseRedirect(_with_query(request, route["location"]))
        case "GoneRoute":
            return _error(request, answer, _GONE, 410)
    if (other := _with_slash(path)) is not None:
        return HttpResponsePermanentRedirect(_with_query(request, other))
    return _error(request, answer, _NOT_FOUND, 404)


def _html(request: HttpRequest, context: dict[str, Any], answer: Answer, status: int = 200) -> HttpResponse:
    with translation.override(context["locale"]):
        response = render(request, "home/frontend.html", context, status=status)
    response["Cache-Control"] = answer.cache_control
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Content-Security-Policy"] = content_security_policy(
        context["assets"].import_map, context["style"]
    )
    return response


def _error(request: HttpRequest, answer: Answer, words: dict[str, Any], status: int) -> HttpResponse:
    path = request.path_info
    context = frame(answer, path, locale_of(path), "error") | words | {"noindex": True}
    return _html(request, context, answer, status)


def _with_slash(path: str) -> str | None:
    """Return the address with a slash at its end, where another part of the project answers to it.

    Django's own APPEND_SLASH never comes into play: this view answers to everything.
    """
    try:
        match = resolve(f"{path}/")
    except Resolver404:
        return None
    return None if path.endswith("/") or match.func is page else escape_leading_slashes(f"{path}/")


def _with_query(request: HttpRequest, location: str) -> str:
    """Return the location with the query string of the request, unless it has one of its own."""
    query = request.META.get("QUERY_STRING", "")
    return location if not query or "?" in location else f"{location}?{query}"


def _headless(request: HttpRequest) -> HttpResponse:
    """Say where the admin and the endpoint are, or lead to where the frontend is."""
    if request.path_info != "/":
        if (other := _with_slash(request.path_info)) is not None:
            return HttpResponsePermanentRedirect(_with_query(request, other))
        raise Http404
    if settings.CMS_FRONTEND_REDIRECT:
        return HttpResponseRedirect(settings.CMS_FRONTEND_REDIRECT)
    context = {
        "admin": reverse("wagtailadmin_home"),
        "endpoint": reverse("graphql"),
        "developers": reverse("graphql_docs") if settings.CMS_GRAPHQL_EXPLORER else "",
    }
    with translation.override(translation.get_language_from_request(request)):
        response = render(request, "home/headless.html", context)
    response["Content-Security-Policy"] = content_security_policy()
    response["Vary"] = "Accept-Language"
    return response
