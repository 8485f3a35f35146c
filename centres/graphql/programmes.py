"""One programme, and the centre that runs it."""

from typing import Any

from centres.graphql.graph import graph
from centres.models import CentrePage, ProgrammePage
from cms.graphql.loading.batching import batched
from cms.graphql.loading.context import Info
from cms.graphql.loading.localised import chain_for, chain_of
from cms.graphql.loading.pages import by_key, find_by_slug, one_by_one
from cms.publishing.tags import slug_tag


@graph.query(
    'programme("Slug of the programme\'s centre, in any locale." centre: String!, '
    '"Last segment of the programme\'s path, in any locale." slug: String!, '
    "locale: String, fallback: [String!]): ProgrammePage"
)
def programme(
    _root: Any,
    info: Info,
    centre: str,
    slug: str,
    locale: str | None = None,
    fallback: list[str] | None = None,
) -> Any:
    """One programme by the slugs of its centre and of its own page. Null if there is no such public programme."""
    context, chain = info.context, chain_for(locale, fallback)
    centre_keys = find_by_slug(context, CentrePage, [centre], chain)
    context.tags.add(slug_tag(slug))
    rows = one_by_one(context, ProgrammePage).filter(slug=slug, centre_key__in=centre_keys)
    key = rows.values_list("translation_key", flat=True).first()
    return by_key(context, ProgrammePage, [key], chain).get(key)


@graph.field("ProgrammePage.centre")
def centre_of_programme(page: ProgrammePage, info: Info) -> Any:
    chain = chain_of(page)

    def load(group: list[Any]) -> dict[Any, Any]:
        pages = by_key(info.context, CentrePage, {row.centre_key for row in group}, chain)
        return {row.pk: pages.get(row.centre_key) for row in group}

    return batched(page, ("centre", chain.codes), load, lambda: None)


# Lengths of lists.
graph.price(3, "ProgrammePage.topics", "ProgrammePage.audiences")
graph.price(2, "ProgrammePage.coOrganisers", "ProgrammePage.funders")
