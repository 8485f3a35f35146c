"""Dates of other providers in the calendar: whose dates are shown, and where theirs stand among the site's own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from centres.site.asking import Reading
from centres.site.formats import moment
from centres.site.words import WORDS

OWN, OTHERS = "own", "others"
WHOSE = (OWN, OTHERS)
_AT_ONCE = 100
# Of more dates the first thousand are shown, so that no address makes a server read without end.
_PARTS = 10
# What is known of the site's own dates alone.
_OF_OWN = ("topic", "audience", "centre", "free", "open")


def shown(given: Mapping[str, Any]) -> set[str]:
    """Return whose dates are shown: the asked ones, and the site's own where a filter knows no others."""
    if given["whose"]:
        return {given["whose"]}
    return {OWN} if any(given[name] for name in _OF_OWN) else {OWN, OTHERS}


def are_there(reading: Reading, locale: str) -> bool:
    """Return whether the site knows any dates of others."""
    found = reading.ask("others", locale=locale, filter=None, first=1, after=None)["externalEditions"]
    return bool(found["totalCount"])


def options() -> list[dict[str, Any]]:
    """Return what one may choose."""
    return [{"value": name, "label": WORDS[f"whose_{name}"], "lang": ""} for name in WHOSE]


def variables(own: Mapping[str, Any], begin: datetime, end: datetime | None) -> dict[str, Any]:
    """Return what the document about others is asked with, for a time and with what the filters mean for them."""
    starts = {"from": begin.isoformat()} | ({"to": end.isoformat()} if end else {})
    conditions: dict[str, Any] = {"starts": starts}
    if "mode" in own["filter"]:
        conditions["online"] = True
    return {"locale": own["locale"], "filter": conditions}


def all_of(
    reading: Reading, own: Mapping[str, Any], begin: datetime, end: datetime | None
) -> list[dict[str, Any]]:
    """Return all dates of others that begin within a time."""
    asked_for = variables(own, begin, end)
    rows: list[dict[str, Any]] = []
    after = None
    for _part in range(_PARTS):
        found = reading.ask("others", **asked_for, first=_AT_ONCE, after=after)["externalEditions"]
        rows += found["nodes"]
        if not found["pageInfo"]["hasNextPage"]:
            break
        after = found["pageInfo"]["endCursor"]
    return rows


def count(reading: Reading, own: Mapping[str, Any], begin: datetime) -> int:
    """Return how many dates of others begin from a time on."""
    asked_for = variables(own, begin, None)
    return int(reading.ask("others", **asked_for, first=1, after=None)["externalEditions"]["totalCount"])


def between(own: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return both in order of time, the site's own first where two begin together."""
    return sorted([*own, *others], key=lambda one: moment(one["start"]))
