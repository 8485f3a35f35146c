"""Names of lists for batching: the same arguments give the same name."""

from collections.abc import Hashable, Mapping
from typing import Any


def argument_key(value: Any) -> Hashable:
    """Return a hashable form of an argument's value."""
    if isinstance(value, Mapping):
        return tuple(sorted((name, argument_key(item)) for name, item in value.items()))
    if isinstance(value, (list, tuple)):
        return tuple(argument_key(item) for item in value)
    return value if isinstance(value, Hashable) else repr(value)
