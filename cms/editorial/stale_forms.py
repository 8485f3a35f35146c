"""What a form was opened with, so that nobody writes over what others saved since.

An open form carries a fingerprint of each of its values. When it is sent, a field that others changed meanwhile, and
that would be changed back or otherwise, is asked about: both texts are shown, and whoever sent the form decides.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import model_to_dict
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks import StreamValue
from wagtail.models import DraftStateMixin

VERSION = "opened-with"
ASKED = "asked-about"
KEEP = "keep-"
STORED, MINE = "stored", "mine"

# Whoever writes a comment changes nothing that somebody else wrote.
_BESIDE = "comments"
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


@dataclass(frozen=True, slots=True)
class Question:
    """A field of which there are two texts by now: ``name`` and ``label`` of the field, the texts in words.

    ``untouched``: the sender did not change the field, so the stored text is what they most likely want.
    """

    name: str
    label: str
    stored: str
    mine: str
    untouched: bool


class _VersionInput(forms.HiddenInput):
    template_name = "cms/widgets/opened_with.html"

    def __init__(self, watched: "Watched") -> None:
        super().__init__()
        self.watched = watched

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        watched = self.watched
        context = {
            "name": name,
            "version": watched.version,
            "questions": watched.questions,
            "by_field": watched.by_field,
            "asked": ",".join(question.name for question in watched.questions) if watched.by_field else "",
            "names": {"asked": watched.named(ASKED), "keep": watched.named(KEEP)},
        }
        return render_to_string(self.template_name, context)


class _VersionField(forms.Field):
    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


@dataclass(slots=True)
class Watched:
    """A form that knows what it was opened with. ``questions`` are open until all of them are decided."""

    form: Any
    prints: dict[str, str]
    questions: list[Question] = field(default_factory=list)
    by_field: bool = True

    @property
    def version(self) -> str:
        return json.dumps(self.prints, separators=(",", ":"))

    def named(self, name: str) -> str:
        return str(self.form.add_prefix(name))


def watch(form: Any, outdated: bool = False, latest: Any = None) -> Any:
    """Have ``form`` carry a fingerprint of the stored values; one that was sent is compared, and obeys decisions.

    ``outdated``: it is known to have been opened with something else, though it does not say with what.
    ``latest``: the same form with what is stored now, where ``form`` begins with an older version on purpose. Its
    texts are shown then, and sending the form again is the decision.
    """
    watched = Watched(form, fingerprints(form), by_field=latest is None)
    if form.is_bound:
        _revive_rows(form)
        decided = {name: form.data.get(watched.named(KEEP + name)) for name in watched.prints}
        if latest is None:
            watched.questions = list(_questions(watched, decided, outdated))
            _leave_stored(form, [name for name, choice in decided.items() if choice == STORED])
        elif outdated:
            watched.questions = list(
                _questions(Watched(latest, fingerprints(latest)), decided, outdated=True, opened={})
            )
    form.fields[VERSION] = _VersionField(required=False, widget=_VersionInput(watched))
    form.watched = watched
    _tell_after_saving(form)
    return form


def ask_again(form: Any) -> Any:
    """Have a small ``form`` refuse what it was sent if others saved since it was opened; return the form.

    It shows both texts then, and sending it again is the decision.
    """
    now = fingerprints(form)
    opened = _sent_version(Watched(form, now)) if form.is_bound else None
    outdated = opened is not None and any(opened.get(name, value) != value for name, value in now.items())
    watch(form, outdated, latest=form)
    if form.watched.questions:
        plain = form.full_clean

        def full_clean() -> None:
            plain()
            words = _("Somebody else saved this while your form was open. Nothing of yours is saved yet.")
            form.add_error(None, words)

        form.full_clean = full_clean
    return form


def edit_once_saved(form: Any) -> Any:
    """Have a ``form`` of new content get the fingerprints when it saves itself; return the form.

    Without them its next save would look like that of another editor.
    """
    if hasattr(form, "get_field_updates_for_resave"):
        form.fields[VERSION] = _VersionField(required=False, widget=forms.HiddenInput)
        _tell_after_saving(form)
    return form


def fingerprints(form: Any) -> dict[str, str]:
    """Return a short hash of each value that is stored now, by the name of its field or relation."""
    found = {name: _print(_stored(form, name)) for name in form.fields}
    for name, formset in _formsets(form).items():
        found[name] = _print([_row_values(row) for row in formset.get_queryset()])
    for name, panel in _panels(form).items():
        found[name] = _print(panel.initial)
    return found


def _questions(
    watched: Watched, decided: Mapping[str, Any], outdated: bool, opened: dict[str, str] | None = None
) -> Iterator[Question]:
    form = watched.form
    opened = _sent_version(watched) if opened is None else opened
    if opened is None and not outdated:
        return
    asked = (form.data.get(watched.named(ASKED)) or "").split(",")
    for name, now in watched.prints.items():
        was = opened.get(name, "" if outdated else now) if opened is not None else ""
        still_open = name in asked and decided[name] not in (STORED, MINE)
        if (was != now or still_open) and _differs(form, name):
            yield _question(form, name, was)


def _sent_version(watched: Watched) -> dict[str, str] | None:
    """Return the fingerprints that came with the form; None if it is none of the admin's own forms."""
    try:
        sent = json.loads(watched.form.data.get(watched.named(VERSION)) or "")
    except ValueError:
        return None
    return sent if isinstance(sent, dict) else None


