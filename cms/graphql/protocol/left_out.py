"""Objects of an abstract type whose own type the schema does not have: left out, and logged with their place.

A block that an import wrote, or a page of an app that has no types, must not cost the rest of the response. In a list
the entry is missing, and with it what cannot be without it; a nullable field is null.
"""

import logging
from typing import Any

from graphql import GraphQLError, GraphQLObjectType, GraphQLSchema

logger = logging.getLogger(__name__)


class LeftOut(Exception):
    """The object has no type, so the nearest list or nullable field around it goes without it."""


def possible_type(schema: GraphQLSchema, abstract: Any, name: Any, value: Any) -> GraphQLObjectType:
    """Return the type of ``value`` that resolves to ``name``. Raises `LeftOut` where ``abstract`` has no such type."""
    found = schema.get_type(name) if isinstance(name, str) else None
    if isinstance(found, GraphQLObjectType) and schema.is_sub_type(abstract, found):
        return found
    logger.error("%s is left out: %s has no type %r", place_of(value), abstract.name, name)
    raise LeftOut


def place_of(value: Any) -> str:
    """Return words by which an operator finds ``value``: its own ``place``, or class and key."""
    key = getattr(value, "pk", None) or getattr(value, "id", None) or ""
    return str(getattr(value, "place", None) or f"{type(value).__name__} {key}".strip())


def is_left_out(error: BaseException | None) -> bool:
    """Return whether graphql-core wrapped a `LeftOut` in ``error``."""
    while isinstance(error, GraphQLError):
        error = error.original_error
    return isinstance(error, LeftOut)
