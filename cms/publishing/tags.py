"""Cache tags: the words for what a response shows, and for what a change makes stale. One vocabulary for the header
``Cache-Tag``, `Change.tags`, webhooks and purges.
"""

import hashlib
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


def key_tag(key: Any) -> str:
    """Return the tag of a response that depends on the page of a translation key, in any locale."""
    return f"Key:{str(key).replace('-', '')[:12]}"


def slug_tag(path: str) -> str:
    """Return the tag of a response that depends on what is found under a slug, or at a path that ends in it."""
    return f"Slug:{hashlib.sha256(path.strip('/').rpartition('/')[2].encode()).hexdigest()[:12]}"


def tags_of(change: Change) -> list[str]:
    """Return the tags of the responses that a change may make stale.

    They name the object, lists of its type and of the types on which it is built, and for a page its translation key
    and its slug.
    """
    names = _models_of_type().get(change.type, (change.type,))
    tags = {MANY, EVERY, *names, *(f"{name}:{change.object_id}" for name in names)}
    if change.translation_key is not None:
        tags.add(key_tag(change.translation_key))
    if change.path is not None:
        tags.add(slug_tag(change.path))
    return sorted(tags)


@cache
def _models_of_type() -> dict[str, tuple[str, ...]]:
    """Cache tags name models; several may have one type in the graph, and be built on others."""
    names: dict[str, set[str]] = defaultdict(set)
    for entry in entries():
        names[entry.type] |= {entry.tag, *map(list_tag, entry.model._meta.get_parent_list())}
    return {type_: tuple(sorted(models)) for type_, models in names.items()}
