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

from centres.site import asked, others
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
    with_others = others.are_there(reading, locale)
    given["whose"] = asked.chosen(request, "whose", others.WHOSE) if with_others else ""
    day = today()
    reading.until(day + timedelta(days=1))
    month = _MONTH.fullmatch(asked.text(request, "month"))
    variables = {"locale": locale, "filter": _filter(given)}
    whose = others.shown(given) if with_others else {others.OWN}
    shown = {
        "choices": offered | {"whose": others.options()},
        "with_others": with_others,
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
        first = date(int(month[1]), int(month[2]), 1)
        return shown | _month(reading, variables, first, locale, whose)
    if whose == {others.OTHERS}:
        return shown | _others_alone(reading, variables, asked.cursor(request), day, context["f"])
    return shown | _list(reading, variables, asked.cursor(request), day, context["f"], whose=whose)


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
    reading: Reading,
    variables: dict[str, Any],
    after: str | None,
    day: datetime,
    formats: Formats,
    *,
    whose: set[str],
) -> Context:
    """Return the dates from today on, month by month, or those behind a cursor, with those of others in between."""
    data, as_asked = reading.part("sessions", after, **variables, **{"from": day.isoformat()}, first=_AT_ONCE)
    found = data["sessions"]
    rows, more = list(found["nodes"]), _more(found)
    if others.OTHERS in whose:
        begin = moment(rows[0]["start"]) if after and as_asked and rows else day
        end = None
        if more:
            following = reading.ask(
                "sessions", **variables, **{"from": day.isoformat()}, first=1, after=more
            )["sessions"]["nodes"]
            end = moment(following[0]["start"]) - timedelta(milliseconds=1) if following else None
        rows = others.between(rows, others.all_of(reading, variables, begin, end))
    total = found["totalCount"] + (others.count(reading, variables, day) if others.OTHERS in whose else 0)
    return {
        "groups": _groups(rows, formats),
        "total": total,
        "more": more,
        "whole": not after or not as_asked,
    }


def _others_alone(
    reading: Reading, variables: dict[str, Any], after: str | None, day: datetime, formats: Formats
) -> Context:
    """Return the dates of other providers that are not over, month by month, or those behind a cursor."""
    asked_for = others.variables(variables, day, None)
    data, as_asked = reading.part("others", after, **asked_for, first=_AT_ONCE)
    found = data["externalEditions"]
    return {
        "groups": _groups(found["nodes"], formats),
        "total": found["totalCount"],
        "more": _more(found),
        "whole": not after or not as_asked,
    }


def _more(connection: Mapping[str, Any]) -> str | None:
    info = connection["pageInfo"]
    return info["endCursor"] if info["hasNextPage"] else None


def _groups(rows: list[Any], formats: Formats) -> list[Context]:
    months = groupby(rows, key=lambda row: moment(row["start"]).date().replace(day=1))
    return [{"title": _capital(formats.month(first)), "sessions": list(part)} for first, part in months]


def _month(reading: Reading, variables: dict[str, Any], first: date, locale: str, whose: set[str]) -> Context:
    """Return a month with all its days."""
    zone = ZoneInfo(settings.TIME_ZONE)
    begin = datetime(first.year, first.month, 1, tzinfo=zone)
    following = (first + timedelta(days=32)).replace(day=1)
    end = datetime(following.year, following.month, 1, tzinfo=zone) - timedelta(milliseconds=1)
    between = {"from": begin.isoformat(), "to": end.isoformat()}
    sessions: list[Any] = []
    after = None
    for _part in range(_PARTS if others.OWN in whose else 0):
        found = reading.ask("sessions", **variables, **between, first=_OF_A_MONTH, after=after)["sessions"]
        sessions += found["nodes"]
        if not found["pageInfo"]["hasNextPage"]:
            break
        after = found["pageInfo"]["endCursor"]
    if others.OTHERS in whose:
        sessions = others.between(sessions, others.all_of(reading, variables, begin, end))
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
