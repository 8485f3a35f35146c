"""Facts of a page stay in step with its translations by themselves."""

import uuid
from functools import cache
from typing import Any, ClassVar

from django.db import models, transaction
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel


class TranslatedRow(models.Model):
    """A row below a page that has a twin, with the same key, below each translation of the page.

    ``translated_fields`` names the columns with words of the page's language; all others are facts.
    """

    translation_key = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)

    translated_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


class SharedFactsMixin(models.Model):
    """A translatable page whose facts are the same in every language.

    ``shared_fields`` names columns and many-to-many relations, ``shared_relations`` the relations to
    `TranslatedRow` children. All other columns are named in ``translated_fields`` or ``generated_fields``
    (`cms.models.kinds`). `copy_facts` carries the facts from a page that was published to its translations.
    """

    shared_fields: ClassVar[tuple[str, ...]] = ()
    translated_fields: ClassVar[tuple[str, ...]] = ()
    generated_fields: ClassVar[tuple[str, ...]] = ()
    shared_relations: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


def renew_keys(page: Any) -> None:
    """Give the rows of an unsaved page keys of their own where theirs are those of another page's rows.

    So a copy of a page has nothing in common with the original, while a translation keeps the keys.
    """
    for name in page.shared_relations:
        rows = list(getattr(page, name).all())
        relation = page._meta.get_field(name)
        others = relation.related_model.objects.filter(
            translation_key__in=[row.translation_key for row in rows]
        )
        own = {f"{relation.field.name}__translation_key": page.translation_key}
        if rows and others.exclude(**own).exists():
            for row in rows:
                row.translation_key = uuid.uuid4()
            getattr(page, name).set(rows)


@transaction.atomic
def copy_facts(source: Any) -> None:
    """Give every translation of ``source`` its facts: the rows that the public reads and the newest draft alike.

    What is not public yet stays where it is: a page that is not live gives its facts to those alone that are not
    live either. A row of words that is new comes with the words of the source until somebody translates them; a
    row that the source no longer has is taken away.
    """
    if not (source.shared_fields or source.shared_relations):
        return
    for twin in source.get_translations():
        if twin.alias_of_id or (twin.live and not source.live):
            continue
        if differs(source, twin):
            transfer(source, twin)
            twin.has_facts_of_another = True  # it need not give them back
            twin.save(clean=False)
        refresh_draft(source, twin)


def refresh_draft(source: Any, twin: Any) -> None:
    """Carry the facts into the newest draft of ``twin``, where it has one that is not published."""
    if not twin.has_unpublished_changes or twin.latest_revision is None:
        return
    draft = twin.latest_revision.as_object()
    if differs(source, draft):
        transfer(source, draft, twin)
        draft.save_revision(changed=False, clean=False)


def differs(source: Any, twin: Any) -> bool:
    """Return whether ``twin`` has other facts than ``source``."""
    return any(_value(source, name) != _value(twin, name) for name in source.shared_fields) or any(
        _rows_differ(source, twin, name) for name in source.shared_relations
    )


def _rows_differ(source: Any, twin: Any, name: str) -> bool:
    relation = source._meta.get_field(name)
    if _in_memory(source, name) or _in_memory(twin, name) or _many_to_many(relation.related_model):
        return _facts(source, name) != _facts(twin, name)
    # Rows of both pages in one statement, as columns: most publications change no fact.
    model, parent = relation.related_model, relation.field.attname
    rows = model._default_manager.filter(**{f"{relation.field.name}__in": (source.pk, twin.pk)})
    facts: dict[Any, list[Any]] = {source.pk: [], twin.pk: []}
    for owner, *values in rows.values_list(parent, "translation_key", *_fact_columns(model)):
        facts[owner].append(values)
    return facts[source.pk] != facts[twin.pk]


def _in_memory(page: Any, name: str) -> bool:
    """Return whether the rows that the page holds were set and may not be those of the database."""
    return page.pk is None or name in getattr(page, "_cluster_related_objects", {})


def transfer(source: Any, twin: Any, public: Any = None) -> None:
    """Set the facts of ``source`` on ``twin`` in memory; the caller saves.

    A row that ``twin``, a draft, lacks is that of the ``public`` page where this has it. A new one would replace it
    at publishing, and what points at a row stands in the way of that.
    """
    for name in source.shared_fields:
        if isinstance(source._meta.get_field(name), models.ManyToManyField):
            getattr(twin, name).set(list(getattr(source, name).all()))
        else:
            setattr(twin, name, getattr(source, name))
    for name in source.shared_relations:
        holders = [holder for holder in (public, twin) if holder is not None]
        own = {row.translation_key: row for holder in holders for row in getattr(holder, name).all()}
        getattr(twin, name).set(
            [_twin_row(row, own.get(row.translation_key)) for row in getattr(source, name).all()]
        )


def _twin_row(row: Any, twin: Any) -> Any:
    kind: Any = type(row)
    if twin is None:
        twin = kind(translation_key=row.translation_key)
        for name in row.translated_fields:
            setattr(twin, name, getattr(row, name))
    for column in _fact_columns(kind):
        setattr(twin, column, getattr(row, column))
    for relation in _many_to_many(kind):
        getattr(twin, relation).set(list(getattr(row, relation).all()))
    return twin


@cache
def _fact_columns(model: Any) -> tuple[str, ...]:
    own = {"id", "translation_key", *model.translated_fields}
    parents = {column.name for column in model._meta.fields if isinstance(column, ParentalKey)}
    return tuple(column.attname for column in model._meta.fields if column.name not in own | parents)


@cache
def _many_to_many(model: Any) -> tuple[str, ...]:
    """Return the relations that a row holds in memory until it is saved."""
    held = model._meta.many_to_many if issubclass(model, ClusterableModel) else ()
    return tuple(relation.name for relation in held)


def _value(page: Any, name: str) -> Any:
    if isinstance(page._meta.get_field(name), models.ManyToManyField):
        return sorted(row.pk for row in getattr(page, name).all())
    return getattr(page, name)


def _facts(page: Any, name: str) -> list[Any]:
    kind: Any = page._meta.get_field(name).related_model
    columns = (*_fact_columns(kind), *_many_to_many(kind))
    return [
        (row.translation_key, *(_value(row, column) for column in columns))
        for row in getattr(page, name).all()
    ]
