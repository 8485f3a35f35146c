"""Rows of the database made into objects without what Django does for objects that anybody makes by hand.

A page of Wagtail goes through four constructors, which look for relations among its arguments, choose defaults and
send signals; for a row that was just read, all of that results in its values in its dictionary. The result is the same
object: a test compares the two.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any
from weakref import ref

from django.db import models
from django.db.models import FETCH_PEERS
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import ModelIterable
from django.db.models.signals import post_init, pre_init

from cms.graphql_fields import names_by_source

# What editing needs to know of a page, and no answer to the public.
_BOOKKEEPING = frozenset(
    {
        "draft_title",
        "expired",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "owner",
    }
)


class PlainRows(ModelIterable):
    """Makes the objects of a queryset, which know each other (`FETCH_PEERS`)."""

    def __iter__(self) -> Iterator[Any]:
        queryset: Any = self.queryset
        model = queryset.model
        if queryset._known_related_objects or not _is_plain(model):
            yield from super().__iter__()
            return
        compiler = queryset.query.get_compiler(using=queryset.db)
        results = compiler.execute_sql(chunked_fetch=self.chunked_fetch, chunk_size=self.chunk_size)
        if compiler.klass_info["model"] is not model or compiler.klass_info.get("related_klass_infos"):
            raise TypeError(f"Rows of {model.__name__} are read with those of other models.")
        selected = compiler.klass_info["select_fields"]
        names = [compiler.select[place][0].target.attname for place in selected]
        extra = dict(compiler.annotation_col_map or {})
        start, end = selected[0], selected[-1] + 1
        rows = compiler.results_iter(results)
        yield from instances(model, names, start, end, extra, rows, queryset.db)


def instances(
    model: Any, names: list[str], start: int, end: int, extra: dict[str, int], rows: Iterable[Any], db: str
) -> list[Any]:
    """Return an object of ``model`` for each row, whose values from ``start`` to ``end`` belong to ``names``."""
    assigned = [name for name in _assigned(model) if name in names]
    peers: list[Any] = []
    found = []
    for row in rows:
        new = model.__new__(model)
        values = new.__dict__
        values["_state"] = state = ModelState()
        state.adding, state.db, state.fetch_mode, state.peers = False, db, FETCH_PEERS, peers
        values.update(zip(names, row[start:end], strict=True))
        for name in assigned:
            setattr(new, name, values.pop(name))
        for name, place in extra.items():
            values[name] = row[place]
        peers.append(ref(new))
        found.append(new)
    return found


@lru_cache
def _is_plain(model: type[models.Model]) -> bool:
    """Return whether nobody wants to hear of new objects of ``model``."""
    return not (pre_init.has_listeners(model) or post_init.has_listeners(model))


@lru_cache
def _assigned(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns whose values are changed when they are assigned."""
    names = (column.attname for column in model._meta.concrete_fields)
    return tuple(name for name in names if _changes(getattr(model, name)))


def _changes(descriptor: Any) -> bool:
    return hasattr(type(descriptor), "__set__") and not isinstance(descriptor, ForeignKeyDeferredAttribute)


def plain[Rows: models.QuerySet[Any]](queryset: Rows, names: frozenset[str] | None) -> Rows:
    """Let ``queryset`` make plain objects, of pages without columns that no field in ``names`` shows.

    ``names`` are all fields of an operation, None where they are not known. A column that is needed after all is
    read for all rows when it is first used.
    """
    rows = queryset.fetch_mode(FETCH_PEERS)
    rows._iterable_class = PlainRows
    if names is None:
        return rows
    model: type[models.Model] = queryset.model
    unused = [column for column, name in _columns(model) if name not in names]
    return rows.defer(*unused) if unused else rows


@lru_cache
def _columns(model: type[models.Model]) -> tuple[tuple[str, str], ...]:
    """Return columns of pages that may stay unread, with the field of the graph that shows them."""
    from wagtail.fields import RichTextField, StreamField
    from wagtail.models import Page

    if not issubclass(model, Page):
        return ()
    shown = names_by_source(model)
    heavy = (
        (column.name, shown.get(column.name, ""))
        for column in model._meta.concrete_fields
        if isinstance(column, (StreamField, RichTextField))
    )
    kept_back = (
        (name, "") for name in _BOOKKEEPING if name in {one.name for one in model._meta.concrete_fields}
    )
    return tuple(chain(heavy, kept_back))
