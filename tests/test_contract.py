"""The schema that frontends build on: written down, described, and changed only with notice."""

import subprocess
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from graphql import build_schema

from cms.graphql.schema.evolution import breaking_changes, unannounced, undated, undescribed
from config.schema import schema

BEFORE = 'type Query { "A book." book(id: ID!): String, "Its title." title: String! }'
AFTER = 'type Query { "A book." book(id: ID!, year: Int!): String }'
BREAKS = ["A required arg year on Query.book was added.", "Query.title was removed."]


def test_the_committed_schema_is_the_served_one() -> None:
    call_command("export_schema", check=True, stdout=StringIO())


def test_everything_in_the_schema_has_a_description() -> None:
    assert undescribed(schema) == []


def test_every_deprecation_says_until_when() -> None:
    assert undated(schema) == []


def test_what_lacks_a_description_or_a_date_is_named() -> None:
    sketch = build_schema(
        """
        type Query {
          f(a: Int): E @deprecated(reason: "Use g.")
          "Good." g(b: I): E @deprecated(reason: "Gone after 2030-01-31.")
        }
        enum E { "Good." A B }
        input I { c: Int }
        """
    )
    missing = {"Query", "Query.f", "Query.f(a:)", "Query.g(b:)", "E", "E.B", "I", "I.c"}
    assert set(undescribed(sketch)) == missing
    assert undated(sketch) == ["Query.f"]


def test_breaking_changes_are_found() -> None:
    assert breaking_changes(BEFORE, AFTER) == BREAKS
    assert breaking_changes(AFTER, AFTER) == []


def test_a_break_counts_as_told_only_in_a_section_about_the_schema() -> None:
    told = "# Changelog\n## 2.0\n### Schema\n\n- `Query.title` was\n  removed. Ask for `name`.\n\n### Fixed\n- Else.\n"
    elsewhere = "# Changelog\n## 2.0\n### Fixed\n- Query.title was removed.\n"
    assert unannounced(BREAKS, told) == BREAKS[:1]
    assert unannounced(BREAKS, elsewhere) == BREAKS


@pytest.fixture
def repository(tmp_path: Path, settings: Any) -> Callable[[str], None]:
    """Return a function that commits a schema in a repository of its own."""
    settings.BASE_DIR = tmp_path
    settings.CMS_GRAPHQL_SCHEMA_FILE = tmp_path / "schema.graphql"
    settings.CMS_CHANGELOG = tmp_path / "CHANGELOG.md"
    settings.CMS_CHANGELOG.write_text("# Changelog\n")

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def commit(text: str) -> None:
        settings.CMS_GRAPHQL_SCHEMA_FILE.write_text(text)
        git("add", ".")
        git("commit", "-m", "x")

    git("init", "-b", "main")
    return commit


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the changed schema served."""
    monkeypatch.setattr(
        "cms.management.commands.check_schema.import_string", lambda _path: build_schema(AFTER)
    )


def test_a_break_needs_a_word_in_the_changelog(
    repository: Callable[[str], None], changed: None, settings: Any
) -> None:
    repository(BEFORE)
    with pytest.raises(CommandError, match=r"Query\.title was removed"):
        call_command("check_schema")
    settings.CMS_CHANGELOG.write_text("### Schema\n" + "\n".join(f"- {change}" for change in BREAKS))
    call_command("check_schema", stdout=StringIO())


def test_a_break_is_also_found_once_it_is_committed(repository: Callable[[str], None], changed: None) -> None:
    repository(BEFORE)
    repository(AFTER)
    with pytest.raises(CommandError, match=r"Query\.title was removed"):
        call_command("check_schema")


def test_without_history_there_is_nothing_to_compare(tmp_path: Path, settings: Any) -> None:
    settings.BASE_DIR = tmp_path
    settings.CMS_GRAPHQL_SCHEMA_FILE = tmp_path / "schema.graphql"
    said = StringIO()
    call_command("check_schema", stdout=said)
    assert "nothing to compare" in said.getvalue()
