"""Reads one provider's calendar and brings the table of external editions in step with it.

What can't be fetched or understood changes nothing but the state that editors see. What is gone from a calendar that
was read whole is gone here.
"""

import logging
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from centres.calendars import feeds, icalendar_files, web_pages
from centres.calendars.entries import Entry, Reading, Unreadable, kept, plain, short_uid
from centres.models import CalendarProvider, CalendarState, ExternalEdition
from cms.delivery.fetching import Document, Marks, NotFetched, fetch
from cms.publishing.operation import operation
from cms.publishing.version import lock_version
from cms.running.locks import alone

logger = logging.getLogger(__name__)

EVERY = timedelta(minutes=30)
_LATEST = timedelta(hours=12)
_MOST_SKIPPED = 20
_LONGEST_DETAIL = 300
_ACCEPT = {
    CalendarProvider.Kind.ICALENDAR: "text/calendar, */*;q=0.1",
    CalendarProvider.Kind.FEED: "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.1",
    CalendarProvider.Kind.PAGE: "text/html, application/ld+json, */*;q=0.1",
}


def read_calendar(pk: int) -> None:
    """Read the calendar of a provider now, if it is to be read and nobody else is at it."""
    with alone(f"calendar-{pk}") as mine:
        provider = CalendarProvider.objects.filter(pk=pk, active=True).first()
        if not mine or provider is None:
            return
        state = CalendarState.objects.get_or_create(provider=provider)[0]
        now = timezone.now()
        try:
            _read(provider, state, now)
        except (NotFetched, Unreadable) as error:
            _failed(state, error.code, error.detail, now)
            logger.warning("The calendar of %s can't be read: %s", provider.code, error)
        except Exception as error:
            _failed(state, "fault", type(error).__name__, now)
            logger.exception("The calendar of %s can't be read", provider.code)


def _read(provider: CalendarProvider, state: CalendarState, now: datetime) -> None:
    marks = Marks(state.etag, state.last_modified)
    known = marks if state.succeeded_at and (marks.etag or marks.last_modified) else None
    found = fetch(
        provider.address,
        settings.EXTERNAL_CALENDAR_HOSTS,
        known,
        _ACCEPT[CalendarProvider.Kind(provider.kind)],
    )
    if found is None:
        _succeeded(provider, state, {}, now)
        return
    reading = _understood(provider, found, now)
    with operation():
        lock_version()  # another reading may bring the same events
        # Somebody may have changed or removed the provider meanwhile.
        same = CalendarProvider.objects.filter(pk=provider.pk, active=True, address=provider.address)
        if not same.filter(kind=provider.kind).exists():
            return
        _keep(provider, reading, now)
        told = {
            "skipped": reading.skipped[:_MOST_SKIPPED],
            "etag": found.marks.etag,
            "last_modified": found.marks.last_modified,
        }
        _succeeded(provider, state, told, now)


def _understood(provider: CalendarProvider, found: Document, now: datetime) -> Reading:
    match provider.kind:
        case CalendarProvider.Kind.ICALENDAR:
            return icalendar_files.read(found.body, found.address, provider.url, now)
        case CalendarProvider.Kind.FEED:
            return feeds.read(found.body, found.address, provider.url)
    return web_pages.read(found.body, found.charset, found.media_type, found.address, provider.url)


def _keep(provider: CalendarProvider, reading: Reading, now: datetime) -> None:
    wanted = kept(reading.entries.values(), now)
    unclear = tuple(short_uid(uid) for uid in reading.unclear)
    there = {row.source_uid: row for row in ExternalEdition.objects.filter(provider=provider)}
    for uid, row in there.items():
        is_unclear = uid in unclear or uid.startswith(tuple(f"{one} " for one in unclear))
        if uid not in wanted and not is_unclear:
            row.delete()
    for uid, entry in wanted.items():
        known = there.get(uid)
        if known is None:
            ExternalEdition.objects.create(provider=provider, **asdict(entry))
        elif _differs(known, entry):
            for name, value in asdict(entry).items():
                setattr(known, name, value)
            known.save()
    ExternalEdition.show_each_once()


def _differs(row: ExternalEdition, entry: Entry) -> bool:
    return any(getattr(row, name) != value for name, value in asdict(entry).items())


def _succeeded(provider: CalendarProvider, state: CalendarState, told: dict[str, Any], now: datetime) -> None:
    _note(state, told | {"problem": "", "detail": "", "failures": 0, "succeeded_at": now}, now, EVERY)


def _failed(state: CalendarState, code: str, detail: str, now: datetime) -> None:
    """Note what happened, and try again later and later: the fourth time after four hours."""
    failures = min(state.failures + 1, 100)
    pause = min(EVERY * 2 ** min(failures - 1, 10), _LATEST)
    _note(
        state, {"problem": code, "detail": plain(detail, _LONGEST_DETAIL), "failures": failures}, now, pause
    )


def _note(state: CalendarState, values: dict[str, Any], now: datetime, pause: timedelta) -> None:
    CalendarState.objects.filter(pk=state.pk).update(read_at=now, next_reading=now + pause, **values)
