"""Reads iCalendar (RFC 5545) as it is found on the web: event by event, so that a broken one spoils no other."""

import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event
from icalendar.timezone import tzp

from centres.calendars.entries import (
    Entry,
    Reading,
    Skipped,
    Unreadable,
    When,
    link,
    made,
    site_zone,
    window,
    zone_of,
)

_MOST_EVENTS = 5_000
_SECONDS = 20
# Rules that give more dates than a programme has: nothing takes place each minute.
_SLOW_RULES = frozenset(("YEARLY", "MONTHLY", "WEEKLY", "DAILY"))
_MOST_TIMES_A_DAY = 4
_MOST_DATES = 500
_EARLIEST = 1900
_FOLD = re.compile(rb"\r?\n[ \t]")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
# icalendar remembers time zones by name for the whole process; two providers may mean other things by one name.
_one_at_a_time = threading.Lock()


def read(body: bytes, base: str, website: str, now: datetime) -> Reading:
    """Return the events of a calendar. Raises `Unreadable` where it is none, or not whole."""
    text = _text(body)
    lines = [line for line in text.splitlines() if line.strip()]
    if not any(line.strip().upper() == "BEGIN:VCALENDAR" for line in lines[:5]):
        raise Unreadable("wrong_type", lines[0][:80] if lines else "")
    if lines[-1].strip().upper() != "END:VCALENDAR":
        raise Unreadable("cut", lines[-1][:80])
    reading, ends = Reading(), time.monotonic() + _SECONDS
    with _one_at_a_time:
        tzp.use_default()
        calendar = _Calendar(lines, reading)
        for events in calendar.series.values():
            if time.monotonic() > ends:
                raise Unreadable("too_much", f"{_SECONDS} s")
            _add(reading, calendar, events, (base, website), now)
    return reading


def _text(body: bytes) -> str:
    """Return the lines as they were before they were folded, which may have been within a letter."""
    unfolded = _FOLD.sub(b"", body.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    try:
        return unfolded.decode("utf-8-sig")
    except UnicodeDecodeError:
        return unfolded.decode("cp1250", "replace")


class _Calendar:
    """The head of a calendar, and its events by their mark."""

    def __init__(self, lines: list[str], reading: Reading) -> None:
        self.head: list[str] = []
        self.zones: list[list[str]] = []
        self.series: dict[str, list[Event]] = defaultdict(list)
        blocks = list(self._blocks(lines, reading))
        if len(blocks) > _MOST_EVENTS:
            raise Unreadable("too_much", str(len(blocks)))
        head = Calendar.from_ical(_calendar([line for line in self.head if _is_of_head(line)]))
        self.head = [line for line in self.head if line.upper().startswith("X-WR-TIMEZONE")]
        self.own_zone = zone_of(str(head.get("X-WR-TIMEZONE", "")))
        self.zone = self.own_zone or site_zone()
        self.cancelled = str(head.get("METHOD", "")).upper() == "CANCEL"
        for zone in self.zones:
            try:
                Calendar.from_ical(_calendar(zone))
            except (ValueError, KeyError, TypeError, AttributeError):
                reading.skip(" ".join(zone[:2]), "time_zone")
        for block in blocks:
            self._add(block, reading)

    def _blocks(self, lines: list[str], reading: Reading) -> Iterator[list[str]]:
        inside: str | None = None
        block: list[str] = []
        for line in lines:
            word = line.strip().upper()
            if word in ("BEGIN:VEVENT", "BEGIN:VTIMEZONE"):
                if inside == "VEVENT":
                    reading.skip(_title_of(block), "broken", _uid_of(block))
                inside, block = word[6:], [line]
            elif inside is not None:
                block.append(line)
                if word == f"END:{inside}":
                    if inside == "VEVENT":
                        yield _without_parts(block)
                    else:
                        self.zones.append(block)
                    inside = None
            else:
                self.head.append(line)
        if inside == "VEVENT":
            reading.skip(_title_of(block), "broken", _uid_of(block))

    def _add(self, block: list[str], reading: Reading) -> None:
        try:
            (event,) = Calendar.from_ical(_calendar(block)).events
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            reading.skip(_title_of(block), "broken", _uid_of(block))
            return
        broken = {name for name, _error in event.errors if name}
        if "DTEND" in broken or "DURATION" in broken:
            for name in ("DTEND", "DURATION"):
                event.pop(name, None)
        if why := _why_not(event, broken):
            reading.skip(_title_of(block), why, _uid_of(block))
            return
        self.series[_uid_of(block) or f"{event.get('SUMMARY')} {event.decoded('DTSTART')}"].append(event)


def _is_of_head(line: str) -> bool:
    return line.upper().startswith(("X-WR-TIMEZONE:", "METHOD:"))


def _calendar(lines: list[str]) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]).encode("utf-8", "replace")


