"""Which models are in an archive, and which of their columns.

All pages, and all that stands by itself in the graph. A model of another kind is in if it has ``archived = True``.
Columns that the admin does not edit follow from others and are left out; ``archived_fields`` names those that do not.
``archived_beside`` names what is stored beside a model, see `cms.archive.saving`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel, get_all_child_relations
from taggit.managers import TaggableManager
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import COMMENTS_RELATION_NAME, Locale, Page, TranslatableMixin

from cms.models.facts import TranslatedRow
from cms.models.kinds import Kind
from cms.publishing.registry import entries, entry_of

PAGES = "pages"
# Of a page or snippet: its place, its language and its state are written otherwise, its drafts and locks not at all.
_LEFT_OUT = {
    "alias_of", "content_type", "created_at", "depth", "expired", "id", "live", "live_revision", "locale", "numchild",
    "owner", "path", "translation_key", "url_path",
}  # fmt: skip
# Of what is published; a saving sets them.
TIMES = ("first_published_at", "last_published_at")
_OF_OTHERS = (Redirect,)


@dataclass(frozen=True)
class Shape:
    """What is written of a model."""

    model: Any
    columns: tuple[Any, ...]
    relations: tuple[Any, ...]  # to rows below it
    beside: tuple[str, ...]
    facts: frozenset[str]  # what is the same in every language
    words: tuple[str, ...]  # of a row: its columns with words of one language

    @property
    def names(self) -> list[str]:
        """The names of all fields, in the order in which they are written."""
        return [
            *(column.name for column in self.columns),
            *(one.get_accessor_name() for one in self.relations),
            *self.beside,
        ]


@cache
def archived() -> dict[str, Any]:
    """Return the models in an archive by the name under which a file gives them, pages last."""
    found = [entry.model for entry in entries() if _is_in(entry)]
    return {model._meta.label_lower: model for model in sorted(found, key=lambda one: issubclass(one, Page))}


def _is_in(entry: Any) -> bool:
    model = entry.model
    if issubclass(model, Page):
        return model is not Page
    return entry.stands_alone or model in _OF_OTHERS or bool(getattr(model, "archived", False))


@cache
def folder_of(model: Any) -> str:
    """Return the folder with the files of a model; all pages are in one, as they stand in the tree."""
    return PAGES if issubclass(model, Page) else str(model._meta.label_lower)


def is_translated(model: Any) -> bool:
    """Return whether a file of the model has a part for each language."""
    return issubclass(model, TranslatableMixin)


@cache
def shape_of(model: Any) -> Shape:
    """Return what is written of a model, or of rows below one."""
    entry = entry_of(model)
    columns = [
        column
        for column in [*model._meta.concrete_fields, *_chosen(model)]
        if _is_content(model, column, entry.draft_columns | entry.kinds[Kind.GENERATED])
    ]
    relations = [
        one
        for one in (get_all_child_relations(model) if issubclass(model, ClusterableModel) else ())
        if one.get_accessor_name() != COMMENTS_RELATION_NAME
    ]
    return Shape(
        model=model,
        columns=tuple(columns),
        relations=tuple(relations),
        beside=(
            *getattr(model, "archived_beside", ()),
            *(one.name for one in model._meta.many_to_many if isinstance(one, TaggableManager)),
        ),
        facts=entry.kinds[Kind.SHARED],
        words=tuple(model.translated_fields) if issubclass(model, TranslatedRow) else (),
    )


def _chosen(model: Any) -> list[Any]:
    return [column for column in model._meta.many_to_many if isinstance(column, ParentalManyToManyField)]


def _is_content(model: Any, column: Any, left_out: frozenset[str]) -> bool:
    if column.name in TIMES or column.name in getattr(model, "archived_fields", ()):
        return True
    if column.name in _LEFT_OUT and not (column.name == "locale" and not is_translated(model)):
        return False
    if (
        isinstance(column, ParentalKey)
        or column.primary_key
        or column.name in left_out
        or not column.editable
    ):
        return column.name == "site"
    target = column.related_model
    return target is None or _can_be_named(target)


def _can_be_named(model: Any) -> bool:
    if model is Page or model in archived_targets() or issubclass(model, TranslatedRow):
        return True
    return bool(model._meta.label in ("wagtailcore.Collection", "wagtailcore.Site", "wagtailcore.Locale"))


@cache
def archived_targets() -> frozenset[Any]:
    """Return the models that a column may name."""
    return frozenset(archived().values())


def model_called(label: str) -> Any:
    """Return the model that a file gives as its type; None for one that no archive has."""
    return archived().get(label)


def locales() -> dict[str, Locale]:
    """Return the languages of the site by their codes, the site's own first."""
    there = {one.language_code: one for one in Locale.objects.all()}
    order = dict.fromkeys([settings.LANGUAGE_CODE, *dict(settings.WAGTAIL_CONTENT_LANGUAGES), *sorted(there)])
    return {code: there[code] for code in order if code in there}
