"""Relations to many rows that may not be deleted while they are chosen."""

from typing import Any

from django.db import models
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalManyToManyField


class ProtectedManyToManyField(ParentalManyToManyField):
    """What `on_delete=PROTECT` is for a foreign key.

    Django would take a deleted row out of every list without a word. The admin reads `on_delete` where it says what
    uses a row; deleting it elsewhere raises `django.db.models.ProtectedError`.
    """

    def __init__(self, to: Any, **options: Any) -> None:
        super().__init__(to, **options)
        self.remote_field.on_delete = models.PROTECT

    def deconstruct(self) -> tuple[Any, ...]:
        """Return the field as migrations write it: tables do not differ from those of any other list."""
        name, _path, arguments, options = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", arguments, options

    def contribute_to_related_class(self, cls: type[models.Model], related: Any) -> None:
        super().contribute_to_related_class(cls, related)
        pre_delete.connect(self._refuse, sender=cls)

    def _refuse(self, instance: models.Model, **_kwargs: Any) -> None:
        through = self.remote_field.through._default_manager
        chosen = through.filter(**{self.m2m_reverse_field_name(): instance.pk})
        if rows := set(chosen[:5]):
            raise models.ProtectedError(
                _("%(row)s is used in “%(field)s”. Take it out there first.")
                % {"row": instance, "field": self.verbose_name},
                rows,
            )
