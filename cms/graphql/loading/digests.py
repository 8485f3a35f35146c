"""Digests of public responses, by which the log of changes knows whether an object differs."""

import hashlib
import json
import logging
import math
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.module_loading import import_string
from graphql import (
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    default_field_resolver,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)
from wagtail.models import Page

from cms.graphql.loading.context import Context
from cms.graphql.loading.fetching import FETCH_PEERS
from cms.graphql.loading.localised import chain_for, mark
from cms.graphql.protocol.compiled import Info
from cms.languages.locales import locale_codes
from cms.publishing.objects import ref_of, stands_alone, type_name
from cms.publishing.visibility import Gate

logger = logging.getLogger(__name__)

# The path is logged as a move. What else is left out says the same once more, or repeats other objects.
_LEFT_OUT = frozenset(
    (
        "PageInterface.path", "PageInterface.url", "PageInterface.parent", "PageInterface.requestedLocale",
        "PageInterface.isFallback", "PageInterface.jsonLd", "EditionInterface.jsonLd", "EditionInterface.url",
        "Seo.canonical",
        "Seo.hreflang", "Translation.url", "RichText.markdown", "RichText.text", "RichText.links",
    )
)  # fmt: skip


def digests(model: type[Model], pks: list[Any], gate: Gate) -> dict[Any, tuple[str, datetime | None]]:
    """Return by primary key the digest of each object's public response and the time until when it holds.

    A response holds the object's own fields, with values that belong to it. Other objects are references in it, and
    lists with pages of their own are queries. An object that cannot be read has an empty digest, and the log of the
    server says why.
    """
    reader = _Reader(Context(now=gate.now, version=gate.version, deadline=math.inf))
    return reader.digests(model, pks)


class _Reader:
    """Reads objects of one model as the public does."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._schema: GraphQLSchema = import_string(settings.CMS_GRAPHQL_SCHEMA)

    def digests(self, model: type[Model], pks: list[Any]) -> dict[Any, tuple[str, datetime | None]]:
        self._context.boundary = None
        texts: dict[Any, list[str]] = {pk: [] for pk in pks}
        for row in self._rows(model, pks):
            try:
                texts[row.pk].append(json.dumps(self._object(row), default=str, sort_keys=True))
            except Exception:
                logger.exception("%s %s cannot be read as the public does.", model.__name__, row.pk)
        return {
            pk: (_digest(text) if all(text) and text else "", self._context.boundary)
            for pk, text in texts.items()
        }

    def _rows(self, model: type[Model], pks: list[Any]) -> Iterator[Any]:
        """Yield pages in their own locale, all others once in each."""
        queryset = model._default_manager.filter(pk__in=pks).order_by()
        if issubclass(model, Page):
            row: Any
            for row in queryset.fetch_mode(FETCH_PEERS):
                yield mark(row, chain_for(self._context.gate.boundaries.locales[row.locale_id]))
            return
        for code in locale_codes():
            for row in queryset.fetch_mode(FETCH_PEERS):
                yield mark(row, chain_for(code))

    def _object(self, row: Any) -> Any:
        type_ = self._schema.get_type(type_name(row))
        return self._fields(type_, row, ref_of(row)) if isinstance(type_, GraphQLObjectType) else None

    def _fields(self, type_: GraphQLObjectType, value: Any, owner: Any) -> dict[str, Any]:
        found = {}
        for name, field, given in _own_fields(type_):
            resolve: Any = field.resolve or default_field_resolver
            found[name] = self._value(
                field.type, resolve(value, Info(self._context, name, []), **given), owner
            )
        return found

    def _value(self, type_: Any, value: Any, owner: Any) -> Any:
        if isinstance(type_, GraphQLNonNull):
            type_ = type_.of_type
        if value is None:
            return None
        if isinstance(type_, GraphQLList):
            return [self._value(type_.of_type, one, owner) for one in value]
        if is_leaf_type(type_):
            return value
        if isinstance(value, Model) and not _is_part(value, owner):
            return f"{value._meta.label_lower}:{value.pk}"
        if type_.name == "Image":
            return [value.image.pk, value.alt_text, value.decorative]
        if is_abstract_type(type_):
            type_ = self._schema.get_type(type_.resolve_type(value, None, type_))
        return {"__typename": type_.name, **self._fields(type_, value, owner)}


def _is_part(row: Any, owner: Any) -> bool:
    """Return whether ``row`` is a row below the object ``owner``, and no object itself."""
    model: Any = type(row)
    return not stands_alone(model) and not isinstance(row, Page) and ref_of(row) == owner


@cache
def _own_fields(type_: GraphQLObjectType) -> tuple[tuple[str, GraphQLField, dict[str, Any]], ...]:
    """Return the fields of a type that belong to its response, with the arguments that they have by default."""
    return tuple(
        (
            name,
            field,
            {
                arg.out_name: arg.default_value
                for arg in field.args.values()
                if arg.default_value is not Undefined
            },
        )
        for name, field in type_.fields.items()
        if not any(f"{owner.name}.{name}" in _LEFT_OUT for owner in (type_, *type_.interfaces))
        if not get_named_type(field.type).name.endswith("Connection")
        if not any(map(is_required_argument, field.args.values()))
    )


def _digest(texts: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(texts).encode(), digest_size=16).hexdigest()
