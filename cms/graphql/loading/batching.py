"""Loading for all peers at once: the number of statements does not depend on the number of rows.

Rows that came from one queryset in the fetch mode FETCH_PEERS know each other (Django 6.1, "Fetch modes"). The first
of them that is asked for something loads it for all; the others find it. Nothing is loaded that no query selects.
"""

import weakref
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import Prefetch, prefetch_related_objects

from cms.graphql.loading.fetching import FETCH_PEERS
from cms.graphql.loading.plain_rows import plain
from cms.models.unfinished_rows import leave_unfinished_out

_CACHE = "_loaded_for_peers"


def peers(instance: models.Model) -> list[Any]:
    """Return the rows that were loaded together with ``instance``, itself among them."""
    found = [row for ref in instance._state.peers if (row := ref()) is not None]
    return found if len(found) > 1 else [instance]


def adopt(instances: Iterable[Any]) -> list[Any]:
    """Make rows peers, class by class, that came from several querysets or lost their peers on the way."""
    rows = list(instances)
    by_class: dict[type, list[Any]] = defaultdict(list)
    for row in rows:
        by_class[type(row)].append(row)
    for group in by_class.values():
        refs = tuple(weakref.ref(row) for row in group)
        for row in group:
            row._state.fetch_mode = FETCH_PEERS
            row._state.peers = refs
    return rows


def batched(
    instance: Any,
    key: Hashable,
    load: Callable[[list[Any]], Mapping[Any, Any]],
    default: Callable[[], Any] = list,
) -> Any:
    """Return what ``load`` gives for ``instance``; it is called once for all peers and maps primary keys to results."""
    cache = instance.__dict__.setdefault(_CACHE, {})
    if key not in cache:
        group = [row for row in peers(instance) if key not in row.__dict__.setdefault(_CACHE, {})]
        if key not in cache and all(row is not instance for row in group):
            group.append(instance)  # a copy of a row is not among the row's peers
        results = load(group)
        for row in group:
            row.__dict__[_CACHE][key] = results[row.pk] if row.pk in results else default()
    return cache[key]


def related(instance: Any, name: str, queryset: models.QuerySet[Any] | None = None) -> list[Any]:
    """Return the rows of a reverse or many-to-many relation of ``instance``, loaded for all its peers.

    A row that exists only in memory (a preview) gives what its form holds.
    """
    if is_draft(instance) or instance.pk is None:
        return adopt(mark_draft(row) for row in getattr(instance, name).all())
    attribute = f"_peers_{name}"
    if attribute not in instance.__dict__:
        group = [row for row in peers(instance) if attribute not in row.__dict__]
        relation = instance._meta.get_field(name)
        if queryset is None:
            queryset = relation.related_model._default_manager.all()
        if isinstance(relation, models.ManyToOneRel):
            _read_below(group, attribute, relation.field, plain(queryset, None))
        else:
            lookup = Prefetch(name, queryset=queryset.fetch_mode(FETCH_PEERS), to_attr=attribute)
            prefetch_related_objects(group, lookup)
    return list(instance.__dict__[attribute])


def _read_below(group: list[Any], attribute: str, key: Any, queryset: models.QuerySet[Any]) -> None:
    """Read the rows whose foreign ``key`` is one of ``group``: what Django does besides for a prefetch takes longer."""
    parents = {row.pk: row for row in group}
    found: dict[Any, list[Any]] = {pk: [] for pk in parents}
    for row in queryset.filter(**{f"{key.name}__in": list(parents)}):
        pk = getattr(row, key.attname)
        row._state.fields_cache[key.name] = parents[pk]
        found[pk].append(row)
    for row in group:
        row.__dict__[attribute] = found[row.pk]


def related_through(instance: Any, name: str, *keys: str) -> list[Any]:
    """Return what the rows of a relation refer to along ``keys``, such as the audiences of rows that order them."""
    relation = instance._meta.get_field(name).related_model
    rows = relation._default_manager.all()
    if relation._meta.get_field(keys[0]).is_relation:
        rows = rows.select_related(keys[0])
    found = related(instance, name, rows)
    for key in keys:
        found = [value for row in found if (value := getattr(row, key)) is not None]
    return found


def mark_draft(instance: Any) -> Any:
    """Mark a row as read from a revision, so that relations come from the revision and not from the database."""
    instance.__dict__["_is_draft"] = True
    return instance


def is_draft(instance: Any) -> bool:
    """Return whether the row was read from a revision."""
    return "_is_draft" in instance.__dict__


def shown_in_draft(instance: Any) -> Any:
    """Mark a draft that its editor asked to see, so that the gate lets it through, and return it.

    Rows that are not whole yet are left out: frontends rely on what a row has.
    """
    instance.__dict__["_shown_in_draft"] = True
    return mark_draft(leave_unfinished_out(instance))


def is_shown_in_draft(instance: Any) -> bool:
    """Return whether an editor asked to see this draft."""
    return "_shown_in_draft" in instance.__dict__


def by_id(
    store: dict[Any, Any], queryset: models.QuerySet[Any], ids: Iterable[Any], scope: Hashable = None
) -> dict[Any, Any]:
    """Return rows by primary key, reading only those that ``store`` does not hold yet, in one statement."""
    kept = store.setdefault((queryset.model, scope), {})
    missing = {pk for pk in ids if pk is not None and pk not in kept}
    if missing:
        found = {row.pk: row for row in queryset.filter(pk__in=missing).fetch_mode(FETCH_PEERS)}
        kept.update({pk: found.get(pk) for pk in missing})
    return kept
