"""The pages of the site by type: what a type asks for beside the page, and which template shows it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from centres.site.asking import Reading
from centres.site.facts import PAST
from centres.site.words import WORDS

AWARDS = ("AWARD", "QUALITY_SIGN")
# Kinds of programmes for which visitors expect dates, so that it is said when there are none.
_DATED = ("TRAINING", "MEETING_SERIES")
_CENTRE_DATES = 5
Page = Mapping[str, Any]
Context = dict[str, Any]


def today() -> datetime:
    """Return the beginning of today in the site's time zone."""
    now = timezone.now().astimezone(ZoneInfo(settings.TIME_ZONE))
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def content(
    reading: Reading, page: Page, locale: str, asked: Mapping[str, str | None]
) -> tuple[str, Context]:
    """Return the template of a page and what it shows.

    ``asked`` has the cursors ``editions`` and ``years`` and, for a preview, its ``token``. A type that the site
    does not know is shown as a page of information.
    """
    template, more = _TYPES.get(page["__typename"], ("info.html", _nothing))
    return template, more(reading, page, locale, asked)


def _nothing(_reading: Reading, _page: Page, _locale: str, _asked: Mapping[str, str | None]) -> Context:
    return {}


def _home(reading: Reading, page: Page, locale: str, _asked: Mapping[str, str | None]) -> Context:
    """No programme stands on the page twice: what one may apply for comes first, then what the editors chose."""
    found = reading.ask("open", locale=locale)
    announced = found["announced"]["nodes"] if len(found["open"]["nodes"]) <= _FEW else []
    shown = {row["programme"]["path"] for row in [*found["open"]["nodes"], *announced]}
    featured = [row for row in page["featuredProgrammes"] if row["path"] not in shown]
    return {
        "open": found,
        "announced": announced,
        "featured": featured,
        "shown": shown | {row["path"] for row in featured},
    }


_FEW = 3


def _index(reading: Reading, _page: Page, locale: str, _asked: Mapping[str, str | None]) -> Context:
    return {"centres": reading.ask("centres", locale=locale)}


def _centre(reading: Reading, page: Page, locale: str, _asked: Mapping[str, str | None]) -> Context:
    day = today()
    reading.until(day + timedelta(days=1))
    sessions = reading.ask(
        "sessions",
        locale=locale,
        first=_CENTRE_DATES,
        **{"from": day.isoformat()},
        filter={"centre": [page["slug"]]},
    )["sessions"]
    told = {
        (event["date"]["date"], event["text"])
        for block in page["body"]
        if block["__typename"] == "TimelineBlock"
        for event in block["events"]
    }
    milestones = [row for row in page["milestones"] if (row["date"]["date"], row["text"]) not in told]
    return {
        "dates": sessions,
        "milestones": milestones,
        "own_programmes": [row["path"] for row in page["programmes"]["nodes"]],
        "contents": list(_contents(page, milestones)),
    }


def _contents(page: Page, milestones: list[Any]) -> Any:
    """Yield the anchors and titles of the sections that a centre's page has."""
    yield "dates", WORDS["next_dates"]
    if page["contact"]:
        yield "contact", WORDS["contact"]
    yield "facts", WORDS["facts"]
    for anchor, word, rows in (
        ("programmes", "programmes", page["programmes"]["nodes"]),
        ("goals", "goals", page["goals"]),
        ("effects", "effects", page["expectedEffects"]),
        ("collections", "collections", page["collections"]),
        ("solutions", "solutions", page["solutions"]),
        ("results", "results", page["results"]),
        ("people", "staff", page["staff"]),
        ("partners", "partners", page["partners"]),
        ("record", "record", page["appointments"] or page["reviews"]),
        ("milestones", "milestones", milestones),
    ):
        if rows:
            yield anchor, WORDS[word]


def _programme(reading: Reading, page: Page, locale: str, asked: Mapping[str, str | None]) -> Context:
    which = {"centre": page["centre"]["slug"], "slug": page["slug"], "locale": locale}
    award = page["kind"] in AWARDS
    years = _years(reading, which, asked) if award else None
    editions, whole = page["editions"], True
    if not award and asked.get("editions"):
        found, as_asked = reading.part("editions", asked["editions"], **which)
        if found["programme"] and as_asked:
            editions, whole = found["programme"]["editions"], False
    shown: Context = {"shown": False} if award else _editions(page, editions) | {"whole": whole}
    following: list[Any] = shown.get("next") or []
    return {"editions": shown, "years": years, "next": following[0] if following and whole else None}


def _years(reading: Reading, which: Context, asked: Mapping[str, str | None]) -> Context | None:
    if token := asked.get("token"):
        found, whole = reading.ask("preview_years", token=token)["preview"], True
    else:
        data, as_asked = reading.part("award_years", asked.get("years"), **which)
        found, whole = data["programme"], as_asked and not asked.get("years")
    if not found or "editions" not in found:
        return None
    rows = found["editions"]
    return {"nodes": rows["nodes"], "more": _next(rows), "whole": whole or not asked.get("years")}


def _editions(page: Page, editions: Page) -> Context:
    issues = [row for row in editions["nodes"] if row["__typename"] == "PublicationEdition"]
    events = [row for row in editions["nodes"] if row["__typename"] == "EventEdition"]
    past = [row for row in events if _is_past(row)]
    following = sorted((row for row in events if not _is_past(row)), key=lambda row: row["start"])
    return {
        "issues": issues,
        "next": following,
        "past": past,
        "more": _next(editions),
        "shown": bool(issues or events or page["kind"] in _DATED),
    }


def _is_past(edition: Page) -> bool:
    """Return whether an edition is over; one that was cancelled but would still be to come is not."""
    if edition["status"] == "CANCELLED":
        return datetime.fromisoformat(edition["end"]) < timezone.now()
    return edition["status"] in PAST


def _next(connection: Page) -> str | None:
    info = connection["pageInfo"]
    return info["endCursor"] if info["hasNextPage"] else None


def _commission(reading: Reading, _page: Page, locale: str, _asked: Mapping[str, str | None]) -> Context:
    day = today()
    reading.until(day + timedelta(days=1))
    return {"bases": reading.ask("legal_bases", locale=locale, today=day.date().isoformat())}


_More = Callable[[Reading, Page, str, Mapping[str, str | None]], Context]
_TYPES: dict[str, tuple[str, _More]] = {
    "HomePage": ("home.html", _home),
    "InfoPage": ("info.html", _nothing),
    "CentreIndexPage": ("index.html", _index),
    "CentrePage": ("centre.html", _centre),
    "ProgrammePage": ("programme.html", _programme),
    "CommissionPage": ("commission.html", _commission),
}
