"""Forms of the admin for models whose rows have rules between them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from centres.models.rows import own_rows


class RowsForm(WagtailAdminModelForm):
    """Asks the model whether the rows that were sent agree with each other, before anything is saved.

    The model is a `centres.models.rows.RowRules`. Its columns are set by then, its rows are still the old ones.
    """

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        sent = {name: sent_rows(formset) for name, formset in self.formsets.items()}
        chosen = {name: list(value) for name, value in self.cleaned_data.items() if isinstance(value, QuerySet)}
        try:
            self.instance.check_rows(own_rows(self.instance) | chosen | sent)
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True


class PageRowsForm(RowsForm, WagtailAdminPageForm):
    """The same for a page."""


class EventForm(RowsForm):
    """An event with the number of taken seats, which counts at once and is in no draft."""

    seats_taken = forms.IntegerField(
        label=_("seats taken"), min_value=0, required=False, help_text=_("It counts at once, without publishing.")
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


def sent_rows(formset: Any) -> list[Any]:
    """Return the rows of a valid ``formset`` as they will be saved, without those that are deleted or empty."""
    deleted = {id(form) for form in formset.deleted_forms}
    kept = [form for form in formset.forms if id(form) not in deleted]
    return [form.instance for form in kept if form.has_changed() or form.instance.pk]
