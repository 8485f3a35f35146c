"""What stands in the way of publishing a draft, as a list in which each line leads to its field."""

from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views import generic
from wagtail.admin.views.generic.mixins import JsonPostResponseMixin, RevisionsRevertMixin
from wagtail.admin.views.pages.edit import EditView as EditPageView
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import DraftStateMixin

from cms.models.unfinished_rows import IN_A_ROW, row_errors

# Wagtail's form unfolds the field that the address names so.
_FIELD = "#:w:contentpath="
# Wagtail asks so for parts of a form that was saved by itself; what it says is not shown then.
_IN_PARTS = "_w_hydrate_create_view"
# After these a list is shown.
_LEAVING = ("publish", "submit", "workflow-action")


@dataclass(frozen=True, slots=True)
class Missing:
    """A field, by its label, what is wrong with it, and where it is in the form; no place for the whole form.

    ``form`` is the address of the form, empty on the form itself.
    """

    label: str
    words: str
    place: str = ""
    form: str = ""


def connect() -> None:
    """Show the list where a draft is opened, where a form is refused, and where one that saves itself is."""
    messages.validation_error = _tell_all
    JsonPostResponseMixin.json_error_response = _saying_what(JsonPostResponseMixin.json_error_response)
    for view in (EditPageView, generic.EditView):
        view.get = _listing(view.get)


# ---------------------------------------------------------------- a form that was sent
def refused(form: Any, before: str = "", prefix: str = "") -> Iterator[Missing]:
    """Yield what is wrong with a ``form`` that was sent, and with its rows."""
    for name, errors in form.errors.items():
        if name == NON_FIELD_ERRORS:
            yield from (Missing(before, str(words)) for words in errors)
            continue
        label = f"{before}{capfirst(form.fields[name].label or name)}"
        yield Missing(label, _words(errors), f"{prefix}{name}")
    for name, rows in getattr(form, "formsets", {}).items():
        label = capfirst(str(rows.model._meta.verbose_name))
        yield from (
            Missing(f"{before}{label}", str(words), f"{prefix}{name}") for words in rows.non_form_errors()
        )
        for number, row in enumerate(rows.forms, start=1):
            if row not in rows.deleted_forms:
                yield from refused(
                    row, f"{before}{label} {number}: ", f"{prefix}{name}.{row.instance.pk or ''}."
                )


def _words(errors: Any) -> str:
    if any(isinstance(error, StreamBlockValidationError) for error in errors.as_data()):
        return _("See the marked places.")
    return " ".join(str(words) for words in errors)


# ---------------------------------------------------------------- a draft that was opened
def missing_in(draft: Any, form: Any) -> Iterator[Missing]:
    """Yield what prevents ``draft`` from being published; ``form`` is the one in which it stands."""
    for name, field in form.fields.items():
        chosen: Any = getattr(draft, name, None) if field.required and hasattr(field, "queryset") else None
        if hasattr(chosen, "all") and not chosen.all():
            yield Missing(capfirst(field.label), str(field.error_messages["required"]), name)
    for name, rows in form.formsets.items():
        if rows.min_num and not getattr(draft, name).all():
            yield Missing(capfirst(str(rows.model._meta.verbose_name)), _("Add at least one."), name)
    yield from _missing_in_rows(draft)
    try:
        copy(draft).full_clean()
    except ValidationError as error:
        for name, words in error.message_dict.items() if hasattr(error, "error_dict") else ():
            if name in form.fields:
                yield Missing(capfirst(form.fields[name].label), " ".join(words), name)
            else:
                yield Missing("", " ".join(words))
        if not hasattr(error, "error_dict"):
            yield from (
                Missing("", words)
                for one in error.error_list
                if one.code != IN_A_ROW
                for words in one.messages
            )


def _missing_in_rows(draft: Any) -> Iterator[Missing]:
    for relation, number, row, error in row_errors(draft):
        before = f"{capfirst(str(row._meta.verbose_name))} {number}"
        columns = {column.name: capfirst(str(column.verbose_name)) for column in row._meta.fields}
        for name, words in (
            error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        ).items():
            place = f"{relation}.{row.pk}.{name}" if name in columns else relation
            yield Missing(f"{before}: {columns.get(name, '')}".rstrip(": "), " ".join(words), place)


def _hints(draft: Any, form: Any) -> Iterator[Missing]:
    for name, words in draft.hints() if hasattr(draft, "hints") else ():
        yield Missing(capfirst(form.fields[name].label) if name in form.fields else "", words, name)


def _listing(plain: Callable[..., Any]) -> Callable[..., Any]:
    def get(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = plain(view, request, *args, **kwargs)
        draft = view.page if isinstance(view, EditPageView) else view.object
        form = getattr(view, "form", None) or (getattr(response, "context_data", None) or {}).get("form")
        if form is not None and _IN_PARTS not in request.GET and _is_draft(view, draft):
            _tell(request, _("Before this can be published:"), list(missing_in(draft, form)))
            _tell(request, _("It can be published, but look at this first:"), list(_hints(draft, form)))
        return response

    return get


def _is_draft(view: Any, thing: Any) -> bool:
    if not isinstance(thing, DraftStateMixin) or isinstance(view, RevisionsRevertMixin):
        return False
    if getattr(view, "locked_for_user", False) or getattr(thing, "alias_of_id", None):
        return False
    return not thing.live or bool(thing.has_unpublished_changes)


def tell_hints(request: HttpRequest, thing: Any) -> None:
    """Show the hints of ``thing`` to an editor who published or submitted it, as the form is not shown again."""
    leaves = any(request.POST.get(f"action-{step}") for step in _LEAVING)
    if not leaves or not request.accepts("text/html") or not hasattr(thing, "hints"):
        return
    labels = {column.name: capfirst(str(column.verbose_name)) for column in thing._meta.concrete_fields}
    form = AdminURLFinder(request.user).get_edit_url(thing) or ""
    found = [
        Missing(labels.get(name, ""), words, name if form else "", form) for name, words in thing.hints()
    ]
    _tell(request, _("It is done, but look at this:"), found)


# ---------------------------------------------------------------- words
def _tell(request: HttpRequest, heading: str, found: list[Missing]) -> None:
    if found:
        messages.warning(request, format_html("{}{}", heading, _as_list(found)))


def _tell_all(request: HttpRequest, message: str, form: Any, buttons: Any = None) -> None:
    found = list(refused(form))
    messages.error(request, format_html("{}{}", message, _as_list(found)), buttons)


def _as_list(found: list[Missing]) -> SafeString:
    lines = format_html_join("", "<li>{}</li>", ((_line(one),) for one in found))
    return format_html('<ul class="missing">{}</ul>', lines)


def _line(one: Missing) -> SafeString | str:
    if not one.place:
        return f"{one.label}{one.words}"
    return format_html('<a href="{}{}{}">{}</a>: {}', one.form, _FIELD, one.place, one.label, one.words)


def _saying_what(plain: Callable[..., Any]) -> Callable[..., Any]:
    def json_error_response(view: Any, error_code: str, error_message: str) -> Any:
        form = getattr(view, "form", None)
        if error_code == "validation_error" and form is not None:
            found = (f"{one.label}{': ' if one.place else ''}{one.words}" for one in refused(form))
            error_message = _("Not saved yet. %(why)s") % {"why": " ".join(found)}
        return plain(view, error_code, error_message)

    return json_error_response
