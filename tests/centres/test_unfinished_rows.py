"""A row that was begun is saved with its draft, whatever it lacks; nobody else meets it before it is whole."""

import re
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, DraftStateMixin, Page

from centres.models import EventEdition, Session
from cms.models import Document
from cms.models.at_once import NotPublishedError
from cms.models.previews import keep
from cms.models.unfinished_rows import is_whole
from tests import factories
from tests.centres.event_form import address, event_form
from tests.cms.test_two_editors import opened
from tests.graph import ask

pytestmark = [pytest.mark.usefixtures("built"), pytest.mark.one_database]

LISTED = re.compile(r'<a href="#:w:contentpath=([\w.]+)">')

# What a browser sends for a field of such a type; of choices the first is chosen.
SENT = {
    forms.BooleanField: "on",
    forms.DateTimeField: "12. 1. 2027 10.00",
    forms.DateField: "12. 1. 2027",
    forms.URLField: "https://example.si",
    forms.IntegerField: "5",
    forms.DecimalField: "-5",
}


def build() -> dict[type[Any], Any]:
    """Make one public object of each kind that has rows."""
    centre = factories.goals(factories.centre())
    programme = factories.programme(of=centre)
    event = factories.event(programme)
    award = factories.award(factories.programme(of=centre, title="Zlate hruške", kind="AWARD"))
    factories.category()
    review = factories.review(factories.appointment(centre))
    book = factories.book()
    factories.organisation("nuk")
    factories.person("Jana Kos")
    factories.venue()
    Document.objects.create(title="Gradivo", file=ContentFile(b"x", name="gradivo.txt"))
    found = [centre, event, award, review, book, programme, factories.home()]
    return {type(one): one for one in found}


def drafts() -> list[Any]:
    """Return every relation to rows below something public, and for each model one below what never was."""
    hidden: dict[type[Any], str] = {}
    for model, name in relations():
        hidden.setdefault(model, name)
    return [
        pytest.param(
            model, name, live, id=f"{model.__name__}-{name}-{'published' if live else 'never published'}"
        )
        for model, name in relations()
        for live in ((True, False) if hidden[model] == name else (True,))
    ]


def relations() -> list[tuple[type[Any], str]]:
    """Return every relation to the rows of a page or snippet that has drafts."""
    models = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and model._meta.app_label in {"cms", "home", "centres"}
    ]
    return [
        (model, relation.get_accessor_name())
        for model in models
        for relation in get_all_child_relations(model)
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME
    ]


def edit_of(thing: Any) -> str:
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return address(type(thing), "edit", thing.pk)


def fields_of(model: type[Any], name: str) -> dict[str, Any]:
    handler = (
        model.get_edit_handler() if issubclass(model, Page) else model.snippet_viewset.get_edit_handler()
    )
    made = handler.get_form_class().formsets[name]().empty_form.fields
    return {key: field for key, field in made.items() if key not in {"id", "ORDER", "DELETE"}}


def sent_for(key: str, field: Any) -> dict[str, Any]:
    """Return what a browser sends for one field that was filled in; nothing if that is how it begins."""
    if isinstance(field, forms.MultiValueField) or hasattr(field, "fields"):
        return {f"{key}_sl": "Beseda"}
    if isinstance(field, forms.ModelChoiceField):
        offered = getattr(field.widget, "target_models", [field.queryset.model])[0]
        return {key: field.queryset.filter(pk__in=offered.objects.values("pk")).first().pk}
    if isinstance(field, forms.ChoiceField):
        begins = {"", field.initial}
        return next(({key: value} for value, _label in field.choices if value not in begins), {})
    return {key: next((word for kind, word in SENT.items() if isinstance(field, kind)), "Beseda")}


def with_rows(form: Any, name: str, rows: list[dict[str, Any]]) -> Any:
    """Return ``form`` with further rows, in which only that was filled in."""
    for place, filled in enumerate(rows, start=int(form[f"{name}-TOTAL_FORMS"])):
        for key, value in (filled | {"id": "", "ORDER": place + 1}).items():
            form[f"{name}-{place}-{key}"] = str(value)
        form[f"{name}-TOTAL_FORMS"] = str(place + 1)
    return form


def keys(thing: Any, name: str) -> set[int]:
    return {row.pk for row in getattr(thing, name).all()}


def errors(answer: Any) -> Any:
    form = answer.context["form"]
    return form.errors, {name: rows.errors for name, rows in form.formsets.items() if any(rows.errors)}


