"""What is a fact is the same in every language, by whatever way it is written and wherever its page is moved."""

from typing import Any

import pytest
from django.apps import apps
from django.core import checks
from django.test import Client
from django.urls import reverse

from centres.models import CentrePage, ExternalCode, ProgrammePage
from cms.models.facts import SharedFactsMixin
from cms.models.kinds import Kind, check_kinds, columns_of, declared
from tests import factories as make

PAGES = [model for model in apps.get_models() if issubclass(model, SharedFactsMixin)]
LISTS = [
    (model, name, column)
    for model in PAGES
    for name in ("shared_fields", "shared_relations", "translated_fields", "generated_fields")
    for column in vars(model).get(name, ())
]


def test_each_column_of_a_page_says_of_which_kind_it_is() -> None:
    assert check_kinds() == []
    assert "check_kinds" in {
        getattr(check, "__name__", "") for check in checks.registry.registry.get_checks()
    }


@pytest.mark.parametrize(("model", "name", "column"), LISTS, ids=lambda part: getattr(part, "__name__", part))
def test_a_column_that_is_left_out_of_its_list_stops_the_start(
    model: Any, name: str, column: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, name, tuple(other for other in vars(model)[name] if other != column))
    [error] = check_kinds()
    assert error.id == "cms.E020"
    assert f"{model.__name__}.{column}" in error.msg
    assert model.__name__ in str(error.hint)


def test_a_column_of_two_kinds_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProgrammePage, "translated_fields", (*ProgrammePage.translated_fields, "since_year"))
    assert [error.id for error in check_kinds()] == ["cms.E020"]


def test_every_column_is_declared_once() -> None:
    for model in PAGES:
        names = {getattr(c, "get_accessor_name", lambda c=c: c.name)() for c in columns_of(model)}
        assert names == set().union(*(declared(model, kind) for kind in Kind))


@pytest.fixture
def programme(db: None) -> ProgrammePage:
    made = make.programme(of=two_languages("Pionirska"), since_year=2010)
    make.translated(made)
    return ProgrammePage.objects.get(pk=made.pk)


def two_languages(name: str) -> CentrePage:
    centre = make.centre(name, slug=name.lower(), host=make.organisation(name.lower()))
    make.translated(centre, short_name=name, official_name=name)
    return centre


def twin(page: Any) -> Any:
    return page.get_translations().get()


def facts(page: Any) -> list[Any]:
    return [ProgrammePage.objects.get(pk=each.pk).since_year for each in (page, twin(page))]


def test_a_fact_that_code_saves_is_that_of_all_languages(programme: ProgrammePage) -> None:
    programme.since_year = 2015
    programme.save()
    assert facts(programme) == [2015, 2015]
    programme.since_year = 2016
    programme.save(update_fields=["since_year"])
    assert facts(programme) == [2016, 2016]
    english = twin(programme)
    english.since_year = 2017
    english.external_codes = [ExternalCode(scheme="KATIS", code="7")]
    english.save()
    assert facts(programme) == [2017, 2017]
    assert ProgrammePage.objects.get(pk=programme.pk).external_codes.get().code == "7"


def test_a_draft_in_the_other_language_takes_a_saved_fact_up(programme: ProgrammePage) -> None:
    english = twin(programme)
    english.title = "A draft"
    english.save_revision()
    programme.since_year = 2015
    programme.save()
    draft = twin(programme).get_latest_revision_as_object()
    assert (draft.title, draft.since_year) == ("A draft", 2015)


def test_a_fact_of_a_draft_stays_private_and_is_that_of_the_other_drafts(programme: ProgrammePage) -> None:
    programme.unpublish()
    programme = ProgrammePage.objects.get(pk=programme.pk)
    programme.since_year = 2015
    programme.save()
    assert facts(programme) == [2015, 2010]
    twin(programme).unpublish()
    programme.since_year = 2016
    programme.save()
    assert facts(programme) == [2016, 2016]


