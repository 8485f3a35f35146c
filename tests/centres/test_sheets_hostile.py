"""Spreadsheets as they come: broken, hostile or only unusual. Each gives a sentence, or the right result."""

import datetime as dt
import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from centres.models import EventEdition, Person, Session, Venue
from tests import factories
from tests.centres.sheet_files import edited, exported, exported_csv, imported, said, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PEOPLE = ["Ime in priimek", "Službena e-pošta", "Soglaša z objavo e-pošte"]
PLACES = ["Ime (sl)", "Naslov", "Zemljepisna širina", "Zemljepisna dolžina", "Slušna zanka"]
EVENTS = [
    "Program", "Termin: začetek", "Termin: konec", "Način izvedbe", "Jeziki", "Mesta", "Kotizacija: oznaka (sl)",
    "Kotizacija: znesek",
]  # fmt: skip
START, END = dt.datetime(2027, 4, 7, 10), dt.datetime(2027, 4, 7, 12)  # noqa: DTZ001  # as a workbook has them


def people(*lines: list[Any]) -> bytes:
    return workbook("Osebe", PEOPLE, *(lines or (["Ana"],)))


def places(*cells: Any) -> bytes:
    return workbook("Prizorišča", PLACES, ["Dvorana", "Trg 1", *cells])


def event(**changed: Any) -> bytes:
    cells = {
        "Program": "pionirska/gradivo", "Termin: začetek": START, "Termin: konec": END, "Način izvedbe": "na spletu",
        "Jeziki": "slovenščina", "Mesta": 30, "Kotizacija: oznaka (sl)": "vsi", "Kotizacija: znesek": 60,
    }  # fmt: skip
    names = {heading.replace(": ", "_").replace(" ", "_").lower(): heading for heading in EVENTS}
    cells |= {names[name]: value for name, value in changed.items()}
    return workbook("Dogodki", EVENTS, [cells[heading] for heading in EVENTS])


def csv(text: str, encoding: str = "utf-8") -> bytes:
    return text.encode(encoding)


def changed(change: Callable[[Workbook], None], content: bytes | None = None) -> bytes:
    return edited(content or people(), change)


def hidden(book: Workbook) -> None:
    book.create_sheet("Skrito").append(["skrivnost"])
    book["Skrito"].sheet_state = "hidden"


def merged(book: Workbook) -> None:
    page = book["Dogodki"]
    page.append([None, dt.datetime(2027, 4, 8, 10), dt.datetime(2027, 4, 8, 12)])  # noqa: DTZ001
    page.merge_cells("A2:A3")


