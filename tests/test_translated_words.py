"""No word that editors read is left in English."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.utils.translation import override


@pytest.mark.parametrize("app", ["centres", "home"])
def test_every_word_that_editors_read_is_translated(app: str) -> None:
    catalogue = {
        entry.msgid: entry
        for path in Path(app).rglob("locale/sl/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
    }
    missing = [
        words for words in marked_words(app) if not (words in catalogue and catalogue[words].translated())
    ]
    assert missing == []


def test_many_of_a_thing_have_a_slovenian_name() -> None:
    """Django would put an English s behind the name of one."""
    with override("sl"):
        names = [
            (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
            for model in apps.get_models()
        ]
    with override("en"):
        english = {str(model._meta.verbose_name) for model in apps.get_models()}
    assert [many for one, many in names if many == f"{one}s" and one not in english] == []


def marked_words(app: str) -> list[str]:
    """Return what the sources of ``app`` mark for translation."""
    found = []
    for path in Path(app).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in ("_", "gettext", "gettext_lazy") and isinstance(node.args[0], ast.Constant):
                found.append(str(node.args[0].value))
    return found


def test_the_glossary_has_the_words_of_the_admin() -> None:
    """docs/glossary.md names each model in both languages."""
    rows = re.findall(
        r"^\| `(\w+)` \| (.+?) \| (.+?) \|", Path("docs/glossary.md").read_text("utf-8"), re.MULTILINE
    )
    models = {model.__name__: model._meta for model in apps.get_models()}
    assert len(rows) > 30
    for language, place in (("en", 1), ("sl", 2)):
        with override(language):
            assert {row[0]: row[place] for row in rows} == {
                row[0]: str(models[row[0]].verbose_name) for row in rows
            }
