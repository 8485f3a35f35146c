"""Dates, money and numbers as the languages of the site write them."""

import pytest

from centres.site.formats import Formats

SL, EN = Formats("sl"), Formats("en")


@pytest.mark.parametrize(
    ("start", "end", "slovenian", "english"),
    [
        ("2027-04-14T10:00:00+02:00", "2027-04-14T13:00:00+02:00", "14. april 2027", "14 April 2027"),
        ("2027-02-15T10:00:00+01:00", "2027-02-17T13:00:00+01:00", "15.–17. februar 2027", "15–17 February 2027"),
        (
            "2027-02-15T10:00:00+01:00", "2027-03-15T13:00:00+01:00",
            "15. februar – 15. marec 2027", "15 February – 15 March 2027",
        ),
        (
            "2027-12-30T10:00:00+01:00", "2028-01-02T13:00:00+01:00",
            "30. december 2027 – 2. januar 2028", "30 December 2027 – 2 January 2028",
        ),
        # Midnight of Ljubljana, not of Greenwich.
        ("2027-04-13T22:30:00Z", "2027-04-14T01:00:00Z", "14. april 2027", "14 April 2027"),
    ],
)  # fmt: skip
def test_days_are_written_as_briefly_as_one_says_them(
    start: str, end: str, slovenian: str, english: str
) -> None:
    assert (SL.days(start, end), EN.days(start, end)) == (slovenian, english)


def test_a_day_has_its_weekday_and_a_time_its_two_points() -> None:
    assert SL.weekday("2027-04-14T10:00:00+02:00") == "sreda, 14. april 2027"
    assert SL.times("2027-04-14T08:00:00Z", "2027-04-14T11:00:00Z") == "10:00–13:00"
    assert SL.short_day("2027-04-07T10:00:00+02:00") == "7.\u00a04.\u00a02027"


@pytest.mark.parametrize(
    ("date", "precision", "said"),
    [
        ("2021-12-01", "MONTH", "december 2021"),
        ("1972-01-01", "YEAR", "1972"),
        ("2021-12-13", "DAY", "13. december 2021"),
    ],
)
def test_a_date_says_no_more_than_is_known(date: str, precision: str, said: str) -> None:
    assert SL.partial({"date": date, "precision": precision}) == said


@pytest.mark.parametrize(
    ("amount", "slovenian", "english"),
    [("60.00", "60\u00a0€", "€60"), ("1250.50", "1.250,50\u00a0€", "€1,250.50")],
)
def test_money_has_decimals_only_where_there_are_any(amount: str, slovenian: str, english: str) -> None:
    assert (SL.money(amount, "EUR"), EN.money(amount, "EUR")) == (slovenian, english)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("+38610000102", "+386 1 000 01 02"), ("+38641123456", "+386 41 123 456"), ("+39040123456", "+39040123456"),
    ],
)  # fmt: skip
def test_a_telephone_number_is_written_as_one_reads_it(number: str, said: str) -> None:
    assert SL.phone(number).replace("\u00a0", " ") == said


@pytest.mark.parametrize(("size", "said"), [(1_234_567, "1,2 MB"), (54_000, "54 kB"), (12_400_000, "12 MB")])
def test_a_size_is_short(size: int, said: str) -> None:
    assert SL.size(size).replace("\u00a0", " ") == said


def test_languages_have_names_and_unknown_codes_stay() -> None:
    assert SL.languages(["sl", "en"]) == "slovenščina in angleščina"
    assert EN.language("xx-nonsense") == "xx-nonsense"
    assert EN.language("") == ""