def _question(form: Any, name: str, opened: str) -> Question:
    if name in _formsets(form):
        formset = form.formsets[name]
        label = capfirst(str(formset.model._meta.verbose_name_plural))
        stored = "\n".join(_row_words(row, formset) for row in formset.get_queryset())
        return Question(name, label, stored, "\n".join(_sent_rows(formset)), untouched=False)
    if name in _panels(form):
        panel = _panels(form)[name]
        stored = "\n".join(_begun_rows(panel))
        return Question(name, _panel_label(panel), stored, "\n".join(_sent_rows(panel)), untouched=False)
    column = form.fields[name]
    mine, stored = _sent(form, name), _stored(form, name)
    label = str(form[name].label or name)
    return Question(
        name, label, _words(stored, column), _words(mine, column, sent=True), untouched=_print(mine) == opened
    )


# ---------------------------------------------------------------- values
def _formsets(form: Any) -> dict[str, Any]:
    return {name: rows for name, rows in getattr(form, "formsets", {}).items() if name != _BESIDE}


def _panels(form: Any) -> dict[str, Any]:
    """Return the tables beside the form of a group, in which its permissions on pages and collections stand."""
    return {panel.prefix: panel for panel in getattr(form, "panels", ())}


def _panel_label(panel: Any) -> str:
    settings = getattr(panel, "settings_model", None)
    return capfirst(str(settings._meta.verbose_name)) if settings else _("Permissions")


def _differs(form: Any, name: str) -> bool:
    if name in _panels(form):
        return bool(_panels(form)[name].has_changed())
    if name in _formsets(form):
        return bool(form.formsets[name].has_changed())
    return bool(form[name]._has_changed()) and _print(_stored(form, name)) != _print(_sent(form, name))


def _stored(form: Any, name: str) -> Any:
    value = form.get_initial_for_field(form.fields[name], name)
    return form.fields[name].prepare_value(value)


def _sent(form: Any, name: str) -> Any:
    column = form.fields[name]
    raw = column.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    try:
        return column.prepare_value(column.to_python(raw))
    except ValidationError:
        return raw


def _row_values(row: Any) -> Any:
    if hasattr(row, "serializable_data"):
        return row.serializable_data()
    return model_to_dict(row) | {"pk": row.pk}


def _print(value: Any) -> str:
    text = json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    """Return what ``value`` says, without the random keys by which editors of texts tell their blocks apart."""
    if isinstance(value, StreamValue):
        return _plain(list(value.get_prep_value()))
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, dict):
        block = {"id", "type", "value"} <= set(value)
        return {str(key): _plain(part) for key, part in value.items() if not (block and key == "id")}
    if isinstance(value, (list, tuple, set, models.QuerySet)):
        return [_plain(part) for part in value]
    if isinstance(value, str):
        html = _BLOCK_KEY.sub("", value)
        return "" if html in ("<p></p>", "<p><br/></p>") else html
    return "" if value is None else value


