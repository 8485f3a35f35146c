"""Random content goes out as an archive and comes back: nothing changes, here and on an empty site."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, Page

from centres.models import Appointment, CentrePage, EventEdition, Goal, Review, Session
from cms.models import Document, Image, SharedText
from home.models import InfoPage
from tests import factories
from tests.archive.archives import packed, public, unpacked
from tests.centres.test_sheets_round_trip import line, localised, made, sites, words
from tests.cms.pictures import PDF, file, jpeg

pytestmark = pytest.mark.django_db


class _Undone(Exception):
    pass


@contextmanager
def a_site() -> Iterator[None]:
    """Let the block work on a site, of which nothing stays."""
    try:
        with transaction.atomic():
            yield
            for document in Document.objects.all():
                document.file.delete(save=False)
            raise _Undone
    except _Undone:
        pass


html = words.map(lambda text: f"<p>{_escaped(text)}</p>") | st.just(
    "<p>A</p>\n<ul><li>b\nc</li>\n<li> d</li></ul>"
)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


@st.composite
def more(draw: Any) -> dict[str, Any]:
    """Return what spreadsheets do not have: bodies with links, rows with words in each language, drafts, texts."""
    return {
        "site": draw(sites()),
        "texts": draw(st.lists(html, min_size=1, max_size=3)),
        "names": draw(st.lists(line, max_size=3)),
        "goals": draw(st.lists(st.tuples(line, line), max_size=3)),
        "english": draw(st.booleans()),
        "draft": draw(st.booleans()),
        "topic": draw(localised | st.just({})),
    }


def build(content: dict[str, Any]) -> None:
    """Write the content into the database."""
    made(content["site"])
    home = factories.home()
    centre = CentrePage.objects.get(locale=home.locale)
    centre.goals = [Goal(text=text, indicator=indicator) for text, indicator in content["goals"]]
    centre = factories.publish(centre)
    document = Document.objects.create(title="Poročilo", file=file(PDF, "porocilo.pdf"))
    texts = [
        SharedText.objects.create(name=name, text=content["texts"][0], locale=home.locale)
        for name in content["names"]
    ]
    body = [{"type": "paragraph", "value": {"text": text}} for text in content["texts"]]
    links = (
        f'<p><a linktype="page" id="{centre.pk}">a</a> <a linktype="document" id="{document.pk}">b</a></p>'
    )
    body.append({"type": "paragraph", "value": {"text": links}})
    body += [{"type": "shared_text", "value": {"text": text.pk}} for text in texts]
    page = factories.below(home, InfoPage(title="Povezave", summary=factories.SUMMARY, body=body))
    if content["english"]:  # that of the programme has brought it, as a copy
        english = centre.get_translation(Locale.objects.get(language_code="en"))
        english.alias_of = None
        goals = list(english.goals.all())
        for number, goal in enumerate(goals):
            goal.text = f"Goal {number}"
        english.goals.set(goals)
        factories.publish(english)
    if content["draft"]:
        page.unpublish()
        page.title = "Nov naslov"
        page.save_revision()


@settings(
    deadline=None,
    max_examples=3,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(more())
def test_what_was_exported_comes_back_unchanged_and_is_the_same_on_an_empty_site(
    content: dict[str, Any],
) -> None:
    with a_site():
        build(content)
        first, before = packed(), public()
        assert {one.state for one in unpacked(first)} == {"same"}
        assert packed() == first
    with a_site():
        unpacked(first)
        assert packed() == first
        assert public() == before


def test_an_edited_archive_changes_what_was_edited_and_nothing_else() -> None:
    programme = factories.programme()
    event = factories.event(programme)
    files = packed()
    name = next(name for name in files if name.startswith("centres.eventedition/"))
    changed = files | {name: files[name] + b"online_url: https://example.si/dvorana\n"}
    shown = unpacked(changed, keep=False)
    assert [one.file for one in shown if one.state != "same"] == [name]
    assert EventEdition.objects.get(pk=event.pk).online_url == ""
    done = unpacked(changed)
    assert [(one.file, one.state, one.changes) for one in done if one.state != "same"] == [
        (name, "changed", (("online_url", None, "https://example.si/dvorana"),))
    ]
    assert EventEdition.objects.get().pk == event.pk
    assert {one.state for one in unpacked(changed)} == {"same"}


def test_a_thing_keeps_its_key_when_its_words_change() -> None:
    person = factories.person("Ana Novak")
    files = packed()
    person.name = "Ana Kovač"
    person.save()
    assert "centres.person/ana-novak.yaml" in packed()
    assert {one.state for one in unpacked(files)} == {"same", "changed"}
    person.refresh_from_db()
    assert person.name == "Ana Novak"


def test_a_branch_brings_what_it_names_and_names_what_it_does_not_bring() -> None:
    programme = factories.programme(factories.centre("Pionirska"))
    factories.event(programme)
    factories.programme(factories.centre("Drugi"), "Drugod")
    branch = packed("/sl/kompetencni-centri/pionirska/")
    pages = {name for name in branch if name.startswith("pages/")}
    assert pages == {
        "pages/kompetencni-centri/pionirska.yaml",
        "pages/kompetencni-centri/pionirska/prireditve-v-knjiznici.yaml",
    }
    assert len([name for name in branch if name.startswith("centres.eventedition/")]) == 1
    assert b"pages/kompetencni-centri" in branch["archive.yaml"]
    Page.objects.get(slug="pionirska").specific.unpublish()
    assert {one.state for one in unpacked(branch)} == {"same", "changed"}
    assert Page.objects.get(slug="pionirska").live


def test_a_restricted_page_stays_restricted() -> None:
    with a_site():
        page = factories.below(factories.home(), InfoPage(title="Interno", summary=factories.SUMMARY))
        page.view_restrictions.create(restriction_type="login")
        files = packed()
    unpacked(files)
    assert Page.objects.get(slug="interno").view_restrictions.get().restriction_type == "login"


def test_an_import_lifts_no_restriction_of_the_site() -> None:
    page = factories.below(factories.home(), InfoPage(title="Interno", summary=factories.SUMMARY))
    files = packed()
    page.view_restrictions.create(restriction_type="login")
    unpacked(files)
    assert page.view_restrictions.get().restriction_type == "login"


def test_a_page_for_a_group_that_is_not_here_is_for_nobody_else() -> None:
    with a_site():
        page = factories.below(factories.home(), InfoPage(title="Interno", summary=factories.SUMMARY))
        page.view_restrictions.create(restriction_type="groups").groups.add(
            Group.objects.create(name="Komisija")
        )
        files = packed()
    unpacked(files)
    (group,) = Page.objects.get(slug="interno").view_restrictions.get().groups.all()
    assert (group.name, group.user_set.count(), group.permissions.count()) == ("Komisija", 0, 0)


def test_a_session_that_was_moved_keeps_the_earlier_dates() -> None:
    with a_site():
        event = factories.event(factories.programme(), factories.moment(2027, 4, 7, 10))
        event = factories.publish(event)
        event.sessions = [
            Session(start=factories.moment(2027, 4, 8, 10), end=factories.moment(2027, 4, 8, 12))
        ]
        factories.publish(event)
        files = packed()
        earlier = EventEdition.objects.get().previous_starts
    assert earlier
    unpacked(files)
    assert EventEdition.objects.get().previous_starts == earlier


def test_things_that_name_each_other_come_in() -> None:
    with a_site():
        first = factories.appointment(factories.centre(goals=[Goal(text="Več branja", indicator="Izposoja")]))
        review = factories.review(first)
        Appointment.objects.filter(pk=first.pk).update(review=review)
        files = packed()
        assert {one.state for one in unpacked(files)} == {"same"}
    assert {one.state for one in unpacked(files)} == {"new", "same"}  # home pages are there
    assert Appointment.objects.get().review == Review.objects.get()
    assert Review.objects.get().appointment == Appointment.objects.get()
    assert packed() == files


def test_bodies_name_what_they_choose() -> None:
    with a_site():
        centre = factories.centre()
        programme = factories.programme(centre)
        image = Image.objects.create(title="Bralnica", file=jpeg("bralnica.jpg"), alt_text={"sl": "Bralnica"})
        body = [
            {"type": "programmes", "value": {"heading": "Izbor", "programmes": [programme.pk], "limit": 6}},
            {"type": "figure", "value": {"image": image.pk}},
            {"type": "call_to_action", "value": {"label": "Naprej", "page": centre.pk}},
        ]
        factories.below(factories.home(), InfoPage(title="Izbor", summary=factories.SUMMARY, body=body))
        files = packed()
        image.file.delete(save=False)
    unpacked(files)
    page = InfoPage.objects.get()
    assert page.body[0].value["programmes"][0].slug == "prireditve-v-knjiznici"
    assert page.body[1].value["image"].title == "Bralnica"
    assert page.body[2].value["page"].slug == "pionirska"
    assert packed() == files
