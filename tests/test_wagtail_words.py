"""Words of Wagtail that its Slovenian translation lacks or gets wrong stand in config/locale."""

import re
from pathlib import Path

import polib
import pytest
import wagtail
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tests import factories as make

OURS = Path("config/locale/sl/LC_MESSAGES")
PLACES = re.compile(r"%\(\w+\)[sd]")


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_each_word_is_one_that_wagtail_has_and_is_filled_with_what_wagtail_gives(domain: str) -> None:
    files = Path(wagtail.__file__).parent.glob(f"**/locale/en/LC_MESSAGES/{domain}.po")
    known = {(entry.msgctxt, entry.msgid) for path in files for entry in polib.pofile(str(path))}
    for entry in polib.pofile(str(OURS / f"{domain}.po")):
        assert (entry.msgctxt, entry.msgid) in known
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            assert set(PLACES.findall(text)) <= set(PLACES.findall(entry.msgid)), entry.msgid


def test_pages_are_counted_as_slovenian_counts() -> None:
    forms = (
        "%(num_parent_objects)d page has been published",
        "%(num_parent_objects)d pages have been published",
    )
    with translation.override("sl"):
        said = [ngettext(*forms, n) % {"num_parent_objects": n} for n in (1, 2, 3, 5, 101)]
    assert said == [
        "Objavljena je 1 stran",
        "Objavljeni sta 2 strani",
        "Objavljene so 3 strani",
        "Objavljenih je 5 strani",
        "Objavljena je 101 stran",
    ]


@pytest.mark.django_db
def test_the_admin_speaks_slovenian_where_wagtail_does_not(client: Client, admin_client: Client) -> None:
    login = client.get("/admin/login/").content.decode()
    assert "Geslo" in login
    assert "Password" not in login
    centre = make.centre()
    start = admin_client.get("/admin/").content.decode()
    assert " Pages " not in start
    explorer = admin_client.get(f"/admin/pages/{centre.get_parent().pk}/").content.decode()
    assert "1–1 od 1" in explorer
    assert "v živo" not in explorer.lower()


def test_words_are_those_of_a_librarian() -> None:
    with translation.override("sl"):
        found = [
            ngettext("There is %(counter)s match", "There are %(counter)s matches", n) % {"counter": n}
            for n in (1, 2, 3, 5)
        ]
        assert [text.strip() for text in found] == ["1 zadetek", "2 zadetka", "3 zadetki", "5 zadetkov"]
        said = [
            gettext(text)
            for text in (
                "Locale",
                "Locales",
                "Upload",
                "Are you sure you want to unpublish this page?",
                "%(user_name)s saved a new version",
            )
        ]
    assert said == [
        "Jezik",
        "Jeziki",
        "Naloži",
        "Ali res želite stran umakniti iz objave?",
        "Nova različica: %(user_name)s",
    ]
