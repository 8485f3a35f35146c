"""Spreadsheets follow the rights of their reader, on pages, editions and lists alike."""

import pytest
from django.urls import reverse

from centres.models import EventEdition, Person
from cms.sheets.saving import DRAFT, PUBLISHED, SUBMITTED
from tests.centres.sheet_files import edited, exported, imported, said, workbook
from tests.centres.test_rights import EDITOR, LEAD, MEMBER, OTHER, Content, build, signed_in, site
from tests.centres.test_sheets_export import downloaded

__all__ = ["build", "site"]  # the fixture and what it is made of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_editors_download_what_they_may_write_and_no_more(site: Content) -> None:
    for role, own in ((EDITOR, "Pionirska"), (OTHER, "Domoznanstvo")):
        book = downloaded(signed_in(site, role), "all")
        assert {line["Program"].partition("/")[0] for line in book["Dogodki"]} == {own.lower()}
    assert "Teme" not in book
    other = signed_in(site, EDITOR).get(reverse("spreadsheets_download", args=["topics", "xlsx"]))
    assert other.status_code == 302  # the admin sends them home with a message


def test_events_of_other_centres_are_refused(site: Content) -> None:
    admin = site.users[OTHER]
    foreign = exported(admin, "events")
    user = site.users[EDITOR]
    assert said(imported(foreign, user)) == []  # nothing in it changes
    report = imported(edited(foreign, lambda book: book["Dogodki"].__setitem__("E2", 7)), user)
    assert [(row, words) for _sheet, row, _column, words in said(report)] == [
        (2, "Ta program je od drugega centra. Izberite katerega od svojih.")
    ]
    moved = edited(
        exported(user, "events"),
        lambda book: book["Dogodki"].__setitem__("B2", "domoznanstvo/program-domoznanstvo"),
    )
    assert len(said(imported(moved, user))) == 1
    assert not EventEdition.objects.filter(number=7).exists()


@pytest.mark.parametrize(("role", "state"), [(LEAD, PUBLISHED), (EDITOR, SUBMITTED)])
def test_who_may_not_publish_submits(site: Content, role: str, state: str) -> None:
    user = site.users[role]
    report = imported(
        edited(exported(user, "events"), lambda book: book["Dogodki"].__setitem__("E2", 7)), user
    )
    assert said(report) == []
    assert [outcome.state for outcome in report.outcomes] == [state]
    event = EventEdition.objects.get(pk=site.own["event"].pk)
    assert (event.number == 7, bool(event.workflow_in_progress)) == (state == PUBLISHED, state == SUBMITTED)


def test_an_editor_may_add_people_and_change_none(site: Content) -> None:
    user = site.users[EDITOR]
    report = imported(workbook("Osebe", ["Ime in priimek"], ["Ana"]), user, publish=False)
    assert said(report) == []
    report = imported(workbook("Osebe", ["Ključ", "Ime in priimek"], ["Ana", "Anja"]), user)
    assert len(said(report)) == 1
    assert Person.objects.get(name__startswith="An").name == "Ana"
    assert len(said(imported(workbook("Teme", ["Oznaka", "Ime (sl)"], ["nova", "Nova"]), user))) == 1


def test_what_is_reviewed_or_locked_stays(site: Content) -> None:
    user, event = site.users[EDITOR], site.own["event"]
    event.locked, event.locked_by = True, site.users[LEAD]
    event.save()
    report = imported(
        edited(exported(user, "events"), lambda book: book["Dogodki"].__setitem__("E2", 7)), user
    )
    assert len(said(report)) == 1


def test_who_writes_nothing_has_no_such_page(site: Content) -> None:
    assert signed_in(site, MEMBER).get(reverse("spreadsheets")).status_code == 302
    assert signed_in(site, EDITOR).get(reverse("spreadsheets")).status_code == 200


def test_a_draft_is_kept_as_such(site: Content) -> None:
    user = site.users[LEAD]
    change = edited(exported(user, "events"), lambda book: book["Dogodki"].__setitem__("E2", 7))
    assert [outcome.state for outcome in imported(change, user, publish=False).outcomes] == [DRAFT]
    assert EventEdition.objects.get(pk=site.own["event"].pk).number is None


def test_a_sentence_names_no_programme_that_is_not_published(site: Content) -> None:
    lines = ["Program", "Termin: začetek"], ["domoznanstvo/program-domoznanstvu", "7. 4. 2027 10:00"]
    wrong = workbook("Dogodki", *lines)
    user = site.users[EDITOR]
    assert "domoznanstvo/program-domoznanstvo" in said(imported(wrong, user))[0][3]
    site.foreign["programme"].unpublish()
    assert "domoznanstvo/program-domoznanstvo" not in said(imported(wrong, user))[0][3]
