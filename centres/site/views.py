"""The site's views: each address is answered in full, in the status that its route has."""

import json
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from centres.site import asked, calendar, markdown, programmes, search
from centres.site.asking import Reading
from centres.site.assets import FOLDER, kept_files
from centres.site.frame import Context, frame, of_page, of_route, render
from centres.site.pages import content
from centres.site.routes import OwnRoute, locale_of, own_route
from centres.site.words import WORDS
from cms.languages.locales import locale_codes
from home import headless

_LONGEST_PATH = 1_000
_NOWHERE = "/-/"
_OWN: dict[str, Callable[[HttpRequest, Reading, Context, str], Context]] = {
    "calendar": calendar.show,
    "programmes": programmes.show,
    "search": search.show,
}


@xframe_options_exempt  # the policy says who may frame it
@require_safe
@gzip_page  # the style sheet is inside; nothing secret is that could be guessed by the length (BREACH)
@conditional_page
def page(request: HttpRequest) -> HttpResponse:
    """Answer any address that nothing else answers."""
    if not settings.CMS_FRONTEND:
        return headless.root(request)
    if (path := markdown.page_of(request.path_info)) is not None:
        request.path_info = path
        return markdown.twin(request, _answer)
    return _answer(request)


def _answer(request: HttpRequest) -> HttpResponse:
    path = request.path_info
    if own_route(f"{path}/") is not None:
        return HttpResponsePermanentRedirect(headless.with_query(request, f"{path}/"))
    locale = locale_of(path)
    with translation.override(locale):
        if (own := own_route(path)) is not None:
            return _own(request, own, path, locale)
        return _route(request, path, locale)


@require_safe
@gzip_page
@conditional_page
def llms_txt(request: HttpRequest) -> HttpResponse:
    """Answer with the list of all pages as Markdown."""
    if not settings.CMS_FRONTEND:
        raise Http404
    return markdown.llms_txt(request)


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Answer with the worker that keeps what was read for a reader without a network."""
    if not settings.CMS_FRONTEND:
        raise Http404
    start = [*(f"/{locale}/" for locale in locale_codes()), settings.STATIC_URL, settings.MEDIA_URL]
    source = (FOLDER / "service-worker.js").read_text("utf-8")
    offline = {}
    for locale in locale_codes():
        with translation.override(locale):
            offline[locale] = str(WORDS["offline_text"])
    constants = {"FILES": sorted(kept_files()), "KEPT": start, "OFFLINE": offline}
    lines = [f"const {name} = {json.dumps(value)};" for name, value in constants.items()]
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": "default-src 'none'; connect-src *"}
    return HttpResponse(
        "\n".join([*lines, source]), content_type="text/javascript; charset=utf-8", headers=headers
    )


def _own(request: HttpRequest, route: OwnRoute, path: str, locale: str) -> HttpResponse:
    reading = Reading()
    context = frame(reading, path, locale)
    context |= of_route(context, route) | _OWN[route.name](request, reading, context, path)
    return render(request, reading, f"{route.name}.html", context)


def _route(request: HttpRequest, path: str, locale: str) -> HttpResponse:
    reading = Reading()
    route = reading.ask("page", path=path if _may_exist(path) else _NOWHERE)["route"]
    match route and route["__typename"]:
        case "PageRoute" if route["page"]["path"] != path:
            return HttpResponsePermanentRedirect(headless.with_query(request, route["page"]["path"]))
        case "PageRoute":
            return _page(request, reading, route["page"], locale)
        case "RedirectRoute":
            kind = HttpResponsePermanentRedirect if route["permanent"] else HttpResponseRedirect
            return kind(headless.with_query(request, route["location"]))
        case "GoneRoute":
            return _error(request, reading, "gone", 410)
    if (other := headless.with_slash(path)) is not None:
        return HttpResponsePermanentRedirect(headless.with_query(request, other))
    return _error(request, reading, "not_found", 404)


def _page(request: HttpRequest, reading: Reading, found: dict[str, Any], locale: str) -> HttpResponse:
    context = frame(reading, found["path"], locale)
    cursors = {name: asked.cursor(request, name) for name in ("editions", "years")}
    template, shown = content(reading, found, locale, cursors)
    return render(request, reading, template, context | of_page(context, found) | shown)


def _error(request: HttpRequest, reading: Reading, what: str, status: int) -> HttpResponse:
    path = request.path_info
    context = frame(reading, path, locale_of(path))
    last = re.sub(r"[^\w]+", " ", path.strip("/").rpartition("/")[2])[: asked.LONGEST].strip()
    context |= {
        "title": WORDS[what],
        "lead": WORDS[f"{what}_text"],
        "words_of_path": last if last not in locale_codes() else "",
        "noindex": True,
    }
    return render(request, reading, "error.html", context, status)


def _may_exist(path: str) -> bool:
    """Return whether the endpoint takes the path as an argument at all."""
    return len(path) <= _LONGEST_PATH and "\0" not in path
