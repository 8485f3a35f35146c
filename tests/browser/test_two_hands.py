"""A name that the commission gave passes through two hands before the public reads it."""

import re
from collections.abc import Callable

import pytest

from tests.browser.librarians import Librarian, Public, come, own_site, public

__all__ = ["come", "own_site", "public"]

pytestmark = pytest.mark.django_db

NEW_NAME = "Kompetenčni center za učenje odraslih v knjižnicah"


def test_a_new_name_of_a_centre_needs_the_commissions_word_too(
    come: Callable[[str], Librarian], public: Public
) -> None:
    lead, secretary = come("vodja.ucni"), come("tajnica")
    page = lead.open("/admin/centres/")
    page.get_by_role("row", name=re.compile("slovenščina")).get_by_role("link", name="Učni center").click()
    address = page.url.removeprefix(lead.address)
    page.fill("input[name=official_name]", NEW_NAME)
    lead.press("Pošlji na")
    lead.open(address)
    lead.press("Potrdi")
    lead.says("posodobljen")
    assert public_name(public) != NEW_NAME

    secretary.open("/admin/")
    secretary.page.locator(f"a[href$='{address}']").first.click()
    secretary.press("Potrdi")
    secretary.says("posodobljen")
    assert public_name(public) == NEW_NAME
    assert lead.complaints == secretary.complaints == []


def public_name(public: Public) -> str:
    """Return the official name of the centre as the public has it."""
    return str(public.ask('{ centre(slug: "ucni-center") { officialName } }')["centre"]["officialName"])
