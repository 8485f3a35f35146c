"""A page or snippet whose newest or public revision is gone from the database counts as one that has none.

An import or SQL past the forms may leave the key of such a revision. Lists, reports and forms of the admin then show
the row as the public has it, and the next draft that is saved takes the place of the lost one.
"""

import logging
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from wagtail.models import Revision, RevisionMixin

logger = logging.getLogger(__name__)


class _PerhapsGone(ForwardManyToOneDescriptor):
    """Django's access to a row by its key. A key of a row that is gone is logged and taken from the instance."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        try:
            found = super().__get__(instance, cls)
        except ObjectDoesNotExist:
            found = None
        if found is None and (key := instance.__dict__.get(self.field.attname)) is not None:
            row = f"{type(instance).__name__} {instance.pk}"
            logger.error("%s, %s: the revision %s is gone", row, self.field.name, key)
            # With the key of a lost revision, Django would refuse to save the row: each of them is read, and emptied.
            setattr(instance, self.field.name, None)
            for column in _columns(self.field.model):
                getattr(instance, column.name)
        return found


def connect() -> None:
    """Read the revisions of all models so; called once, when all models are known."""
    for model in apps.get_models():
        if issubclass(model, RevisionMixin):
            for column in _columns(model):
                setattr(model, column.name, _PerhapsGone(column))


def _columns(model: Any) -> list[Any]:
    """Return the columns in ``model``'s own table that name a revision."""
    columns = model._meta.local_concrete_fields
    return [one for one in columns if one.remote_field and one.remote_field.model is Revision]
