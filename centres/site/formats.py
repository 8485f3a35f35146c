"""Dates in the site's time zone, money, sizes and lists, as the language of the page writes them (CLDR, by Babel)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from django.conf import settings

# English of Europe: days before months, 24 hours.
_REGIONS = {"en": "en_GB"}
_NO_BREAK = "\u00a0"
# How the numbers of Slovenia are read: a mobile's as 41 123 456, a landline's as 1 308 48 00.
_PHONES = (
    re.compile(r"(\+386)([347][01]|51|6[4589])(\d{3})(\d{3})"),
    re.compile(r"(\+386)([1-57])(\d{3})(\d{2})(\d{2})"),
)


def number(value: Any, locale: str) -> str:
    """Return a number with the separators of a language."""
    return str(format_decimal(Decimal(str(value)), locale=_REGIONS.get(locale, locale)))


def moment(text: str) -> datetime:
    """Return the local time of a ``DateTime`` of the graph."""
    return datetime.fromisoformat(text).astimezone(ZoneInfo(settings.TIME_ZONE))


class Formats:
    """The forms of one language."""

    @staticmethod
    def fragment(path: str) -> str:
        """Return what names a place on a page."""
        return urlsplit(path).fragment

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self._region = _REGIONS.get(locale, locale)

    @cached_property
    def _cldr(self) -> Locale:
        return Locale.parse(self._region)

    def _date(self, day: date, pattern: str) -> str:
        return str(format_date(day, pattern, locale=self._region))

    def day(self, text: str) -> str:
        """14. april 2027."""
        return self._date(moment(text), "long")

    def short_day(self, text: str) -> str:
        """A day inside a sentence, on one line: 14. 4. 2027. Slovenian would decline the name of the month."""
        if self.locale != "sl":
            return self._date(moment(text), "long").replace(" ", _NO_BREAK)
        return self._date(moment(text), "d. M. y").replace(" ", _NO_BREAK)

    def iso_day(self, text: str) -> str:
        """2027-04-14, in the site's time zone."""
        return moment(text).date().isoformat()

    def weekday(self, text: str) -> str:
        """sreda, 14. april 2027."""
        return self._date(moment(text), "full")

    def time(self, text: str) -> str:
        """10:00."""
        return str(format_time(moment(text), "HH:mm", locale=self._region))

    def times(self, start: str, end: str) -> str:
        """10:00–13:00."""
        return f"{self.time(start)}–{self.time(end)}"

    def same_day(self, start: str, end: str) -> bool:
        """Return whether both are on one day in the site's time zone."""
        return moment(start).date() == moment(end).date()

    def days(self, start: str, end: str) -> str:
        """14. april 2027; 15.–17. februar 2027; 15. februar – 15. marec 2027."""
        first, last = moment(start).date(), moment(end).date()
        if first == last:
            return self._date(first, "long")
        dot = "." if self.locale == "sl" else ""
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}{dot}–{self._date(last, 'long')}"
        if first.year == last.year:
            return f"{first.day}{dot} {self._date(first, 'MMMM')} – {self._date(last, 'long')}"
        return f"{self._date(first, 'long')} – {self._date(last, 'long')}"

    def when(self, start: str, end: str) -> str:
        """The day with its weekday, or the days from first to last."""
        return self.weekday(start) if self.same_day(start, end) else self.days(start, end)

    def span(self, start: str, end: str) -> str:
        """14. april 2027, 10:00–13:00, or both moments in full."""
        if self.same_day(start, end):
            return f"{self.day(start)}, {self.times(start, end)}"
        return f"{self.day(start)}, {self.time(start)} – {self.day(end)}, {self.time(end)}"

    def month(self, day: date) -> str:
        """april 2027."""
        return self._date(day, "LLLL y")

    def leaf(self, text: str) -> Mapping[str, str]:
        """The parts of a date on the leaf of a calendar."""
        found = moment(text).date()
        return {
            "day": str(found.day),
            "month": self._date(found, "MMM"),
            "weekday": self._date(found, "EEE"),
        }

    def weekdays(self) -> list[tuple[str, str]]:
        """Short and full names of the days of a week, Monday first."""
        monday = date(2024, 1, 1)
        days = [monday.replace(day=number) for number in range(1, 8)]
        return [(self._date(day, "EEE"), self._date(day, "EEEE")) for day in days]

    def plain_date(self, text: str) -> str:
        """The day of a ``Date`` of the graph: 1. 1. 2027."""
        return self._date(date.fromisoformat(text), "d. M. y" if self.locale == "sl" else "long")

    def partial(self, value: Mapping[str, str]) -> str:
        """A date of which the day or the month may be unknown: december 2021."""
        day = date.fromisoformat(value["date"])
        patterns = {"DAY": "long", "MONTH": "LLLL y", "YEAR": "y"}
        return self._date(day, patterns[value["precision"]])

    def number(self, value: Any) -> str:
        """A number with the separators of the language."""
        return number(value, self.locale)

    def money(self, amount: str, currency: str) -> str:
        """60 €; decimals only where there are any."""
        value = Decimal(amount)
        pattern = self._cldr.currency_formats["standard"].pattern
        if value == value.to_integral_value():
            pattern = pattern.replace(".00", "")
        return str(format_currency(value, currency, pattern, locale=self._region, currency_digits=False))

    def size(self, size: int) -> str:
        """1,2 MB."""
        unit, value = ("kB", size / 1e3) if size < 1e6 else ("MB", size / 1e6)
        return f"{self.number(round(value, 1) if value < 10 else round(value))}{_NO_BREAK}{unit}"

    def language(self, code: str) -> str:
        """Slovenščina for sl; the code itself where CLDR has no name for it."""
        try:
            return (
                self._cldr.languages.get(code)
                or self._cldr.languages.get(Locale.parse(code).language)
                or code
            )
        except (UnknownLocaleError, ValueError):
            return code

    def languages(self, codes: Iterable[str]) -> str:
        """slovenščina in angleščina."""
        return self.join([self.language(code) for code in codes])

    def join(self, texts: Sequence[str]) -> str:
        """Texts joined as in a sentence: a, b in c."""
        return str(format_list(list(texts), locale=self._region)) if texts else ""

    @staticmethod
    def phone(text: str) -> str:
        """+386 1 308 48 00; numbers of other countries stay as they are."""
        for groups in _PHONES:
            if found := groups.fullmatch(text):
                return _NO_BREAK.join(found.groups())
        return text
