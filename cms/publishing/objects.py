"""Objects of the graph: what has an entry of its own in the log of changes, and how objects hang together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, ReferenceIndex, TranslatableMixin

from cms.publishing.registry import entries, entry_of, model_and_relation

type Ref = tuple[type[models.Model], Any]


def stands_alone(model: Any) -> bool:
    """Return whether rows of ``model`` are things of their own in the graph: no pages, and no rows below others."""
    return entry_of(model).stands_alone


def belongs(model: Any) -> bool:
    """Return whether rows of ``model`` are rows below a page or another row."""
    return entry_of(model).parent is not None


@cache
def object_models() -> tuple[type[models.Model], ...]:
    """Return the models whose rows are objects of the graph and no pages."""
    return tuple(entry.model for entry in entries() if entry.stands_alone)


def ref_of(row: Any) -> Ref | None:
    """Return the object that ``row`` is, or to which it belongs; None where it is part of none."""
    model: Any = type(row)
    pk = row.pk
    while not issubclass(model, Page) and not stands_alone(model):
        key = entry_of(model).parent
        if key is None:
            return None
        model, pk = key.related_model, getattr(row, key.attname)
        if not issubclass(model, Page) and not stands_alone(model):
            row = getattr(row, key.name, None)
            if row is None:
                return None
    return (Page if issubclass(model, Page) else model), pk


def owner_of(row: Any) -> Any:
    """Return the page or row that `ref_of` names, None where there is none."""
    while row is not None and not isinstance(row, Page):
        model: Any = type(row)
        if stands_alone(model):
            break
        key = entry_of(model).parent
        row = getattr(row, key.name, None) if key is not None else None
    return row


def model_of(row: Any) -> type[models.Model]:
    """Return the model of a row, that of a page's own type for a page."""
    return (row.specific_class or Page) if isinstance(row, Page) else type(row)


def type_name(row: Any) -> str:
    """Return the name of a row's type in the graph."""
    return entry_of(model_of(row)).type


def translations_of(row: Any) -> set[Ref]:
    """Return ``row`` and its translations; nothing for a row that was never saved."""
    model = type(row)
    if row.pk is None:
        return set()
    if not issubclass(model, TranslatableMixin):
        return {(model, row.pk)}
    alike = model._default_manager.filter(translation_key=row.translation_key)
    return {(model, row.pk), *((model, pk) for pk in alike.values_list("pk", flat=True))}


@cache
def _shown_in(model: type[models.Model]) -> tuple[type[models.Model], ...]:
    """Return the models whose objects show what points at them, rows of ``model``; they name it in ``shows``."""
    shown = [(entry.model, model_and_relation(label)) for entry in entries() for label in entry.shows]
    return tuple(other for other, (source, relation) in shown if source is model and relation is None)


def shown_by(row: Any) -> set[Ref]:
    """Return the objects that ``row`` points at and that show it, such as the books of an award."""
    found: set[Ref] = set()
    for model in _shown_in(model_of(row)):
        if issubclass(model, Page):
            keys = {"translation_key": getattr(row, row.public_with)}
            found |= {(Page, pk) for pk in Page.objects.filter(**keys).values_list("pk", flat=True)}
        elif row.pk is not None:
            targets = ReferenceIndex.get_references_for_object(row).filter(
                to_content_type=ContentType.objects.get_for_model(model)
            )
            ids = targets.values_list("to_object_id", flat=True)
            found |= {(model, model._meta.pk.to_python(pk)) for pk in ids}
    return found


@cache
def _rows_shown_in(model: type[models.Model]) -> tuple[tuple[Any, Any, Any], ...]:
    """Return objects that show nothing of ``model`` but rows of a relation: their model, the relation, the column."""
    shown = [(entry.model, model_and_relation(label)) for entry in entries() for label in entry.shows]
    return tuple(
        (other, relation, column)
        for other, (source, relation) in shown
        if source is model and relation is not None
        for column in relation.related_model._meta.fields
        if column.related_model is other
    )


def rows_shown(row: Any) -> dict[Ref, set[str]]:
    """Return the rows below ``row`` that other objects show, by these, such as organisations its partners."""
    found: dict[Ref, set[str]] = defaultdict(set)
    for model, relation, column in _rows_shown_in(model_of(row)):
        for values in relation.related_model.objects.filter(**{relation.field.name: row.pk}).values():
            found[model, values[column.attname]].add(repr(values))
    return found


def pointing_at(refs: Iterable[Ref]) -> Iterator[Ref]:
    """Yield the objects whose texts, links and choices point at ``refs``."""
    by_model: dict[type[models.Model], set[str]] = defaultdict(set)
    for model, pk in refs:
        by_model[model].add(str(pk))
    for model, ids in by_model.items():
        base = (model._meta.get_parent_list() or [model])[-1]
        sources = ReferenceIndex.objects.filter(
            to_content_type=ContentType.objects.get_for_model(base), to_object_id__in=ids
        )
        for content_type, pk in sources.values_list("content_type", "object_id").distinct():
            source = ContentType.objects.get_for_id(content_type).model_class()
            if source is not None and issubclass(source, Page):
                yield Page, int(pk)
            elif source is not None and stands_alone(source):
                yield source, source._meta.pk.to_python(pk)
