"""“Copy as new edition”: the same again, a year later, with nobody signed up yet."""

from datetime import datetime, timedelta
from functools import singledispatch
from typing import Any

from django.db import models
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin

from centres.models import AwardEdition, EventEdition, PublicationEdition

# Whole weeks, so that a Wednesday stays a Wednesday.
A_YEAR = timedelta(weeks=52)

_STATE_OF_PUBLISHING = {
    column.name for mixin in (DraftStateMixin, RevisionMixin, LockableMixin) for column in mixin._meta.fields
}


@singledispatch
def copied(source: ClusterableModel) -> Any:
    """Return an unsaved copy of ``source`` with its rows, for a form that somebody completes."""
    return unsaved_copy(source)


@copied.register
def _(source: EventEdition) -> EventEdition:
    event: EventEdition = unsaved_copy(source)
    for name in ("applications_open", "applications_close"):
        if (moment := getattr(source, name)) is not None:
            setattr(event, name, a_year_later(moment))
    sessions = list(event.sessions.all())
    for session in sessions:
        session.start, session.end = (
            moment and a_year_later(moment) for moment in (session.start, session.end)
        )
    event.sessions = sessions  # type: ignore[misc]  # django-modelcluster sets rows in memory
    event.number = source.number and source.number + 1
    return event


@copied.register
def _(source: AwardEdition) -> AwardEdition:
    kept = ("programme", "ceremony_place", "co_awarders", "jury")
    award: AwardEdition = unsaved_copy(source, kept)
    award.year = source.year + 1
    award.production_year = source.production_year and source.production_year + 1
    return award


@copied.register
def _(source: PublicationEdition) -> PublicationEdition:
    issue: PublicationEdition = unsaved_copy(source, ("programme",))
    issue.year = source.year + 1
    issue.production_year = source.production_year and source.production_year + 1
    return issue


def unsaved_copy(source: Any, kept: tuple[str, ...] | None = None) -> Any:
    """Return a copy of ``source`` that is in no database; with ``kept``, only those columns and relations."""
    left_out = _STATE_OF_PUBLISHING | set(getattr(source, "exclude_fields_in_copy", ()))
    data = without_keys(type(source), source.serializable_data())
    chosen = {
        name: value
        for name, value in data.items()
        if name == "pk" or (name not in left_out and (kept is None or name in kept))
    }
    return type(source).from_serializable_data(chosen)


def without_keys(model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    """Return serialised ``data`` of ``model`` and of its rows without the keys that tie it to a database."""
    fresh = data | {"pk": None}
    for column in model._meta.fields:
        if column.primary_key or (column.remote_field and column.remote_field.parent_link):
            fresh.pop(column.name, None)
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        fresh[name] = [
            without_keys(relation.related_model, row) | {relation.field.name: None} for row in data[name]
        ]
    return fresh


def a_year_later(moment: datetime) -> datetime:
    """Return the same weekday and the same time by the clock in the site's time zone, 52 weeks on."""
    by_the_clock = timezone.make_naive(moment, timezone.get_default_timezone()) + A_YEAR
    return timezone.make_aware(by_the_clock, timezone.get_default_timezone())
