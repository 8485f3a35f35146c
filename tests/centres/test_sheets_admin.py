"""The pages of the admin with spreadsheets: upload, look, import, undo."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from centres.models import EventEdition, Person, ProgrammePage, Venue
from cms.models import SheetImport
from tests import factories
from tests.centres.sheet_files import cells, edited, exported, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Any:
    return get_user_model().objects.create_superuser("admin", "admin@example.si")


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def upload(client: Client, content: bytes, name: str = "načrt.xlsx", publish: str = "1") -> Any:
    sent = {"file": SimpleUploadedFile(name, content), "publish": publish}
    return client.post(reverse("spreadsheets"), sent, follow=True)


def press(client: Client, button: str) -> Any:
    row = SheetImport.objects.latest("pk")
    return client.post(reverse("spreadsheets_import", args=[row.pk]), {button: "1"}, follow=True)


def test_an_upload_is_looked_at_imported_and_undone(admin: Any) -> None:
    client, event = signed_in(admin), factories.event(capacity=30)
    event.count_seats(seats_taken=5)
    before = exported(admin)

    def change(book: Any) -> None:
        page = book["Dogodki"]
        page["K2"], page["N2"] = 45, 7
        book["Osebe"].append([None, "Ana Novak"])

    answer = upload(client, edited(before, change))
    assert SheetImport.objects.get().state == "CHECKED"
    assert "Ana Novak" in answer.text
    assert not Person.objects.exists()
    press(client, "import")
    event = EventEdition.objects.get()
    assert (event.capacity, event.seats_taken, event.live) == (45, 7, True)
    assert Person.objects.get().name == "Ana Novak"
    press(client, "undo")
    event = EventEdition.objects.get()
    assert (event.capacity, event.seats_taken, event.live) == (30, 5, True)
    assert not Person.objects.exists()
    assert cells(exported(admin)) == cells(before)
    assert SheetImport.objects.get().state == "UNDONE"


def test_errors_are_shown_with_sheet_row_and_column_in_slovenian(admin: Any) -> None:
    answer = upload(
        signed_in(admin),
        workbook("Prizorišča", ["Ime (sl)", "Naslov", "Dostop brez stopnic"], ["Dvorana", "Trg 1", "morda"]),
    )
    for words in ("Prizorišča", "<td>2</td>", "Dostop brez stopnic", "Napišite »da« ali »ne«."):
        assert words in answer.text
    assert SheetImport.objects.get().state == "REFUSED"
    press(signed_in(admin), "import")
    assert not Venue.objects.exists()


def test_what_changed_since_the_check_is_shown_again_and_not_imported(admin: Any) -> None:
    client, event = signed_in(admin), factories.event(capacity=30)
    upload(client, edited(exported(admin, "events"), lambda book: book["Dogodki"].__setitem__("K2", 45)))
    event.capacity = 50
    event.save_revision().publish()
    press(client, "import")
    assert EventEdition.objects.get().capacity == 50
    assert SheetImport.objects.get().state == "CHECKED"
    press(client, "import")
    assert EventEdition.objects.get().capacity == 45


def test_an_import_whose_rows_were_edited_since_is_not_undone(admin: Any) -> None:
    client, event = signed_in(admin), factories.event(capacity=30)
    upload(client, edited(exported(admin, "events"), lambda book: book["Dogodki"].__setitem__("K2", 45)))
    press(client, "import")
    event = EventEdition.objects.get()
    event.capacity = 50
    event.save_revision().publish()
    answer = press(client, "undo")
    assert EventEdition.objects.get().capacity == 50
    assert SheetImport.objects.get().state == "DONE"
    assert "po uvozu" in answer.text


def test_new_rows_that_are_used_meanwhile_are_not_undone(admin: Any) -> None:
    client = signed_in(admin)
    upload(client, workbook("Prizorišča", ["Ime (sl)", "Naslov"], ["Dvorana", "Trg 1"], ["Klub", "Trg 2"]))
    press(client, "import")
    factories.event(mode="ONSITE", venue=Venue.objects.first())
    press(client, "undo")
    assert Venue.objects.count() == 2


def test_a_draft_over_something_published_is_undone_to_both(admin: Any) -> None:
    client, event = signed_in(admin), factories.event(capacity=30)
    event.capacity = 35
    event.save_revision()
    upload(client, edited(exported(admin, "events"), lambda book: book["Dogodki"].__setitem__("K2", 45)))
    press(client, "import")
    assert EventEdition.objects.get().capacity == 45
    press(client, "undo")
    event = EventEdition.objects.get()
    assert (event.capacity, event.get_latest_revision_as_object().capacity) == (30, 35)


def test_programmes_are_undone_in_every_language(admin: Any) -> None:
    client = signed_in(admin)
    programme = factories.programme(title="Gradivo")
    factories.translated(programme, title="Material")
    upload(
        client,
        edited(exported(admin, "programmes"), lambda book: book["Programi"].__setitem__("D2", "Stuff")),
    )
    press(client, "import")
    titles = ProgrammePage.objects.order_by("title").values_list("title", flat=True)
    assert list(titles) == ["Gradivo", "Stuff"]
    press(client, "undo")
    assert list(titles.all()) == ["Gradivo", "Material"]


def test_a_new_programme_is_undone_in_every_language(admin: Any) -> None:
    client, old = signed_in(admin), factories.programme(title="Gradivo")

    def add(book: Any) -> None:
        page = book["Programi"]
        headings, known = ([cell.value for cell in row] for row in list(page.rows)[:2])
        row = dict(zip(headings, known, strict=True))
        row |= {
            "Ključ": None,
            "Naslov (sl)": "Novo",
            "Naslov (en)": "New",
            "Povzetek (en)": factories.SUMMARY,
        }
        page.append(list(row.values()))

    upload(client, edited(exported(admin, "programmes"), add))
    press(client, "import")
    assert set(ProgrammePage.objects.live().values_list("title", flat=True)) == {"Gradivo", "Novo", "New"}
    press(client, "undo")
    assert ProgrammePage.objects.get().pk == old.pk


def test_only_the_last_import_can_be_undone(admin: Any) -> None:
    client = signed_in(admin)
    for name in ("Ana", "Bor"):
        upload(client, workbook("Osebe", ["Ime in priimek"], [name]))
        press(client, "import")
    first = SheetImport.objects.order_by("pk").first()
    client.post(reverse("spreadsheets_import", args=[first.pk]), {"undo": "1"})
    assert Person.objects.count() == 2


def test_nobody_sees_the_uploads_of_others(admin: Any) -> None:
    upload(signed_in(admin), workbook("Osebe", ["Ime in priimek"], ["Ana"]))
    other = get_user_model().objects.create_superuser("other", "other@example.si")
    address = reverse("spreadsheets_import", args=[SheetImport.objects.get().pk])
    assert signed_in(other).get(address).status_code == 404


def test_a_file_that_is_too_large_is_refused_before_it_is_read(admin: Any) -> None:
    answer = upload(signed_in(admin), b"a" * (10 * 1024 * 1024 + 1))
    assert "10 MB" in answer.text
    assert not SheetImport.objects.exists()


def test_a_fault_of_the_site_is_said_and_changes_nothing(admin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("cms.sheets.importing.headed", broken)
    answer = upload(signed_in(admin), workbook("Osebe", ["Ime in priimek"], ["Ana"]))
    assert SheetImport.objects.get().state == "FAILED"
    assert "napaka spletišča" in answer.text
