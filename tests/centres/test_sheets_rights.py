"""Spreadsheets follow the rights of their reader, on pages, editions and lists alike."""

import pytest
from django.urls import reverse

from tests.centres.test_rights import EDITOR, OTHER, Content, build, signed_in, site
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
