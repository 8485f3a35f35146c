"""Forms of the admin for models whose rows have rules between them."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permissions import page_permission_policy

from centres.rows import RowRules, own_rows
from cms.editorial.unfinished import kept_from_drafts
from cms.models.chosen_files import OwnFilesForm, OwnFilesPageForm, kept_forms, own_forms
from cms.models.unfinished_rows import as_far_as_whole


class RowsForm(OwnFilesForm):
    """Asks the model whether the rows that were sent agree with each other, before anything is saved.

    The model is a `centres.rows.RowRules`. Its columns are set by then, its rows still the old ones. A draft need not
    agree with itself yet.
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


class CalendarProviderForm(WagtailAdminModelForm):
    """A provider whose calendar is on a host that the operator allows.

    The rule is the form's: content may come from a site whose operator allows another host, and reading says so then.
    """

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        host = (urlsplit(address).hostname or "").lower()
        if host not in settings.EXTERNAL_CALENDAR_HOSTS:
            words = _(
                "The host %(host)s is not allowed. Ask the operator to add it to EXTERNAL_CALENDAR_HOSTS, "
                "or check the address."
            )
            raise ValidationError(words, code="host", params={"host": host})
        if not address.startswith("https://") and host not in settings.CMS_DELIVERY_PRIVATE_HOSTS:
            raise ValidationError(_("Write an address that begins with https://."), code="https")
        return address


class CountInput(forms.NumberInput):
    """A number with, hidden beside it, the one that the form was opened with: ``opened``, set by the form."""

    opened: int | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        return format_html(
            '{}<input type="hidden" name="opened-{}" value="{}">',
            super().render(name, value, attrs, renderer),
            name,
            "" if self.opened is None else self.opened,
        )


class EventForm(EditionForm):
    """An event with the number of taken seats, which counts at once and is in no draft.

    Others count while the form is open, and the admin saves open forms by itself: a number that the editor did
    not touch is left as it is, and one that others changed meanwhile is not written over.
    """

    seats_taken = forms.IntegerField(
        label=_("seats taken"),
        min_value=0,
        required=False,
        help_text=_("It counts at once, without publishing."),
        widget=CountInput,
    )
    waitlist = forms.IntegerField(
        label=_("people on the waiting list"),
        min_value=0,
        required=False,
        help_text=_("It counts at once, without publishing."),
        widget=CountInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted: dict[str, int] = {}
        for name in self._counts():
            self.fields[name].initial = self.fields[name].widget.opened = self._opened(name)

    def clean(self) -> Any:
        cleaned = super().clean()
        for name in self._counts():
            if name in self.errors:
                continue
            posted = self.cleaned_data[name] or 0
            opened, now = self._opened(name), getattr(self.instance, name)
            if posted in (opened, now):
                continue
            if now != opened:
                advice = _("Meanwhile others counted %d. Reload the page.") % now
                self.add_error(name, ValidationError(advice, code="counted_meanwhile"))
            else:
                self.counted[name] = posted
        return cleaned

    def save(self, commit: bool = True) -> Any:
        # Not at once: a preview saves the form as well, without its instance.
        self.instance.count_seats_when_saved(**self.counted)
        return super().save(commit)

    def get_field_updates_for_resave(self) -> Any:
        """Tell the form that stays open after it was saved by itself what it begins from now."""
        updates = super().get_field_updates_for_resave()
        for name in self._counts():
            now = getattr(self.instance, name)
            if (self.cleaned_data[name] or 0) == now:
                updates.append((f"opened-{self.add_prefix(name)}", str(now)))
        return updates

    def _counts(self) -> list[str]:
        return [name for name in ("seats_taken", "waitlist") if name in self.fields]

    def _opened(self, name: str) -> int:
        """Return the number that the form was opened with: as it was sent, else the present one."""
        sent = self.data.get(f"opened-{self.add_prefix(name)}", "")
        try:
            return int(sent)
        except ValueError:
            return int(getattr(self.instance, name))


def rows_agree(form: Any) -> bool:
    """Return whether what was sent with a valid ``form`` agrees with itself; if not, the form says why."""
    if not isinstance(form.instance, RowRules):
        return True
    sent = {name: [row.instance for row in kept_forms(formset)] for name, formset in form.formsets.items()}
    if form.is_deferred_validation:
        sent = {name: as_far_as_whole(rows) for name, rows in sent.items()}
    chosen = {name: list(value) for name, value in form.cleaned_data.items() if isinstance(value, QuerySet)}
    try:
        form.instance.check_rows(own_rows(form.instance) | chosen | sent)
    except ValidationError as error:
        refused = kept_from_drafts(form.instance, error) if form.is_deferred_validation else error
        if refused is not None:
            form.add_error(None, refused)
        return refused is None
    return True
