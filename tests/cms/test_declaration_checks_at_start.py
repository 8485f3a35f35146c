"""Declarations at which a process would stop before any check are told by `manage.py check` too, all at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parent.parent.parent
MODELS = """
from django.db import models
from grapple.models import GraphQLForeignKey, GraphQLInt
from cms.graphql_fields import List, field


class Note(models.Model):
    text = models.TextField()
    year = models.IntegerField(null=True)

    graphql_fields = [
        GraphQLForeignKey("author", "nowhere.Author"),
        field("colour String", "Colour."),
        field("year: Int!", "Year."),
        field("words: Wrods", "Words.", source="text"),
        GraphQLInt("text"),
        "text",
    ]
    graphql_list = List("notes", order={"TEXT": "txet"})
"""


def check(folder: Path, settings: str) -> subprocess.CompletedProcess[str]:
    """Return what `manage.py check` did with settings that begin with those of the tests."""
    begin = "from config.settings.test import *\nfrom config.settings.test import GRAPPLE, INSTALLED_APPS\n"
    (folder / "wrong_settings.py").write_text(begin + settings, "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(folder), "DATABASE_URL": "sqlite:///:memory:"}
    return subprocess.run(  # our own arguments
        [sys.executable, "manage.py", "check", "--settings", "wrong_settings"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_an_app_with_many_mistakes_gets_all_of_them_said_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "__init__.py").touch()
    (tmp_path / "wrong" / "models.py").write_text(MODELS, "utf-8")
    done = check(
        tmp_path,
        'INSTALLED_APPS = [*INSTALLED_APPS, "wrong"]\n'
        'GRAPPLE = {**GRAPPLE, "APPS": [*GRAPPLE["APPS"], "wrong"]}\n',
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for said in (
        "(cms.E101) wrong.Note.year:", "(cms.E102) wrong.Note.text:", "(cms.E103) wrong.Note.graphql_list.order:",
        "(cms.E106) wrong.Note.author:", "(cms.E106) wrong.Note.words:", "(cms.E114) wrong.Note.'text':",
        "(cms.E114) wrong.Note.colour String:",
    ):  # fmt: skip
        assert said in done.stderr
    assert done.stderr.count("HINT:") == 7


def test_an_app_that_is_left_out_of_the_graph_is_named(tmp_path: Path) -> None:
    done = check(
        tmp_path, 'GRAPPLE = {**GRAPPLE, "APPS": [one for one in GRAPPLE["APPS"] if one != "home"]}\n'
    )
    assert done.returncode == 1
    assert "(cms.E109) home.HomePage.graphql_fields:" in done.stderr
    assert 'HINT: Add “home” to GRAPPLE["APPS"]' in done.stderr
    assert "Traceback" not in done.stderr


def test_the_schema_is_made_by_grapple_and_graphene_django(tmp_path: Path) -> None:
    done = check(
        tmp_path,
        'INSTALLED_APPS = [one for one in INSTALLED_APPS if one not in ("grapple", "graphene_django")]\n',
    )
    assert done.returncode == 2
    assert done.stderr == (
        "Configuration: INSTALLED_APPS lacks grapple and graphene_django: they make the types of the graph.\n"
    )


def test_without_the_packages_nothing_starts(tmp_path: Path) -> None:
    for package in ("grapple", "graphene_django"):
        done = check(tmp_path, f"import sys\nsys.modules[{package!r}] = None\n")
        assert done.returncode != 0
        assert package in done.stderr.splitlines()[-1]
