"""Fields of every page: addresses, translations, its place in the tree, what search engines need."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wagtail.models import Page

from cms.graphql.graph import Graph
from cms.graphql.loading.batching import adopt, batched
from cms.graphql.loading.connections import Connection, Order, Part
from cms.graphql.loading.context import Context, Info
from cms.graphql.loading.localised import chain_of, mark
from cms.graphql.loading.pages import (
    by_key,
    in_chain,
    locale_ids,
    note_keys,
    one_by_one,
    specific,
    specific_by_key,
    visible,
)
from cms.graphql.loading.tree import STEP, connect_children
from cms.languages.locales import LocaleChain
from cms.site import absolute_url

graph = Graph(Path(__file__).parent / "types")

_TREE = Order("TREE", "path")


@dataclass
class Translation:
    """A page in one more locale."""

    locale: str
    path: str
    title: str
    is_alias: bool = False

    @property
    def url(self) -> str:
        return absolute_url(self.path)


@dataclass
class Crumb:
    """One step from the home page."""

    title: str
    path: str


@dataclass
class Seo:
    """What search engines and social networks need of a page."""

    page: Any
    title: str
    description: str
    image: Any = field(default=None)


@graph.field("PageInterface.path")
def path(page: Any, _info: Info) -> str:
    return str(page.url_path)


@graph.field("PageInterface.url")
def url(page: Any, _info: Info) -> str:
    return absolute_url(page.url_path)


@graph.field("PageInterface.locale")
def locale(page: Any, info: Info) -> str:
    return locale_of(info.context, page)


@graph.field("PageInterface.requestedLocale")
def requested_locale(page: Any, _info: Info) -> str:
    return chain_of(page).requested


@graph.field("PageInterface.isFallback")
def is_fallback(page: Any, info: Info) -> bool:
    return locale_of(info.context, page) != chain_of(page).requested


def locale_of(context: Context, page: Any) -> str:
    """Return the locale code of a page without a statement."""
    return context.gate.boundaries.locales[page.locale_id]


@graph.field("PageInterface.translations")
def translations(page: Any, info: Info) -> list[Translation]:
    return [version for version in versions(page, info) if version.locale != locale_of(info.context, page)]


@graph.field("Seo.hreflang")
def hreflang(seo: Seo, info: Info) -> list[Translation]:
    """Return the versions but for aliases, whose canonical address is that of their source."""
    return [version for version in versions(seo.page, info) if not version.is_alias]


def versions(page: Any, info: Info) -> list[Translation]:
    """Return every visible version of a page, in the order of the site's locales."""
    context = info.context

    def load(group: list[Any]) -> dict[Any, list[Translation]]:
        keys = {row.translation_key for row in group}
        found: dict[Any, list[Translation]] = defaultdict(list)
        note_keys(context, keys)
        for row in one_by_one(context, Page).filter(translation_key__in=keys).order_by("locale_id"):
            found[row.translation_key].append(
                Translation(locale_of(context, row), row.url_path, row.title, row.alias_of_id is not None)
            )
        return {row.pk: found[row.translation_key] for row in group}

    return list(batched(page, "versions", load))


@graph.field("PageInterface.parent")
def parent(page: Any, info: Info) -> Any:
    chain = chain_of(page)

    def load(group: list[Any]) -> dict[Any, Any]:
        keys = _keys_by_path(info.context, {row.path[:-STEP] for row in group})
        pages = specific_by_key(info.context, keys.values(), chain)
        return {row.pk: pages.get(keys.get(row.path[:-STEP])) for row in group}

    return batched(page, ("parent", chain.codes), load, lambda: None)


@graph.field("PageInterface.breadcrumbs")
def breadcrumbs(page: Any, info: Info) -> list[Crumb]:
    chain = chain_of(page)

    def load(group: list[Any]) -> dict[Any, list[Crumb]]:
        pages = _by_path(info.context, {path for row in group for path in _way(row)}, chain)
        return {
            row.pk: [Crumb(pages[path].title, pages[path].url_path) for path in _way(row) if path in pages]
            for row in group
        }

    return list(batched(page, ("breadcrumbs", chain.codes), load))


def _way(page: Any) -> list[str]:
    """Return the tree paths from the home page to ``page``; the tree's root is nobody's business."""
    return [page.path[:end] for end in range(2 * STEP, len(page.path) + 1, STEP)]


def _by_path(context: Context, paths: set[str], chain: LocaleChain) -> dict[str, Any]:
    """Return by tree path the visible page at that place in the best locale of ``chain``.

    One statement where all of them are pages of the first locale, else two more.
    """
    first = locale_ids(context, chain)[0]
    rows = one_by_one(context, Page).filter(path__in=paths, locale=first).order_by()
    found = {row.path: row for row in rows}
    note_keys(context, (row.translation_key for row in found.values()))
    if missing := paths - found.keys():
        keys = _keys_by_path(context, missing)
        pages = by_key(context, Page, keys.values(), chain)
        found |= {path: pages[key] for path, key in keys.items() if key in pages}
    return found


def _keys_by_path(context: Context, paths: set[str]) -> dict[str, Any]:
    context.check_deadline()
    return dict(Page.objects.filter(path__in=paths, depth__gt=1).values_list("path", "translation_key"))


@graph.field("PageInterface.children")
def children(page: Any, info: Info, **paging: Any) -> Connection:
    """Pages below this page or below one of its other versions, each once, in the best locale of the chain."""
    context, chain = info.context, chain_of(page)

    def in_full(rows: list[Any]) -> list[Any]:
        pages = specific(context, rows)
        adopt(pages.values())
        return [mark(pages[row.pk], chain) for row in rows if row.pk in pages]

    rows = in_chain(context, visible(context, Page), chain)
    return connect_children(context, page, chain.codes, rows, _TREE, Part.of(**paging), in_full)


@graph.field("PageInterface.seo")
def seo(page: Any, _info: Info) -> Seo:
    return Seo(
        page=page,
        title=page.seo_title or page.title,
        description=page.search_description or getattr(page, "summary", ""),
        image=getattr(page, "lead_image", None),
    )


@graph.field("Seo.canonical")
def canonical(seo: Seo, info: Info) -> str:
    """Return the address of the page; for an alias that of its source, where the text is at home."""

    def load(group: list[Any]) -> dict[Any, str]:
        ends = {row.pk: row.alias_of_id for row in group if row.alias_of_id is not None}
        sources: dict[int, tuple[str, int | None]] = {}
        while missing := set(ends.values()) - sources.keys():
            info.context.check_deadline()
            rows = Page.objects.filter(pk__in=missing).values_list("pk", "url_path", "alias_of_id")
            sources |= {pk: (path, further) for pk, path, further in rows}
            ends = {pk: sources[source][1] or source for pk, source in ends.items()}
        return {pk: sources[source][0] for pk, source in ends.items()}

    if seo.page.alias_of_id is None:
        return absolute_url(seo.page.url_path)
    return absolute_url(batched(seo.page, "canonical", load))


# Lengths of lists. A site has a few locales, and its tree a few levels.
graph.price(2, "PageInterface.translations")
graph.price(3, "Seo.hreflang")
graph.price(4, "PageInterface.breadcrumbs")
