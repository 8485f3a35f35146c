"""What the home page puts forward, in the asked language."""

from collections import defaultdict
from typing import Any

from cms.graphql.graph import Graph
from cms.graphql.loading.batching import batched, is_draft
from cms.graphql.loading.context import Info
from cms.graphql.loading.localised import chain_of
from cms.graphql.loading.pages import specific_by_key
from home.models import HomePage

graph = Graph()


@graph.field("HomePage.featuredCentres")
def featured_centres(page: HomePage, info: Info) -> list[Any]:
    return _featured(page, "featured_centre_rows", info)


@graph.field("HomePage.featuredProgrammes")
def featured_programmes(page: HomePage, info: Info) -> list[Any]:
    return _featured(page, "featured_programme_rows", info)


def _featured(page: HomePage, relation: str, info: Info) -> list[Any]:
    chain = chain_of(page)

    def load(group: list[Any]) -> dict[Any, list[Any]]:
        chosen: dict[Any, list[Any]] = defaultdict(list)
        if is_draft(page):
            chosen[page.pk] = [row.page.translation_key for row in getattr(page, relation).all()]
        else:
            model: Any = page._meta.get_field(relation).related_model
            rows = model.objects.filter(home__in=[row.pk for row in group])
            for pk, key in rows.order_by("sort_order", "pk").values_list("home_id", "page__translation_key"):
                chosen[pk].append(key)
        pages = specific_by_key(info.context, {key for keys in chosen.values() for key in keys}, chain)
        return {pk: [pages[key] for key in keys if key in pages] for pk, keys in chosen.items()}

    return list(batched(page, (relation, chain.codes), load))
