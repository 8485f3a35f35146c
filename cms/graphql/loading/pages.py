"""Pages in the requested locale, each set of them with one statement and one more per page type."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page

from cms.graphql.loading.batching import adopt
from cms.graphql.loading.context import Context
from cms.graphql.loading.localised import mark
from cms.graphql.loading.lookups import looked_up
from cms.graphql.loading.plain_rows import plain
from cms.languages.locales import LocaleChain
from cms.publishing.tags import key_tag, list_tag, slug_tag
from cms.running.rows_read import uncounted


def visible(context: Context, model: type[models.Model]) -> models.QuerySet[Any]:
    """Return the rows of ``model`` that the visitor may see; an answer made of them is tagged as a list of these."""
    context.tags.add(list_tag(model))
    return one_by_one(context, model)


def one_by_one(context: Context, model: type[models.Model]) -> models.QuerySet[Any]:
    """Return the same rows for a caller that looks some up, and adds the tags by which each of them is known."""
    context.check_deadline()
    return plain(model._default_manager.filter(context.gate.q(model)), context.selected)


def in_chain(context: Context, queryset: models.QuerySet[Any], chain: LocaleChain) -> models.QuerySet[Any]:
    """Keep of each page the one version that stands first in ``chain`` among those the visitor may see."""
    ids = locale_ids(context, chain)
    condition: Any = Q(locale=ids[0])
    for place in range(1, len(ids)):
        better = one_by_one(context, Page).filter(
            translation_key=OuterRef("translation_key"), locale__in=ids[:place]
        )
        condition |= Q(locale=ids[place]) & ~Exists(better)
    return queryset.filter(condition)


def note_keys(context: Context, keys: Iterable[Any]) -> None:
    """Tag the response with the pages of these translation keys, whether they are to be seen or not."""
    context.tags |= {key_tag(key) for key in keys}


def locale_ids(context: Context, chain: LocaleChain) -> list[int]:
    """Return the primary keys of the locales of ``chain``, in order."""
    by_code = {code: pk for pk, code in context.gate.boundaries.locales.items()}
    return [by_code[code] for code in chain.codes if code in by_code]


def by_key(
    context: Context, model: type[models.Model], keys: Collection[Any], chain: LocaleChain
) -> dict[Any, Any]:
    """Return visible pages of ``model`` by translation key, each in the best locale of ``chain``."""
    wanted = {key for key in keys if key is not None}
    if not wanted:
        return {}
    order = {pk: place for place, pk in enumerate(locale_ids(context, chain))}
    best: dict[Any, Any] = {}
    note_keys(context, wanted)
    if not order:
        return {}
    for page in looked_up(context, model, "translation_key", wanted, gated=True, locales=tuple(order)):
        kept = best.get(page.translation_key)
        if kept is None or order[page.locale_id] < order[kept.locale_id]:
            best[page.translation_key] = page
    adopt(best.values())
    for page in best.values():
        mark(page, chain)
    return best


def specific(context: Context, rows: Iterable[Page]) -> dict[int, Any]:
    """Return the full pages of ``rows`` by primary key; one statement for each page type among them."""
    by_type: dict[int, list[Page]] = defaultdict(list)
    for row in rows:
        by_type[row.content_type_id].append(row)
    found: dict[int, Any] = {}
    for content_type_id, group in by_type.items():
        with uncounted():
            model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is None:
            continue
        pages = looked_up(context, model, "pk", [row.pk for row in group], gated=False)
        found.update({page.pk: page for page in pages})
    return found


def specific_by_key(context: Context, keys: Collection[Any], chain: LocaleChain) -> dict[Any, Any]:
    """Return full pages of any type by translation key, each in the best locale of ``chain``."""
    rows = by_key(context, Page, keys, chain)
    pages = specific(context, rows.values())
    return {key: mark(pages[row.pk], chain) for key, row in rows.items() if row.pk in pages}


def specific_of(context: Context, row: Page, chain: LocaleChain) -> Any:
    """Return the full visible page in place of ``row``, in the best locale of ``chain``."""
    if row.locale_id == locale_ids(context, chain)[0]:
        return mark(specific(context, [row]).get(row.pk), chain)
    return specific_by_key(context, [row.translation_key], chain).get(row.translation_key)


def by_own_id(context: Context, ids: Collection[int], chain: LocaleChain) -> dict[int, Any]:
    """Return by id the visible page in place of each of ``ids`` in the best locale of ``chain``.

    One statement where all of them are pages of the first locale, as links mostly are; else two more.
    """
    first = locale_ids(context, chain)[0]
    rows = looked_up(context, Page, "pk", ids, gated=True, locales=(first,))
    found: dict[int, Any] = {row.pk: row for row in rows}
    note_keys(context, (row.translation_key for row in found.values()))
    for row in found.values():
        mark(row, chain)
    if missing := set(ids) - found.keys():
        keys = dict(Page.objects.filter(pk__in=missing).values_list("pk", "translation_key"))
        pages = by_key(context, Page, keys.values(), chain)
        found |= {pk: pages[key] for pk, key in keys.items() if key in pages}
        adopt(found.values())
    return found


def find_by_slug(
    context: Context, model: type[models.Model], slugs: Collection[str], chain: LocaleChain
) -> list[Any]:
    """Return the translation keys of pages of ``model`` with one of ``slugs``, those in the requested locale first."""
    ids = locale_ids(context, chain)
    context.tags |= {slug_tag(slug) for slug in slugs}
    rows = one_by_one(context, model).filter(slug__in=list(slugs)).values_list("translation_key", "locale_id")
    ordered = sorted(rows, key=lambda row: ids.index(row[1]) if row[1] in ids else len(ids))
    return list(dict.fromkeys(key for key, _locale in ordered))
