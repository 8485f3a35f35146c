"""Editions and their sessions: one row each, whatever the locale."""

from collections import defaultdict
from typing import Any

from django.db import models
from django.db.models import FETCH_PEERS, Exists, OuterRef

from centres.graphql.filters import of_editions, watch_clock
from centres.graphql.graph import graph
from centres.graphql.keys import argument_key
from centres.graphql.orders import order_editions
from centres.models import (
    AwardEdition,
    Edition,
    EventEdition,
    Fee,
    ProgrammePage,
    PublicationEdition,
    Session,
)
from centres.status import edition_status, edition_status_of
from cms.graphql.loading.batching import batched, is_draft, related
from cms.graphql.loading.connections import Connection, Finish, Order, connect, connect_below
from cms.graphql.loading.context import Context
from cms.graphql.loading.localised import chain_for, chain_of, mark
from cms.graphql.loading.pages import by_key, locale_ids, visible
from cms.languages.locales import LocaleChain

_MODELS: dict[str, type[Edition]] = {
    "EVENT": EventEdition,
    "AWARD": AwardEdition,
    "PUBLICATION": PublicationEdition,
}


def visible_editions(
    context: Context, chain: LocaleChain, model: type[models.Model] = Edition
) -> models.QuerySet[Any]:
    """Return the editions that the visitor may see: live ones of programmes with a visible page in the chain."""
    programmes = visible(context, ProgrammePage).filter(
        translation_key=OuterRef("programme_key"), locale__in=locale_ids(context, chain)
    )
    return visible(context, model).filter(Exists(programmes))


def in_full(context: Context, order: Order | None = None) -> Finish:
    """Return a function that puts editions of their own types in the place of rows of `Edition`."""

    def finish(rows: list[Any]) -> list[Any]:
        by_type: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            by_type[row.type].append(row.pk)
        full: dict[int, Any] = {}
        for name, pks in by_type.items():
            context.check_deadline()
            found = _MODELS[name]._default_manager.filter(pk__in=pks).fetch_mode(FETCH_PEERS)
            full.update({edition.pk: edition for edition in found})
        for row in rows:
            if order is not None and row.pk in full:
                setattr(full[row.pk], order.column, getattr(row, order.column))
        return [full[row.pk] for row in rows if row.pk in full]

    return finish


@graph.query(
    'edition("The same in every locale." id: ID!, locale: String, fallback: [String!]): EditionInterface'
)
def edition(
    _root: Any, info: Any, id: str, locale: str | None = None, fallback: list[str] | None = None
) -> Any:
    """One edition by its id."""
    chain = chain_for(locale, fallback)
    if not (id.isascii() and id.isdecimal() and len(id) <= 18):
        return None
    rows = visible_editions(info.context, chain).filter(pk=int(id))
    return mark(next(iter(in_full(info.context)(list(rows))), None), chain)


@graph.query(
    "editions(filter: EditionFilter, orderBy: EditionOrder = START_ASC, first: Int = 20, after: String, "
    "locale: String, fallback: [String!]): EditionConnection!"
)
def editions(
    _root: Any,
    info: Any,
    filter: dict[str, Any] | None = None,
    order_by: str | None = "START_ASC",
    first: int | None = 20,
    after: str | None = None,
    locale: str | None = None,
    fallback: list[str] | None = None,
) -> Connection:
    """The editions of all programmes."""
    context, chain = info.context, chain_for(locale, fallback)
    rows = of_editions(context, visible_editions(context, chain), filter, chain)
    rows, order = order_editions(rows, order_by or "START_ASC")
    return mark(connect(context, rows, order, first, after, in_full(context, order)), chain)


@graph.field("ProgrammePage.editions")
def editions_of_programme(
    page: ProgrammePage,
    info: Any,
    filter: dict[str, Any] | None = None,
    order_by: str | None = "START_DESC",
    first: int | None = 20,
    after: str | None = None,
) -> Connection:
    context, chain = info.context, chain_of(page)
    key = ("editions", chain.codes, argument_key(filter), order_by)
    if key not in context.store:
        rows = of_editions(context, visible_editions(context, chain), filter, chain)
        context.store[key] = order_editions(rows, order_by or "START_DESC")
    rows, order = context.store[key]
    return connect_below(
        page,
        key,
        rows,
        parent_key=lambda row: row.translation_key,
        column="programme_key",
        order=order,
        first=first,
        after=after,
        finish=in_full(context, order),
    )


@graph.query(
    'sessions("When they begin." between: DateTimeRange!, "Slugs of centres; left out, all." centre: [String!], '
    "first: Int = 50, after: String, "
    "locale: String, fallback: [String!]): SessionConnection!"
)
def sessions(
    _root: Any,
    info: Any,
    between: dict[str, Any],
    centre: list[str] | None = None,
    first: int | None = 50,
    after: str | None = None,
    locale: str | None = None,
    fallback: list[str] | None = None,
) -> Connection:
    """Every dated session of event editions, for a calendar."""
    context, chain = info.context, chain_for(locale, fallback)
    events = of_editions(context, visible_editions(context, chain), {"centre": centre}, chain)
    rows = Session.objects.filter(edition__in=events.values("pk"))
    if (begin := between.get("from")) is not None:
        rows = rows.filter(start__gte=begin)
    if (end := between.get("to")) is not None:
        rows = rows.filter(start__lte=end)
    return mark(connect(context, rows, Order("START", "start", type(context.now)), first, after), chain)


@graph.field("EditionInterface.programme")
def programme_of_edition(edition: Edition, info: Any) -> Any:
    chain = chain_of(edition)

    def load(group: list[Any]) -> dict[Any, Any]:
        pages = by_key(info.context, ProgrammePage, {row.programme_key for row in group}, chain)
        return {row.pk: pages.get(row.programme_key) for row in group}

    return batched(edition, ("programme", chain.codes), load, lambda: None)


@graph.field("EditionInterface.status")
def status_of_edition(edition: Edition, info: Any) -> str:
    watch_clock(info.context)
    if is_draft(edition):
        return str(edition_status_of(edition, info.context.now))

    def load(group: list[Any]) -> dict[Any, str]:
        rows = type(edition)._default_manager.filter(pk__in=[row.pk for row in group])
        return dict(rows.annotate(now_is=edition_status(info.context.now)).values_list("pk", "now_is"))

    return str(batched(edition, "status", load, lambda: None))


@graph.field("PublicationEdition.ownTitleLocale")
def own_title_locale(edition: PublicationEdition, _info: Any) -> str | None:
    return edition.own_title.pick(chain_of(edition).codes)[1] or None


@graph.field("EventEdition.feeFor")
def fee_for(edition: EventEdition, _info: Any, audience: str) -> Fee | None:
    fees = related(edition, "fees")
    own = next((fee for fee in fees if fee.audience_id and fee.audience.code == audience), None)
    return own or next((fee for fee in fees if fee.audience_id is None), None)


@graph.field("Session.presenters")
def presenters(session: Session, _info: Any) -> list[Any]:
    return [person for person in related(session, "presenters") if person.publication_consent]
