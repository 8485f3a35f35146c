"""Loads the editions: events, awards, publications."""

from datetime import datetime
from functools import partial
from typing import Any

from centres import models as m
from centres.demo import editions, golden_pear
from centres.demo.clock import Clock, fixed
from centres.demo.shapes import AwardContent, EventContent, PublicationContent
from centres.demo.stage_terms import published
from centres.demo.store import Store


def load(store: Store) -> None:
    """Make the editions that are not there yet, dated for the day of loading."""
    for event in editions.EVENTS:
        store.make(f"edition:{event.key}", partial(_event, store, event))
    for award in (*golden_pear.SIGN_EDITIONS, *golden_pear.AWARD_EDITIONS):
        store.make(f"edition:{award.programme}/{award.year}", partial(_award, store, award))
    for issue in golden_pear.MANUAL_EDITIONS:
        store.make(f"edition:{issue.programme}/{issue.year}", partial(_issue, store, issue))


def _event(store: Store, content: EventContent) -> m.EventEdition:
    def at(moment: datetime | None) -> datetime | None:
        return None if moment is None else dated(store.clock, content, moment)

    event = m.EventEdition(
        programme=store[f"page:{content.programme}:sl"],
        label=content.label,
        year=content.year,
        number=content.number,
        mode=content.mode,
        venue=store[f"venue:{content.venue}"] if content.venue else None,
        unlimited=content.capacity is None,
        capacity=content.capacity,
        applications_open=at(content.applications_open),
        applications_close=at(content.applications_close),
        application_url=content.application_url,
        free=content.free,
        languages=list(content.languages),
        status_override=content.status_override,
        cancel_reason=content.cancel_reason,
        accessibility_info=content.accessibility_info,
        previous_starts=[
            dated(store.clock, content, moment).isoformat() for moment in content.previous_starts
        ],
    )
    event.count_seats(seats_taken=content.seats_taken, waitlist=content.waitlist)
    event.sessions.set([_session(store, event, part, at) for part in content.sessions])
    event.fees.set(
        [
            m.Fee(
                label=label,
                amount=amount,
                audience=store[f"audience:{audience}"] if audience else None,
                sort_order=place,
            )
            for place, (label, amount, audience) in enumerate(content.fees)
        ]
    )
    return published(event)


def dated(clock: Clock, content: EventContent, moment: datetime) -> datetime:
    """Return when something of an event takes place: facts stay, what is invented moves."""
    return clock.at(moment, exact=content.exact) if content.moves else fixed(moment)


def _session(store: Store, event: m.EventEdition, part: Any, at: Any) -> m.Session:
    venue = store[f"venue:{part.venue}"] if part.venue else None
    session = m.Session(
        start=at(part.start),
        end=at(part.end),
        topic=part.topic,
        # A session names its hall only where it differs from that of the event.
        venue=venue if venue and venue.pk != event.venue_id else None,
        online=part.online,
    )
    session.presenters = [store[f"person:{key}"] for key in part.presenters]
    return session


def _award(store: Store, content: AwardContent) -> m.AwardEdition:
    award = m.AwardEdition(
        programme=store[f"page:{content.programme}:sl"],
        year=content.year,
        label=content.label,
        production_year=content.year - 1,
        ceremony_place=content.ceremony_place,
        count_published=content.published,
        count_evaluated=content.evaluated,
        count_signed=content.signed,
        count_publishers=content.publishers,
    )
    for name, day in (("announced_on", content.announced_on), ("ceremony_on", content.ceremony_date)):
        if day is not None:
            setattr(award, name, day.date)
            setattr(award, f"{name}_precision", day.precision)
    award.co_awarders = [store[f"organisation:{code}"] for code in content.co_awarders]
    award.results.set(
        [
            _result(store, place, category, books, citation)
            for place, (category, books, citation) in enumerate(content.results)
        ]
    )
    return published(award)


def _result(store: Store, place: int, category: str, books: tuple[str, ...], citation: Any) -> m.AwardResult:
    result = m.AwardResult(
        category=store[f"category:{category}"],
        outcome="AWARDED" if books else "NOT_AWARDED",
        citation=citation,
        sort_order=place,
    )
    result.books = [store[f"book:{key}"] for key in books]
    return result


def _issue(store: Store, content: PublicationContent) -> m.PublicationEdition:
    return published(
        m.PublicationEdition(
            programme=store[f"page:{content.programme}:sl"],
            year=content.year,
            label=content.label,
            own_title=content.own_title,
            cover=store[f"picture:{content.cover}"] if content.cover else None,
        )
    )
