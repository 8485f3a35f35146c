"""From the Slovenian page an English one is made in the admin; facts stay in step; a report says what is behind."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import GroupPagePermission, Locale, Page

from centres.models import CentrePage, Goal
from cms.models import Image, PublishedWords, SharedText
from tests import factories as make
from tests.graph import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator(django_user_model: Any, client: Client) -> Any:
    """Return somebody who may write English pages and make them from Slovenian ones, signed in as ``client``."""
    group = Group.objects.create(name="Prevajalci za preskus")
    wanted = [("wagtailadmin", "access_admin"), ("simple_translation", "submit_translation")]
    wanted += [("cms", "change_sharedtext")]
    for app, code in wanted:
        group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=code))
    for code in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=code)
        GroupPagePermission.objects.create(group=group, page=make.home("en"), permission=permission)
    user = django_user_model.objects.create_user("prevajalka", "p@example.si", "geslo")
    user.groups.add(group)
    client.force_login(user)
    return user


def translate(client: Client, page: Page, code: str = "en") -> Any:
    url = reverse("simple_translation:submit_page_translation", args=[page.pk])
    return client.post(url, {"locales": [Locale.objects.get(language_code=code).pk], "include_subtree": ""})


def report(client: Client, name: str, **filters: str) -> list[dict[str, str]]:
    answer = client.get(reverse(f"report_{name}"), {"export": "csv", **filters})
    assert answer.status_code == 200
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def states(client: Client, **filters: str) -> dict[str, str]:
    return {row["Naslov"]: row["Prevod"] for row in report(client, "translation-gaps", **filters)}


def english(page: Page) -> Any:
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="en").specific


def test_a_translator_makes_the_english_page_and_its_facts_are_there(translator: Any, client: Client) -> None:
    index = make.centre_index()
    centre = make.goals(make.centre(contact_email="pionirska@example.si"))
    assert translate(client, index).status_code == 302

    made = translate(client, centre)

    page = english(centre)
    assert made.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not page.live
    assert (page.contact_email, page.goals.get().target) == ("pionirska@example.si", 200)
    assert page.goals.get().translation_key == centre.goals.get().translation_key


def test_a_page_is_offered_for_translation_only_below_a_translated_parent(
    translator: Any, client: Client
) -> None:
    centre = make.centre()

    refused = translate(client, centre)

    assert refused.status_code in (302, 403)
    assert not Page.objects.filter(translation_key=centre.translation_key).exclude(pk=centre.pk).exists()


def test_whoever_may_not_translate_is_sent_away(client: Client, django_user_model: Any) -> None:
    user = django_user_model.objects.create_user("urednica", password="geslo")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)

    assert translate(client, make.centre_index()).status_code in (302, 403)
    assert not Page.objects.filter(locale__language_code="en", depth__gt=2).exists()


def test_the_button_stands_in_the_list_of_pages(admin_client: Client) -> None:
    index = make.centre_index()

    listing = admin_client.get(reverse("wagtailadmin_explore", args=[index.get_parent().pk])).content.decode()

    assert reverse("simple_translation:submit_page_translation", args=[index.pk]) in listing


def test_words_of_the_original_make_its_translation_fall_behind_and_facts_do_not(
    translator: Any, client: Client
) -> None:
    make.translated(make.centre_index())
    centre = make.centre()
    make.translated(centre, title="Pionirska in English")
    assert centre.title not in states(client)

    centre.contact_email = "nov@example.si"
    make.publish(centre)
    assert centre.title not in states(client)
    assert english(centre).contact_email == "nov@example.si"

    centre = CentrePage.objects.get(pk=centre.pk)
    centre.summary = make.SUMMARY + " More words."
    make.publish(centre)
    assert states(client)[centre.title] == "zaostaja za izvirnikom"

    make.publish(english(centre))
    assert centre.title not in states(client)
    assert states(client, state="CURRENT")[centre.title] == "usklajen"


def test_the_words_of_a_row_count_as_words_of_its_page(translator: Any, client: Client) -> None:
    make.translated(make.centre_index())
    centre = make.centre()
    make.translated(centre)

    centre.goals = [Goal(text="Nov cilj")]
    make.publish(centre)

    assert states(client)[centre.title] == "zaostaja za izvirnikom"


def test_a_page_without_translation_and_one_that_is_not_published_are_told_apart(
    translator: Any, client: Client
) -> None:
    make.translated(make.centre_index())
    missing, draft = make.centre("Brez prevoda"), make.centre("Z osnutkom")
    translate(client, draft)

    found = states(client)

    assert found["Brez prevoda"] == "manjka"
    assert found["Z osnutkom"] == "še ni objavljen"
    assert states(client, state="MISSING") == {
        title: state for title, state in found.items() if state == "manjka"
    }
    listing = client.get(reverse("report_translation-gaps")).content.decode()
    assert reverse("simple_translation:submit_page_translation", args=[missing.pk]) in listing


def test_the_report_takes_as_many_statements_for_many_pages_as_for_one(
    translator: Any, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.translated(make.centre_index())
    url = reverse("report_translation-gaps")
    make.centre("A")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for name in ("B", "C", "D"):
        make.centre(name)
    with django_assert_num_queries(len(one)):
        client.get(url)


def test_facts_and_shared_texts_without_english_words_are_listed(admin_client: Client) -> None:
    make.organisation("brez", name={"sl": "Knjižnica brez"})
    make.organisation("z", name={"sl": "Knjižnica z", "en": "Library with"})
    make.organisation("prazna", name={"sl": "Knjižnica prazna", "en": ""})
    text = SharedText.objects.create(
        name="Uvod", text="<p>Uvod</p>", locale=Locale.objects.get(language_code="sl")
    )
    text.save_revision().publish()

    rows = report(admin_client, "missing-words")

    assert {row["Naslov"] for row in rows} >= {"Knjižnica brez", "Knjižnica prazna", "Uvod"}
    assert "Knjižnica z" not in {row["Naslov"] for row in rows}
    assert {row["Jezik"] for row in rows} == {"angleščina"}


def test_the_report_of_missing_words_says_when_there_are_more_than_it_lists(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        make.organisation(f"brez-{number}", name={"sl": f"Knjižnica brez {number}"})
    everything = len(report(admin_client, "missing-words"))
    page = reverse("report_missing-words")

    for most, told in ((everything, False), (everything - 1, True)):
        monkeypatch.setattr("cms.reports.words.MOST", most)
        assert len(report(admin_client, "missing-words")) == most
        text = admin_client.get(page).content.decode()
        assert (f"Navedenih je prvih {most}" in text) is told


def test_an_image_without_words_in_a_language_is_listed_with_what_is_missing(admin_client: Client) -> None:
    picture: dict[str, Any] = {"file": "x.png", "width": 1, "height": 1}
    Image.objects.bulk_create(
        [
            Image(title="Brez", alt_text={"sl": "Otroci berejo."}, **picture),
            Image(title="=1+1", alt_text={}, **picture),
            Image(title="Popolna", alt_text={"sl": "Otroci berejo.", "en": "Children read."}, **picture),
        ]
    )

    rows = {row["Naslov"]: row["Manjka v jezikih"] for row in report(admin_client, "missing-alt-texts")}

    # A spreadsheet must not take a title for a formula.
    assert rows == {"Brez": "angleščina", "'=1+1": "slovenščina, angleščina"}


def test_published_words_are_remembered_once_for_each_language() -> None:
    index = make.centre_index()
    make.publish(index)

    words = PublishedWords.objects.get(translation_key=index.translation_key)

    assert words.based_on == ""
    assert ask('{ centreIndex(locale: "en") { isFallback } }')["centreIndex"]["isFallback"]
