"""Bodies as the database keeps them: lists of objects with a type, a value and an id."""

from collections.abc import Mapping
from typing import Any


def is_block(item: Any) -> bool:
    """Return whether an entry of a stored body has the form of a block; an import may write anything."""
    return isinstance(item, Mapping) and isinstance(item.get("type"), str) and "value" in item
