"""What the first answer of an address holds: its head, the frame around every page and where the browser goes on."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from cms.languages.locales import locale_codes
from cms.site import absolute_url
from home.frontend.asking import Answer, address
from home.frontend.assets import EARLY, assets, style_sheet
from home.frontend.routes import OWN_ROUTES, OwnRoute
from home.frontend.trusted import documents

# How many colours site.css has for centres.
HUES = 7
_AWARDS = ("AWARD", "QUALITY_SIGN")


def frame(answer: Answer, path: str, locale: str, view: str = "") -> dict[str, Any]:
    """Return what the template needs around any content, from the answer to the shell document.

    ``view`` names what stands there when it is no page of the site.
    """
    data, files = answer.data, assets(locale)
    return {
        "locale": locale,
        "site": data["site"],
        "navigation": data["navigation"],
        "labels": data["siteLabels"],
        "path": path,
        "own": {route.name: {"path": route.path(locale), "title": route.title} for route in OWN_ROUTES},
        "languages": [
            {"code": code, "path": f"/{code}/", "current": code == locale} for code in locale_codes()
        ],
        "assets": files,
        "style": style_sheet(),
        "modules": [*files.modules, *filter(None, [files.views.get(view)])],
        "view": view,
        "programmes_feed": _feed("programmes", locale),
        "for_script": for_script(data, path, locale) | {"view": view},
    }


def for_script(data: Mapping[str, Any], path: str, locale: str) -> dict[str, Any]:
    """Return what the script has to know: where to ask, under which hashes, and the site's own words."""
    return {
        "path": path,
        "locale": locale,
        "endpoint": reverse("graphql"),
        "documents": {name: f"sha256:{document.sha256}" for name, document in documents().items()},
        "site": data["site"],
        "labels": data["siteLabels"],
        "routes": {
            route.path(locale): {
                "view": route.name,
                "title": route.title,
                "summary": route.description,
                "paths": {code: route.path(code) for code in locale_codes()},
            }
            for route in OWN_ROUTES
        },
        "timeZone": settings.TIME_ZONE,
        "serviceWorker": reverse("service_worker"),
        "calendarFeed": _feed("calendar", locale),
    }


def _feed(name: str, locale: str) -> str:
    """Return the address of a feed; empty where the site has none of that name."""
    try:
        return reverse(f"{name}-{locale}")
    except NoReverseMatch:
        return ""


def page_frame(answer: Answer, path: str, locale: str) -> dict[str, Any]:
    """Return the context of a page of the site."""
    page = answer.data["route"]["page"]
    context = frame(answer, path, locale)
    versions = {version["locale"]: version["path"] for version in page["translations"]} | {
        locale: page["path"]
    }
    for language in context["languages"]:
        language["path"] = versions.get(language["code"], language["path"])
    return context | {
        "page": page,
        "title": page["seo"]["title"] if len(page["breadcrumbs"]) > 1 else "",
        "hue": hue(page),
        "json_ld": [safe_json(block) for block in json_ld_of(page)],
        "below": page["children"]["nodes"],
        "early": json.dumps(early(page, path, locale)),
        "early_script": EARLY,
    }


def own_frame(answer: Answer, route: OwnRoute, locale: str) -> dict[str, Any]:
    """Return the context of a view that is no page of the site."""
    context = frame(answer, route.path(locale), locale, route.name)
    for language in context["languages"]:
        language["path"] = route.path(language["code"])
    hreflang = [{"locale": code, "url": absolute_url(route.path(code))} for code in locale_codes()]
    return context | {
        "title": route.title,
        "description": route.description,
        "canonical": absolute_url(route.path(locale)),
        "hreflang": hreflang,
    }


def preview_frame(answer: Answer, drafted: Mapping[str, Any], path: str, locale: str) -> dict[str, Any]:
    """Return the context of a preview: the draft is in it as the endpoint gave it, so that it is there at once."""
    context = frame(answer, path, locale, "preview")
    context["for_script"] |= {
        "preview": drafted,
        "renew": reverse("preview_renew"),
        "userBar": reverse("preview_user_bar"),
    }
    context |= {"title": _("Preview"), "noindex": True}
    page = (drafted.get("data") or {}).get("preview")
    return context | ({"page": page, "hue": hue(page)} if page else {})


def early(page: Mapping[str, Any], path: str, locale: str) -> list[str]:
    """Return the requests that the script will make for this page, so that the browser makes them at once."""
    requests = [address("page", path=path)]
    match page["__typename"]:
        case "CentreIndexPage":
            requests.append(address("centres", locale=locale))
        case "ProgrammePage" if page["kind"] in _AWARDS:
            requests.append(
                address("award_years", centre=page["centre"]["slug"], slug=page["slug"], locale=locale)
            )
    return requests


def hue(page: Mapping[str, Any]) -> int | None:
    """Return the number of the colour of the centre that a page belongs to, the same one that site.js finds."""
    centre = page if page["__typename"] == "CentrePage" else page.get("centre")
    return sum(map(ord, centre["field"]["code"])) % HUES if centre else None


def json_ld_of(page: Mapping[str, Any]) -> list[str]:
    """Return the JSON-LD of a page and of the editions that stand on it."""
    editions = page.get("editions", {}).get("nodes", [])
    return [page["jsonLd"], *(edition["jsonLd"] for edition in editions)]


def safe_json(text: str) -> SafeString:
    """Return JSON-LD for a script element. Raises ValueError for a text that could end the element."""
    if "<" in text:
        raise ValueError("JSON-LD must not hold a less-than sign.")
    return mark_safe(text)  # noqa: S308 - it can't open or end an element, see above
