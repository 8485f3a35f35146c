"""Addresses that are the frontend's own and no pages of the site."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.languages.locales import locale_codes


@dataclass(frozen=True, slots=True)
class OwnRoute:
    """A view of the frontend with an address in each language."""

    name: str
    title: str | Promise
    description: str | Promise
    slugs: dict[str, str]

    def path(self, locale: str) -> str:
        """Return the address in ``locale``; the English word stands in where a language has none."""
        return f"/{locale}/{self.slugs.get(locale, self.slugs['en'])}/"


CALENDAR = OwnRoute(
    "calendar",
    _("Calendar"),
    _("All dates of courses, meetings and campaigns of the centres, day by day."),
    {"sl": "koledar", "en": "calendar"},
)
SEARCH = OwnRoute(
    "search",
    _("Search"),
    _("Search all centres, programmes and pages; any form of a word will do."),
    {"sl": "iskanje", "en": "search"},
)
OWN_ROUTES = (CALENDAR, SEARCH)


def own_route(path: str) -> OwnRoute | None:
    """Return the view of the frontend that stands at ``path``."""
    found = {route.path(locale): route for route in OWN_ROUTES for locale in locale_codes()}
    return found.get(path)


def locale_of(path: str) -> str:
    """Return the locale that begins a path, the site's default one where none does."""
    first = path.strip("/").partition("/")[0]
    return first if first in locale_codes() else locale_codes()[0]


def is_own_slug(slug: str) -> bool:
    """Return whether a view of the frontend has this slug in any language."""
    return any(slug in route.slugs.values() for route in OWN_ROUTES)
