"""The list of all pages for search engines, with their other languages, and the file that leads there.

Sources: sitemaps.org protocol 0.9; Google Search Central, "Tell Google about localized versions of your
page"; RFC 9309 (robots.txt).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.feeds.serving import file_view
from cms.graphql.loading.context import Context
from cms.graphql.loading.pages import visible
from cms.languages.locales import locale_codes
from cms.media.images import backend_url
from cms.site import absolute_url

MEDIA_TYPE = "application/xml; charset=utf-8"

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Keep robots out of the admin and show them the sitemap."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('wagtailadmin_home')}",
        f"Sitemap: {backend_url('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@file_view(MEDIA_TYPE)
def sitemap(context: Context) -> bytes:
    """All pages; where they are more than one file may hold, the list of the files."""
    size = settings.CMS_SITEMAP_SIZE
    count = _pages(context).count()
    if count <= size:
        return _page_list(context, 0, size)
    return _file_list(context, -(-count // size))


@file_view(MEDIA_TYPE)
def sitemap_part(context: Context, part: int) -> bytes:
    """One file of a large sitemap, counted from 1."""
    size = settings.CMS_SITEMAP_SIZE
    if part < 1 or (part - 1) * size >= _pages(context).count():
        raise Http404
    return _page_list(context, (part - 1) * size, size)


def _pages(context: Context) -> Any:
    """Return the public pages but for aliases, whose text has its address at their source."""
    locales = list(context.gate.boundaries.locales)
    return visible(context, Page).filter(locale__in=locales, alias_of__isnull=True).order_by("pk")


def _page_list(context: Context, start: int, size: int) -> bytes:
    pages = list(
        _pages(context)[start : start + size].values("translation_key", "url_path", "last_published_at")
    )
    versions = _versions(context, pages)
    with _document("urlset", {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML}) as (text, xml):
        for page in pages:
            xml.startElement("url", AttributesImpl({}))
            xml.addQuickElement("loc", absolute_url(page["url_path"]))
            _add_date(xml, page["last_published_at"])
            for locale, path in versions[page["translation_key"]]:
                address = {"rel": "alternate", "hreflang": locale, "href": absolute_url(path)}
                xml.addQuickElement("xhtml:link", attrs=address)
            xml.endElement("url")
    return text.getvalue().encode()


def _versions(context: Context, pages: Iterable[dict[str, Any]]) -> dict[Any, list[tuple[str, str]]]:
    """Return locale and path of every version of the pages that have several; the first is x-default too."""
    ids = {code: pk for pk, code in context.gate.boundaries.locales.items()}
    rows = _pages(context).filter(translation_key__in=[page["translation_key"] for page in pages])
    paths: dict[Any, dict[int, str]] = defaultdict(dict)
    for key, locale, path in rows.values_list("translation_key", "locale_id", "url_path"):
        paths[key][locale] = path
    found: dict[Any, list[tuple[str, str]]] = defaultdict(list)
    for key, by_locale in paths.items():
        if len(by_locale) > 1:
            found[key] = [
                (code, by_locale[ids[code]]) for code in locale_codes() if ids.get(code) in by_locale
            ]
            found[key].append(("x-default", found[key][0][1]))
    return found


def _file_list(context: Context, parts: int) -> bytes:
    newest = _pages(context).aggregate(newest=Max("last_published_at"))["newest"]
    with _document("sitemapindex", {"xmlns": _SITEMAP}) as (text, xml):
        for part in range(1, parts + 1):
            xml.startElement("sitemap", AttributesImpl({}))
            xml.addQuickElement("loc", backend_url(f"/sitemap-{part}.xml"))
            _add_date(xml, newest)
            xml.endElement("sitemap")
    return text.getvalue().encode()


@contextmanager
def _document(root: str, attributes: dict[str, str]) -> Iterator[tuple[StringIO, SimplerXMLGenerator]]:
    text = StringIO()
    xml = SimplerXMLGenerator(text, "utf-8")
    xml.startDocument()
    xml.startElement(root, AttributesImpl(attributes))
    yield text, xml
    xml.endElement(root)
    xml.endDocument()


def _add_date(xml: SimplerXMLGenerator, moment: datetime | None) -> None:
    if moment is not None:
        xml.addQuickElement("lastmod", moment.isoformat(timespec="seconds"))
