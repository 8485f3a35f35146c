"""Each column of a page that has translations is one of three kinds, and says which.

Translated: words of the page's language. Shared: a fact, the same in every language, carried along by
`cms.models.facts`. Generated: made by the code from other columns or from the page's place.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import models
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page

from cms.models.facts import SharedFactsMixin, TranslatedRow


class Kind(StrEnum):
    """The names of a model's lists are these with ``_fields``; a subclass adds to those of its bases."""

    TRANSLATED = "translated"
    SHARED = "shared"
    GENERATED = "generated"


def declared(model: type[models.Model], kind: Kind) -> set[str]:
    """Return the names of the columns and relations that ``model`` and its bases declare to be of ``kind``."""
    lists = (f"{kind}_fields", f"{kind}_relations")
    return {name for base in model.__mro__ for own in lists for name in names_in(vars(base).get(own, ()))}


def names_in(value: Any) -> tuple[str, ...]:
    """Return the names that a declaration lists; none if ``value`` is no list of names.

    `cms.publishing.registry.problems_of_entries` reports such a value.
    """
    return tuple(value) if is_list_of_names(value) else ()


def is_list_of_names(value: Any) -> bool:
    """Return whether ``value`` is a list, tuple or set of texts."""
    return isinstance(value, (list, tuple, set, frozenset)) and all(isinstance(one, str) for one in value)


def kinds_of(model: type[models.Model], name: str) -> list[Kind]:
    """Return the kinds that ``model`` declares for its column or relation ``name``: one, if all is well."""
    return [kind for kind in Kind if name in declared(model, kind)]


def columns_of(model: type[models.Model]) -> Iterator[Any]:
    """Yield the columns and relations of a page that are not of Wagtail's own table of pages."""
    for column in model._meta.concrete_fields:
        if column.model is not Page and not (column.remote_field and column.remote_field.parent_link):
            yield column
    yield from get_all_child_m2m_relations(model)
    for relation in get_all_child_relations(model):
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME:
            yield relation


def check_kinds(app_configs: Any = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """Refuse a column of a page that is none of the three kinds or several, and rows that have no twins."""
    found: list[checks.CheckMessage] = []
    for model in apps.get_models():
        if issubclass(model, SharedFactsMixin):
            found += [error for column in columns_of(model) if (error := _error(model, column))]
    return found


def _error(model: type[models.Model], column: Any) -> checks.Error | None:
    is_relation = isinstance(column, models.ManyToOneRel)
    name = column.get_accessor_name() if is_relation else column.name
    kinds = kinds_of(model, name)
    where = f"{model._meta.label}.{name}"
    if len(kinds) != 1:
        said = " and ".join(kinds) if kinds else "neither translated, shared nor generated"
        hint = f"Name it in one of {', '.join(f'{kind}_fields' for kind in Kind)} of {model.__name__}."
        if is_relation:
            hint = f"Name it in shared_relations of {model.__name__}."
        return checks.Error(f"{where} is {said}.", hint=hint, obj=model, id="cms.E020")
    if is_relation and not issubclass(column.related_model, TranslatedRow):
        hint = f"Make {column.related_model.__name__} a TranslatedRow."
        return checks.Error(f"The rows of {where} have no twins.", hint=hint, obj=model, id="cms.E021")
    return None
