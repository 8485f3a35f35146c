"""Root fields that every site has."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from wagtail.models import Page, Site

from cms.graphql.fields.nodes import chain_of_id, read_id
from cms.graphql.fields.pages import graph, locale_of
from cms.graphql.fields.routes import resolve_route
from cms.graphql.loading.batching import batched
from cms.graphql.loading.context import Info
from cms.graphql.loading.localised import chain_for, chain_of, mark
from cms.graphql.loading.pages import (
    by_own_id,
    in_chain,
    locale_ids,
    one_by_one,
    specific,
    specific_of,
    visible,
)
from cms.languages.locales import LocaleChain, default_fallback, locale_codes
from cms.models import SiteLabels, SiteSettings
from cms.publishing.beside import SITE
from cms.publishing.tags import list_tag, slug_tag
from cms.site import frontend_url


@dataclass
class NavigationItem:
    """An entry of the navigation and those below it."""

    row: Page
    children: list["NavigationItem"] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(self.row.title)

    @property
    def path(self) -> str:
        return str(self.row.url_path)


@dataclass
class SiteInfo:
    """The site as a whole."""

    name: str
    root_url: str
    locales: list[str]
    default_locale: str
    fallback: list[str]
    publisher: str
    contact_email: str | None
    statement: int | None
    chain: LocaleChain


@graph.query('route("Site-relative path, as the browser requested it." path: String!): Route')
def route(_root: Any, info: Info, path: str) -> Any:
    """What to do for a site-relative path: show a page, redirect, or respond with 410 Gone. Null means 404."""
    return resolve_route(info.context, path)


@graph.query(
    'page("Site-relative path of the page in any locale." path: String, "Id of the page in any locale." id: ID, '
    "locale: String, fallback: [String!]): PageInterface"
)
def page(
    _root: Any,
    info: Info,
    path: str | None = None,
    id: str | None = None,
    locale: str | None = None,
    fallback: list[str] | None = None,
) -> Any:
    """One page by its path or id. Without `locale`, the text is in the locale of the path or id."""
    context = info.context
    chain_for(locale, fallback)
    condition = Q() if path is None else Q(url_path=with_slashes(path))
    given = None
    if id is not None:
        given = read_id(context, id, "Query.page(id:)", Page)
        condition &= Q(pk__in=()) if given is None else Q(pk=given.pk)
    context.tags |= {list_tag(Page)} if path is None else {slug_tag(path)}
    row = one_by_one(context, Page).filter(condition).first() if condition else None
    if row is None:
        return None
    usual = locale_of(context, row)
    chain = (
        chain_for(locale or usual, fallback) if given is None else chain_of_id(given, locale, fallback, usual)
    )
    return specific_of(context, row, chain)


def with_slashes(path: str) -> str:
    """Return ``path`` with one leading and one trailing slash."""
    return f"/{path.strip('/')}/" if path.strip("/") else "/"


@graph.query(
    'navigation(locale: String, "Number of levels below the home page, at most 5." depth: Int = 2): [NavigationItem!]!'
)
def navigation(
    _root: Any, info: Info, locale: str | None = None, depth: int | None = 2
) -> list[NavigationItem]:
    """Pages that editors put into the menus, as a tree below the home page."""
    context, chain = info.context, chain_for(locale)
    home_depth = 2
    levels = 2 if depth is None else depth
    rows = in_chain(
        context,
        visible(context, Page).filter(
            show_in_menus=True, depth__gt=home_depth, depth__lte=home_depth + max(0, min(levels, 5))
        ),
        chain,
    ).order_by("path")
    items = {row.path: mark(NavigationItem(mark(row, chain)), chain) for row in rows}
    order = {pk: place for place, pk in enumerate(locale_ids(context, chain))}
    top: list[NavigationItem] = []
    for item in sorted(items.values(), key=lambda item: (order[item.row.locale_id], item.row.path)):
        above = items.get(item.row.path[: -Page.steplen])
        if item.row.depth == home_depth + 1:
            top.append(item)
        elif above is not None:
            above.children.append(item)
    return top


@graph.field("NavigationItem.page")
def navigation_page(item: NavigationItem, info: Info) -> Any:
    pages = batched(
        item.row, "specific", lambda group: _each(specific(info.context, group), group), lambda: None
    )
    return None if pages is None else mark(pages, chain_of(item))


def _each(pages: dict[int, Any], group: list[Any]) -> dict[int, Any]:
    return {row.pk: pages.get(row.pk) for row in group}


@graph.query("site(locale: String): SiteInfo!")
def site(_root: Any, info: Info, locale: str | None = None) -> SiteInfo:
    """Name, address, locales and publisher of the site."""
    info.context.tags.add(SITE)
    chain = chain_for(locale)
    settings = SiteSettings.objects.filter(site__is_default_site=True).select_related("site").first()
    name = settings.name.pick(chain.codes)[0] if settings else ""
    codes = list(locale_codes())
    return SiteInfo(
        name=name or _wagtail_site_name(),
        root_url=frontend_url(),
        locales=codes,
        default_locale=codes[0],
        fallback=default_fallback(chain.requested),
        publisher=settings.publisher.pick(chain.codes)[0] if settings else "",
        contact_email=(settings.contact_email or None) if settings else None,
        statement=settings.accessibility_statement_id if settings else None,
        chain=chain,
    )


@graph.field("SiteInfo.accessibilityStatement")
def accessibility_statement(info_of_site: SiteInfo, info: Info) -> Any:
    """The page that the editors chose, where the visitor may see it."""
    if info_of_site.statement is None:
        return None
    row = by_own_id(info.context, [info_of_site.statement], info_of_site.chain).get(info_of_site.statement)
    return None if row is None else specific_of(info.context, row, info_of_site.chain)


def _wagtail_site_name() -> str:
    found = Site.objects.filter(is_default_site=True).values_list("site_name", flat=True).first()
    return str(found or "")


# A schema has some two hundred values of enums.
graph.price(200, "SiteLabels.enumLabels")


@graph.query("siteLabels(locale: String): SiteLabels!")
def site_labels(_root: Any, info: Info, locale: str | None = None) -> SiteLabels:
    """Interface texts that editors maintain, such as skip links and names of statuses."""
    info.context.tags.add(list_tag(SiteLabels))
    chain = chain_for(locale)
    labels = SiteLabels.objects.filter(site__is_default_site=True).first() or SiteLabels()
    return mark(labels, chain)
