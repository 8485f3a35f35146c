"""Conditions of lists, by codes and slugs: an unknown one finds nothing and is no error."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from centres.models import CentrePage, EventEdition, ProgrammePage
from centres.status import centre_status, edition_status, next_status_boundary, review_due
from cms.graphql.loading.context import Context
from cms.graphql.loading.pages import find_by_slug, visible
from cms.languages.locales import LocaleChain
from cms.languages.sorting import fold

Rows = models.QuerySet[Any]


def watch_clock(context: Context) -> None:
    """Note that the answer depends on states, so that it is not kept beyond the moment when one may change."""
    if "states" not in context.store:
        context.store["states"] = True
        context.valid_until(next_status_boundary(context.now))


def of_centres(context: Context, rows: Rows, wanted: dict[str, Any] | None) -> Rows:
    """Keep the centres that meet a CentreFilter."""
    for name, value in _given(wanted):
        match name:
            case "field":
                rows = rows.filter(competence_field__code__in=value)
            case "host":
                rows = rows.filter(host__code__in=value)
            case "audience":
                rows = rows.filter(pk__in=_pks(CentrePage, audiences__audience__code__in=value))
            case "role":
                rows = rows.filter(_any_of("roles", value))
            case "status":
                watch_clock(context)
                rows = rows.alias(state=centre_status(context.now)).filter(state__in=value)
            case "review_due":
                rows = rows.annotate(_due=review_due(context.now)).filter(_within("_due", value))
    return rows


def of_programmes(context: Context, rows: Rows, wanted: dict[str, Any] | None, chain: LocaleChain) -> Rows:
    """Keep the programmes that meet a ProgrammeFilter."""
    for name, value in _given(wanted):
        match name:
            case "centre":
                rows = rows.filter(centre_key__in=find_by_slug(context, CentrePage, value, chain))
            case "kind" | "cadence":
                rows = rows.filter(**{f"{name}__in": value})
            case "topic":
                rows = rows.filter(pk__in=_pks(ProgrammePage, topics__code__in=value))
            case "audience":
                rows = rows.filter(pk__in=_pks(ProgrammePage, programme_audiences__audience__code__in=value))
            case "title_contains":
                rows = rows.filter(folded_title__contains=_plain(value))
            case "has_open_edition":
                watch_clock(context)
                rows = rows.filter(
                    Exists(open_editions(context)) if value else ~Exists(open_editions(context))
                )
    return rows


def open_editions(context: Context) -> Rows:
    """Return the visible editions of an outer programme that take applications now."""
    editions = visible(context, EventEdition).filter(programme_key=OuterRef("translation_key"))
    return editions.alias(state=edition_status(context.now)).filter(state="OPEN").values("pk")


def of_editions(context: Context, rows: Rows, wanted: dict[str, Any] | None, chain: LocaleChain) -> Rows:
    """Keep the editions (rows of `Edition`) that meet an EditionFilter."""
    for name, value in _given(wanted):
        match name:
            case "centre":
                keys = find_by_slug(context, CentrePage, value, chain)
                rows = rows.filter(programme_key__in=_keys(context, centre_key__in=keys))
            case "programme":
                rows = rows.filter(programme_key__in=find_by_slug(context, ProgrammePage, value, chain))
            case "kind":
                rows = rows.filter(programme_key__in=_keys(context, kind__in=value))
            case "audience":
                rows = rows.filter(
                    programme_key__in=_keys(context, programme_audiences__audience__code__in=value)
                )
            case "year":
                rows = rows.filter(year=value)
            case "starts":
                rows = rows.filter(_within("starts_at", value))
            case "status":
                watch_clock(context)
                rows = rows.alias(state=edition_status(context.now)).filter(state__in=value)
            case _:
                rows = rows.filter(pk__in=_events(name, value))
    return rows


def _events(name: str, value: Any) -> Rows:
    """Return the primary keys of event editions that meet a condition which only events can meet."""
    events = EventEdition.objects.all()
    match name:
        case "mode":
            events = events.filter(mode__in=value)
        case "free":
            events = events.filter(free=value)
        case "rescheduled":
            events = events.filter(rescheduled=value)
        case "has_free_seats":
            left = (
                Q(capacity__isnull=True)
                | Q(capacity__gt=F("availability__seats_taken"))
                | Q(availability__isnull=True)
            )
            events = events.filter(left if value else ~left)
        case "applications_open":
            events = events.filter(_within("applications_open", value))
    return events.values("pk")


def _given(wanted: dict[str, Any] | None) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in (wanted or {}).items() if value is not None]


def _within(column: str, between: dict[str, datetime | None]) -> Q:
    condition = Q()
    if (first := between.get("from")) is not None:
        condition &= Q(**{f"{column}__gte": first})
    if (last := between.get("to")) is not None:
        condition &= Q(**{f"{column}__lte": last})
    return condition


def _pks(model: type[models.Model], **conditions: Any) -> Rows:
    return model._default_manager.filter(**conditions).values("pk")


def _keys(context: Context, **conditions: Any) -> Rows:
    return visible(context, ProgrammePage).filter(**conditions).values("translation_key")


def _any_of(column: str, values: list[str]) -> Q:
    # A JSON list of upper-case names, none of which is a part of another: text search is the same on both databases.
    condition = Q(pk__in=())
    for value in values:
        condition |= Q(**{f"{column}__icontains": f'"{value}"'})
    return condition


def _plain(text: str) -> str:
    return fold(text).replace("\0", "")
