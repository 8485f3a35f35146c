"""Where a programme was there is nothing of it left, in no language; what many pages become is asked as of one."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission

from centres.models import CentrePage, EventEdition, ProgrammePage
from tests import factories as make
from tests.centres.calendars import events
from tests.centres.test_facts_are_one import reread, twin, two_languages
from tests.graph import ask

pytestmark = pytest.mark.django_db

COUNTS = """query ($centre: [String!], $locale: String!) {
  programmes(filter: {centre: $centre}, locale: $locale) { totalCount nodes { title } }
  editions(filter: {centre: $centre}, locale: $locale) { totalCount }
}"""


@pytest.fixture
def programme() -> ProgrammePage:
    made = make.programme(of=two_languages("Pionirska"), title="Glasno branje")
    make.translated(made, title="Reading aloud")
    make.event(made).save_revision().publish()
    return ProgrammePage.objects.get(pk=made.pk)


def told(client: Client, centre: str, language: str) -> tuple[int, ...]:
    """Return how often what belongs to ``centre`` stands in its calendar, its feed and both lists."""
    calendar, feed = {"sl": ("koledar", "programi"), "en": ("calendar", "programmes")}[language]
    atom = client.get(f"/{language}/{centre}/{feed}.atom").text
    lists = ask(COUNTS, centre=[centre], locale=language)
    return (
        len(events(client, f"/{language}/{centre}/{calendar}.ics")),
        atom.count("<entry"),
        lists["programmes"]["totalCount"],
        len(lists["programmes"]["nodes"]),
        lists["editions"]["totalCount"],
    )


@pytest.mark.parametrize("way", ["code", "form", "many"])
@pytest.mark.parametrize("of", ["sl", "en"])
def test_after_a_move_all_of_a_programme_is_at_the_new_centre(
    programme: ProgrammePage, way: str, of: str, client: Client, admin_client: Client
) -> None:
    other: Any = two_languages("Mestna")
    moved: Any = programme
    if of == "en":
        other, moved = CentrePage.objects.get(pk=twin(other).pk), twin(programme)
    for language in ("sl", "en"):
        assert told(client, "pionirska", language) == (1, 1, 1, 1, 1)
        assert told(client, "mestna", language) == (0, 0, 0, 0, 0)
    if way == "code":
        moved.move(other, pos="last-child")
    elif way == "form":
        admin_client.post(reverse("wagtailadmin_pages:move_confirm", args=[moved.pk, other.pk]))
    else:
        admin_client.post(many("move", moved), {"chooser": other.pk})
    for language in ("sl", "en"):
        assert told(client, "pionirska", language) == (0, 0, 0, 0, 0)
        assert told(client, "mestna", language) == (1, 1, 1, 1, 1)


def many(action: str, *pages: Any) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?{ids}"


@pytest.mark.parametrize("choice", ["stay", "along", None])
def test_whoever_unpublishes_many_pages_is_asked_about_their_translations(
    programme: ProgrammePage, choice: str | None, admin_client: Client
) -> None:
    page = admin_client.get(many("unpublish", programme)).text
    assert "Kaj naj bo z njihovimi prevodi?" in page
    assert "Reading aloud" in page
    sent = {"translations": choice} if choice else {}
    assert admin_client.post(many("unpublish", programme), sent).status_code == 302
    assert not reread(programme).live
    assert twin(programme).live is (choice != "along")


@pytest.mark.parametrize(("choice", "left"), [("stay", 1), ("along", 0), (None, 1)])
def test_whoever_deletes_many_pages_is_asked_about_their_translations(
    programme: ProgrammePage, choice: str | None, left: int, admin_client: Client
) -> None:
    EventEdition.objects.all().delete()
    assert "Kaj naj bo z njihovimi prevodi?" in admin_client.get(many("delete", programme)).text
    sent = {"translations": choice} if choice else {}
    assert admin_client.post(many("delete", programme), sent).status_code == 302
    assert ProgrammePage.objects.filter(translation_key=programme.translation_key).count() == left


@pytest.mark.parametrize("way", ["one", "many"])
def test_a_translation_with_records_is_not_deleted_along(
    programme: ProgrammePage, way: str, admin_client: Client
) -> None:
    english = twin(programme)
    where = (
        many("delete", english) if way == "many" else reverse("wagtailadmin_pages:delete", args=[english.pk])
    )
    answer = admin_client.post(where, {"translations": "along"}, follow=True)
    assert answer.status_code == 200
    assert "izvedbe" in answer.text
    assert ProgrammePage.objects.filter(translation_key=programme.translation_key).count() == 2


def test_translations_of_many_moved_pages_stay_where_that_was_chosen(
    programme: ProgrammePage, admin_client: Client
) -> None:
    other, before = two_languages("Mestna"), twin(programme).get_parent()
    assert "Premaknejo se z njimi" in admin_client.get(many("move", programme)).text
    admin_client.post(many("move", programme), {"chooser": other.pk, "translations": "stay"})
    assert reread(programme).get_parent().pk == other.pk
    assert twin(programme).get_parent() == before


@pytest.mark.parametrize("way", ["form", "many"])
def test_a_translation_stays_where_the_mover_has_no_right_on_it(
    programme: ProgrammePage, way: str, client: Client
) -> None:
    other, before = two_languages("Mestna"), twin(programme).get_parent()
    group = Group.objects.create(name="Slovenski uredniki")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for name in ("add", "change", "publish"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{name}_page")
        GroupPagePermission.objects.create(group=group, page=make.home(), permission=permission)
    user = get_user_model().objects.create_user("slo", "slo@example.si", "geslo")
    user.groups.add(group)
    client.force_login(user)

    where = reverse("wagtailadmin_pages:move_confirm", args=[programme.pk, other.pk])
    assert "ker je ne smete premakniti" in client.get(where).text
    if way == "form":
        client.post(where)
    else:
        client.post(many("move", programme), {"chooser": other.pk})
    assert reread(programme).get_parent().pk == other.pk
    assert twin(programme).get_parent() == before
