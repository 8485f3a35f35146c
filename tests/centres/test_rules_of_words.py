"""Titles, names, numbers and addresses that are refused, and what editors are told to write instead."""

import pytest

from centres.validation import check_https, check_isbn, check_official_name, check_title, phone_validator
from tests.centres.refusing import refused

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    "title",
    [
        "Prireditvena dejavnost, 17. 5. 2022",
        "Strokovna sreda 8.10.",
        "Strokovna sreda 8. oktobra",
        "Workshop on 17 May",
        "Workshop on May 17",
        "Delavnica 2027-03-16",
        "Delavnica 16/3/2027",
    ],
)
def test_title_with_a_date_is_refused(title: str) -> None:
    refused(lambda: check_title(title), "Datum vpišite pri izvedbi", "Put dates on the edition")


@pytest.mark.parametrize(
    "title",
    ["PRESTAVLJENO: Strokovna sreda", "Odpovedano – delavnica", "Cancelled: workshop", "Postponed workshop"],
)
def test_title_that_tells_a_state_is_refused(title: str) -> None:
    refused(lambda: check_title(title), "Stanje vpišite pri izvedbi", "Set the state on the edition")


@pytest.mark.parametrize(
    "title",
    [
        "Moja naj knjiga",
        "MEGA kviz 2026/2027",
        "Zlata hruška 2025",
        "Prvi meseci v splošni knjižnici",
        "15. cikel",
        "5 major topics",
        "Knjižnica 2.0",
        "80 let Cicibana",
    ],
)
def test_title_with_a_year_or_a_number_is_fine(title: str) -> None:
    check_title(title)


@pytest.mark.parametrize("name", [" Pionirska", "Pionirska "])
def test_official_name_has_no_blanks_around_it(name: str) -> None:
    refused(lambda: check_official_name(name), "Odstranite presledke", "Remove the blanks")


@pytest.mark.parametrize(
    "name", ["Pionirska - Center", "Pionirska — Center", "Pionirska– Center", "Pionirska –Center"]
)
def test_official_name_is_written_with_a_spaced_en_dash(name: str) -> None:
    refused(lambda: check_official_name(name), "pomišljaj s presledkom", "en dash with a blank")


@pytest.mark.parametrize(
    "name", ["Pionirska – Center za mladinsko književnost", "Center za e-knjige", "1948–2027"]
)
def test_official_name_may_have_hyphens_and_ranges(name: str) -> None:
    check_official_name(name)


@pytest.mark.parametrize(
    "isbn", ["978-961-01-4867-4", "961-6048-11-X", "9610148675", "123", "979-0-2600-0043-8x"]
)
def test_isbn_with_a_wrong_check_digit_is_refused(isbn: str) -> None:
    refused(lambda: check_isbn(isbn), "kontrolna številka", "check digit")


@pytest.mark.parametrize("isbn", ["978-0-306-40615-7", "9780306406157", "0-306-40615-2", "080442957X"])
def test_isbn_with_its_check_digit_is_fine(isbn: str) -> None:
    check_isbn(isbn)


@pytest.mark.parametrize(
    "number", ["01 308 48 00", "+386 1 308 48 00", "0038613084800", "+0123456789", "+3861308480\n"]
)
def test_telephone_is_written_with_its_country_code(number: str) -> None:
    refused(lambda: phone_validator(number), "z oznako države", "country code")


def test_address_of_a_website_is_secure() -> None:
    refused(lambda: check_https("http://www.mklj.si"), "https://", "https://")
