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

from cms.graphql.localised import hand_on


def guard(resolve: Callable[..., Any], type_: GraphQLOutputType) -> Callable[..., Any]:
    """Return ``resolve`` behind the gate where ``type_`` leads to objects, else ``resolve`` itself."""
    if not is_composite_type(get_named_type(type_)):
        return resolve
    nullable = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    guarded = _guard_list(resolve) if isinstance(nullable, GraphQLList) else _guard_one(resolve)
    guarded.is_guarded = True  # type: ignore[attr-defined]  # the schema test looks for fields that escaped
    return guarded


def _guard_one(resolve: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(source: Any, info: Any, **arguments: Any) -> Any:
        value = resolve(source, info, **arguments)
        if isinstance(value, Model):
            if not info.context.gate.allows(value):
                return None
            info.context.tags.add(f"{type(value).__name__}:{value.pk}")
        if value is not None:
            hand_on(source, value)
        return value

    return guarded


def _guard_list(resolve: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(source: Any, info: Any, **arguments: Any) -> Any:
        values = resolve(source, info, **arguments)
        if values is None:
            return None
        allows, tags = info.context.gate.allows, info.context.tags
        visible = [value for value in values if not isinstance(value, Model) or allows(value)]
        for value in visible:
            hand_on(source, value)
            if isinstance(value, Model):
                tags.add(f"{type(value).__name__}:{value.pk}")
        return visible

    return guarded
