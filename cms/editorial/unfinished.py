"""A draft may be unfinished: rules are asked when it is sent on or published, not when it is saved.

Wagtail lets the required fields of a draft be empty. Here all other rules wait as well. Refused at once is only what no
column can hold, and what a model names in `rules_of_drafts`, the codes of the rules that a draft obeys too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import connection, models
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.utils.text import slugify
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.views.generic.mixins import RevisionsRevertMixin
from wagtail.admin.views.generic.preview import PreviewOnEdit
from wagtail.models import DraftStateMixin

from cms.models.live_check import LiveCheck

# Codes of values that a column of numbers, dates or structured data cannot hold.
_UNFIT = {
    "invalid", "invalid_choice", "max_decimal_places", "max_digits", "max_whole_digits",
}  # fmt: skip
_LENGTHS = (MaxLengthValidator, ProhibitNullCharactersValidator)


def connect() -> None:
    """Have the forms of the admin save drafts as described above."""
    form: Any = WagtailAdminModelForm
    form.defer_required_fields = _deferring(form.defer_required_fields)
    form.restore_required_fields = _restoring(form.restore_required_fields)
    form._post_clean = _sparing(form._post_clean)
    page_form: Any = WagtailAdminPageForm
    page_form.full_clean = _addressing(page_form.full_clean)
    PreviewOnEdit.validate_form = _asking_for_references(PreviewOnEdit.validate_form)
    RevisionsRevertMixin.save_instance = _putting_back(RevisionsRevertMixin.save_instance)


def kept_from_drafts(instance: Any, error: ValidationError) -> ValidationError | None:
    """Return those parts of ``error`` for which even a draft of ``instance`` is refused; None where there are none."""
    by_field = getattr(error, "error_dict", None) or {NON_FIELD_ERRORS: error.error_list}
    kept = {
        name: left
        for name, found in by_field.items()
        if (left := [one for one in found if _stops_a_draft(instance, name, one)])
    }
    return ValidationError(kept) if kept else None


def _stops_a_draft(instance: Any, name: str, error: ValidationError) -> bool:
    if error.code in getattr(instance, "rules_of_drafts", ()):
        return True
    try:
        column = instance._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    if isinstance(column, models.SlugField):
        return True  # it is a part of the address of what stands below
    if error.code in {"min_value", "max_value"}:
        return _is_a_limit_of_the_column(column, error)
    is_text = isinstance(column, models.CharField | models.TextField)
    return not is_text and error.code in _UNFIT


def _is_a_limit_of_the_column(column: Any, error: ValidationError) -> bool:
    # Any other limit is a rule of ours, such as the first year of libraries here.
    if not isinstance(column, models.IntegerField):
        return False
    limits = connection.ops.integer_field_range(column.get_internal_type())
    return (error.params or {}).get("limit_value") in limits


def _deferring(plain: Callable[[Any], None]) -> Callable[[Any], None]:
    def defer_required_fields(form: Any) -> None:
        if not form.is_deferred_validation:
            for field in form.fields.values():
                if isinstance(field, forms.CharField) and not isinstance(field, forms.SlugField):
                    vars(field)["validators_at_last"] = field.validators
                    field.validators = [one for one in field.validators if isinstance(one, _LENGTHS)]
        plain(form)
        _let_rows_be_unfinished(form)
        _leave_out_empty_rows(form)

    return defer_required_fields


def _addressing(plain: Callable[[Any], None]) -> Callable[[Any], None]:
    def full_clean(form: Any) -> None:
        # A page makes its part of the address from its title where it has none, if that has letters. A script fills the
        # field as the title is typed. A browser without scripts, or an editor who is quicker, sends it empty.
        slug = form.fields.get("slug")
        if slug is not None and slugify(form.data.get(form.add_prefix("title"), ""), True):
            slug.required = False
        plain(form)

    return full_clean


def _let_rows_be_unfinished(form: Any) -> None:
    # What a row lacks keeps it out of its table (`cms.models.unfinished_rows`), not out of the draft.
    for rows in form.formsets.values() if form.is_bound else ():
        for row in rows.forms:
            for name, field in row.fields.items():
                if field.required:
                    field.required = False
                    row.deferred_required_fields.append(name)


def _leave_out_empty_rows(form: Any) -> None:
    # A new form comes with a row where one is needed, and a row may be added and left empty.
    for rows in form.formsets.values() if form.is_bound else ():
        for row in rows.forms if rows.can_delete else ():
            if row.instance.pk is None and not {*row.changed_data} - {ORDERING_FIELD_NAME}:
                row.data_at_last, row.data = row.data, row.data.copy()
                row.data[row.add_prefix(DELETION_FIELD_NAME)] = "on"


def _restoring(plain: Callable[[Any], None]) -> Callable[[Any], None]:
    def restore_required_fields(form: Any) -> None:
        plain(form)
        for field in form.fields.values():
            field.validators = getattr(field, "validators_at_last", field.validators)
        form.data = getattr(form, "data_at_last", form.data)

    return restore_required_fields


def _sparing(plain: Callable[[Any], None]) -> Callable[[Any], None]:
    def _post_clean(form: Any) -> None:
        if not form.is_deferred_validation:
            plain(form)
            return
        with _asked_as_a_draft(form.instance):
            plain(form)

    return _post_clean


@contextmanager
def _asked_as_a_draft(instance: Any) -> Iterator[None]:
    def full_clean(*args: Any, **kwargs: Any) -> None:
        try:
            type(instance).full_clean(instance, *args, **kwargs)
        except ValidationError as error:
            if kept := kept_from_drafts(instance, error):
                raise kept from error

    def get_constraints() -> list[Any]:
        found = type(instance).get_constraints(instance)
        return [(model, [one for one in those if not _can_wait(instance, one)]) for model, those in found]

    instance.full_clean, instance.get_constraints = full_clean, get_constraints
    try:
        yield
    finally:
        del instance.full_clean, instance.get_constraints


def _can_wait(instance: Any, constraint: Any) -> bool:
    if isinstance(instance, DraftStateMixin):
        return isinstance(constraint, LiveCheck)
    return isinstance(constraint, models.CheckConstraint)  # a row that breaks it is not in its table


def _asking_for_references(plain: Callable[..., bool]) -> Callable[..., bool]:
    def validate_form(view: Any, form: Any) -> bool:
        # What a frontend may rely on is there in a preview too.
        return plain(view, form) and not any(
            getattr(form.instance, column.attname) is None
            for column in form.instance._meta.concrete_fields
            if (column.null or column.remote_field) and not column.blank and column.name in form.fields
        )

    return validate_form


def _putting_back(plain: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def save_instance(view: Any) -> Any:
        if not getattr(view, "saving_as_draft", False):
            return plain(view)
        with _asked_as_a_draft(view.form.instance):
            return plain(view)

    return save_instance
