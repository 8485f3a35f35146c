"""A draft whose version is gone from the database, as after an import: the admin shows what the public has."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision, RevisionMixin

from centres.models import EventEdition, ProgrammePage, Review
from tests import factories as make
from tests.admin_addresses import Address, addresses
from tests.centres.walking import NOT_VISITED, Walk
from tests.graph import ask
from tests.laws.ways_of_writing import taken_back

pytestmark = [pytest.mark.django_db, pytest.mark.leaves_out]

GONE = 987_654
# What these addresses show has drafts.
SHOWING = ("wagtailsnippets_", "wagtailadmin_pages", "wagtailadmin_explore", "wagtailadmin_home", "report_")


def build() -> None:
    centre = make.goals(make.centre("Pionirska"))
    event = make.event(make.programme(centre, "Ustvarjalnica"))
    review = make.review(make.appointment(centre))
    for row in (centre, ProgrammePage.objects.get(), event, review):
        row.save_revision()


@pytest.fixture
def _gone(built: None) -> Iterator[None]:
    with taken_back():
        for model in apps.get_models():
            names = {column.name for column in model._meta.local_concrete_fields}
            if issubclass(model, RevisionMixin) and "latest_revision" in names:
                keys = dict.fromkeys(names & {"latest_revision", "live_revision"}, GONE)
                drafts = {"has_unpublished_changes": True} if "has_unpublished_changes" in names else {}
                model._base_manager.exclude(latest_revision=None).update(**keys, **drafts)
        yield


@pytest.mark.usefixtures("_gone")
def test_lists_and_forms_of_the_admin_show_it_as_the_public_has_it(
    admin_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    event = EventEdition.objects.get()
    name = "wagtailsnippets_centres_eventedition"
    assert str(event) in admin_client.get(reverse(f"{name}:list")).text
    assert f"EventEdition {event.pk}, latest_revision: the revision {GONE} is gone" in caplog.text
    assert admin_client.get(reverse(f"{name}:edit", args=[event.pk])).status_code == 200


@pytest.mark.usefixtures("_gone")
def test_no_address_of_the_admin_fails(admin_client: Client) -> None:
    admin_client.raise_request_exception = False
    rows: dict[str, list[Any]] = {
        model._meta.model_name: list(model._default_manager.all()[:1])
        for model in apps.get_models()
        if issubclass(model, RevisionMixin)
    }
    failed, visited = [], 0
    for path in paths(rows):
        with taken_back():
            answer: Any = admin_client.get(path)
        visited += 1
        if answer.status_code >= 500:
            failed.append(f"{path}: {answer.exc_info[1]!r}")
    assert failed == []
    assert visited > 80


def paths(rows: dict[str, list[Any]]) -> Iterator[str]:
    way = Walk(rows)
    for address in addresses():
        if shows_drafts(address):
            yield from way.fillings(address)


def shows_drafts(address: Address) -> bool:
    return address.name.startswith(SHOWING) and address.name not in NOT_VISITED


@pytest.mark.usefixtures("_gone")
def test_the_next_draft_takes_its_place(admin_client: Client) -> None:
    for row in (
        EventEdition.objects.get(),
        Review.objects.get(),
        Page.objects.type(ProgrammePage).get().specific,
    ):
        draft = row.get_latest_revision_as_object()
        assert draft.pk == row.pk
        draft.save_revision().publish()
        again = type(row).objects.get(pk=row.pk)
        assert again.latest_revision == again.live_revision == Revision.objects.for_instance(row).last()
    assert ask("{ programmes { totalCount } }")["programmes"]["totalCount"] == 1
