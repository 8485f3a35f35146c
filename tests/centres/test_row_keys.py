"""Rows below a page or a snippet keep their keys when it is taken down and put back, by whatever way."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page, RevisionMixin
from wagtail.test.utils.form_data import querydict_from_html

from centres.models import CentrePage, EventEdition, ExternalCode, GoalAssessment, Session
from centres.models.event_rows import EventMaterial
from cms.models import Document
from cms.models.row_keys import next_keys
from tests import factories
from tests.factories import moment

KINDS = [
    (model, relation.get_accessor_name())
    for model in apps.get_models()
    if issubclass(model, ClusterableModel) and issubclass(model, RevisionMixin) and model is not Page
    for relation in get_all_child_relations(model)
    if relation.get_accessor_name() != COMMENTS_RELATION_NAME
]
NAMES = [f"{model.__name__}.{name}" for model, name in KINDS]


def keys(thing: Any, name: str) -> list[Any]:
    return sorted(row.pk for row in getattr(reread(thing), name).all())


def reread(thing: Any) -> Any:
    return type(thing).objects.get(pk=thing.pk)


def with_new_row(model: Any, name: str) -> Any:
    """Return something live to which a row was added in a draft that was published then."""
    for thing in candidates(model, name):
        for spared in (True, False):  # a copy of a row, or else the row itself, removed and added again
            try:
                with transaction.atomic():
                    return add_row(thing, name, spared)
            except (ValidationError, ProtectedError):
                thing.refresh_from_db()
                thing._cluster_related_objects = {}
    pytest.fail(f"No {model.__name__} of the demo can take another row of {name}.")


def add_row(thing: Any, name: str, spared: bool) -> Any:
    rows = list(getattr(thing, name).all())
    row = without_key(rows[-1])
    if not spared:
        setattr(thing, name, rows[:-1])
        thing.save_revision().publish()
        thing = reread(thing)
    setattr(thing, name, [*getattr(thing, name).all(), row])
    thing.save_revision().publish()
    return reread(thing)


def without_key(row: Any) -> Any:
    chosen = {relation.name: list(getattr(row, relation.name).all()) for relation in row._meta.many_to_many}
    new = type(row)(
        **{
            column.name: getattr(row, column.name)
            for column in row._meta.fields
            if not column.primary_key and column.name != "translation_key"
        }
    )
    for name, things in chosen.items():
        getattr(new, name).set(things)
    return new


def candidates(model: Any, name: str) -> Iterator[Any]:
    if model is EventEdition and name == "materials":  # the demo has none
        event = model.objects.filter(live=True).last()
        document = Document.objects.create(
            title="Prosojnice", file=ContentFile(b"%PDF-1.4", "prosojnice.pdf")
        )
        event.materials = [EventMaterial(document=document)]
        event.save_revision().publish()
    for thing in model.objects.filter(live=True).order_by("-pk"):
        slovenian = not hasattr(thing, "locale") or thing.locale.language_code == "sl"
        if slovenian and getattr(thing, name).exists():
            yield thing


def by_the_clock(revision: Any) -> None:
    type(revision).objects.filter(pk=revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")


WAYS = (lambda revision: revision.publish(), by_the_clock)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("model", "name"), KINDS, ids=NAMES)
def test_a_row_added_to_something_live_keeps_its_key(model: Any, name: str) -> None:
    thing = with_new_row(model, name)
    before = keys(thing, name)
    for put_back in WAYS:
        thing.unpublish()
        put_back(reread(thing).latest_revision)
        thing = reread(thing)
        assert thing.live
        assert keys(thing, name) == before


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("model", "name"), KINDS, ids=NAMES)
def test_a_stored_draft_without_keys_finds_its_rows(model: Any, name: str) -> None:
    thing = next(candidates(model, name))
    before = keys(thing, name)
    revision = thing.save_revision()
    for row in revision.content[name]:
        row["pk"] = None
    revision.save()
    for _time in range(2):
        reread(thing).unpublish()
        reread(thing).latest_revision.publish()
        assert keys(thing, name) == before
    assert [row["pk"] for row in reread(thing).latest_revision.content[name]].count(None) == 0


@pytest.mark.usefixtures("demo")
def test_every_centre_of_the_demo_is_taken_down_and_put_back(admin_client: Client) -> None:
    for centre in CentrePage.objects.filter(live=True):
        before = {name: keys(centre, name) for model, name in KINDS if model is CentrePage}
        assessed = set(GoalAssessment.objects.values_list("pk", "goal_id"))
        admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[centre.pk]))
        assert not reread(centre).live
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        assert admin_client.post(f"{bulk}?id={centre.pk}").status_code == 302
        assert reread(centre).live
        assert {name: keys(centre, name) for name in before} == before
        assert set(GoalAssessment.objects.values_list("pk", "goal_id")) == assessed


@pytest.mark.django_db
def test_a_goal_added_in_the_form_keeps_its_key_in_the_form(admin_client: Client) -> None:
    centre = factories.goals(factories.centre())
    edit = reverse("wagtailadmin_pages:edit", args=[centre.pk])
    goal = {"text": "Nov cilj.", "target": "", "unit": "", "id": "", "ORDER": "2", "DELETE": ""}
    form = sent(admin_client, edit) | {f"goals-1-{name}": value for name, value in goal.items()}
    form["goals-TOTAL_FORMS"] = "2"
    assert admin_client.post(edit, form | {"action-publish": "1"}).status_code == 302
    before = keys(centre, "goals")
    assert len(before) == 2
    review = factories.review(factories.appointment(centre))
    GoalAssessment.objects.create(review=review, goal_id=before[1], result="ACHIEVED")

    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[centre.pk]))
    answer = admin_client.post(edit, sent(admin_client, edit) | {"action-publish": "1"})

    assert answer.status_code == 302
    assert keys(centre, "goals") == before


def sent(client: Client, edit: str) -> Any:
    form = querydict_from_html(client.get(edit).text, form_id="page-edit-form")
    form["audiences-0-primary"] = "on"
    form["body-count"] = "0"
    form.pop("related_fields", None)
    return form


@pytest.mark.django_db
def test_entries_of_a_calendar_keep_their_ids(client: Client) -> None:
    event = factories.event(None, moment(2027, 4, 7, 10))
    event.sessions.add(Session(start=moment(2027, 4, 8, 10), end=moment(2027, 4, 8, 12)))
    event.save_revision().publish()
    before = entries(client)
    reread(event).unpublish()
    reread(event).latest_revision.publish()
    assert len({*before}) >= 2
    assert entries(client) == before


def entries(client: Client) -> list[str]:
    calendar = client.get("/sl/koledar.ics").text
    return [line for line in calendar.splitlines() if line.startswith("UID")]


@pytest.mark.django_db
def test_a_draft_that_is_no_longer_new_is_put_back_with_its_keys() -> None:
    """A session that was added in one draft, changed in another one, and is as before in the end."""
    event = factories.event(None, moment(2027, 4, 7, 10))
    event.save_revision().publish()
    event = reread(event)
    event.sessions.add(Session(start=moment(2027, 4, 8, 10), end=moment(2027, 4, 8, 12)))
    first = event.save_revision()
    first.publish()
    before = keys(event, "sessions")
    event = reread(event)
    sessions = list(event.sessions.all())
    sessions[1].end = moment(2027, 4, 8, 14)
    event.sessions = sessions
    event.save_revision().publish()
    assert keys(event, "sessions") == before
    first.refresh_from_db()
    first.publish()
    assert keys(event, "sessions") == before


@pytest.mark.django_db
def test_a_copy_has_keys_of_its_own_and_leaves_those_of_the_original() -> None:
    centre = factories.goals(factories.centre())
    before = keys(centre, "goals")
    copy = centre.copy(
        update_attrs={"slug": "kopija", "title": "Kopija", "short_name": "Kopija"}, copy_revisions=True
    )
    copy.get_latest_revision().publish()
    own = keys(copy, "goals")
    assert keys(centre, "goals") == before
    assert not set(own) & set(before)
    copy = reread(copy)
    copy.unpublish()
    reread(copy).latest_revision.publish()
    assert keys(copy, "goals") == own
    shared = {goal.translation_key for goal in reread(centre).goals.all()}
    assert not shared & {goal.translation_key for goal in reread(copy).goals.all()}


@pytest.mark.django_db
def test_rows_of_an_alias_keep_their_keys_when_its_source_is_published() -> None:
    programme = factories.programme()
    programme.external_codes = [
        ExternalCode(scheme="KATIS", code=code, sort_order=place) for place, code in enumerate("12")
    ]
    programme = factories.publish(programme)
    alias = programme.create_alias(update_slug="drugod")
    before = keys(alias, "external_codes")
    for code in ("3", "4"):
        programme = reread(programme)
        codes = list(programme.external_codes.all())
        codes[0].code = code
        programme.external_codes = codes
        programme.save_revision().publish()
        assert [row.code for row in reread(alias).external_codes.all()] == [code, "2"]
        assert keys(alias, "external_codes") == before


@pytest.mark.django_db
def test_keys_that_were_taken_are_given_to_nobody_else() -> None:
    taken = next_keys(Session, 3)
    event = factories.event(None, moment(2027, 4, 7, 10))
    assert not set(keys(event, "sessions")) & set(taken)
    assert len(set(taken)) == 3
