"""The list of every public page, for static builds and sitemaps."""

from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Coalesce
from wagtail.models import Page

from cms.graphql.fields.pages import graph
from cms.graphql.loading.batching import adopt
from cms.graphql.loading.conditions import plain
from cms.graphql.loading.connections import Finish, Order
from cms.graphql.loading.context import Context
from cms.graphql.loading.pages import in_chain, specific, visible
from cms.graphql_fields import COMPUTED, LONG_AGO, List
from cms.languages.locales import LocaleChain
from cms.models import BasePage

PAGES = List(
    "pages",
    prefix="Page",
    node="PageInterface",
    first=100,
    order={"PATH_ASC": COMPUTED, "TITLE_ASC": COMPUTED, "LAST_PUBLISHED_DESC": COMPUTED},
    filters={"type": COMPUTED, "under": COMPUTED, "titleContains": COMPUTED, "publishedSince": COMPUTED},
    description="Every public page, each once in the best locale. It is for static builds and sitemaps.",
)
graph.list_of(Page, PAGES)


@cache
def page_models() -> dict[str, type[BasePage]]:
    """Return the types of pages by their names in the schema: CENTRE_INDEX for CentreIndexPage."""
    return {_name(model): model for model in apps.get_models() if issubclass(model, BasePage)}


def _name(model: type[BasePage]) -> str:
    words = model.__name__.removesuffix("Page")
    return "".join(f"_{one}" if place and one.isupper() else one for place, one in enumerate(words)).upper()


@graph.types_from
def page_types() -> str:
    """Return the enum of the types of pages in the schema language."""
    values = "\n".join(
        f'  "Pages of the type {model.__name__}."\n  {name}' for name, model in page_models().items()
    )
    return f'"Types of pages."\nenum PageType {{\n{values}\n}}'


@graph.order("PageOrder.PATH_ASC")
def by_path(_context: Context) -> tuple[Any, type]:
    """By path, so that a page comes after those above it."""
    return F("url_path"), str


@graph.order("PageOrder.LAST_PUBLISHED_DESC")
def by_publication(_context: Context) -> tuple[Any, type]:
    """By the time of the last publication, the latest first."""
    return Coalesce(F("last_published_at"), Value(LONG_AGO)), datetime


@graph.order("PageOrder.TITLE_ASC")
def by_title(_context: Context) -> tuple[Any, type]:
    """By title, in alphabetical order."""
    keys = [F(f"{column}__sort_key") for column in _ways_to_pages()]
    return Coalesce(*keys, Value(""), output_field=CharField()), str


def _ways_to_pages() -> list[str]:
    """Return the lookups from a page to the row of its own type."""
    ways = (Page._meta.get_field(model.__name__.lower()) for model in page_models().values())
    return [way.name for way in ways]


def _in_full(context: Context, order: Order) -> Finish:
    def finish(rows: list[Any]) -> list[Any]:
        full = specific(context, rows)
        adopt(full.values())
        for row in rows:
            if row.pk in full:
                setattr(full[row.pk], order.column, getattr(row, order.column))
        return [full[row.pk] for row in rows if row.pk in full]

    return finish


@graph.rows_of("Page", in_full=_in_full)
def pages(context: Context, chain: LocaleChain) -> Any:
    """Return the visible pages, each once in the best locale of ``chain``."""
    return in_chain(context, visible(context, Page), chain)


@graph.condition("PageFilter.type: [PageType!]")
def of_type(_context: Context, _chain: LocaleChain, value: list[str]) -> Q:
    """Types of pages."""
    condition = Q(pk__in=())
    for name in value:
        condition |= Q(pk__in=page_models()[name].objects.order_by().values("pk"))
    return condition


@graph.condition("PageFilter.under: String")
def under(context: Context, _chain: LocaleChain, value: str) -> Q:
    """Path of a page in any locale: that page and all pages below it, in every locale."""
    top = visible(context, Page).filter(url_path=f"/{value.strip('/')}/").order_by().values("translation_key")
    condition = Q(pk__in=())
    versions = visible(context, Page).filter(translation_key__in=top).order_by()
    for path in versions.values_list("path", flat=True):
        condition |= Q(path__startswith=path)
    return condition


@graph.condition("PageFilter.titleContains: String")
def title_contains(_context: Context, _chain: LocaleChain, value: str) -> Q:
    """Part of the page's title. Case and accents are ignored."""
    condition = Q(pk__in=())
    for model in page_models().values():
        named = model.objects.filter(folded_title__contains=plain(value))
        condition |= Q(pk__in=named.order_by().values("pk"))
    return condition


@graph.condition("PageFilter.publishedSince: DateTime")
def published_since(_context: Context, _chain: LocaleChain, value: datetime) -> Q:
    """Return only pages that were published at this time or later."""
    return Q(last_published_at__gte=value)
