"""Slovenian inflects what Wagtail puts into its sentences: the name of a model stands where it need not be."""

import re
from pathlib import Path

import polib
import pytest
import wagtail
from django.test import Client
from django.utils import translation

from cms.lists import CountingPaginator
from cms.models import SharedText
from tests import factories as make

OURS = polib.pofile("config/locale/sl/LC_MESSAGES/django.po")
NAMES = re.compile(r"%\((model_name|snippet_type_name|snippet_plural_name|verbose_name|label)\)s")
# At the beginning, behind a colon or a bracket, or in quotes: there a word keeps the form of the dictionary.
NOMINATIVE = re.compile(r"(^|: |\(|»)%\(")
# Parts of the admin that this site does not have, or names that are no models'.
ELSEWHERE = (
    "will be set to",
    "this block has no options",
    "Workflow '%(workflow_name)s' on",
    "Sort the order of child pages",
    "%(related_model_name)s",
)
PARTS = ("admin", "snippets", "users", "locale", "images", "documents", "sites")


def said() -> dict[str, list[str]]:
    """Return what the admin says in Slovenian with the name of a model in it, by the English words."""
    root = Path(wagtail.__file__).parent
    found: dict[str, list[str]] = {}
    for part in PARTS:
        folder = root / part if part == "locale" else root / part / "locale"
        for entry in [*polib.pofile(str(folder / "sl/LC_MESSAGES/django.po"))]:
            if NAMES.search(entry.msgid) and not any(words in entry.msgid for words in ELSEWHERE):
                found[entry.msgid] = [*(entry.msgstr_plural.values() or [entry.msgstr])]
    found |= {
        entry.msgid: [*(entry.msgstr_plural.values() or [entry.msgstr])]
        for entry in OURS
        if NAMES.search(entry.msgid)
    }
    return found


def test_the_name_of_a_model_keeps_the_form_of_the_dictionary() -> None:
    inflected = [
        text
        for texts in said().values()
        for text in texts
        for name in NAMES.finditer(text)
        if not NOMINATIVE.search(text[: name.start() + 2])
    ]
    assert inflected == []


@pytest.mark.django_db
def test_lists_and_choosers_ask_without_inflecting(admin_client: Client) -> None:
    make.person()
    people = admin_client.get("/admin/snippets/centres/person/").content.decode()
    assert "Dodaj: oseba" in people
    assert "Osebe: 1" in people
    assert "True" not in people
    form = admin_client.get("/admin/snippets/centres/person/add/").content.decode()
    assert "Novo: Oseba" in form
    assert "Izberite: organizacija" in form


@pytest.mark.django_db
def test_a_field_of_many_choices_begins_with_a_capital_as_all_others(admin_client: Client) -> None:
    form = admin_client.get("/admin/snippets/centres/eventedition/add/").content.decode()
    assert re.search(r">\s*Jeziki\b", form)
    assert not re.search(r">\s*jeziki\b", form)


@pytest.mark.django_db
def test_a_list_says_what_it_counts_before_the_number() -> None:
    with translation.override("sl"):
        assert CountingPaginator(SharedText.objects.none(), 10).items_count_label == "Skupna besedila: 0"


@pytest.mark.django_db
def test_titles_and_windows_keep_their_words_apart(admin_client: Client) -> None:
    centre = make.centre()
    page = admin_client.get(f"/admin/pages/{centre.pk}/edit/").content.decode()
    assert "Urejanje (Center): Pionirska" in page
    window = admin_client.get("/admin/snippets/choose/centres/organisation/").json()["html"]
    assert re.search(r"Izberite:\s*<[^>]*>\s*organizacija|Izberite:.{0,200}organizacija", window, re.DOTALL)
