"""What is said about editions, books and centres: facts of the graph in the words of the page's language."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from centres.site.formats import Formats
from centres.site.words import WORDS, count, name

# How many colours the style sheet has for centres.
HUES = 7
PAST = ("FINISHED", "CANCELLED")
_COUNTS = ("published", "evaluated", "signed", "publishers")
_ROLES = (("AUTHOR", ""), ("ILLUSTRATOR", "illustrator"), ("TRANSLATOR", "translator"))
Fact = Mapping[str, Any]


def hue_of(centre: Fact | None) -> int | None:
    """Return the number of a centre's colour: the same for a field in every language."""
    return sum(map(ord, centre["field"]["code"])) % HUES if centre else None


def host_of(url: str) -> str:
    """Return the part of an address that people read; all of it where it has no host."""
    return urlsplit(url).netloc or url


def sentence(text: object, **parts: Markup) -> Markup:
    """Return a sentence with marked-up parts at its places."""
    return Markup(escape(str(text))).format(**parts)  # noqa: S704 - escaped


class Facts:
    """The facts in one language; ``labels`` are the site's own words from the graph."""

    def __init__(self, formats: Formats, labels: Fact) -> None:
        self._f = formats
        self._free = labels["free"] or str(WORDS["fee_free"])
        self._states = {row["code"]: row["label"] for row in labels["statusLabels"]}
        self._labels = {(row["enum"], row["value"]): row["label"] for row in labels["enumLabels"]}

    def status_label(self, code: str) -> str:
        """Return the name of a state, as editors maintain it."""
        return self._states.get(code) or name(code)

    def label(self, enum: str, value: str) -> str:
        """Return the name of an enum's value, as the graph gives it; the value itself where it gives none."""
        return str(self._labels.get((enum, value), value))

    def count(self, n: int, what: str) -> str:
        """Return a counted word."""
        return count(n, what, self._f.locale)

    def names(self, values: Sequence[str]) -> list[str]:
        """Return the names of an enum's values."""
        return [name(value) for value in values]

    def days_of(self, moments: Sequence[str]) -> list[str]:
        """Return the days of some moments."""
        return [self._f.day(text) for text in moments]

    def places(self, edition: Fact) -> list[str]:
        """Return how many places there are and are left, and who waits."""
        capacity, left, waiting = edition["capacity"], edition["seatsLeft"], edition["waitlist"]
        if capacity is None:
            return [str(WORDS["unlimited"])]
        if edition["status"] in (*PAST, "RUNNING"):
            return [self.count(capacity, "places")]
        free = self.count(left, "places_left") if left else str(WORDS["no_places_left"])
        said = [str(WORDS["places_of"]).format(left=free, n=self._f.number(capacity))]
        return [*said, self.count(waiting, "waiting")] if waiting else said

    def applications(self, edition: Fact) -> list[str]:
        """Return when one may apply."""
        first, last = edition["applicationsOpen"], edition["applicationsClose"]
        if first and last:
            dates = {"from": self._f.short_day(first), "to": self._f.short_day(last)}
            return [str(WORDS["opens_and_closes"]).format(**dates)]
        if last:
            return [str(WORDS["closes_on"]).format(date=self._f.short_day(last))]
        return [str(WORDS["opens_on"]).format(date=self._f.short_day(first))] if first else []

    def prices(self, edition: Fact) -> list[str]:
        """Return what it costs, and for whom."""
        if edition["free"]:
            return [self._free]
        return [self._fee(fee) for fee in edition["fees"]]

    def _fee(self, fee: Fact) -> str:
        amount = self._f.money(fee["amount"], fee["currency"]) if float(fee["amount"]) else self._free
        whose = fee["audience"]["name"] if fee["audience"] else ""
        said = dict.fromkeys(text for text in (fee["label"], whose) if text)
        return f"{amount} ({', '.join(said)})" if said else amount

    def accessibility(self, edition: Fact) -> list[str]:
        """Return what is known of barriers at the place."""
        venue = edition["venue"] or {}
        said = edition["accessibilityInfo"]
        room = [str(WORDS[word]) for word, key in _ROOM if venue.get(key)]
        unsaid = [text for text in room if text.casefold() not in said.casefold()]
        return [text for text in (said, ", ".join(unsaid)) if text]

    def hours(self, hours: str) -> str:
        """Return a duration: 8 ur."""
        value = float(hours)
        if value == int(value):
            return self.count(int(value), "hours")
        return f"{self._f.number(hours)} h"

    def interval(self, months: int) -> str:
        """Return how often something happens: every year, every eighteen months."""
        return self.count(months, "every_months") if months % 12 else self.count(months // 12, "every_years")

    def award_counts(self, edition: Fact) -> list[tuple[str, int]]:
        """Return the figures of a year with their names."""
        known = edition["counts"] or {}
        return [(str(WORDS[f"count_{key}"]), known[key]) for key in _COUNTS if known.get(key) is not None]

    def book_lines(self, book: Fact) -> list[dict[str, str]]:
        """Return who made a book, a line for each role."""
        lines = []
        for role, word in _ROLES:
            who = [one["name"] for one in book["contributors"] if one["role"] == role]
            if who:
                text = self._f.join(who)
                lines.append({"role": role, "text": f"{WORDS[word]}: {text}" if word else text})
        return lines


_ROOM = (("step_free", "stepFree"), ("hearing_loop", "hearingLoop"))
