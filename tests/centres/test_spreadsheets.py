"""Spreadsheets of every list of the admin: no text is a formula, and Excel of a Slovenian office opens them."""

import csv
import datetime as dt
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.fields import LocalisedTextField
from cms.reports.spreadsheets import not_a_formula
from tests.admin_addresses import Address, addresses
from tests.centres.test_rights import Content, build, site

__all__ = ["build", "site"]  # the fixture and what it is made of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FORMULA = '=HYPERLINK("https://x.example","a")'
SIGNS = ("=", "+", "-", "@", "|", "\t", "\r", "\n", "＝")
# Columns in which people write names and words.
WORDS = ("title", "draft_title", "name", "label", "username", "first_name", "last_name", "text", "old_path")


def exports() -> list[Address]:
    """Return the addresses that write spreadsheets and need no key."""
    found = [
        address
        for address in addresses()
        if issubclass(address.view_class or object, SpreadsheetExportMixin) and not address.arguments
    ]
    assert len(found) > 20
    return found


def cells(client: Client, address: str, kind: str) -> list[list[Any]]:
    answer = client.get(address, {"export": kind})
    assert answer.status_code == 200, address
    content = answer.getvalue()
    if not answer.headers["Content-Disposition"].startswith("attachment"):
        return []
    if kind == "csv":
        return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    return [list(row) for row in load_workbook(BytesIO(content)).active.iter_rows()]


def make_all_words_formulas() -> None:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, LocalisedTextField):
                model._default_manager.update(**{field.name: {"sl": FORMULA}})
            elif isinstance(field, models.CharField) and field.name in WORDS and not field.choices:
                # What it was stays behind it: many of them are the only one of their name.
                changed = Concat(Value("=1+"), field.name, output_field=models.CharField())
                model._default_manager.update(**{field.name: changed})


@pytest.fixture
def hostile(site: Content) -> Client:
    client = Client()
    admin = get_user_model().objects.create_superuser("admin", "admin@example.si")
    programme = site.own["programme"]
    programme.save_revision(user=admin).publish(user=admin)
    programme.locked, programme.locked_by, programme.locked_at = True, admin, timezone.now()
    programme.save()
    Redirect.objects.create(old_path="/star", redirect_link="https://www.example.si/")
    page = site.own["centre"]
    page.save_revision(user=admin)
    page.get_workflow().start(page, admin)
    make_all_words_formulas()
    admin.refresh_from_db()
    client.force_login(admin)
    return client


def test_no_list_of_the_admin_writes_a_formula(hostile: Client) -> None:
    written = 0
    for address in exports():
        url = f"/{address.pattern}"
        for row in cells(hostile, url, "csv"):
            assert not [cell for cell in row if cell.startswith(SIGNS)], (url, row)
            written += any(cell.startswith("'=") for cell in row)
        for row in cells(hostile, url, "xlsx"):
            assert not [cell.value for cell in row if cell.data_type == "f"], url
    assert written > 20


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1",
     "＝1", "＋1", "－1", "＠SUM(A1)", "\u3000＝1", "﹦1", "|cmd", "\x00=1"],
)  # fmt: skip
def test_what_a_program_takes_for_a_formula_is_text(text: str) -> None:
    assert not_a_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Program", "1 = 1", "a@example.si", "– pomišljaj", "12 + 3"])
def test_other_words_stay_as_they_are(text: str) -> None:
    assert not_a_formula(text) == text


class Row:
    words, number, share = "=1+1\x07", -5, Decimal("-2.5")
    day, moment = dt.date(2026, 12, 1), dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)
    several = ["-a", "b"]
    mistake = "#N/A"


class Sheet(SpreadsheetExportMixin):
    list_export = ["words", "number", "share", "day", "moment", "several", "mistake"]
    export_headings = {"words": "=HYPERLINK(1)"}


def test_numbers_and_dates_stay_what_they_are_and_moments_are_local() -> None:
    with translation.override("en"):
        lines = b"".join(Sheet().stream_csv([Row])).decode()
    assert lines.startswith("\ufeff'=HYPERLINK(1);")
    second = next(csv.reader([lines.splitlines()[1]], delimiter=";"))
    assert second == [
        "'=1+1\x07", "-5", "-2,5", "1. 12. 2026", "2. 7. 2026 00:30", "'-a, b", "#N/A"
    ]  # fmt: skip


def test_a_workbook_has_texts_numbers_and_moments_and_no_formula() -> None:
    output = BytesIO()
    Sheet().write_xlsx([Row], output)
    heading, row = load_workbook(output).active.iter_rows()
    assert heading[0].value == "=HYPERLINK(1)"
    assert heading[0].data_type == "s"
    assert [cell.data_type for cell in row] == ["s", "n", "n", "d", "d", "s", "s"]
    assert [cell.value for cell in row[:3]] == ["=1+1", -5, -2.5]
    assert f"{row[4].value:%d %H.%M}" == "02 00.30"


def test_wagtails_own_report_opens_in_a_slovenian_office(site: Content, admin_client: Client) -> None:
    programme = site.own["programme"]
    admin = get_user_model().objects.get(is_superuser=True)
    Page.objects.filter(pk=programme.pk).update(title=FORMULA, draft_title=FORMULA)
    programme.refresh_from_db()
    programme.save_revision(user=admin).publish(user=admin)
    answer = admin_client.get(reverse("wagtailadmin_reports:aging_pages"), {"export": "csv"})
    content = answer.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    row = next(
        row for row in csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";") if FORMULA in row[0]
    )
    assert row[0] == f"'{FORMULA}"
    assert f"{timezone.localtime():%Y} " in row[2]