def rezipped(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        del parts[name]

    return change


def far_away(parts: dict[str, bytes]) -> None:
    row = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", row)


def entities(parts: dict[str, bytes]) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    part = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = (
        bomb + part.partition(b"?>")[2] if part.startswith(b"<?xml") else bomb + part
    )


def bomb(parts: dict[str, bytes]) -> None:
    parts["xl/media/image1.png"] = bytes(200 * 1024 * 1024)


WRONG: dict[str, tuple[Callable[[], bytes], str]] = {
    "a formula": (lambda: people(["=1+1"]), "formula"),
    "a formula that calls a program": (lambda: people(["=cmd|' /C calc'!A0"]), "formula"),
    "an error of Excel": (lambda: changed(lambda book: setattr(book["Osebe"]["A2"], "value", "#N/A")), "napaka (#N/A)"),
    "words for a number": (lambda: places("severno", 14.5), "To ni število"),
    "a date for a number": (lambda: event(mesta=START), "To ni celo število"),
    "half a seat": (lambda: event(mesta=30.5), "To ni celo število"),
    "less than no seats": (lambda: event(mesta=-3), "To ni celo število"),
    "a number for words": (lambda: people([dt.date(2027, 1, 1)]), "Sem sodi besedilo"),
    "a date that is none": (lambda: event(termin_začetek="32. 13. 2027 10:00"), "To ni datum z uro"),
    "a bare number for a date": (lambda: event(termin_začetek=46484), "To ni datum z uro"),
    "a date without a year": (lambda: event(termin_začetek="7. april"), "To ni datum z uro"),
    "an hour that the clocks leave out": (lambda: event(termin_začetek="28. 3. 2027 2:30"), "ura premakne naprej"),
    "a year in the far future": (lambda: event(termin_začetek="7. 4. 20270 10:00"), "To ni datum z uro"),
    "a session that ends before it begins": (lambda: event(termin_konec=dt.datetime(2027, 4, 7, 9)), "konč"),  # noqa: DTZ001
    "an amount that can be two": (lambda: event(kotizacija_znesek="1.250"), "1250 ali 1,250"),
    "an amount with three decimals": (lambda: event(kotizacija_znesek="60,005"), "več kot 2 decimalki"),
    "an amount that is no number": (lambda: event(kotizacija_znesek="NaN"), "To ni število"),
    "a value that is in no list": (lambda: event(način_izvedbe="v gozdu"), "ni na seznamu"),
    "a programme that is not there": (lambda: event(program="pionirska/gradiva"), "Podobno: pionirska/gradivo"),
    "the same key twice": (lambda: workbook("Osebe", ["Ključ", *PEOPLE], ["a", "Ana"], ["a", "Bor"]), "ima isti ključ"),
    "the same thing twice": (lambda: people(["Ana"], ["Ana"]), "isto kot vrstica 2"),
    "words that are too long": (lambda: people(["a" * 40_000]), "160"),
    "a long text in one language": (lambda: workbook("Prizorišča", PLACES, ["a" * 200, "Trg"]), "največ 160"),
    "a column that nobody knows": (lambda: workbook("Osebe", [*PEOPLE, "Plača"], ["Ana"]), "Stolpca »Plača« ni"),
    "a heading twice": (lambda: workbook("Osebe", ["Ime in priimek"] * 2, ["Ana", "Bor"]), "se ponovi"),
    "a cell without a heading": (lambda: people(["Ana", None, None, "opomba"]), "v stolpcu brez naslova"),
    "a sheet that nobody knows": (lambda: workbook("List1", ["a", "b"], [1, 2]), "Ni jasno, kaj je na tem listu"),
    "a sheet twice": (lambda: changed(lambda book: book.create_sheet("people").append(PEOPLE)), "Takšna lista sta dva"),
    "a hidden sheet": (lambda: changed(hidden), "Ta list je skrit"),
    "nothing": (lambda: b"", "V datoteki ni ničesar"),
    "an empty workbook": (lambda: workbook("Osebe"), "V datoteki ni ničesar"),
    "11 MB": (lambda: random.Random(1).randbytes(11 * 1024 * 1024), "večja od 10 MB"),
    "a zip bomb": (lambda: rezipped(people(), bomb), "Razpakirana datoteka"),
    "entities that grow": (lambda: rezipped(people(), entities), "poškodovana"),
    "macros": (lambda: rezipped(people(), lambda parts: parts.update({"xl/vbaProject.bin": b"x"})), "makre"),
    "an old workbook or a password": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "star delovni zvezek"),
    "half a workbook": (lambda: people()[:900], "poškodovana"),
    "a workbook without its sheet": (lambda: rezipped(people(), without("xl/worksheets/sheet1.xml")), "ni ničesar"),
    "a document of Word": (lambda: rezipped(people(), without("xl/workbook.xml")), "poškodovana"),
    "a zip of anything": (lambda: rezipped(people(), without("[Content_Types].xml")), "To ni Excelov"),
    "a page of the web": (lambda: b"<!DOCTYPE html><table><tr><td>Ana</td></tr></table>", "To ni ne Excelov"),
    "a PDF": (lambda: b"%PDF-1.7\n%", "To ni ne Excelov"),
    "a quotation mark without its end": (lambda: csv('Ime in priimek\n"Ana\nBor\n'), "manjka narekovaj"),
    "bytes that are no letters": (lambda: b"Ime in priimek\nAna\x81\x83\n", "Črk v datoteki"),
    "more lines than a plan": (lambda: csv("Ime in priimek\n" + "Ana\n" * 20_001), "več kot 20000 vrstic"),
    "an e-mail without consent": (lambda: people(["Ana", "ana@example.si", "ne"]), "soglaša"),
    "one coordinate": (lambda: places(46.05), "obe"),
    "a place outside of the world": (lambda: places(146.05, 14.5), "90"),
}  # fmt: skip


