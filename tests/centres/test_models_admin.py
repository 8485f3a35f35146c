"""What editors meet in the admin: lists, search, forms and their advice."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from centres.advice import advice_on, long_sentences
from centres.models import (
    Appointment,
    Audience,
    AwardCategory,
    AwardEdition,
    AwardResult,
    Book,
    CentrePage,
    CompetenceField,
    EventEdition,
    LegalBasis,
    Network,
    Organisation,
    Person,
    ProgrammeFormat,
    ProgrammePage,
    PublicationEdition,
    Review,
    ReviewCycle,
    Topic,
    Venue,
)
from tests import factories
from tests.centres.event_form import address, event_form
from tests.factories import moment

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SNIPPETS = [
    Appointment,
    Audience,
    AwardCategory,
    AwardEdition,
    Book,
    CompetenceField,
    EventEdition,
    LegalBasis,
    Network,
    Organisation,
    Person,
    ProgrammeFormat,
    PublicationEdition,
    Review,
    ReviewCycle,
    Topic,
    Venue,
]


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("urednica", "urednica@example.si", "geslo"))
    return client


@pytest.mark.parametrize("model", SNIPPETS, ids=lambda model: model.__name__)
def test_every_snippet_has_a_list_with_search_and_a_form(admin: Client, model: Any) -> None:
    assert admin.get(address(model, "list")).status_code == 200
    assert admin.get(address(model, "list"), {"q": 'ni "takega'}).status_code == 200
    assert admin.get(address(model, "add")).status_code == 200
    chooser = reverse(model.snippet_viewset.chooser_viewset.get_url_name("choose_results"))
    assert admin.get(chooser, {"q": 'ni "takega'}).status_code == 200


def test_search_in_the_admin_ignores_case_and_accents(admin: Client) -> None:
    factories.organisation("ptuj", name={"sl": "Knjižnica Ivana Potrča Ptuj", "en": "Ptuj library"})
    factories.organisation("nuk", name={"sl": "Narodna in univerzitetna knjižnica", "en": "National library"})
    page = admin.get(address(Organisation, "list"), {"q": "KNJIZNICA potrca"}).content.decode()
    assert "Ptuj" in page
    assert "Narodna" not in page


def test_list_of_events_shows_and_filters_by_the_computed_state(admin: Client) -> None:
    event = factories.event(None, moment(2021, 5, 5, 10), label={"sl": "pomladni"})
    factories.event(event.programme, moment(2099, 5, 5, 10), label={"sl": "jesenski"})
    finished = admin.get(address(EventEdition, "list"), {"state": "FINISHED"}).content.decode()
    assert "pomladni" in finished
    assert "jesenski" not in finished
    assert "končana" in finished


def test_list_of_centres_shows_and_filters_by_the_computed_state(admin: Client) -> None:
    factories.appointment(factories.centre(), date(2010, 1, 1))
    factories.centre("Učni center")
    expired = admin.get(reverse("centres:index"), {"state": "EXPIRED"}).content.decode()
    assert "Pionirska" in expired
    assert "Učni center" not in expired
    assert "potekel" in expired


@pytest.mark.parametrize("kind", [CentrePage, ProgrammePage])
def test_pages_can_be_added_and_edited(admin: Client, kind: Any) -> None:
    programme = factories.programme()
    page = programme if kind is ProgrammePage else programme.get_parent().specific
    add = reverse("wagtailadmin_pages:add", args=["centres", kind.__name__.lower(), page.get_parent().pk])
    assert admin.get(add).status_code == 200
    assert admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_editor_adds_and_publishes_an_event(admin: Client) -> None:
    form = event_form(factories.programme()) | {"action-publish": "1"}
    response = admin.post(address(EventEdition, "add"), form)
    assert response.status_code == 302, response.context["form"].errors
    event = EventEdition.objects.get()
    assert event.live
    assert (event.starts_at, event.seats_taken) == (moment(2027, 4, 7, 10), 5)
    assert event.applications_close == moment(2027, 3, 31, 23, 59)
    assert dict(event.label) == {"sl": "prva", "en": "first"}


@pytest.mark.parametrize(
    ("changed", "advice"),
    [
        ({"free": ""}, "dodajte vsaj eno kotizacijo"),
        ({"applications_close": "2027-04-08"}, "pred začetkom prvega termina"),
        ({"capacity": ""}, "brez omejitve mest"),
    ],
)
def test_form_tells_the_editor_what_to_correct(admin: Client, changed: dict[str, Any], advice: str) -> None:
    form = event_form(factories.programme(), **changed) | {"action-publish": "1"}
    response = admin.post(address(EventEdition, "add"), form)
    assert response.status_code == 200
    assert advice in str(response.context["form"].errors)
    assert not EventEdition.objects.exists()


def test_award_form_refuses_an_award_without_a_book(admin: Client) -> None:
    award = factories.award(year=2025)
    result = {
        "category": factories.category().pk,
        "outcome": "AWARDED",
        "books": [],
        "citation_sl": "",
        "citation_en": "",
    }
    form = nested_form_data(
        {
            "programme": award.programme.pk,
            "label_sl": "",
            "label_en": "",
            "year": "2025",
            "production_year": "",
            "announced_on": "",
            "announced_on_precision": "DAY",
            "ceremony_on": "",
            "ceremony_on_precision": "DAY",
            "ceremony_place_sl": "",
            "ceremony_place_en": "",
            "co_awarders": [],
            "jury": "",
            "count_published": "",
            "count_evaluated": "",
            "count_signed": "",
            "count_publishers": "",
            "go_live_at": "",
            "expire_at": "",
            "results": inline_formset([result]),
            "action-publish": "1",
        }
    )
    response = admin.post(address(AwardEdition, "edit", award.pk), form)
    assert response.status_code == 200
    assert "Izberite nagrajeno knjigo" in str(response.context["form"].formsets["results"].errors)
    form["results-0-books"] = [factories.book().pk]
    assert admin.post(address(AwardEdition, "edit", award.pk), form).status_code == 302
    assert award.results.get().books.count() == 1


def test_programme_form_refuses_a_date_in_the_title(admin: Client) -> None:
    programme = factories.programme()
    form = nested_form_data(
        {
            "title": "Strokovna sreda, 8. 10. 2025",
            "slug": programme.slug,
            "summary": factories.SUMMARY,
            "lead_image": "",
            "body": streamfield([]),
            "outcomes": "",
            "kind": "TRAINING",
            "format": programme.format.pk,
            "topics": [programme.topics.get().pk],
            "programme_audiences": inline_formset(
                [{"audience": programme.programme_audiences.get().audience.pk}]
            ),
            "cadence": "ANNUAL",
            "programme_co_organisers": inline_formset([]),
            "programme_funders": inline_formset([]),
            "external_codes": inline_formset([]),
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )
    response = admin.post(reverse("wagtailadmin_pages:edit", args=[programme.pk]), form)
    assert "Iz naslova odstranite datum" in str(response.context["form"].errors)


def test_page_with_editions_or_records_is_not_deleted(admin: Client) -> None:
    event = factories.event()
    centre = CentrePage.objects.get()
    for page in (event.programme, centre):
        admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        assert type(page).objects.filter(pk=page.pk).exists()
    event.delete()
    factories.appointment(centre)
    admin.post(reverse("wagtailadmin_pages:delete", args=[centre.pk]))
    assert CentrePage.objects.filter(pk=centre.pk).exists()


def test_organisation_in_use_is_not_deleted_and_says_where_it_is_used(admin: Client) -> None:
    host = factories.centre().host
    response = admin.post(address(Organisation, "delete", host.pk))
    assert Organisation.objects.filter(pk=host.pk).exists()
    assert response.status_code in (200, 302, 403)
    usage = admin.get(address(Organisation, "usage", host.pk)).content.decode()
    assert "Pionirska" in usage


def test_copied_event_is_the_same_a_year_later_with_nobody_signed_up(admin: Client) -> None:
    event = factories.event(
        None,
        moment(2026, 10, 28, 10),  # winter time; the copy falls into the same
        moment(2027, 3, 31, 10),
        number=15,
        capacity=24,
        applications_close=moment(2026, 10, 1, 23, 59),
        status_override="CANCELLED",
        cancel_reason={"sl": "Bolezen."},
    )
    event.count_seats(seats_taken=24)
    form = admin.get(address(EventEdition, "copy", event.pk)).context["form"]
    new = form.instance
    assert (new.pk, new.number, new.capacity, new.status_override) == (None, 16, 24, "NONE")
    assert [session.start for session in new.sessions.all()] == [
        moment(2027, 10, 27, 10),
        moment(2028, 3, 29, 10),
    ]
    assert [session.pk for session in new.sessions.all()] == [None, None]
    assert new.applications_close == moment(2027, 9, 30, 23, 59)
    assert form.fields["seats_taken"].initial == 0


def test_copied_award_has_no_results_yet(admin: Client) -> None:
    award = factories.award(year=2025, production_year=2024, jury="Ana Novak", count_signed=100)
    award.results = [AwardResult(category=factories.category(), outcome="NOT_AWARDED")]
    award.save()
    new = admin.get(address(AwardEdition, "copy", award.pk)).context["form"].instance
    assert (new.year, new.production_year, new.jury, new.count_signed) == (2026, 2025, "Ana Novak", None)
    assert list(new.results.all()) == []


def test_what_the_copy_form_shows_is_saved_as_a_new_event(admin: Client) -> None:
    event = factories.event(capacity=24)
    new = admin.get(address(EventEdition, "copy", event.pk)).context["form"].instance
    start = new.sessions.all()[0].start
    form = event_form(event.programme, applications_open="", applications_close="", seats_taken="0")
    form |= {
        "sessions-0-start": f"{start:%Y-%m-%d %H:%M}",
        "sessions-0-end": f"{start:%Y-%m-%d} 13:00",
        "sessions-0-id": "",
        "sessions-INITIAL_FORMS": 1,
    }
    assert admin.post(address(EventEdition, "add"), form | {"action-publish": "1"}).status_code == 302
    assert list(EventEdition.objects.order_by("starts_at").values_list("starts_at", flat=True)) == [
        event.starts_at,
        start,
    ]


def test_editor_is_told_of_another_active_centre_of_the_same_field() -> None:
    first = factories.centre()
    second = factories.centre("Učni center")
    assert advice_on(second) == []
    factories.appointment(first)
    with translation.override("sl"):
        assert advice_on(second) == ["Na istem področju deluje tudi »Pionirska«. Preverite, ali je to prav."]
    assert advice_on(first) == []


def test_long_sentences_of_easy_language_are_found() -> None:
    short, long = "To je kratek stavek.", " ".join(["beseda"] * 16)
    assert long_sentences(
        f"<p>{short}</p><ul><li>{short}</li><li>{long}</li></ul><p>{short} {long}!</p>"
    ) == [
        f"{long}.",
        f"{long}!.",
    ]


def test_bulk_deletion_keeps_what_has_records(admin: Client) -> None:
    programme = factories.event().programme
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    admin.post(f"{url}?id={programme.pk}&next=/")
    assert ProgrammePage.objects.filter(pk=programme.pk).exists()


def test_copied_centre_begins_as_a_draft(admin: Client) -> None:
    centre = factories.centre()
    url = reverse("wagtailadmin_pages:copy", args=[centre.pk])
    form = {"new_title": "Kopija", "new_slug": "kopija", "new_parent_page": centre.get_parent().pk}
    admin.post(url, form | {"publish_copies": "on"})
    assert CentrePage.objects.count() == 1
    admin.post(url, form)
    assert CentrePage.objects.filter(live=False, slug="kopija").exists()
