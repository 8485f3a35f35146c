"""What is stored in a form that no response can have: left out, and logged with its place.

That is an object of an abstract type whose own type the schema does not have, a value that its type cannot serialize,
or a row that refers to one that is gone. A block that an import wrote must not cost the rest of the response. In a list
the entry is missing, and with it what cannot be without it; a nullable field is null.
"""

import logging
from typing import Any

from graphql import GraphQLError, GraphQLObjectType, GraphQLSchema

logger = logging.getLogger(__name__)


# What reading a row raises that is not whole; `cms.graphql.loading.fetching` adds what the database's layer raises.
FAULTS: list[type[Exception]] = [LookupError, TypeError, ValueError, AttributeError]


class LeftOut(Exception):
    """Something cannot be shown, so the nearest list or nullable field around it goes without it."""


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
    return isinstance(_original(error), LeftOut)


def leave_out(error: BaseException, value: Any) -> bool:
    """Return whether ``value`` is left out because of ``error``, not being whole; if it is, that is logged."""
    original = _original(error)
    if isinstance(original, LeftOut):
        return True
    if not isinstance(original, tuple(FAULTS)):
        return False
    logger.error("%s is left out: it cannot be read", place_of(value), exc_info=original)
    return True


def _original(error: BaseException | None) -> BaseException | None:
    while isinstance(error, GraphQLError):
        error = error.original_error
    return error
