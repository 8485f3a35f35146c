"""docs/extending.md is followed literally in a copy of the project; models in grapple's words are served there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.database import migrated
from tests.kept_databases import SHELF

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "extending.md"
NEW = "a new file"
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "data", "__pycache__", ".*_cache", "benchmarks", "screenshots"
)


def snippets() -> list[tuple[str, str, str]]:
    """Return file, place and text of each snippet of Python."""
    found = re.findall(r"```python\n# (\S+): ([^\n]+)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(found) == PAGE.read_text("utf-8").count("```python")
    return found


def apply(source: str, place: str, text: str) -> str:
    """Return ``source`` with a snippet at its place, as the page says it in words."""
    if place == NEW:
        return text
    if place == "at the end":
        return f"{source}\n\n{text}"
    if place == "with the imports":
        return re.sub(r"^from ", lambda match: text + match.group(0), source, count=1, flags=re.MULTILINE)
    if found := re.fullmatch(r"in (\w+), before (\w+)", place):
        pattern = rf"(class {found[1]}\(.*?)(    {found[2]} = )"
        return re.sub(pattern, lambda match: match[1] + text + match[2], source, count=1, flags=re.DOTALL)
    found = re.fullmatch(r"first in (\w+)\.(\w+)", place)
    assert found, place
    pattern = rf"(class {found[1]}\(.*?    {found[2]} = \[)"
    return re.sub(pattern, lambda match: f"{match[1]}\n{text}", source, count=1, flags=re.DOTALL)


SETTINGS = """from .test import *
from .test import DATABASES, GRAPPLE, INSTALLED_APPS
DATABASES["default"]["NAME"] = BASE_DIR / "scratch.sqlite3"
INSTALLED_APPS = [*INSTALLED_APPS, "magazine"]
GRAPPLE = {**GRAPPLE, "APPS": [*GRAPPLE["APPS"], "magazine"]}
"""


def run(folder: Path, *arguments: str) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.scratch",
        "DATABASE_URL": "sqlite:///:memory:",
        "DATA_DIR": str(folder / "data"),
        "PYTHONPATH": str(folder),
    }
    done = subprocess.run(  # our own arguments
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{arguments}\n{done.stdout[-8000:]}\n{done.stderr[-6000:]}"


@pytest.fixture
def migrated_file(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Path:
    """Return the migrated database of this run: with it only what is new is migrated."""
    with django_db_blocker.unblock():
        return Path(SHELF.name(migrated()))


@pytest.fixture
def scratch(tmp_path: Path, migrated_file: Path) -> Path:
    """Return a copy of the project with settings of its own, and with the models of grapple's documentation."""
    folder = tmp_path / "project"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    shutil.copytree(ROOT / "tests" / "extending" / "magazine", folder / "magazine")
    (folder / "config" / "settings" / "scratch.py").write_text(SETTINGS, "utf-8")
    schema = folder / "config" / "schema.graphql"
    shutil.copy(schema, schema.with_name("schema.before.graphql"))
    shutil.copy(migrated_file, folder / "scratch.sqlite3")
    return folder


def test_the_page_is_followed_literally_and_the_laws_hold_for_what_is_new(scratch: Path) -> None:
    for file, place, text in snippets():
        path = scratch / file
        before = "" if place == NEW else path.read_text("utf-8")
        assert path.exists() != (place == NEW), file
        after = apply(before, place, text)
        assert after != before, f"{file}: {place}"
        path.write_text(after, "utf-8")
    run(scratch, "-P", "tests/extending/follow.py")
    schema = (scratch / "config" / "schema.graphql").read_text("utf-8")
    assert "type NewsConnection" in schema
    assert "input NewsFilter" in schema
    # Tests that know nothing of what is new hold for it.
    run(
        scratch, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n0", "--ds", "config.settings.scratch",
        "tests/extending/asked.py", "tests/extending/laws.py", "tests/test_guard.py",
        "tests/test_contract.py::test_the_committed_schema_is_the_served_one",
        "tests/test_contract.py::test_everything_in_the_schema_has_a_description",
        "tests/centres/test_list_parts.py::test_every_list_has_both_ways_and_every_filter_its_junctions",
    )  # fmt: skip


def lines(*titles: str) -> int:
    """Return how many lines the snippets of some sections have that are not blank."""
    text = PAGE.read_text("utf-8")
    sections = {part.partition("\n")[0]: part for part in text.split("\n## ")}
    code = "".join(
        body
        for title in titles
        for body in re.findall(r"```python\n# [^\n]+\n(.*?)```", sections[title], re.DOTALL)
    )
    return len([line for line in code.splitlines() if line.strip()])


def test_what_is_declared_once_is_short() -> None:
    assert lines("A field") <= 3
    assert lines("A page type with a list, a filter and an order") <= 45
    assert lines("A block") <= 15
    for title in ("A field", "A page type with a list, a filter and an order", "A block"):
        files = {file for file, _place, _text in snippets_of(title)}
        assert len(files) == 1, files


def snippets_of(title: str) -> list[tuple[str, str, str]]:
    text = PAGE.read_text("utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return re.findall(r"```python\n# (\S+): ([^\n]+)\n(.*?)```", text, re.DOTALL)
