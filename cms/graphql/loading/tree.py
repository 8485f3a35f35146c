"""Lists of the pages below a page in the tree, or below one of its other versions."""

from collections import defaultdict
from collections.abc import Hashable
from typing import Any

from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Length, Substr
from wagtail.models import Page

from cms.graphql.loading.batching import batched
from cms.graphql.loading.connections import Connection, Finish, Order, Part
from cms.graphql.loading.context import Context
from cms.graphql.loading.fetching import FETCH_PEERS
from cms.graphql.loading.localised import chain_of
from cms.graphql.loading.pages import locale_ids, note_keys, one_by_one
from cms.graphql.loading.top_rows import top_rows
from cms.languages.locales import LocaleChain

STEP = Page.steplen


def connect_children(
    context: Context,
    page: Any,
    key: Hashable,
    rows: models.QuerySet[Any],
    order: Order,
    part: Part,
    finish: Finish = list,
) -> Connection:
    """Return the part of ``rows`` below ``page``, read for all its peers with three statements.

    ``rows`` has each page once, in the best locale of the chain; ``key`` names the list with its arguments.
    """
    chain, reading = chain_of(page), part.order(order)

    def load_rows(group: list[Any]) -> dict[Any, list[Any]]:
        parents = _version_paths(context, group, chain)
        below = part.of_rows(_below(rows, parents), order)
        found = top_rows(below, "parent_path", parents, reading.terms(), part.size + 1)
        keys = {child.pk: parents[child.parent_path] for child in found}
        lists: dict[Any, list[Any]] = defaultdict(list)
        for child in finish(found):
            lists[keys[child.pk]].append(child)
        return {row.pk: _sorted(lists[row.translation_key], reading)[: part.size + 1] for row in group}

    def load_counts(group: list[Any]) -> dict[Any, int]:
        parents = _version_paths(context, group, chain)
        counts: dict[Any, int] = defaultdict(int)
        for counted in _below(rows, parents).order_by().values("parent_path").annotate(n=Count("pk")):
            counts[parents[counted["parent_path"]]] += counted["n"]
        return {row.pk: counts[row.translation_key] for row in group}

    return Connection(
        order,
        part,
        lambda: batched(page, (key, "children", part), load_rows),
        lambda: batched(page, (key, "children", "count"), load_counts, int),
    )


def _sorted(rows: list[Any], order: Order) -> list[Any]:
    return sorted(rows, key=lambda row: (getattr(row, order.column), row.pk), reverse=order.descending)


def _version_paths(context: Context, group: list[Any], chain: LocaleChain) -> dict[str, Any]:
    """Return the tree path of every version of the pages of ``group`` in ``chain``, with its translation key."""
    keys = {row.translation_key for row in group}
    note_keys(context, keys)
    rows = one_by_one(context, Page).filter(translation_key__in=keys, locale__in=locale_ids(context, chain))
    return dict(rows.values_list("path", "translation_key"))


def _below(rows: models.QuerySet[Any], parents: dict[str, Any]) -> models.QuerySet[Any]:
    branches = Q(pk__in=())
    for path in parents:
        branches |= Q(path__startswith=path, depth=len(path) // STEP + 1)
    below = rows.filter(branches)
    return below.annotate(parent_path=Substr("path", 1, Length("path") - STEP)).fetch_mode(FETCH_PEERS)
