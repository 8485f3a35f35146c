"""Every object-valued field of the schema passes the visibility gate, whatever resolver stands behind it.

Wrapped once at start, so that no resolver can forget it. The guard also hands the locale chain from an object to
those that are reached through it.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from graphql import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    get_named_type,
    is_composite_type,
)

from cms.graphql.loading.batching import is_shown_in_draft
from cms.graphql.loading.context import Info
from cms.graphql.loading.localised import hand_on
from cms.publishing.tags import tag_of


def guard(resolve: Callable[..., Any], type_: GraphQLOutputType) -> Callable[..., Any]:
    """Return ``resolve`` behind the gate if ``type_`` contains objects, else ``resolve`` itself."""
    if not is_composite_type(get_named_type(type_)):
        return resolve
    nullable = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    guarded = _guard_list(resolve) if isinstance(nullable, GraphQLList) else _guard_one(resolve)
    guarded.is_guarded = True  # type: ignore[attr-defined]  # the schema test looks for fields that escaped
    return guarded


def _guard_one(resolve: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(source: Any, info: Info, **arguments: Any) -> Any:
        return admit(info.context, source, resolve(source, info, **arguments))

    return guarded


def _guard_list(resolve: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(source: Any, info: Info, **arguments: Any) -> Any:
        values = resolve(source, info, **arguments)
        if values is None:
            return None
        context = info.context
        visible = []
        for value in values:
            if isinstance(value, Model):
                if not may_see(context, value):
                    continue
                context.tags.add(tag_of(value))
                hand_on(source, value)
                visible.append(in_draft(context, value))
            else:
                hand_on(source, value)
                visible.append(value)
        return visible

    return guarded


def admit(context: Any, source: Any, value: Any) -> Any:
    """Return ``value`` as the visitor may see it below ``source``, in the locale requested there; else None."""
    if isinstance(value, Model):
        if not may_see(context, value):
            return None
        context.tags.add(tag_of(value))
        hand_on(source, value)
        return in_draft(context, value)
    if value is not None:
        hand_on(source, value)
    return value


def may_see(context: Any, row: Model) -> bool:
    """Return whether the gate lets the visitor see ``row``."""
    return context.gate.allows(row) or is_shown_in_draft(row)


def in_draft(context: Any, row: Model) -> Any:
    """Return the row's draft where the visitor sees drafts, else the row."""
    if context.viewer.drafts is None:
        return row
    draft = context.as_seen(row)
    hand_on(row, draft)
    return draft
