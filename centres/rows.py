"""Rules between the rows of one object, whichever way the rows come."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations

Rows = Mapping[str, Sequence[Any]]


class RowRules(models.Model):
    """A model with rows below it that must agree with each other.

    Validation of the whole object checks the rows that it holds. A form validates the object before the sent
    rows are attached to it, so it leaves fields out and asks `check_rows` by itself (`centres.forms`).
    """

    class Meta:
        abstract = True

    def full_clean(self, exclude: Any = None, *args: Any, **kwargs: Any) -> None:
        super().full_clean(exclude, *args, **kwargs)
        if exclude is None:
            self.check_whole()

    def check_whole(self) -> None:
        """Check the rows that the object holds, and the rows of each of them. Raises `ValidationError`."""
        rows = own_rows(self)
        self.check_rows(rows)
        for row in chain.from_iterable(rows.values()):
            if isinstance(row, RowRules) and type(row) in related_models(type(self)):
                row.check_whole()

    def check_rows(self, rows: Rows) -> None:
        """Raise a `ValidationError` where ``rows``, by the name of their relation, contradict each other."""


def own_rows(instance: Any) -> dict[str, list[Any]]:
    """Return the rows and choices of ``instance``, in memory or in the database, by their relation."""
    names = [relation.get_accessor_name() for relation in get_all_child_relations(type(instance))]
    names += [relation.name for relation in get_all_child_m2m_relations(type(instance))]
    return {name: list(getattr(instance, name).all()) for name in names}


def related_models(model: type[models.Model]) -> set[type[models.Model]]:
    """Return the models of the rows below ``model``; what it merely chooses is not among them."""
    return {relation.related_model for relation in get_all_child_relations(model)}
