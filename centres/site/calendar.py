"""The calendar: dates from today on, or a month day by day, of all centres or narrowed by filters."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest

from centres.site import asked
from centres.site.asking import Reading
from centres.site.choices import choices, code_of
from centres.site.formats import Formats, moment
from centres.site.frame import Context, feed
from centres.site.pages import today

_MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])")
_AT_ONCE = 50
_OF_A_MONTH = 100
# A month has fewer; a bound, so that no address makes a server read without end.
_PARTS = 10
_ONLINE = ["ONLINE", "BLENDED", "EITHER"]


def show(request: HttpRequest, reading: Reading, context: Context, path: str) -> Context:
    """Return what the calendar shows for the parameters of a request."""
    locale = context["locale"]
    offered = choices(reading, locale)
    given: dict[str, Any] = {
        name: asked.chosen(request, name, map(code_of, offered[name]))
        for name in ("topic", "audience", "centre")
    }
    given |= {name: asked.text(request, name) == "1" for name in ("online", "free", "open")}
    day = today()
    reading.until(day + timedelta(days=1))
    month = _MONTH.fullmatch(asked.text(request, "month"))
    variables = {"locale": locale, "filter": _filter(given)}
    shown = {
        "choices": offered,
        "asked": given,
        "filtered": any(given.values()),
        "address": asked.address(path, given | {"month": month[0] if month else None}),
        "current_month": f"{day:%Y-%m}",
        "subscription": feed("calendar", locale, given),
        "month": None,
        "groups": [],
        "more": None,
        "whole": True,
    }
    if month:
        return shown | _month(reading, variables, date(int(month[1]), int(month[2]), 1), locale)
    return shown | _list(reading, variables, asked.cursor(request), day, context["f"])


def _filter(given: Mapping[str, Any]) -> dict[str, Any]:
    conditions: dict[str, Any] = {
        name: [given[name]] for name in ("topic", "audience", "centre") if given[name]
    }
    if given["online"]:
        conditions["mode"] = _ONLINE
    if given["free"]:
        conditions["free"] = True
    if given["open"]:
        conditions["status"] = ["OPEN"]
    return conditions


def _list(
    reading: Reading, variables: dict[str, Any], after: str | None, day: datetime, formats: Formats
) -> Context:
    """Return the dates from today on, month by month, or those behind a cursor."""
    data, as_asked = reading.part("sessions", after, **variables, **{"from": day.isoformat()}, first=_AT_ONCE)
    found = data["sessions"]
    months = groupby(found["nodes"], key=lambda session: moment(session["start"]).date().replace(day=1))
    return {
        "groups": [
            {"title": _capital(formats.month(first)), "sessions": list(sessions)}
            for first, sessions in months
        ],
        "total": found["totalCount"],
        "more": found["pageInfo"]["endCursor"] if found["pageInfo"]["hasNextPage"] else None,
        "whole": not after or not as_asked,
    }


def _month(reading: Reading, variables: dict[str, Any], first: date, locale: str) -> Context:
    """Return a month with all its days."""
    zone = ZoneInfo(settings.TIME_ZONE)
    begin = datetime(first.year, first.month, 1, tzinfo=zone)
    following = (first + timedelta(days=32)).replace(day=1)
    end = datetime(following.year, following.month, 1, tzinfo=zone) - timedelta(milliseconds=1)
    between = {"from": begin.isoformat(), "to": end.isoformat()}
    sessions: list[Any] = []
    after = None
    for _part in range(_PARTS):
        found = reading.ask("sessions", **variables, **between, first=_OF_A_MONTH, after=after)["sessions"]
        sessions += found["nodes"]
        if not found["pageInfo"]["hasNextPage"]:
            break
        after = found["pageInfo"]["endCursor"]
    return {"month": _days(sessions, first, following, locale), "total": len(sessions)}


def _days(sessions: list[Any], first: date, following: date, locale: str) -> Context:
    formats = Formats(locale)
    by_day: dict[date, list[Any]] = {}
    for session in sessions:
        by_day.setdefault(moment(session["start"]).date(), []).append(session)
    names = formats.weekdays()
    days = [first.replace(day=number + 1) for number in range(monthrange(first.year, first.month)[1])]
    previous = first - timedelta(days=1)
    return {
        "code": f"{first:%Y-%m}",
        "title": _capital(formats.month(first)),
        "previous": f"{previous:%Y-%m}" if previous.year >= 1900 else None,
        "next": f"{following:%Y-%m}" if following.year < 2100 else None,
        "begins": first.isoweekday(),
        "days": [
            {
                "iso": day.isoformat(),
                "number": day.day,
                "weekday": names[day.weekday()][0],
                "sessions": by_day.get(day, []),
                "today": day == today().date(),
            }
            for day in days
        ],
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
