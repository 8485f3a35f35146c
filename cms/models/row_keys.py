"""Rows below a page or a snippet keep their keys, whatever is done with what they stand below.

django-modelcluster saves a row that has no key as a new one and deletes the one that it was. A draft of something
live holds its new rows without keys, so each publishing of such a draft made them again, and what pointed at them
was lost or stood in the way. Here a row has its key from the first draft on.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from django.db import connections, models, router
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME


class KeptRows:
    """Lets the rows of a page or snippet with revisions keep their keys."""

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_fields") is None:
            find_keys(self)
        return super().save(*args, **kwargs)  # type: ignore[misc]

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        new = reserve_keys(self)
        try:
            return super().save_revision(*args, **kwargs)  # type: ignore[misc]
        except Exception:
            for row in new:  # in no draft after all
                row.pk = None
            raise

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Return the object that a revision holds; its rows have the keys that they have in the database."""
        thing = super().with_content_json(content)  # type: ignore[misc]
        find_keys(thing)
        return thing


def settle(revision: Any) -> None:
    """Write keys into a ``revision`` from a time when drafts held rows without them."""
    model = revision.content_type.model_class()
    if model is not None and _lacks_keys(model, revision.content):
        thing = revision.as_object()
        reserve_keys(thing)
        revision.content = thing.serializable_data()
        revision.save(update_fields=["content"])


def find_keys(holder: Any) -> None:
    """Give the rows that ``holder`` has in memory, without keys, those of the same rows in the database.

    The same row is the one with the same translation key, else one with the same values. An alias has the rows of
    its source in the same order, whatever they say now.
    """
    traits = [_translation_key, _values]
    if getattr(holder, "alias_of_id", None) is not None:
        traits.append(_place)
    for relation, rows in held_rows(holder):
        if holder.pk is not None and any(row.pk is None for row in rows):
            taken = {row.pk for row in rows}
            stored = relation.related_model._default_manager.filter(**{relation.field.name: holder.pk})
            left = [row for row in stored if row.pk not in taken]
            for trait in traits:
                _match(rows, left, trait)
        for row in rows:
            find_keys(row)


def reserve_keys(holder: Any) -> list[Any]:
    """Give each row that ``holder`` has in memory a key; return the rows that had none in the database either."""
    find_keys(holder)
    new = sorted(_without_keys(holder), key=lambda row: row._meta.label)
    for _label, alike in groupby(new, key=lambda row: row._meta.label):
        rows = list(alike)
        for row, key in zip(rows, next_keys(type(rows[0]), len(rows)), strict=True):
            row.pk = key
    return new


def next_keys(model: type[models.Model], count: int) -> list[int]:
    """Take ``count`` keys from the database that no row of ``model`` has or gets."""
    root = model._meta.pk
    while root.remote_field is not None:  # a table of a child has the key of its parent
        root = root.remote_field.model._meta.pk
    table = root.model._meta.db_table
    connection = connections[router.db_for_write(model)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            name = connection.ops.quote_name(table)
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [name, root.column, count],
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute(
            "INSERT INTO sqlite_sequence (name, seq) "
            "SELECT %s, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = %s)",
            [table, table],
        )
        cursor.execute(
            "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [count, table]
        )
        last = cursor.fetchone()[0]
        return list(range(last - count + 1, last + 1))


def held_rows(holder: Any) -> Iterator[tuple[Any, list[Any]]]:
    """Yield the relations whose rows ``holder`` has in memory, with these rows.

    Comments are left out: Wagtail saves them beside the drafts.
    """
    if not isinstance(holder, ClusterableModel):
        return
    held = getattr(holder, "_cluster_related_objects", {})
    for relation in get_all_child_relations(type(holder)):
        name = relation.get_accessor_name()
        if name in held and name != COMMENTS_RELATION_NAME:
            yield relation, list(held[name])


def _without_keys(holder: Any) -> Iterator[Any]:
    for _relation, rows in held_rows(holder):
        for row in rows:
            if row.pk is None:
                yield row
            yield from _without_keys(row)


def _match(rows: list[Any], left: list[Any], trait: Callable[[Any], Any]) -> None:
    for row in rows:
        if row.pk is not None or trait(row) is None:
            continue
        same = next((stored for stored in left if trait(stored) == trait(row)), None)
        if same is not None:
            left.remove(same)
            row.pk, row._state.adding = same.pk, False
            if hasattr(row, "translation_key"):
                row.translation_key = same.translation_key


def _translation_key(row: Any) -> Any:
    return getattr(row, "translation_key", None)


def _place(row: Any) -> Any:
    return getattr(row, getattr(row, "sort_order_field", ""), None)


def _values(row: Any) -> tuple[Any, ...]:
    """Return all that stands in the columns of ``row`` but its keys, its place and what it stands below."""
    own = {"translation_key", getattr(row, "sort_order_field", "")}
    return tuple(
        column.get_prep_value(getattr(row, column.attname))
        for column in row._meta.concrete_fields
        if not column.primary_key and column.name not in own and type(column).__name__ != "ParentalKey"
    )


def _lacks_keys(model: type[models.Model], data: dict[str, Any]) -> bool:
    return any(
        row["pk"] is None or _lacks_keys(relation.related_model, row)
        for relation in get_all_child_relations(model)
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME
        for row in data.get(relation.get_accessor_name(), [])
    )