@pytest.mark.parametrize(("model", "name", "live"), drafts())
def test_rows_that_were_begun_are_saved_again_and_again_and_listed_and_nothing_of_them_is_public(
    model: type[Any], name: str, live: bool, built: dict[type[Any], Any], admin_client: Client
) -> None:
    thing = built[model]
    model.objects.filter(pk=thing.pk).update(live=live, has_unpublished_changes=not live)
    public = keys(model.objects.get(pk=thing.pk), name)
    fields = fields_of(model, name)
    begun = [filled for key, field in fields.items() if (filled := sent_for(key, field))]
    sent = with_rows(opened(admin_client, edit_of(thing)), name, begun)
    answer = admin_client.post(edit_of(thing), sent)
    assert answer.status_code == 302, errors(answer)
    draft = model.objects.get(pk=thing.pk).get_latest_revision_as_object()
    assert len(keys(draft, name)) == len(public) + len(begun)

    answer = admin_client.post(edit_of(thing), opened(admin_client, edit_of(thing)))
    assert answer.status_code == 302, errors(answer)
    again = model.objects.get(pk=thing.pk).get_latest_revision_as_object()
    assert keys(again, name) == keys(draft, name)
    stored = model.objects.get(pk=thing.pk)
    if live:
        assert keys(stored, name) == public
    else:
        assert keys(stored, name) == {row.pk for row in getattr(again, name).all() if is_whole(row)}

    unfinished = {row.pk for row in getattr(again, name).all() if not is_whole(row)}
    if unfinished:
        listed = LISTED.findall(admin_client.get(edit_of(thing)).text)
        assert unfinished <= {int(place.split(".")[1]) for place in listed if place.startswith(f"{name}.")}
        pressed = opened(admin_client, edit_of(thing)) | {"action-publish": "1"}
        assert admin_client.post(edit_of(thing), pressed).status_code == 200


PREVIEW = """query ($token: String!) { preview(token: $token) {
    ... on ProgrammePage { editions { nodes { ... on EventEdition { sessions { start } } } } } } }"""


def test_a_preview_shows_an_unfinished_draft_without_the_rows_that_are_not_whole(
    built: dict[type[Any], Any], admin_client: Client, admin_user: Any
) -> None:
    event = built[EventEdition]
    edit = address(EventEdition, "edit", event.pk)
    sent = with_rows(opened(admin_client, edit), "sessions", [{"start": "12. 1. 2027 10.00"}])
    assert admin_client.post(edit, sent).status_code == 302
    draft = EventEdition.objects.get(pk=event.pk).get_latest_revision_as_object()
    assert len(draft.sessions.all()) == 2
    preview = address(EventEdition, "preview_on_edit", event.pk)
    assert admin_client.post(preview, sent).json() == {"is_valid": True, "is_available": True}
    shown = ask(PREVIEW, token=keep(admin_user, draft))["preview"]["editions"]["nodes"]
    assert [len(one["sessions"]) for one in shown] == [1]


CONTRADICTIONS: list[dict[str, Any]] = [
    {"applications_open": "1. 4. 2027", "applications_close": "1. 3. 2027"},
    {"sessions-0-start": "7. 4. 2027 12.00", "sessions-0-end": "7. 4. 2027 10.00"},
    {"sessions-0-start": "", "sessions-0-end": ""},
]


@pytest.mark.parametrize("changed", CONTRADICTIONS)
def test_a_new_event_with_dates_in_the_wrong_order_is_saved_and_is_not_published(
    built: dict[type[Any], Any], admin_client: Client, changed: dict[str, Any]
) -> None:
    known = set(EventEdition.objects.values_list("pk", flat=True))
    form = event_form(built[EventEdition].programme) | {"sessions-0-topic_sl": "Uvod"} | changed
    answer = admin_client.post(address(EventEdition, "add"), form)
    assert answer.status_code == 302, errors(answer)
    draft = EventEdition.objects.exclude(pk__in=known).get()
    edit = address(EventEdition, "edit", draft.pk)
    page = admin_client.get(edit)
    assert "Preden bo mogoče objaviti" in page.text
    answer = admin_client.post(edit, opened(admin_client, edit) | {"action-publish": "1"})
    assert answer.status_code == 200
    assert not EventEdition.objects.get(pk=draft.pk).live
    for where in ("list", "add"):
        assert admin_client.get(address(EventEdition, where)).status_code == 200
    assert admin_client.get(reverse("wagtailadmin_home")).status_code == 200


def test_no_way_of_publishing_takes_a_row_that_is_not_whole(
    built: dict[type[Any], Any], admin_client: Client
) -> None:
    event = built[EventEdition]
    edit = address(EventEdition, "edit", event.pk)
    sent = with_rows(opened(admin_client, edit), "sessions", [{"topic_sl": "Uvod"}])
    assert admin_client.post(edit, sent).status_code == 302
    revision = EventEdition.objects.get(pk=event.pk).latest_revision
    with pytest.raises(NotPublishedError, match="Termin 1: Začetek: "):
        revision.publish()
    assert Session.objects.filter(edition=event).count() == 1
