"""Spreadsheets follow the rights of their reader, on pages, editions and lists alike."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from centres.models import EventEdition, Person, ProgrammePage
from cms.models import SheetImport
from cms.sheets.saving import DRAFT, PUBLISHED, SUBMITTED
from tests.centres.sheet_files import cells, edited, exported, imported, said, workbook
from tests.centres.test_rights import CHIEF, EDITOR, LEAD, MEMBER, OTHER, Content, build, signed_in, site
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


def pressed(site: Content, role: str, button: str) -> SheetImport:
    row = SheetImport.objects.latest("pk")
    signed_in(site, role).post(reverse("spreadsheets_import", args=[row.pk]), {button: "1"})
    return SheetImport.objects.get(pk=row.pk)


def brought_in(site: Content, role: str) -> EventEdition:
    """Have somebody import another number of their event, and return the event."""
    change = edited(exported(site.users[role], "events"), lambda book: book["Dogodki"].__setitem__("E2", 7))
    signed_in(site, role).post(
        reverse("spreadsheets"), {"file": SimpleUploadedFile("a.xlsx", change), "publish": "1"}
    )
    assert pressed(site, role, "import").state == "DONE"
    return EventEdition.objects.get(pk=site.own["event"].pk)


def test_who_may_not_publish_takes_back_their_draft_and_nothing_that_was_approved(site: Content) -> None:
    event = brought_in(site, EDITOR)
    event.latest_revision.publish(user=site.users[LEAD])
    row = pressed(site, EDITOR, "undo")
    assert row.state == "DONE"
    assert row.report["undo"]
    assert EventEdition.objects.get(pk=event.pk).number == 7
    EventEdition.objects.filter(pk=event.pk).update(live_revision=None)
    assert pressed(site, EDITOR, "undo").state == "UNDONE"


def test_who_lost_their_centre_takes_nothing_back(site: Content) -> None:
    event = brought_in(site, LEAD)
    site.users[LEAD].groups.set(site.users[OTHER].groups.all())
    assert pressed(site, LEAD, "undo").state == "DONE"
    assert EventEdition.objects.get(pk=event.pk).number == 7


def test_what_somebody_locked_is_not_taken_back(site: Content) -> None:
    event = brought_in(site, LEAD)
    EventEdition.objects.filter(pk=event.pk).update(locked=True, locked_by=site.users[CHIEF])
    assert pressed(site, LEAD, "undo").state == "DONE"
    EventEdition.objects.filter(pk=event.pk).update(locked=False, locked_by=None)
    assert pressed(site, LEAD, "undo").state == "UNDONE"
    assert EventEdition.objects.get(pk=event.pk).number is None


def test_a_spreadsheet_tells_nothing_of_drafts_of_others(site: Content) -> None:
    user, foreign = site.users[EDITOR], site.foreign
    known = exported(site.users[OTHER], "events")
    foreign["event"].number = 7
    foreign["event"].save_revision()
    guessed = edited(known, lambda book: book["Dogodki"].__setitem__("E2", 7))
    assert len(said(imported(guessed, user))) == 1, "the number of a draft"
    foreign["event"].unpublish()
    answers = {
        year: [words.replace(year, "") for *_place, words in said(imported(of_year(known, year), user))]
        for year in ("2027", "2029")
    }
    assert answers["2027"] == answers["2029"] != []


def of_year(content: bytes, year: str) -> bytes:
    """Return the events of a workbook with another year in their keys, and nothing else in their rows."""

    def change(book: Any) -> None:
        page = book["Dogodki"]
        page["A2"] = page["A2"].value.replace("2027", year)
        for cell in page[2][1:]:
            cell.value = None

    return edited(content, change)


def test_no_programme_that_others_have_not_published_can_be_named(site: Content) -> None:
    user, foreign = site.users[EDITOR], site.foreign["programme"]
    foreign.unpublish()

    def change(book: Any) -> None:
        page = book["Programi"]
        column = next(cell.column for cell in page[1] if cell.value == "Predhodnik")
        page.cell(2, column, "domoznanstvo/program-domoznanstvo")

    named = edited(exported(user, "programmes"), change)
    assert "ni na listu" in said(imported(named, user))[0][3]
    assert said(imported(edited(exported(site.users[CHIEF], "programmes"), change), site.users[CHIEF])) == []


def test_a_download_names_no_programme_that_others_have_not_published(site: Content) -> None:
    own, foreign = site.own["programme"], site.foreign["programme"]
    own.predecessor = foreign
    own.save_revision().publish()
    foreign.unpublish()
    address = reverse("spreadsheets_download", args=["programmes", "xlsx"])
    content = signed_in(site, EDITOR).get(address).content
    assert "pionirska/" in str(cells(content))
    assert "domoznanstvo/" not in str(cells(content))
    assert said(imported(content, site.users[EDITOR])) == []
    assert ProgrammePage.objects.get(pk=own.pk).predecessor_id == foreign.pk
