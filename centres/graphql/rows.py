"""The rows of lists that are more than what may be seen: editions and their sessions."""

from collections import defaultdict
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from centres.graphql.graph import graph
from centres.models import AwardEdition, Edition, EventEdition, ProgrammePage, PublicationEdition, Session
from cms.graphql.loading.conditions import within
from cms.graphql.loading.connections import Finish, Order
from cms.graphql.loading.context import Context
from cms.graphql.loading.lookups import looked_up
from cms.graphql.loading.pages import locale_ids, visible
from cms.graphql.schema.lists import listed
from cms.languages.locales import LocaleChain

_MODELS: dict[str, type[Edition]] = {
    "EVENT": EventEdition,
    "AWARD": AwardEdition,
    "PUBLICATION": PublicationEdition,
}
# What is read of rows in whose place others come.
_ENOUGH = ("type", "programme_key", "starts_at", "year")


def in_full(context: Context, order: Order | None = None) -> Finish:
    """Return a function that puts editions of their own types in the place of rows of `Edition`."""

    def finish(rows: list[Any]) -> list[Any]:
        by_type: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            by_type[row.type].append(row.pk)
        full: dict[int, Any] = {}
        for name, pks in by_type.items():
            found = looked_up(context, _MODELS[name], "pk", pks, gated=False)
            full.update({edition.pk: edition for edition in found})
        for row in rows:
            if order is not None and row.pk in full:
                setattr(full[row.pk], order.column, getattr(row, order.column))
        return [full[row.pk] for row in rows if row.pk in full]

    return finish


@graph.rows_of("Edition", in_full=in_full)
def visible_editions(
    context: Context, chain: LocaleChain, model: type[models.Model] = Edition
) -> models.QuerySet[Any]:
    """Return the editions that the visitor may see: live ones of programmes with a visible page in the chain."""
    programmes = visible(context, ProgrammePage).filter(
        translation_key=OuterRef("programme_key"), locale__in=locale_ids(context, chain)
    )
    rows = visible(context, model).filter(Exists(programmes))
    return rows.only(*_ENOUGH) if model is Edition else rows


@graph.rows_of("Session")
def sessions_between(
    context: Context,
    chain: LocaleChain,
    between: dict[str, Any],
    centre: list[str] | None = None,
    filter: dict[str, Any] | None = None,
) -> models.QuerySet[Any]:
    """Return the sessions of editions that meet a filter, of events that the visitor may see."""
    wanted = {"and": [{"centre": centre}, filter or {}]}
    events = visible_editions(context, chain).filter(listed(Edition).conditions.of(context, chain, wanted))
    return Session.objects.filter(within("start", between), edition__in=events.order_by().values("pk"))
