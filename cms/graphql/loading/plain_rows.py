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
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import ModelIterable
from django.db.models.signals import post_init, pre_init
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin

from cms.graphql.loading.fetching import FETCH_PEERS
from cms.graphql_fields import names_by_source

_HEAVY = (StreamField, RichTextField)
_OF_ALL = frozenset({"jsonLd", "facets"})  # fields that read words of rows whose fields no document names
# What editing needs to know of a row, and no answer to the public.
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
        if queryset._known_related_objects or not all(map(is_plain, _models(queryset))):
            yield from super().__iter__()
            return
        compiler = queryset.query.get_compiler(using=queryset.db)
        results = compiler.execute_sql(chunked_fetch=self.chunked_fetch, chunk_size=self.chunk_size)
        yield from self.made_of(compiler, results)

    def made_of(self, compiler: Any, results: Iterable[Any]) -> list[Any]:
        """Return the objects of what ``compiler`` has read."""
        queryset: Any = self.queryset
        model = queryset.model
        if compiler.klass_info["model"] is not model:
            raise TypeError(f"Rows of {model.__name__} are read as those of another model.")
        rows = list(compiler.results_iter(results))
        found = instances(
            compiler, compiler.klass_info, dict(compiler.annotation_col_map or {}), rows, queryset.db
        )
        for related in compiler.klass_info.get("related_klass_infos", ()):
            others = instances(compiler, related, {}, rows, queryset.db)
            for row, other in zip(found, others, strict=True):
                related["local_setter"](row, other)
        return found


def instances(
    compiler: Any, info: dict[str, Any], extra: dict[str, int], rows: list[Any], db: str
) -> list[Any]:
    """Return for each row an object of the model that ``info`` of the compiler names; None where its key is null."""
    model, selected = info["model"], info["select_fields"]
    names = [compiler.select[place][0].target.attname for place in selected]
    start, end, key = selected[0], selected[-1] + 1, selected[names.index(model._meta.pk.attname)]
    assigned = [name for name in _assigned(model) if name in names]
    peers: list[Any] = []
    found: list[Any] = []
    for row in rows:
        if row[key] is None:
            found.append(None)
            continue
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


def _models(queryset: Any) -> Iterator[Any]:
    """Yield the models of which ``queryset`` reads rows, None for what is more than rows and those they refer to."""
    yield queryset.model
    related = queryset.query.select_related
    for name, further in related.items() if isinstance(related, dict) else ():
        yield None if further else queryset.model._meta.get_field(name).related_model
    if related is True:
        yield None


@lru_cache
def is_plain(model: type[models.Model] | None) -> bool:
    """Return whether nobody wants to hear of new objects of ``model``."""
    return model is not None and not (pre_init.has_listeners(model) or post_init.has_listeners(model))


@lru_cache
def _assigned(model: type[models.Model]) -> tuple[str, ...]:
    """Return the columns whose values are changed when they are assigned."""
    names = (column.attname for column in model._meta.concrete_fields)
    return tuple(name for name in names if _changes(getattr(model, name)))


def _changes(descriptor: Any) -> bool:
    return hasattr(type(descriptor), "__set__") and not isinstance(descriptor, ForeignKeyDeferredAttribute)


def plain[Rows: models.QuerySet[Any]](queryset: Rows, names: frozenset[str] | None) -> Rows:
    """Let ``queryset`` make plain objects, without those columns that take long to read and that no field shows.

    ``names`` are all fields of an operation, None where they are not known. A column that is needed after all is
    read for all rows when it is first used.
    """
    rows = queryset.fetch_mode(FETCH_PEERS)
    rows._iterable_class = PlainRows
    if names is None or not names.isdisjoint(_OF_ALL):
        return rows
    model: type[models.Model] = queryset.model
    unused = [column for column, name in _columns(model) if name not in names]
    return rows.defer(*unused) if unused else rows


@lru_cache
def _columns(model: type[models.Model]) -> tuple[tuple[str, str], ...]:
    """Return columns that may stay unread, with the field of the graph that shows them."""
    columns = model._meta.concrete_fields
    shown = names_by_source(model)
    heavy = (
        (one.name, shown.get(one.name, ""))
        for one in columns
        if isinstance(one, _HEAVY) or (isinstance(one, models.JSONField) and one.name in shown)
    )
    kept_back = ((one.name, "") for one in columns if one.name in _BOOKKEEPING)
    return tuple(chain(heavy, kept_back if issubclass(model, DraftStateMixin) else ()))
