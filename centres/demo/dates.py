"""Moves the invented dates of a loaded demo to another day, whatever editors have made of the rest."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from centres import models as m
from centres.dates import add_months
from centres.demo import editions, records
from centres.demo.clock import Clock
from centres.demo.shapes import EventContent
from centres.demo.store import Store


def move(store: Store) -> int:
    """Move every invented date by the days since the last loading; return how many things moved."""
    return sum(_move_event(store, event) for event in editions.EVENTS if event.moves) + _move_records(store)


def _days(store: Store, event: EventContent) -> timedelta:
    last, clock = Clock(store.records[f"edition:{event.key}"].dated_for), store.clock
    return clock.today - last.today if event.exact else clock.shift - last.shift


def _move_event(store: Store, content: EventContent) -> bool:
    key = f"edition:{content.key}"
    days = _days(store, content)
    if days:
        edition = store[key]
        draft = edition.get_latest_revision_as_object() if edition.has_unpublished_changes else None
        _move_columns(edition, days)
        # Straight into the tables: an edition that is saved with another beginning remembers the old one and
        # shows it to visitors.
        _write(edition)
        edition.save_revision().publish()
        if draft is not None:
            _move_columns(draft, days)
            draft.previous_starts = edition.previous_starts
            draft.save_revision()
    store.redate(key)
    return bool(days)


def _move_columns(edition: m.EventEdition, days: timedelta) -> None:
    for name in ("applications_open", "applications_close"):
        if (moment := getattr(edition, name)) is not None:
            setattr(edition, name, _later(moment, days))
    stamps = [parse_datetime(stamp) for stamp in edition.previous_starts]
    edition.previous_starts = [_later(stamp, days).isoformat() for stamp in stamps if stamp]
    sessions = list(edition.sessions.all())
    for session in sessions:
        session.start, session.end = _later(session.start, days), _later(session.end, days)
    edition.sessions.set(sessions)
    edition.starts_at, edition.ends_at = edition.span()
    if edition.starts_at:
        edition.year = timezone.localtime(edition.starts_at).year


def _later(moment: datetime, days: timedelta) -> datetime:
    """Return ``moment`` moved at the same hour by the clock in Ljubljana, summer time or not."""
    local = timezone.localtime(moment)
    return timezone.make_aware(local.replace(tzinfo=None) + days)


def _write(edition: m.EventEdition) -> None:
    for session in edition.sessions.all():
        m.Session.objects.filter(pk=session.pk).update(start=session.start, end=session.end)
    own = ("applications_open", "applications_close", "previous_starts")
    m.EventEdition.objects.filter(pk=edition.pk).update(**{name: getattr(edition, name) for name in own})
    shared = ("starts_at", "ends_at", "year")
    m.Edition.objects.filter(pk=edition.pk).update(**{name: getattr(edition, name) for name in shared})


def _move_records(store: Store) -> int:
    """Move cycles, second terms and reviews by whole months."""
    moved = 0
    columns: tuple[tuple[list[str], tuple[str, ...]], ...] = (
        ([f"cycle:{cycle.key}" for cycle in records.CYCLES], ("starts_on", "ends_on")),
        (
            [f"appointment:{act.key}" for act in records.APPOINTMENTS if act.moves],
            ("decided_on", "valid_from"),
        ),
        ([review.key for review in records.REVIEWS], ("decided_on",)),
    )
    for keys, names in columns:
        for key in keys:
            months = store.clock.months - Clock(store.records[key].dated_for).months
            if months:
                _move_months(store[key], names, months)
                moved += 1
            store.redate(key)
    return moved


def _move_months(row: Any, names: tuple[str, ...], months: int) -> None:
    # The new revision holds what the database holds; a draft that was waiting is kept by moving it as well.
    has_draft = getattr(row, "has_unpublished_changes", False)
    versions = [row, row.get_latest_revision_as_object()] if has_draft else [row]
    for version in versions:
        for name in names:
            if getattr(version, name):
                setattr(version, name, add_months(getattr(version, name), months))
    row.save()
    revision = row.save_revision()
    if hasattr(row, "live"):
        revision.publish()
    if has_draft:
        versions[1].save_revision()