def _without_parts(block: list[str]) -> list[str]:
    """Return an event without its alarms and other parts."""
    found, depth = [], 0
    for line in block[1:-1]:
        word = line.strip().upper()
        if word.startswith("BEGIN:"):
            depth += 1
        elif word.startswith("END:"):
            depth = max(0, depth - 1)
        elif depth == 0:
            found.append(line)
    return [block[0], *found, block[-1]]


def _why_not(event: Event, broken: set[str]) -> str:
    """Return why an event can't be read, empty where it can."""
    if "DTSTART" not in event or "DTSTART" in broken:
        return "no_start"
    if isinstance(event.get("DTSTART"), list) or broken & {"RRULE", "EXDATE", "RDATE", "RECURRENCE-ID"}:
        return "broken"
    if event.decoded("DTSTART").year < _EARLIEST:
        return "no_start"
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        times = 1
        for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            times *= max(1, len(rule.get(name, [])))
        if (
            not _SLOW_RULES.issuperset(str(one) for one in rule.get("FREQ", [""]))
            or times > _MOST_TIMES_A_DAY
        ):
            return "rule"
    dates = event.get("RDATE", [])
    if sum(len(one.dts) for one in (dates if isinstance(dates, list) else [dates])) > _MOST_DATES:
        return "rule"
    return ""


def _add(
    reading: Reading, calendar: _Calendar, events: list[Event], links: tuple[str, str], now: datetime
) -> None:
    """Add the dates of one event: as many as its rules give, with what is different on each."""
    first, last = window(now)
    title, uid = _said(events[0], "SUMMARY"), _said(events[0], "UID")
    try:
        for found in _dates(calendar, events, first, last):
            entry = _entry(found, calendar, links)
            reading.entries[entry.source_uid] = entry
    except Skipped as why:
        reading.skip(title or uid, str(why), uid)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError):
        # What the libraries raise for values that contradict each other.
        reading.skip(title or uid, "broken", uid)


def _dates(calendar: _Calendar, events: list[Event], first: datetime, last: datetime) -> list[Event]:
    repeats = any(name in event for event in events for name in ("RRULE", "RDATE", "RECURRENCE-ID"))
    if not repeats:
        # One and the same event more than once: the newest version counts.
        return [max(events, key=lambda event: int(event.get("SEQUENCE", 0) or 0))]
    whole = Calendar.from_ical(_calendar(calendar.head))
    for event in events:
        whole.add_component(event)
    return list(recurring_ical_events.of(whole).between(first, last))


def _entry(event: Event, calendar: _Calendar, links: tuple[str, str]) -> Entry:
    start, end = event.decoded("DTSTART"), _end(event)
    if calendar.own_zone is not None and isinstance(start, datetime) and str(start.tzinfo) == "UTC":
        start = start.astimezone(calendar.own_zone)  # as programs show it
    base, website = links
    summary, uid = _said(event, "DESCRIPTION"), _said(event, "UID")
    if uid and (which := event.get("RECURRENCE-ID")) is not None:
        uid = f"{uid} {_stamp(which.dt, calendar.zone)}"
    return made(
        When.of(start, end, calendar.zone),
        uid=uid,
        title=_said(event, "SUMMARY"),
        summary=summary,
        url=link([_said(event, "URL"), *_ADDRESS.findall(summary)[:1]], base, website),
        place=_said(event, "LOCATION"),
        online="CONFERENCE" in event or "X-GOOGLE-CONFERENCE" in event,
        cancelled=calendar.cancelled or _said(event, "STATUS").upper() == "CANCELLED",
    )


def _said(event: Event, name: str) -> str:
    """Return a text of an event, the first where there are several."""
    value = event.get(name, "")
    return str(value[0] if isinstance(value, list) and value else value)


def _end(event: Event) -> date | datetime | None:
    start = event.decoded("DTSTART")
    if "DTEND" in event:
        end = event.decoded("DTEND")
        return end if isinstance(end, datetime) == isinstance(start, datetime) else None
    return start + event.decoded("DURATION") if "DURATION" in event else None


def _stamp(value: Any, zone: ZoneInfo) -> str:
    """Return a date or time of a series as the same words, whichever zone it is written in."""
    if not isinstance(value, datetime):
        return f"{value:%Y%m%d}"
    aware = value if value.tzinfo is not None else value.replace(tzinfo=zone)
    return f"{aware.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _uid_of(block: list[str]) -> str:
    return next(
        (line.partition(":")[2].strip() for line in block if line.upper().startswith(("UID:", "UID;"))), ""
    )


def _title_of(block: list[str]) -> str:
    found = (line.partition(":")[2] for line in block if line.upper().startswith(("SUMMARY:", "SUMMARY;")))
    return next(found, "").strip() or _uid_of(block)
