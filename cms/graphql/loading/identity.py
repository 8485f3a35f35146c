"""The id of an object in a response. Law: the same id, the same values, in every locale and for every use."""

from typing import Any

from django.conf import settings
from wagtail.models import Page

from cms.graphql.loading.context import Context
from cms.graphql.loading.localised import chain_of
from cms.languages.locales import LocaleChain
from cms.publishing.identity import GlobalId, encoded


def id_of_row(context: Context, row: Any, use: str = "") -> GlobalId:
    """Return the id of a row as it was requested; ``use`` names the place that gives it words of its own."""
    locales = locales_of(context, row, chain_of(row))
    return GlobalId(type(row), _key(context, row), "", locales, use, shows_drafts(context))


def text_of_id(context: Context, row: Any) -> str:
    """Return the text of `id_of_row`, without a use; what rows of one model and locale have in common is made once."""
    if (pk := row.pk) is None:
        return str(id_of_row(context, row))
    key = (row.__class__, chain_of(row).codes, row.__dict__.get("locale_id"))
    common = context.store.get(key)
    if common is None:
        common = context.store[key] = id_of_row(context, row).common()
    return f"{encoded(f'{common[0]}:{pk}')}{common[1]}"


def id_of_block(context: Context, owner: Any, chain: LocaleChain, block: str) -> GlobalId:
    """Return the id of a block in the body of ``owner``."""
    locales = locales_of(context, owner, chain)
    return GlobalId(type(owner), _key(context, owner), block, locales, "", shows_drafts(context))


def shows_drafts(context: Context) -> bool:
    """Return whether the response shows drafts, whose values are others than those of the public."""
    return context.viewer.drafts is not None


def locales_of(context: Context, row: Any, chain: LocaleChain) -> tuple[str, ...]:
    """Return the locales that the id of ``row`` names: none for the usual ones."""
    usual = settings.LANGUAGE_CODE
    if isinstance(row, Page):
        usual = context.gate.boundaries.locales[row.locale_id]
    key = ("locales of an id", chain, usual)
    if key not in context.store:
        context.store[key] = () if chain == LocaleChain.of(usual) else chain.codes
    locales: tuple[str, ...] = context.store[key]
    return locales


def _key(context: Context, row: Any) -> str:
    """Return the key of a row; a preview also shows rows that were never saved."""
    if row.pk is not None:
        return str(row.pk)
    if (key := getattr(row, "translation_key", None)) is not None:
        return f"new-{key}"
    new = context.store.setdefault("rows without a key", {})
    return f"new-{new.setdefault(id(row), (len(new), row))[0]}"
