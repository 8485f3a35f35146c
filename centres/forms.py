"""Forms of the admin for models whose rows have rules between them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import page_permission_policy

from centres.models.rows import RowRules, own_rows
from cms.chosen_files import OwnFilesForm, OwnFilesPageForm, kept_forms, own_forms


class RowsForm(OwnFilesForm):
    """Asks the model whether the rows that were sent agree with each other, before anything is saved.

    The model is a `centres.models.rows.RowRules`. Its columns are set by then, its rows still the old ones.
    """

    def is_valid(self) -> bool:
        return bool(super().is_valid()) and not [form for form in own_forms(self) if not rows_agree(form)]


class PageRowsForm(RowsForm, OwnFilesPageForm):
    """The same for a page."""


class EditionForm(RowsForm):
    """An edition of a programme whose page the editor may edit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.get("for_user")
        super().__init__(*args, **kwargs)

    def clean_programme(self) -> Any:
        programme, user = self.cleaned_data["programme"], self.user
        if user and not page_permission_policy.user_has_permission_for_instance(user, "change", programme):
            raise ValidationError(
                _("This programme belongs to another centre. Choose one of your own."), code="foreign"
            )
        return programme


class EventForm(EditionForm):
    """An event with the number of taken seats, which counts at once and is in no draft."""

    seats_taken = forms.IntegerField(
        label=_("seats taken"),
        min_value=0,
        required=False,
        help_text=_("It counts at once, without publishing."),
    )
    waitlist = forms.IntegerField(
        label=_("people on the waiting list"),
        min_value=0,
        required=False,
        help_text=_("It counts at once, without publishing."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("seats_taken", "waitlist"):
            if name in self.fields:
                self.fields[name].initial = getattr(self.instance, name)

    def save(self, commit: bool = True) -> Any:
        # Only what the editor changed: others may have counted on since the form was opened.
        counted = [name for name in ("seats_taken", "waitlist") if name in self.changed_data]
        self.instance.count_seats(**{name: self.cleaned_data[name] or 0 for name in counted})
        return super().save(commit)


def rows_agree(form: Any) -> bool:
    """Return whether what was sent with a valid ``form`` agrees with itself; if not, the form says why."""
    if not isinstance(form.instance, RowRules):
        return True
    sent = {name: [row.instance for row in kept_forms(formset)] for name, formset in form.formsets.items()}
    chosen = {name: list(value) for name, value in form.cleaned_data.items() if isinstance(value, QuerySet)}
    try:
        form.instance.check_rows(own_rows(form.instance) | chosen | sent)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
