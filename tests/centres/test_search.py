"""How the index follows the rows from which pages take their words."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from centres.models import (
    AwardResult,
    Contributor,
    ExternalCode,
    Partner,
    ProgrammePage,
    Session,
    StaffMember,
    Topic,
)
from cms.models import Document, SharedText
from cms.search.models import SearchDocument
from tests.cms.searching import ask, titles
from tests.factories import (
    SUMMARY,
    award,
    book,
    category,
    centre,
    coded,
    event,
    moment,
    organisation,
    person,
    programme,
    publication,
    publish,
    translated,
    venue,
)

pytestmark = pytest.mark.django_db


def awarded(title: str, **facts: object) -> AwardResult:
    return AwardResult(category=category(), outcome="AWARDED", books=[book(title, **facts)])


def test_the_title_of_a_book_finds_the_programme_of_its_award() -> None:
    award(programme(title="Zlata hruška", kind="AWARD"), results=[awarded("Pasje poletje")])
    assert titles("pasjega poletja") == ["Zlata hruška"]
    assert titles("pasjega poletja", filters={"TYPE": ["EDITION"]}) == ["Zlata hruška"]
    assert titles("pasjega poletja", filters={"TYPE": ["CENTRE", "INFO"]}) == []


def test_an_author_who_is_added_later_finds_it_too() -> None:
    result = awarded("Pasje poletje")
    award(programme(title="Zlata hruška", kind="AWARD"), results=[result])
    Contributor.objects.create(book=result.books.get(), name="Gaja Kos", role="AUTHOR")
    assert titles("gaje kos") == ["Zlata hruška"]


def test_a_book_with_another_title_is_found_by_that_alone() -> None:
    result = awarded("Pasje poletje")
    award(programme(title="Zlata hruška", kind="AWARD"), results=[result])
    renamed = result.books.get()
    renamed.title = "Mačja zima"
    renamed.save()
    assert titles("mačje zime") == ["Zlata hruška"]
    assert titles("pasjega poletja") == []


def test_an_edition_that_is_not_published_lends_no_word() -> None:
    edition = award(programme(title="Zlata hruška", kind="AWARD"), results=[awarded("Pasje poletje")])
    edition.unpublish()
    assert titles("pasjega poletja") == []


def test_an_edition_that_expires_takes_its_words_with_it_at_that_moment() -> None:
    end = timezone.now() + timedelta(hours=1)
    of = programme(title="Prireditve")
    event(of, label={"sl": "Minljivi cikel"}, expire_at=end)
    assert titles("minljivi cikel") == ["Prireditve"]
    later = end + timedelta(seconds=1)
    assert titles("minljivi cikel", now=later) == []
    shown = ask("prireditve", now=later).hits[0].snippet
    assert "Minljivi" not in "".join(part.text for part in shown)


def test_an_edition_that_moves_to_another_programme_takes_its_words_along() -> None:
    first, second = programme(title="Prva"), programme(centre("Druga hiša"), title="Druga")
    edition = event(first, label={"sl": "Simpozij"})
    edition.programme = second
    edition.save()
    assert titles("simpozij") == ["Druga"]


def test_rows_and_topics_that_a_published_draft_adds_or_takes_out_count_at_once() -> None:
    of = programme(title="Prireditve")
    of.external_codes = [ExternalCode(scheme="KATIS", code="KAT-77")]
    of.topics = [coded(Topic, "comics", name={"sl": "Stripi"})]
    publish(of)
    assert titles("KAT-77") == titles("stripov") == ["Prireditve"]
    of = ProgrammePage.objects.get(pk=of.pk)
    of.external_codes = []
    of.topics = [coded(Topic, "reading")]
    publish(of)
    assert titles("KAT-77") == titles("stripov") == []


def test_sessions_presenters_and_venues_are_searched() -> None:
    session = Session(
        start=moment(2027, 4, 7, 10),
        end=moment(2027, 4, 7, 12),
        topic={"sl": "Pravljice v gozdu"},
        presenters=[person("Cvetka Bevc")],
        venue=venue(name={"sl": "Hiša branja"}),
    )
    event(programme(title="Prireditve"), sessions=[session])
    for query in ("pravljic v gozdovih", "cvetka bevc", "hiši branja"):
        assert titles(query) == ["Prireditve"], query


def test_a_code_in_another_catalogue_finds_the_programme_but_says_nothing_about_it() -> None:
    programme(title="Prireditve", external_codes=[ExternalCode(scheme="KATIS", code="X-0011")])
    (hit,) = ask("X-0011").hits
    assert hit.snippet
    assert "X-0011" not in "".join(part.text for part in hit.snippet)


def test_a_publication_is_found_by_its_own_title() -> None:
    publication(programme(title="Priročnik", kind="PUBLICATION"), own_title={"sl": "Ozvezdje Knjiga"})
    assert titles("ozvezdju knjiga") == ["Priročnik"]


def test_a_centre_is_found_by_its_names_people_and_partners() -> None:
    host = organisation("mkl", name={"sl": "Mestna knjižnica Ljubljana"}, acronym="MKL")
    partner = organisation("nuk", name={"sl": "Narodna in univerzitetna knjižnica"}, acronym="NUK")
    centre(
        "Pionirska",
        name_variants="Pionirska knjižnica\nCMKK",
        host=host,
        partners=[Partner(organisation=partner, relation="COMPLEMENTS")],
        staff=[StaffMember(person=person("Darja Lavrenčič"), role="urednica")],
    )
    for query in ("CMKK", "mestni knjižnici", "MKL-ja", "nuk-om", "lavrenčič", "urednici"):
        assert titles(query) == ["Pionirska"], query


def test_somebody_who_did_not_agree_to_be_named_is_not_found() -> None:
    shy = person("Skrita Oseba")
    centre(staff=[StaffMember(person=shy, role="urednica")])
    assert titles("skrita") == ["Pionirska"]
    shy.publication_consent = False
    shy.save()
    assert titles("skrita") == []


def test_a_renamed_organisation_is_found_by_its_new_name_at_once() -> None:
    host = organisation("mkl", name={"sl": "Stara hiša"})
    centre(host=host)
    host.name = {"sl": "Nova hiša"}
    host.save()
    assert titles("nova hiša") == ["Pionirska"]
    assert titles("stara hiša") == []


def test_a_shared_text_is_searched_in_the_language_of_the_page() -> None:
    shared = SharedText.objects.create(name="uvod", text="<p>Skupno besedilo o jabolkih.</p>", locale_id=1)
    of = centre(intro=shared)
    assert titles("jabolka") == ["Pionirska"]
    shared.text = "<p>Skupno besedilo o hruškah.</p>"
    shared.save()
    assert titles("hruška") == ["Pionirska"]
    assert titles("jabolka") == []
    english = shared.copy_for_translation(of.locale.__class__.objects.get(language_code="en"))
    english.text, english.live = "<p>A shared text about cherries.</p>", True
    english.save()
    translated(of, title="Pioneers", short_name="Pioneers", summary=SUMMARY)
    assert titles("cherry", "en") == ["Pioneers"]
    assert titles("hruška", "en") == []


def test_the_title_of_a_document_counts_only_where_everybody_may_have_it() -> None:
    private = Collection.get_first_root_node().add_child(name="Zaprto")
    file = ContentFile(b"%PDF-1.7", "a.pdf")
    document = Document.objects.create(title="Letno poročilo", file=file, collection=private)
    of = centre()
    of.body = [{"type": "document", "value": {"document": document.pk, "description": ""}}]
    publish(of)
    assert titles("poročila") == ["Pionirska"]
    restriction = CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    assert titles("poročila") == []
    restriction.delete()
    assert titles("poročila") == ["Pionirska"]


def test_the_title_of_a_document_goes_from_the_search_with_it_however_it_is_hidden(
    admin_client: Client,
) -> None:
    root = Collection.get_first_root_node()
    closed = root.add_child(name="Zaprto")
    restriction = CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    place = Collection.objects.get(pk=root.pk).add_child(name="Odprto")
    document = Document.objects.create(
        title="Letno poročilo", file=ContentFile(b"%PDF-1.7", "a.pdf"), collection=place
    )
    of = centre()
    of.body = [{"type": "document", "value": {"document": document.pk, "description": ""}}]
    publish(of)
    publication(programme(of, "Zbirka", kind="PUBLICATION"), 2026, document=document)
    both = ["Pionirska", "Zbirka"]
    many = reverse("wagtail_bulk_action", args=["cms", "document", "add_to_collection"])
    moved = reverse("wagtailadmin_collections:edit", args=[place.pk])
    assert sorted(titles("poročila")) == both
    admin_client.post(f"{many}?id={document.pk}", {"collection": closed.pk})
    assert titles("poročila") == []
    admin_client.post(f"{many}?id={document.pk}", {"collection": place.pk})
    assert sorted(titles("poročila")) == both
    admin_client.post(moved, {"name": "Odprto", "parent": closed.pk})
    assert titles("poročila") == []
    restriction.delete()
    assert sorted(titles("poročila")) == both


def test_topics_and_audiences_are_facets_and_words() -> None:
    from centres.models import Topic

    programme(title="Prireditve", topics=[coded(Topic, "comics", name={"sl": "stripi", "en": "comics"})])
    result = ask("strip")
    facets = {facet.name: facet.values for facet in result.facets}
    assert [(value.code, value.label, value.count) for value in facets["TOPIC"]] == [("comics", "stripi", 1)]
    assert ask("strip", filters={"TOPIC": ["comics"]}).total == 1
    assert ask("strip", filters={"TOPIC": ["reading"]}).total == 0
    assert [value.code for value in facets["AUDIENCE"]] == ["librarians"]
    assert [value.code for value in facets["CENTRE"]] == ["pionirska"]


def test_facets_do_not_count_what_a_visitor_may_not_see() -> None:
    of = programme(title="Prireditve")
    programme(of.get_parent().specific, title="Prireditve za vse")
    of.unpublish()
    facets = {facet.name: facet.values for facet in ask("prireditev").facets}
    assert [(value.code, value.count) for value in facets["TYPE"]] == [("PROGRAMME", 1)]
    assert [(value.code, value.count) for value in facets["TOPIC"]] == [("reading", 1)]


def test_a_facet_that_does_not_exist_is_the_caller_s_mistake() -> None:
    with pytest.raises(LookupError):
        ask("knjiga", filters={"COLOUR": ["red"]})


def test_a_deleted_row_leaves_no_word_behind() -> None:
    result = awarded("Pasje poletje")
    edition = award(programme(title="Zlata hruška", kind="AWARD"), results=[result])
    edition.delete()
    assert titles("pasjega poletja") == []
    assert "Pasje" not in SearchDocument.objects.get(title="Zlata hruška").borrowed


def test_a_filter_does_not_know_the_address_of_a_centre_that_is_hidden() -> None:
    of = centre("Pionirska")
    programme(of, "Bralni klub")
    english = translated(of, title="Youth", slug="secret-youth")
    wanted = {"CENTRE": ["secret-youth"]}
    assert titles("bralni klub", filters=wanted) == ["Bralni klub"]
    english.unpublish()
    assert titles("bralni klub", filters=wanted) == []
    assert titles("bralni klub", filters={"CENTRE": [of.slug]}) == ["Bralni klub"]
