"""Loads the records of the commission."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from centres import models as m
from centres.demo import commission, records
from centres.demo.records import AppointmentContent, ReviewContent
from centres.demo.stage_terms import published
from centres.demo.store import Store, demo_uuid


def load(store: Store) -> None:
    """Make the records that are not there yet: a renewal needs the review before it."""
    for basis in commission.LEGAL_BASES:
        row = m.LegalBasis(
            kind=basis.kind,
            title=basis.title,
            url=basis.url,
            valid_from=basis.valid_from,
            valid_until=basis.valid_until,
        )
        store.make(f"legal:{basis.key}", partial(published, row))
    for cycle in records.CYCLES:
        row = m.ReviewCycle(
            name=cycle.name,
            starts_on=store.clock.month(cycle.start.date),
            ends_on=store.clock.month(cycle.end.date),
        )
        store.make(f"cycle:{cycle.key}", partial(published, row))
    first = [content for content in records.APPOINTMENTS if not content.moves]
    second = [content for content in records.APPOINTMENTS if content.moves]
    for appointments, state in ((first, "DECIDED"), (second, "PLANNED")):
        for content in appointments:
            store.make(f"appointment:{content.key}", partial(_appointment, store, content))
        for review in records.REVIEWS:
            if review.state == state:
                store.make(review.key, partial(_review, store, review))


def _appointment(store: Store, content: AppointmentContent) -> m.Appointment:
    def month(day: date) -> date:
        return store.clock.month(day) if content.moves else day

    return published(
        m.Appointment(
            centre=store[f"page:{content.centre}:sl"],
            act=content.act,
            title_awarded=content.title_awarded,
            level="NATIONAL",
            issuer=store["organisation:zdruzenje-splosnih-knjiznic"],
            decided_on=month(content.decided_on.date),
            decided_on_precision=content.decided_on.precision,
            valid_from=month(content.valid_from.date),
            valid_from_precision=content.valid_from.precision,
            term_months=36,
            supersedes=store[f"appointment:{content.supersedes}"] if content.supersedes else None,
        )
    )


def _review(store: Store, content: ReviewContent) -> m.Review:
    review = m.Review(
        centre=store[f"page:{content.centre}:sl"],
        appointment=store[f"appointment:{content.appointment}"],
        cycle=store[f"cycle:{content.cycle}"],
        state=content.state,
        adequacy=content.adequacy or "",
        outcome=content.outcome or "",
        public_summary=content.public_summary,
        internal_note=content.internal_note,
    )
    if content.state == "DECIDED":
        review.decided_on = store.clock.month(content.due_on.date) + timedelta(days=9)
    review.goal_assessments.set(
        [
            m.GoalAssessment(goal=_row(m.Goal, key), result=result, evidence=evidence, sort_order=place)
            for place, (key, result, evidence) in enumerate(content.goals)
        ]
    )
    review.effect_assessments.set(
        [
            m.EffectAssessment(
                effect=_row(m.ExpectedEffect, key), result=result, evidence=evidence, sort_order=place
            )
            for place, (key, result, evidence) in enumerate(content.effects)
        ]
    )
    return published(review)


def _row(model: type[Any], key: str) -> Any:
    """Return the Slovenian twin of a goal or effect."""
    return model.objects.get(translation_key=demo_uuid(key), page__locale__language_code="sl")
