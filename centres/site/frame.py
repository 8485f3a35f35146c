"""What surrounds every page: head, menu, languages, foot; and the making of the HTML."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_info
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from centres.site import asked, assets
from centres.site.asking import Reading
from centres.site.facts import Facts, host_of, hue_of, sentence
from centres.site.formats import Formats
from centres.site.markdown import address_of
from centres.site.routes import OWN_ROUTES, OwnRoute
from centres.site.words import WORDS, name
from cms.languages.locales import locale_codes
from cms.site import absolute_url

Context = dict[str, Any]


@cache
def _environment() -> Environment:
    """Return the templates: what is not marked as HTML is escaped, what is missing is an error."""
    return Environment(
        loader=PackageLoader("centres.site", "markup"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        cache_size=-1,
    )


def frame(reading: Reading, path: str, locale: str) -> Context:
    """Return what every page needs around its content. The words are those of the active language."""
    shell = reading.ask("shell", locale=locale)
    formats = Formats(locale)
    facts = Facts(formats, shell["siteLabels"])
    return {
        "shell": shell,
        "locale": locale,
        "path": path,
        "w": WORDS,
        "f": formats,
        "name": name,
        "hue_of": hue_of,
        "host_of": host_of,
        "sentence": sentence,
        **{public: getattr(facts, public) for public in dir(facts) if not public.startswith("_")},
        "own": {route.name: {"path": route.path(locale), "title": route.title} for route in OWN_ROUTES},
        "languages": [
            {
                "code": code,
                "path": f"/{code}/",
                "current": code == locale,
                "name": get_language_info(code)["name_local"],
            }
            for code in locale_codes()
        ],
        "door_list": _doors(shell, locale),
        "footer": _footer(shell),
        "report": _report(shell["site"]["contactEmail"], path),
        "feeds": list(_feeds(locale)),
        "twin": address_of(path),
        "icon": assets.icon(),
        "style": assets.style_sheet(),
        "scripts": [assets.script("site")],
        "service_worker": reverse("service_worker"),
        "title": "",
        "description": "",
        "canonical": "",
        "hreflang": [],
        "json_ld": [],
        "page": None,
        "hue": None,
        "noindex": False,
        "preview": None,
    }


def of_page(context: Context, page: Mapping[str, Any]) -> Context:
    """Return what the head and the menu say of a page of the site."""
    locale = context["locale"]
    versions = {version["locale"]: version["path"] for version in page["translations"]} | {
        locale: page["path"]
    }
    centre = page if page["__typename"] == "CentrePage" else page.get("centre")
    return {
        "page": page,
        "title": page["seo"]["title"] if len(page["breadcrumbs"]) > 1 else "",
        "description": page["seo"]["description"],
        "canonical": page["seo"]["canonical"],
        "hreflang": page["seo"]["hreflang"],
        "hue": hue_of(centre),
        "json_ld": [safe_json(block) for block in json_ld_of(page)],
        "languages": [row | {"path": versions.get(row["code"], row["path"])} for row in context["languages"]],
    }


def of_route(context: Context, route: OwnRoute) -> Context:
    """Return what the head and the menu say of an address that is no page of the site."""
    return {
        "title": route.title,
        "heading": route.title,
        "lead": route.description,
        "description": route.description,
        "canonical": absolute_url(route.path(context["locale"])),
        "hreflang": [{"locale": code, "url": absolute_url(route.path(code))} for code in locale_codes()],
        "languages": [row | {"path": route.path(row["code"])} for row in context["languages"]],
    }


def render(
    request: HttpRequest, reading: Reading, template: str, context: Context, status: int = 200
) -> HttpResponse:
    """Return a page made from a template; caches are told how long it is right."""
    with translation.override(context["locale"]):
        html = _environment().get_template(template).render(context)
    response = HttpResponse(html, status=status)
    reading.mark(request, response)
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Content-Security-Policy"] = assets.content_security_policy(context["style"])
    return response


def json_ld_of(page: Mapping[str, Any]) -> list[str]:
    """Return the JSON-LD of a page and of the editions on it."""
    editions = page.get("editions", {}).get("nodes", [])
    return [page["jsonLd"], *(edition["jsonLd"] for edition in editions if "jsonLd" in edition)]


def safe_json(text: str) -> Markup:
    """Return JSON-LD for a script element. Raises ValueError for a text that could end the element."""
    if "<" in text:
        raise ValueError("JSON-LD must not hold a less-than sign.")
    return Markup(text)  # noqa: S704 - it can't open or end an element, see above


def feed(name: str, locale: str, given: Mapping[str, Any] | None = None) -> str:
    """Return the address of a feed, narrowed as a page of the site is; empty where the site has none of that name.

    A centre stands in the path: /sl/pionirska/koledar.ics?free=1.
    """
    narrowed = dict(given or {})
    centre = narrowed.pop("centre", "")
    try:
        path = reverse(f"{name}-{locale}", kwargs={"centre": centre} if centre else {})
    except NoReverseMatch:
        return ""
    return asked.address(path, narrowed)()


def _feeds(locale: str) -> Any:
    for which, kind, word in (
        ("programmes", "application/atom+xml", "new_programmes"),
        ("calendar", "text/calendar", "calendar_feed"),
    ):
        if path := feed(which, locale):
            yield {"path": path, "type": kind, "title": WORDS[word]}


def _doors(shell: Mapping[str, Any], locale: str) -> list[Context]:
    """Return four ways into the site: those of the menu and those of the site itself."""
    texts = {"calendar": WORDS["door_calendar"], "programmes": WORDS["door_programmes"]}
    own = [
        {"path": route.path(locale), "title": route.title, "text": texts[route.name]}
        for route in OWN_ROUTES
        if route.name in texts
    ]
    menu = [
        {"path": item["path"], "title": item["title"], "text": item["page"]["seo"]["description"]}
        for item in shell["navigation"]
    ]
    return [*menu[:1], *own, *menu[1:2]]


def _footer(shell: Mapping[str, Any]) -> list[Context]:
    below = [child for item in shell["navigation"] for child in item["children"]]
    statement = shell["site"]["accessibilityStatement"]
    if statement and statement["path"] not in {item["path"] for item in below}:
        below.append({"path": statement["path"], "title": statement["title"]})
    return below


def _report(email: str | None, path: str) -> str:
    """Return the link by which a reader reports a barrier on this page."""
    if not email:
        return ""
    subject = str(WORDS["report_subject"]).format(path=path)
    return f"mailto:{email}?{urlencode({'subject': subject}, quote_via=quote)}"
