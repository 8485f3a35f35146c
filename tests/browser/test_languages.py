"""Screens of the admin speak one language: no English among the Slovenian words and no Slovenian among the English.

The Slovenian screens are read while the tasks are done (`test_tasks`); here the same screens are read in English.
"""

from collections.abc import Callable

import pytest

from tests.browser.languages import english_in, slovenian_in
from tests.browser.librarians import Librarian, Public, come, own_site, public
from tests.browser.test_tasks import PROGRAMMES, number_of

__all__ = ["come", "own_site", "public"]

pytestmark = pytest.mark.django_db

# The name of the site, which is a word of the admin as well.
CONTENT = {"Kompetenčni centri"}


def test_the_catalogues_tell_the_languages_apart() -> None:
    texts = ["Save draft", "Shrani osnutek", "Strokovne srede", "3 matches", "There are 3 matches"]
    assert english_in(texts) == ["Save draft", "There are 3 matches"]
    assert slovenian_in(texts) == ["Shrani osnutek"]


def test_the_screens_of_the_tasks_speak_english(come: Callable[..., Librarian], public: Public) -> None:
    (programme,) = public.ask(PROGRAMMES, centre="pionirska", title="Strokovne srede")["programmes"]["nodes"]
    event = number_of(programme["editions"]["nodes"][-1]["id"])
    for name, places in {
        "vodja.pionirska": (
            "",
            f"pages/{number_of(programme['id'])}/edit/",
            "snippets/centres/eventedition/",
            f"snippets/centres/eventedition/edit/{event}/",
            "reports/month/?month=2027-04",
            "reviews/",
            "images/add/",
        ),
        "prevajalka": ("", "reports/translation-gaps/"),
        "tajnica": ("", "snippets/centres/review/", "snippets/centres/appointment/"),
    }.items():
        person = come(name)
        page = person.open("/admin/account/")
        page.select_option("[name$=preferred_language]", "en")
        with page.expect_navigation():
            page.locator("main form [type=submit]").first.click()
        person.read.clear()
        for place in places:
            person.open(f"/admin/{place}")
            for tab in page.locator("main [role=tab]").all():
                tab.click()
                person.look()
        found = {text: person.read[text] for text in slovenian_in(person.read) if text not in CONTENT}
        assert found == {}, name
