"""Cache tags: the words for what a response shows, and for what a change makes stale. One vocabulary for the header
``Cache-Tag``, `Change.tags`, webhooks and purges.
"""

from collections import defaultdict
from functools import cache
from typing import Any

from cms.models import Change
from cms.publishing.registry import entries

# The tag of a response that has too many of them, see docs/limits.md.
MANY = "many"
# The tag of a response that differs after every change, such as the log itself.
EVERY = "Change"


def tag_of(row: Any) -> str:
    """Return the tag of a response that shows ``row``."""
    return f"{type(row).__name__}:{row.pk}"


def list_tag(model: type[Any]) -> str:
    """Return the tag of a response that depends on which rows of ``model`` there are."""
    return model.__name__


def tags_of(change: Change) -> list[str]:
    """Return the tags of the responses that a change may make stale: the object, and lists of its type."""
    names = _models_of_type().get(change.type, (change.type,))
    return sorted({MANY, EVERY, *names, *(f"{name}:{change.object_id}" for name in names)})


@cache
def _models_of_type() -> dict[str, tuple[str, ...]]:
    """Cache tags name models; several may have one type in the graph."""
    names: dict[str, set[str]] = defaultdict(set)
    for entry in entries():
        names[entry.type].add(entry.tag)
    return {type_: tuple(sorted(models)) for type_, models in names.items()}