# ---------------------------------------------------------------- words
def _words(value: Any, column: Any = None, *, sent: bool = False) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    keys = list(value) if isinstance(value, (list, tuple, set)) else [value]
    things = getattr(column, "queryset", None)
    if things is not None and value not in (None, ""):
        name = column.to_field_name
        # What is stored may not be on offer any more; what was sent is not told the name of anything else.
        rows = things if name or sent else things.model._base_manager.all()
        chosen = [_plain(column.prepare_value(key)) for key in keys]
        if sent and isinstance(column.widget, BaseChooser):
            chosen = [key for key in chosen if column.widget.get_value_data(key)]
        return ", ".join(str(thing) for thing in rows.filter(**{f"{name or 'pk'}__in": chosen}))
    if isinstance(column, forms.ChoiceField):
        choices: Any = column.choices
        labels = {str(key): str(label) for key, label in choices if not isinstance(label, (list, tuple))}
        return ", ".join(labels.get(str(key), str(key)) for key in keys if key not in (None, ""))
    return _plain_words(value)


def _plain_words(value: Any) -> str:
    value = _plain(value)
    if isinstance(value, dict):
        parts = (_plain_words(part) for key, part in value.items() if key not in ("id", "type"))
        return "\n".join(part for part in parts if part)
    if isinstance(value, list):
        return "\n".join(part for part in (_plain_words(part) for part in value) if part)
    if isinstance(value, str):
        return strip_tags(value.replace("</p>", "\n").replace("<br/>", "\n")).strip()
    return str(localize(value))


def _row_words(row: Any, formset: Any) -> str:
    values = (getattr(row, name, "") for name in formset.form.base_fields)
    return ", ".join(
        words for value in values if (words := _plain_words(value.all() if hasattr(value, "all") else value))
    )


def _begun_rows(panel: Any) -> Iterator[str]:
    for form in getattr(panel, "forms", [panel]):
        yield ", ".join(_words(value, form.fields[name]) for name, value in form.initial.items())


def _sent_rows(formset: Any) -> Iterator[str]:
    for form in getattr(formset, "forms", [formset]):
        if form.data.get(form.add_prefix("DELETE")):
            continue
        shown = [name for name in form.fields if name not in ("id", "ORDER", "DELETE")]
        words = (_words(_sent(form, name), form.fields[name], sent=True) for name in shown)
        yield ", ".join(part for part in words if part)


# ---------------------------------------------------------------- the form
def _leave_stored(form: Any, names: list[str]) -> None:
    """Take the fields off whose stored value stays; what is not in the form is not written."""
    for name in names:
        if name in form.fields:
            form.fields.pop(name)
        elif name in _formsets(form):
            form.formsets.pop(name)
        elif name in _panels(form):
            form.panels.remove(_panels(form)[name])


def _revive_rows(form: Any) -> None:
    """Let rows that others removed meanwhile count as new ones; a form does not know their keys any more."""
    data = form.data.copy()
    for formset in _formsets(form).values():
        known = {str(row.pk) for row in formset.get_queryset()}
        for place in range(formset.total_form_count()):
            name = f"{formset.add_prefix(place)}-{formset.model._meta.pk.name}"
            if data.get(name) and data[name] not in known:
                data[name] = ""
        formset.data = data


def _tell_after_saving(form: Any) -> None:
    """Have a form that stays open after it was saved by itself know what it was saved with."""
    if not hasattr(form, "get_field_updates_for_resave"):
        return
    plain = form.get_field_updates_for_resave

    def updates() -> list[tuple[str, str]]:
        stored = type(form.instance)._base_manager.get(pk=form.instance.pk)
        if isinstance(stored, DraftStateMixin):
            stored = stored.get_latest_revision_as_object()
        now = type(form)(instance=stored, **_context(form))
        return [*plain(), (form.add_prefix(VERSION), Watched(now, fingerprints(now)).version)]

    form.get_field_updates_for_resave = updates


def _context(form: Any) -> dict[str, Any]:
    """Return what a form of the admin is made with, beside its data."""
    known = {"for_user": "for_user", "parent_page": "parent_page", "subscription": "subscription"}
    return {key: getattr(form, name) for key, name in known.items() if hasattr(form, name)}
