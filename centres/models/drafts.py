"""Drafts that outlive what they point at."""

from typing import Any, Self

from django.db import models
from modelcluster.models import get_all_child_relations


class SurvivingDraft(models.Model):
    """A model whose drafts can still be opened after something that they point at was deleted.

    What is published cannot lose its references (``PROTECT``), a draft in a revision can, and
    django-modelcluster refuses to read such a draft at all. Here the lost reference is empty, and the form
    asks for it.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Self:
        if check_fks:
            data = without_lost_references(cls, data)
        return super().from_serializable_data(data, check_fks, strict_fks)  # type: ignore[misc]


def without_lost_references(model: type[models.Model], data: dict[str, Any]) -> dict[str, Any]:
    """Return ``data`` of a revision with every protected reference emptied whose target is gone."""
    kept = dict(data)
    for field in model._meta.fields:
        value = data.get(field.name)
        if value is None or not isinstance(field, models.ForeignKey) or field.remote_field.parent_link:
            continue
        target = field.remote_field
        if target.on_delete is models.PROTECT and not target.model._base_manager.filter(pk=value).exists():
            kept[field.name] = None
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name in data:
            kept[name] = [without_lost_references(relation.related_model, row) for row in data[name]]
    return kept
