"""Forms that accept only images and documents that their user may use; choosers merely offer no others."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

USE = ("choose", "change")

type File = tuple[type[Model], int]


class OwnFilesForm(WagtailAdminModelForm):
    """Refuses files that were not there before and that the policy of their collection keeps from the user."""

    def is_valid(self) -> bool:
        return bool(super().is_valid()) and not self._refuse_foreign_files()

    def _refuse_foreign_files(self) -> bool:
        if self.for_user is None:
            return False
        forms = list(own_forms(self))
        # A file that is already chosen may stay, or move to another place: somebody else was allowed to choose it.
        kept = {file for form in forms for file, _name in files_in(form, form.initial)}
        sent = [
            (form, name, file)
            for form in forms
            for file, name in files_in(form, form.cleaned_data)
            if file not in kept
        ]
        foreign = kept_from(self.for_user, {file for _form, _name, file in sent})
        refused = {(form, name) for form, name, file in sent if file in foreign}
        for form, name in refused:
            form.add_error(
                name,
                ValidationError(
                    _("You may not use this image or document. Choose one that is offered to you."),
                    code="foreign_file",
                ),
            )
        return bool(refused)


class OwnFilesPageForm(OwnFilesForm, WagtailAdminPageForm):
    """The same for a page."""


def files_in(form: Any, values: Mapping[str, Any]) -> Iterator[tuple[File, str]]:
    """Yield the images and documents that ``values`` of a ``form`` name, each with the name of its field."""
    kinds = (get_image_model(), get_document_model())
    for column in form.instance._meta.get_fields():
        value = values.get(column.name)
        if value is None or column.name not in form.fields:
            continue
        for model, key in _references(column, value):
            # In rich text a key is whatever was sent.
            if model in kinds and key.isdecimal() and len(key) < 19:
                yield (model, int(key)), column.name


def _references(column: Any, value: Any) -> Iterator[tuple[type[Model], str]]:
    if column.many_to_one:
        yield column.related_model, str(getattr(value, "pk", value))
    elif not column.is_relation and hasattr(column, "extract_references"):
        for model, key, *_paths in column.extract_references(value):
            yield model, str(key)


def kept_from(user: Any, files: set[File]) -> set[File]:
    """Return those of ``files`` that exist and that ``user`` may neither choose nor change."""
    by_model = defaultdict(set)
    for model, key in files:
        by_model[model].add(key)
    foreign: set[File] = set()
    for model, keys in by_model.items():
        own = policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, USE)
        rows = model._default_manager.filter(pk__in=keys).exclude(pk__in=own.values("pk"))
        foreign |= {(model, key) for key in rows.values_list("pk", flat=True)}
    return foreign


def own_forms(form: Any) -> Iterator[Any]:
    """Yield ``form`` and the forms of its rows that are to be saved, down to the last level."""
    yield form
    for formset in form.formsets.values():
        for row in kept_forms(formset):
            yield from own_forms(row)


def kept_forms(formset: Any) -> list[Any]:
    """Return the forms of a valid ``formset`` whose rows will be saved: none deleted, none empty."""
    deleted = {id(form) for form in formset.deleted_forms}
    return [
        form for form in formset.forms if id(form) not in deleted and (form.has_changed() or form.instance.pk)
    ]
