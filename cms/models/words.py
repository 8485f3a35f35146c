"""The words of a page or a shared text: what somebody translates. Everything else about it is a fact."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

# Words of every page; what else Wagtail's own table of pages holds is no text that anybody reads.
_OF_EVERY_PAGE = ("title", "seo_title", "search_description")


def word_fields(model: type[models.Model]) -> "Iterator[models.Field[Any, Any]]":
    """Yield the columns of ``model`` that hold words of its language."""
    facts = getattr(model, "shared_fields", ())
    for column in model._meta.concrete_fields:
        of_every_page = column.model is Page
        if column.name in _OF_EVERY_PAGE if of_every_page else _is_text(column) and column.name not in facts:
            yield column


def words_of(thing: Any) -> dict[str, Any]:
    """Return the words of ``thing`` by field, those of its rows by relation and field; empty ones are left out."""
    found = {column.name: _plain(column, thing) for column in word_fields(type(thing))}
    for relation in getattr(thing, "shared_relations", ()):
        for row in getattr(thing, relation).all():
            for name in row.translated_fields:
                found[f"{relation}.{row.translation_key}.{name}"] = getattr(row, name)
    return {name: words for name, words in found.items() if words}


def digest(thing: Any) -> str:
    """Return a short fingerprint of the words of ``thing``: the same as long as nobody writes anything else."""
    text = json.dumps(words_of(thing), sort_keys=True, ensure_ascii=False, default=str)  # dates of blocks
    return hashlib.sha256(text.encode()).hexdigest()


def _is_text(column: "models.Field[Any, Any]") -> bool:
    if isinstance(column, (models.URLField, models.EmailField, models.SlugField)) or not column.editable:
        return False
    return isinstance(column, (StreamField, models.CharField, models.TextField)) and not column.choices


def _plain(column: "models.Field[Any, Any]", thing: Any) -> Any:
    value = column.value_from_object(thing)
    return _without_ids(value.get_prep_value()) if isinstance(column, StreamField) else value


def _without_ids(value: Any) -> Any:
    """Leave out the ids of blocks: they differ from copy to copy."""
    if isinstance(value, dict):
        return {name: _without_ids(part) for name, part in value.items() if name != "id"}
    if isinstance(value, list):
        return [_without_ids(part) for part in value]
    return value
