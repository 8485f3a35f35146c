"""What the commission assessed stays, and so do the groups with which a centre works."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from centres.models import CentrePage, EffectAssessment, ExpectedEffect, Goal, GoalAssessment
from centres.rights.set_up import set_up_centre
from tests import factories

pytestmark = pytest.mark.usefixtures("built")

# The page whose rows are assessed, and that whose editor wants to be rid of them.
LANGUAGES = [("sl", "sl"), ("en", "sl"), ("sl", "en")]


def build() -> CentrePage:
    """Make a centre with a goal and an effect in two languages, and return the Slovenian one."""
    centre = factories.goals(factories.centre())
    factories.translated(centre, short_name="Youth", official_name="Centre for Youth")
    return centre


@pytest.fixture
def centre(built: CentrePage) -> CentrePage:
    return built


def assess(name: str, locale: str = "sl") -> tuple[CentrePage, CentrePage]:
    """Return the centre in both languages; the commission assessed one of its rows in ``locale``."""
    slovenian, english = CentrePage.objects.order_by("pk")
    of = {"sl": slovenian, "en": english}[locale]
    review = factories.review(factories.appointment(slovenian))
    if name == "goals":
        GoalAssessment.objects.create(review=review, goal=Goal.objects.get(page=of), result="ACHIEVED")
    else:
        effect = ExpectedEffect.objects.get(page=of)
        EffectAssessment.objects.create(review=review, effect=effect, result="ACHIEVED")
    return slovenian, english


def form_of(client: Client, page: CentrePage) -> Any:
    """Return what the admin's form of ``page`` sends when nothing was changed."""
    form = querydict_from_html(
        client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text, form_id="page-edit-form"
    )
    # What the reader of the form above gets wrong: a ticked box, and a part made in the
    # browser.
    form["audiences-0-primary"] = "on"
    form["body-count"] = "0"
    return form


@pytest.mark.parametrize(("assessed", "edited"), LANGUAGES)
@pytest.mark.parametrize("name", ["goals", "expected_effects"])
def test_an_assessed_row_is_taken_off_the_page_by_no_button(
    name: str, assessed: str, edited: str, admin_client: Client
) -> None:
    slovenian, english = assess(name, assessed)
    page = {"sl": slovenian, "en": english}[edited]
    form = form_of(admin_client, page)
    form[f"{name}-0-DELETE"] = "on"
    for action in ("draft", "publish"):
        pressed = form | {f"action-{action}": "1"}
        answer = admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), pressed)
        assert answer.status_code == 200
        assert "Komisija je ocenila »" in answer.text
        assert CentrePage.objects.get(pk=page.pk).latest_revision == page.latest_revision


def test_the_text_of_an_assessed_goal_may_change(admin_client: Client) -> None:
    centre, _english = assess("goals")
    form = form_of(admin_client, centre)
    form["goals-0-text"] = "Usposobimo vsakogar."
    form["action-publish"] = "1"
    assert admin_client.post(reverse("wagtailadmin_pages:edit", args=[centre.pk]), form).status_code == 302
    assert GoalAssessment.objects.get().goal.text == "Usposobimo vsakogar."


def test_a_draft_without_a_goal_that_was_assessed_since_is_not_published(centre: CentrePage) -> None:
    draft = CentrePage.objects.get(pk=centre.pk)
    draft.goals = []
    revision = draft.save_revision()
    review = factories.review(factories.appointment(centre))
    GoalAssessment.objects.create(review=review, goal=centre.goals.get(), result="ACHIEVED")
    with pytest.raises(ValidationError):
        revision.publish()
    assert CentrePage.objects.get(pk=centre.pk).goals.exists()


def test_an_older_draft_in_another_language_takes_up_the_public_row() -> None:
    centre = factories.centre("Učni center")
    english = factories.translated(centre, short_name="Learning", official_name="Centre for Learning")
    english.save_revision()
    factories.goals(centre)
    goal = Goal.objects.get(page=english)
    review = factories.review(factories.appointment(centre))
    GoalAssessment.objects.create(review=review, goal=goal, result="ACHIEVED")
    CentrePage.objects.get(pk=english.pk).latest_revision.publish()
    assert list(Goal.objects.filter(page=english)) == [goal]


@pytest.mark.parametrize("name", ["goals", "expected_effects"])
@pytest.mark.parametrize("way", ["page", "above", "bulk"])
def test_a_page_with_an_assessed_row_is_not_deleted(name: str, way: str, admin_client: Client) -> None:
    _centre, english = assess(name, "en")
    page = english.get_parent() if way == "above" else english
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    if way == "bulk":
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        address = f"{bulk}?id={page.pk}"
    answer = admin_client.post(address, follow=True)
    assert "Komisija o tem centru hrani zapise." in answer.text
    assert CentrePage.objects.filter(pk=english.pk).exists()


@pytest.mark.parametrize("role", ["editors", "leads"])
def test_a_group_of_a_centre_is_not_deleted(role: str, centre: CentrePage, admin_client: Client) -> None:
    team = set_up_centre(centre)
    group = getattr(team, role)
    answer = admin_client.post(reverse("wagtailusers_groups:delete", args=[group.pk]), follow=True)
    assert "Skupina pripada centru »Pionirska«" in answer.text
    assert type(group).objects.filter(pk=group.pk).exists()


def test_any_other_group_is_deleted(centre: CentrePage, admin_client: Client) -> None:
    group = type(set_up_centre(centre).leads).objects.create(name="Druga")
    admin_client.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
    assert not type(group).objects.filter(pk=group.pk).exists()


def test_the_collection_of_a_centre_is_not_deleted_and_says_whose_it_is(
    centre: CentrePage, admin_client: Client
) -> None:
    place = set_up_centre(centre).collection
    address = reverse("wagtailadmin_collections:delete", args=[place.pk])
    assert "Ekipa centra »Pionirska«, ki ima tu svoje datoteke" in admin_client.get(address).text
    assert admin_client.post(address).status_code == 403
    assert type(place).objects.filter(pk=place.pk).exists()


def test_any_other_collection_is_deleted(centre: CentrePage, admin_client: Client) -> None:
    place = set_up_centre(centre).collection.get_parent().add_child(name="Druga")
    admin_client.post(reverse("wagtailadmin_collections:delete", args=[place.pk]))
    assert not type(place).objects.filter(pk=place.pk).exists()
