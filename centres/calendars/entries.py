"""What is read of a calendar of others, whatever its kind; texts and addresses from outside are made harmless here."""

import hashlib
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import nh3
from django.conf import settings

from centres.dates import add_months, day_start, local_day

# Events that begin earlier or later are left out, and of too many those furthest in the future.
MONTHS_BACK = 12
MONTHS_AHEAD = 24
MOST = 500
# What lasts longer has no end: calendars write 9999-12-31 for it.
_LONGEST = timedelta(days=3_660)
LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_PLACE, LONGEST_URL, LONGEST_UID = 255, 2_000, 255, 1_000, 255
_LONGEST_TEXT = 100_000
_TELLS_ONLINE = re.compile(
    r"\b(online|on-line|na spletu|prek spleta|spletni|zoom|ms teams|webex|webinar)\b", re.IGNORECASE
)
# Control characters, and those that turn the direction of what follows.
_UNPRINTABLE = re.compile(
    r"[\0-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


class Unreadable(Exception):
    """The whole document can't be understood. ``code`` says why in one word."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


class Skipped(Exception):
    """One entry can't be understood; the text is a code of `centres.models.calendar_problems`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, ready for the table of external editions."""

    source_uid: str
    title: str
    summary: str
    start: datetime
    end: datetime
    all_day: bool
    time_zone: str
    url: str
    place: str
    online: bool
    cancelled: bool


@dataclass
class Reading:
    """What was read: the entries by their mark, and those that were skipped: what they are, why, and their mark."""

    entries: dict[str, Entry] = field(default_factory=dict)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    unclear: set[str] = field(default_factory=set)

    def skip(self, what: str, why: str, uid: str = "") -> None:
        """Note an entry that is not understood. What was known of it under ``uid`` stays."""
        self.skipped.append((plain(what, 80), why))
        if uid:
            self.unclear.add(uid)


@dataclass(frozen=True, slots=True)
class When:
    """Beginning and end of an event, with the zone in which they were given."""

    start: datetime
    end: datetime
    all_day: bool
    time_zone: str

    @classmethod
    def of(cls, start: date | datetime, end: date | datetime | None, zone: ZoneInfo) -> "When":
        """Return when something is. A time without a zone is one of ``zone``; the end of a day is the next midnight.

        Raises `Skipped` for a beginning at no time. An end that is no time, or means "never", is not known.
        """
        all_day = not isinstance(start, datetime)
        try:
            begins = _moment(start, zone)
            usual = begins + timedelta(days=int(all_day))
        except (OverflowError, ValueError):
            raise Skipped("no_start") from None
        try:
            ends = usual if end is None else _moment(end, zone)
        except (OverflowError, ValueError):
            ends = usual
        if ends - begins > _LONGEST:
            ends = usual
        if all_day:
            ends = max(ends, begins + timedelta(hours=1)) - timedelta(microseconds=1)
        named = getattr(start, "tzinfo", None)
        return cls(begins, max(begins, ends), all_day, _zone_name(named, zone))


def _moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001  # the zone follows
    return (value if value.tzinfo is not None else value.replace(tzinfo=zone)).astimezone(UTC)


def _zone_name(given: Any, zone: ZoneInfo) -> str:
    if given is None:
        return zone.key
    name = str(getattr(given, "key", None) or given)
    return "UTC" if given is UTC or name in ("UTC", "tzutc()") else (zone_of(name) or zone).key


def site_zone() -> ZoneInfo:
    """Return the time zone of the site."""
    return ZoneInfo(settings.TIME_ZONE)


def zone_of(name: str) -> ZoneInfo | None:
    """Return the time zone called ``name``, None where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def window(now: datetime) -> tuple[datetime, datetime]:
    """Return between which times an event must begin to be kept."""
    month = local_day(now).replace(day=1)
    return day_start(add_months(month, -MONTHS_BACK)), day_start(add_months(month, MONTHS_AHEAD))


def made(
    when: When, *, uid: str, title: str, summary: str, url: str, place: str, online: bool, cancelled: bool
) -> Entry:
    """Return an entry whose texts are plain and short. Raises `Skipped` where it has no title."""
    title = plain(title, LONGEST_TITLE)
    if not title:
        raise Skipped("no_title")
    is_address = place.strip().lower().startswith(("http://", "https://"))
    place = "" if is_address else plain(place, LONGEST_PLACE)
    return Entry(
        source_uid=short_uid(uid or f"{title} {when.start.isoformat()}"),
        title=title,
        summary=plain(summary, LONGEST_SUMMARY),
        start=when.start,
        end=when.end,
        all_day=when.all_day,
        time_zone=when.time_zone,
        url=url,
        place=place,
        online=online or is_address or bool(_TELLS_ONLINE.search(place)),
        cancelled=cancelled,
    )


def plain(text: Any, longest: int) -> str:
    """Return a text from outside without HTML, control characters and double blanks, cut at ``longest`` signs."""
    found = str(text or "")[:_LONGEST_TEXT]
    for _pass in range(3):  # HTML that was escaped is HTML for somebody
        cleaned = html.unescape(nh3.clean(found, tags=set()))
        if cleaned == found:
            break
        found = cleaned
    found = " ".join(_UNPRINTABLE.sub("", found).split())
    return found if len(found) <= longest else f"{found[: longest - 1].rstrip()}…"


def short_uid(uid: str) -> str:
    """Return a mark that fits its column."""
    cleaned = " ".join(_UNPRINTABLE.sub("", uid).split())
    return cleaned if len(cleaned) <= LONGEST_UID else hashlib.sha256(cleaned.encode()).hexdigest()


def link(candidates: Iterable[str], base: str, otherwise: str) -> str:
    """Return the first of ``candidates`` that is an address of the web, else ``otherwise``."""
    for candidate in candidates:
        try:
            address = urljoin(base, candidate.strip()).replace(" ", "%20")
            parts = urlsplit(address)
            usable = parts.scheme in ("http", "https") and parts.hostname and not parts.username
        except ValueError:
            continue
        if candidate.strip() and usable and len(address) <= LONGEST_URL and not _UNPRINTABLE.search(address):
            return address
    return otherwise


def kept(entries: Iterable[Entry], now: datetime) -> dict[str, Entry]:
    """Return the entries of the window by their mark, of too many the first; of two with one mark, the later one."""
    first, last = window(now)
    found = {entry.source_uid: entry for entry in entries if first <= entry.start < last}
    current = sorted(found.values(), key=lambda entry: (entry.end < now, entry.start, entry.source_uid))
    return {entry.source_uid: entry for entry in current[:MOST]}
