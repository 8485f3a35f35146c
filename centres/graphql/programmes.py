"""Programmes: lists of all, of a centre, and what belongs to one."""

from typing import Any

from centres.graphql.filters import of_programmes
from centres.graphql.graph import graph
from centres.graphql.keys import argument_key
from centres.graphql.orders import order_programmes
from centres.models import CentrePage, ProgrammeAudience, ProgrammePage
from cms.graphql.loading.batching import batched, related
from cms.graphql.loading.connections import Connection, connect, connect_below
from cms.graphql.loading.localised import chain_for, chain_of, mark
from cms.graphql.loading.pages import by_key, find_by_slug, in_chain, visible


@graph.query(
    'programme("Slug of its centre, in any locale." centre: String!, '
    '"Last part of its path, in any locale." slug: String!, '
    "locale: String, fallback: [String!]): ProgrammePage"
)
def programme(
    _root: Any,
    info: Any,
    centre: str,
    slug: str,
    locale: str | None = None,
    fallback: list[str] | None = None,
) -> Any:
    """One programme of a centre, each by the last part of its path in any locale."""
    context, chain = info.context, chain_for(locale, fallback)
    centre_keys = find_by_slug(context, CentrePage, [centre], chain)
    rows = visible(context, ProgrammePage).filter(slug=slug, centre_key__in=centre_keys)
    key = rows.values_list("translation_key", flat=True).first()
    return by_key(context, ProgrammePage, [key], chain).get(key)


@graph.query(
    "programmes(filter: ProgrammeFilter, orderBy: ProgrammeOrder = TITLE_ASC, first: Int = 20, after: String, "
    "locale: String, fallback: [String!]): ProgrammeConnection!"
)
def programmes(
    _root: Any,
    info: Any,
    filter: dict[str, Any] | None = None,
    order_by: str | None = "TITLE_ASC",
    first: int | None = 20,
    after: str | None = None,
    locale: str | None = None,
    fallback: list[str] | None = None,
) -> Connection:
    """The programmes of all centres."""
    context, chain = info.context, chain_for(locale, fallback)
    rows = in_chain(context, visible(context, ProgrammePage), chain)
    rows, order = order_programmes(
        context, of_programmes(context, rows, filter, chain), order_by or "TITLE_ASC"
    )
    return mark(connect(info.context, rows, order, first, after), chain)


@graph.field("CentrePage.programmes")
def programmes_of_centre(
    page: CentrePage,
    info: Any,
    filter: dict[str, Any] | None = None,
    order_by: str | None = "TITLE_ASC",
    first: int | None = 20,
    after: str | None = None,
) -> Connection:
    context, chain = info.context, chain_of(page)
    key = ("programmes", chain.codes, argument_key(filter), order_by)
    if key not in context.store:
        rows = in_chain(context, visible(context, ProgrammePage), chain)
        context.store[key] = order_programmes(
            context, of_programmes(context, rows, filter, chain), order_by or "TITLE_ASC"
        )
    rows, order = context.store[key]
    return connect_below(
        page,
        key,
        rows,
        parent_key=lambda row: row.translation_key,
        column="centre_key",
        order=order,
        first=first,
        after=after,
    )


@graph.field("ProgrammePage.centre")
def centre_of_programme(page: ProgrammePage, info: Any) -> Any:
    chain = chain_of(page)

    def load(group: list[Any]) -> dict[Any, Any]:
        pages = by_key(info.context, CentrePage, {row.centre_key for row in group}, chain)
        return {row.pk: pages.get(row.centre_key) for row in group}

    return batched(page, ("centre", chain.codes), load, lambda: None)


@graph.field("ProgrammePage.audiences")
def audiences_of_programme(page: ProgrammePage, _info: Any) -> list[Any]:
    rows = ProgrammeAudience.objects.select_related("audience")
    return [row.audience for row in related(page, "programme_audiences", rows)]


@graph.field("ProgrammePage.coOrganisers")
def co_organisers(page: ProgrammePage, _info: Any) -> list[Any]:
    return [row.organisation for row in related(page, "programme_co_organisers")]


@graph.field("ProgrammePage.funders")
def funders(page: ProgrammePage, _info: Any) -> list[Any]:
    return [row.organisation for row in related(page, "programme_funders")]
