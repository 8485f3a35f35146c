"""Every page as Markdown at its address with ``.md``, and /llms.txt, which lists them: for programs that read.

A twin is made from the HTML that readers get, so both say the same. Source of the list: llmstxt.org.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_info
from markdownify import ATX, MarkdownConverter

from centres.site.asking import Reading
from centres.site.routes import OWN_ROUTES
from centres.site.words import WORDS
from cms.languages.locales import locale_codes
from cms.site import absolute_url

SUFFIX = ".md"
_MEDIA_TYPE = "text/markdown; charset=utf-8"
_POLICY = "default-src 'none'; frame-ancestors 'none'"
# What is for the eye, the mouse and the keyboard alone.
_LEFT_OUT = "form, nav, script, style, svg, button, template, [hidden], [aria-hidden=true]"
# Of the HTML's headers, what is not true of the twin.
_NOT_OF_THE_TWIN = ("Content-Security-Policy", "ETag", "Content-Length")
# There are fewer; a bound, so that no address makes a server read without end.
_PARTS = 50


def address_of(path: str) -> str:
    """Return where the twin of the page at ``path`` is: /sl/o-nas.md for /sl/o-nas/."""
    return f"{path.rstrip('/')}{SUFFIX}"


def page_of(path: str) -> str | None:
    """Return the path of the page of which ``path`` is the twin; None where it is no address of one."""
    return f"{path.removesuffix(SUFFIX)}/" if path.endswith(SUFFIX) else None


def twin(request: HttpRequest, answer: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """Return as Markdown what ``answer`` says to a request for a page; redirects lead to twins."""
    response = answer(request)
    location = response.get("Location", "")
    if location:
        if urlsplit(location).path.endswith("/") and not urlsplit(location).netloc:
            parts = urlsplit(location)
            response["Location"] = parts._replace(path=address_of(parts.path)).geturl()
        return response
    html = response.content.decode()
    response.content = _as_markdown(html, request.path_info).encode()
    for name in _NOT_OF_THE_TWIN:
        response.headers.pop(name, None)
    response["Content-Type"] = _MEDIA_TYPE
    response["Content-Security-Policy"] = _POLICY
    return response


def _as_markdown(html: str, path: str) -> str:
    page = BeautifulSoup(html, "html.parser")
    base = absolute_url(path)
    head = [f"url: {_attribute(page.find('link', rel='canonical'), 'href') or base}"]
    for version in page.find_all("link", rel="alternate", hreflang=True):
        if version["hreflang"] != "x-default":
            other = str(version["href"])
            head.append(f"{version['hreflang']}: {address_of(other.partition('?')[0])}")
    main: Any = page.find("main") or page.body or page
    for element in main.select(_LEFT_OUT):
        element.decompose()
    for element in main.find_all(True):
        for name in ("href", "src"):
            if name in element.attrs:
                element[name] = urljoin(base, str(element[name]))
    text = MarkdownConverter(heading_style=ATX, bullets="-", escape_misc=False).convert_soup(main)
    lines = (line.rstrip() for line in text.splitlines())
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return "\n".join(["---", *head, "---", "", body, ""])


def _attribute(element: Any, name: str) -> str:
    return str(element[name]) if element is not None and name in element.attrs else ""


def llms_txt(request: HttpRequest) -> HttpResponse:
    """Return the list of all pages in all languages, each with a link to its twin."""
    reading = Reading()
    lines: list[str] = []
    for locale in locale_codes():
        with translation.override(locale):
            shell = reading.ask("shell", locale=locale)
            if not lines:
                lines += [f"# {_plain(shell['site']['name'])}", "", f"> {WORDS['llms_lead']}", ""]
            lines += [f"## {get_language_info(locale)['name_local']}", ""]
            for route in OWN_ROUTES:
                if route.name != "search":
                    lines.append(_entry(route.path(locale), str(route.title), str(route.description)))
            lines += [
                _entry(row["path"], row["title"], row["seo"]["description"])
                for row in _pages(reading, locale)
            ]
            lines.append("")
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    reading.mark(request, response)
    return response


def _pages(reading: Reading, locale: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    after = None
    for _part in range(_PARTS):
        found = reading.ask("all_pages", locale=locale, after=after)["pages"]
        rows += found["nodes"]
        if not found["pageInfo"]["hasNextPage"]:
            break
        after = found["pageInfo"]["endCursor"]
    return rows


def _entry(path: str, title: str, description: str) -> str:
    said = f": {_plain(description)}" if description else ""
    return f"- [{_plain(title)}]({absolute_url(address_of(path))}){said}"


def _plain(text: str) -> str:
    """Return a text on one line, in which no sign ends a link."""
    return re.sub(r"([\[\]\\])", r"\\\1", " ".join(str(text).split()))
