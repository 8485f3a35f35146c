"""What each model declares to the platform: the one place that knows it.

The graph, freshness, cache tags, the log of changes, the search and the facts of translations ask `entry_of`. A model
says what it is by attributes of its class; `problems_of_entries` refuses those that name nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.models.kinds import Kind, declared, is_list_of_names, names_in
from cms.publishing.private import private_columns, private_tables


@dataclass(frozen=True, slots=True)
class Entry:
    """What one model declares."""

    model: type[models.Model]
    type: str  # the name of its type in the graph
    shown: bool  # whether the graph shows it
    parent: Any  # the column of the object that its rows belong to, None where they belong to none
    stands_alone: bool  # whether its rows have entries of their own in the log of changes
    public_if: str | None  # the column that must be true before the public sees a row
    public_with: str | None  # the column with the translation key of the page that must be public
    shows: tuple[str, ...]  # what its objects show: app.Model, or app.Model.relation for its rows alone
    draft_columns: frozenset[str]  # columns that make no response stale
    words: tuple[Any, ...]  # the columns that the search reads
    kinds: Mapping[Kind, frozenset[str]]  # what is shared by translations, translated, generated

    @property
    def tag(self) -> str:
        """What cache tags of its rows begin with."""
        return self.model.__name__

    @property
    def private(self) -> str:
        """The reason why its table makes no response stale, empty where it does."""
        tables, meta = private_tables(), self.model._meta
        return tables.get(meta.label) or tables.get(meta.app_label, "")


@cache
def entry_of(model: Any) -> Entry:
    """Return what ``model`` declares, itself or by its bases."""
    shown, page = hasattr(model, "graphql_fields"), issubclass(model, Page)
    parent = next((column for column in model._meta.fields if isinstance(column, ParentalKey)), None)
    return Entry(
        model=model,
        type=str(getattr(model, "graphql_type", None) or model.__name__),
        shown=shown,
        parent=parent,
        stands_alone=shown and parent is None and not page,
        public_if=getattr(model, "public_if", None),
        public_with=getattr(model, "public_with", None),
        shows=names_in(getattr(model, "shows", ())),
        draft_columns=private_columns(model),
        words=tuple(
            column for column in model._meta.get_fields() if isinstance(column, (RichTextField, StreamField))
        ),
        kinds={kind: frozenset(declared(model, kind)) for kind in Kind},
    )


@cache
def entries() -> tuple[Entry, ...]:
    """Return the entries of all models."""
    return tuple(map(entry_of, apps.get_models()))


def model_and_relation(label: str) -> tuple[Any, Any]:
    """Return the model that ``label`` of `Entry.shows` names, and the relation of it, None for the model itself.

    :raises LookupError: there is no such model or relation.
    :raises ValueError: the label is neither "app.Model" nor "app.Model.relation".
    """
    app, name, *rest = label.split(".")
    (relation,) = rest or ("",)
    model = apps.get_model(app, name)
    if not relation:
        return model, None
    found = next((one for one in model._meta.related_objects if one.get_accessor_name() == relation), None)
    if found is None:
        raise LookupError(f"{app}.{name} has no relation {relation}")
    return model, found


def problems_of_entries(**_kwargs: Any) -> list[CheckMessage]:
    """cms.E122: a model declares a column or a model that does not exist, or a text where a list of names belongs."""
    return [
        Error(
            f"{entry.model._meta.label}.{attribute}: {what}.",
            hint='Correct the name, or take it out. A list of one name is written with a comma: ("name",).',
            obj=entry.model,
            id="cms.E122",
        )
        for entry in map(entry_of, apps.get_models())
        for attribute, what in (_no_lists(entry) or _unknown(entry))
    ]


_LISTS = ("shows", "shared_relations", *(f"{kind}_fields" for kind in Kind))


def _no_lists(entry: Entry) -> list[tuple[str, str]]:
    values: dict[str, Any] = {name: getattr(entry.model, name, ()) for name in _LISTS}
    return [
        (name, f"{value!r} is no list of names")
        for name, value in values.items()
        if not is_list_of_names(value)
    ]


def _unknown(entry: Entry) -> Iterator[tuple[str, str]]:
    for attribute, column in (("public_if", entry.public_if), ("public_with", entry.public_with)):
        if column is not None and not _has_attribute(entry.model, column):
            yield attribute, f"there is no column “{column}”"
    for label in entry.shows:
        try:
            model_and_relation(label)
        except (LookupError, ValueError):
            yield "shows", f"there is no model or relation “{label}”"
    for kind, names in entry.kinds.items():
        for name in sorted(names):
            if not _has_column(entry.model, name):
                yield f"{kind}_fields", f"there is no column or relation “{name}”"


def _has_attribute(model: Any, name: Any) -> bool:
    return isinstance(name, str) and hasattr(model, name)


def _has_column(model: type[models.Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return any(name == getattr(one, "get_accessor_name", str)() for one in model._meta.related_objects)
    return True