@pytest.fixture
def admin() -> Any:
    return get_user_model().objects.create_superuser("admin", "admin@example.si")


def sentences(content: bytes, user: Any) -> list[str]:
    try:
        return [words for _sheet, _row, _column, words in said(imported(content, user))]
    except ValidationError as error:
        return error.messages


@pytest.mark.parametrize("name", WRONG)
def test_a_file_with_something_wrong_gets_a_sentence(admin: Any, name: str) -> None:
    factories.programme(title="Gradivo")
    make, words = WRONG[name]
    told = sentences(make(), admin)
    assert words in " ".join(told), told
    assert not any(model.objects.exists() for model in (Person, Venue, EventEdition))


@pytest.mark.parametrize(
    "start",
    [
        START,
        "7. 4. 2027 10:00",
        "7.4.2027 10.00",
        "07. 04. 2027 ob 10.00",
        "2027-04-07 10:00",
        "7/4/2027 10:00",
    ],
)
def test_dates_of_many_kinds_mean_the_same(admin: Any, start: Any) -> None:
    factories.programme(title="Gradivo")
    assert said(imported(event(termin_začetek=start), admin)) == []
    assert Session.objects.get().start == factories.moment(2027, 4, 7, 10)


def test_merged_cells_are_lines_of_the_same_event(admin: Any) -> None:
    factories.programme(title="Gradivo")
    assert said(imported(changed(merged, event()), admin)) == []
    assert EventEdition.objects.get().sessions.count() == 2


TABLE = "Ime (sl);Naslov;Zemljepisna širina;Zemljepisna dolžina;Slušna zanka\r\nČitalnica;Žabja 1;46,05;14,5;da\r\n"


@pytest.mark.parametrize(
    "content",
    [
        csv(TABLE), csv(TABLE, "utf-8-sig"), csv(TABLE, "cp1250"), csv(TABLE, "utf-16"), csv("sep=;\r\n" + TABLE),
        csv(TABLE.replace(";", "\t")), csv(TABLE.replace(",", ".").replace(";", ",")), csv(TABLE.replace("\r\n", "\n")),
        csv(TABLE.replace("\r\n", "\r")), csv(TABLE.upper()),
        workbook("Venues", PLACES, ["Čitalnica", "Žabja 1", "46,05", 14.5, True]),
        workbook("Prizorišča", PLACES, [], ["Čitalnica", "Žabja 1", 46.05, "14,5", "x"], []),
        rezipped(workbook("kar koli", PLACES, ["Čitalnica", "Žabja 1", 46.05, 14.5, 1]), lambda _parts: None),
    ],
)  # fmt: skip
def test_files_of_many_programs_say_the_same(admin: Any, content: bytes) -> None:
    assert sentences(content, admin) == []
    found = Venue.objects.get()
    assert str(found.name).casefold() == "čitalnica"
    assert (found.latitude, found.longitude, found.hearing_loop) == (46.05, 14.5, True)


def test_a_cell_in_the_last_corner_costs_neither_time_nor_memory(admin: Any) -> None:
    assert sentences(rezipped(people(), far_away), admin) == []
    assert Person.objects.get().name == "Ana"


def test_text_that_looks_like_a_formula_comes_back_as_text(admin: Any) -> None:
    for name in ("=1+1", "'=1+1", "-5", "@Ana", "''", "'"):
        Person.objects.all().delete()
        Person.objects.create(name=name)
        for content in (exported(admin, "people"), exported_csv(admin, "people")):
            assert imported(content, admin).counts == {"same": 1}


def test_every_problem_of_a_file_is_told_at_once(admin: Any) -> None:
    lines = [["Ana", "ni naslov", "da"], ["", "bor@example.si", "da"], ["Cene", "cene@example.si", "morda"]]
    assert [row for _sheet, row, _column, _words in said(imported(people(*lines), admin))] == [2, 3, 4]
