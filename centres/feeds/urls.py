"""The addresses of the feeds, in the words of each language."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from centres.feeds import atom, calendar
from cms.languages.locales import locale_codes

# A language that is not named here has the English names.
_PROGRAMMES = {"sl": "programi.atom"}
_CALENDAR = {"sl": "koledar.ics"}


def _patterns() -> Iterator[URLPattern]:
    for locale in locale_codes():
        of = {"locale": locale}
        for file, view, name in (
            (_PROGRAMMES.get(locale, "programmes.atom"), atom.programmes, f"programmes-{locale}"),
            (_CALENDAR.get(locale, "calendar.ics"), calendar.sessions, f"calendar-{locale}"),
        ):
            yield path(f"{locale}/{file}", view, of, name=name)
            yield path(f"{locale}/<slug:centre>/{file}", view, of, name=name)


urlpatterns = list(_patterns())