def places(programme: ProgrammePage) -> set[Any]:
    return {(each.centre_key, each.get_parent().translation_key) for each in (programme, twin(programme))}


def reread(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


def test_a_move_by_code_takes_the_translations_along(programme: ProgrammePage) -> None:
    other = two_languages("Mestna")
    programme.move(other, pos="last-child")
    assert places(reread(programme)) == {(other.translation_key, other.translation_key)}


def test_the_fact_of_the_place_is_one_where_the_new_place_is_not_translated(programme: ProgrammePage) -> None:
    other = make.centre("Mestna", host=make.organisation("mestna"))
    programme.move(other, pos="last-child")
    assert {key for key, _place in places(reread(programme))} == {other.translation_key}
    english = twin(programme)
    english.save()
    make.publish(english)
    assert {key for key, _place in places(reread(programme))} == {other.translation_key}


@pytest.mark.parametrize(("language", "words"), [("sl", "Premaknejo se z njo."), ("en", "They move along.")])
def test_whoever_moves_a_page_is_asked_about_its_translations(
    programme: ProgrammePage, language: str, words: str, admin_client: Client
) -> None:
    other = two_languages("Mestna")
    address = reverse("wagtailadmin_pages:move_confirm", args=[programme.pk, other.pk])
    prefer(admin_client, language)
    assert words in admin_client.get(address).text
    assert admin_client.post(address, {"translations": "along"}).status_code == 302
    assert places(reread(programme)) == {(other.translation_key, other.translation_key)}


def test_translations_that_stay_have_the_facts_of_the_new_place(
    programme: ProgrammePage, admin_client: Client
) -> None:
    other, before = two_languages("Mestna"), twin(programme).get_parent()
    address = reverse("wagtailadmin_pages:move_confirm", args=[programme.pk, other.pk])
    admin_client.post(address, {"translations": "stay"})
    assert twin(programme).get_parent() == before
    assert {key for key, _place in places(reread(programme))} == {other.translation_key}


def test_a_bulk_move_takes_the_translations_along(programme: ProgrammePage, admin_client: Client) -> None:
    other = two_languages("Mestna")
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    assert admin_client.post(f"{bulk}?id={programme.pk}", {"chooser": other.pk}).status_code == 302
    assert places(reread(programme)) == {(other.translation_key, other.translation_key)}


@pytest.mark.parametrize(("choice", "public"), [("stay", True), ("along", False), (None, True)])
def test_whoever_unpublishes_a_page_is_asked_about_its_translations(
    programme: ProgrammePage, choice: str | None, public: bool, admin_client: Client
) -> None:
    address = reverse("wagtailadmin_pages:unpublish", args=[programme.pk])
    assert "Ostanejo objavljeni." in admin_client.get(address).text
    admin_client.post(address, {"translations": choice} if choice else {})
    assert not reread(programme).live
    assert twin(programme).live is public


@pytest.mark.parametrize(("choice", "left"), [("stay", 1), ("along", 0), (None, 1)])
def test_whoever_deletes_a_page_is_asked_about_its_translations(
    programme: ProgrammePage, choice: str | None, left: int, admin_client: Client
) -> None:
    address = reverse("wagtailadmin_pages:delete", args=[programme.pk])
    assert "Kaj naj bo z njenimi prevodi?" in admin_client.get(address).text
    assert admin_client.post(address, {"translations": choice} if choice else {}).status_code == 302
    assert ProgrammePage.objects.filter(translation_key=programme.translation_key).count() == left


def test_whoever_copies_a_page_hears_of_its_translations(
    programme: ProgrammePage, admin_client: Client
) -> None:
    page = admin_client.get(reverse("wagtailadmin_pages:copy", args=[programme.pk]))
    assert "Kopira se samo ta jezik." in page.text


def prefer(client: Client, language: str) -> None:
    from django.contrib.auth import get_user_model
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(get_user_model().objects.get(is_superuser=True))
    profile.preferred_language = language
    profile.save()
