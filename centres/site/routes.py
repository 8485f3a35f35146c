"""Addresses that the site answers itself, without a page of an editor."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.languages.locales import locale_codes


@dataclass(frozen=True, slots=True)
class OwnRoute:
    """A view of the site with an address in each language."""

    name: str
    title: str | Promise
    description: str | Promise
    slugs: dict[str, str]

    def path(self, locale: str) -> str:
        """Return the address in ``locale``; a language without a word has the English one."""
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
PROGRAMMES = OwnRoute(
    "programmes",
    _("Programmes"),
    _("Courses, meetings, campaigns, awards and publications of all centres."),
    {"sl": "programi", "en": "programmes"},
)
OWN_ROUTES = (CALENDAR, PROGRAMMES, SEARCH)


def own_route(path: str) -> OwnRoute | None:
    """Return the view at ``path``; None where there is none."""
    found = {route.path(locale): route for route in OWN_ROUTES for locale in locale_codes()}
    return found.get(path)


def locale_of(path: str) -> str:
    """Return the locale that begins a path, the site's default one where none does."""
    first = path.strip("/").partition("/")[0]
    return first if first in locale_codes() else locale_codes()[0]
