"""Migrations keep the version before them working, because it serves while they are applied."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django_migration_linter.sql_analyser import analyse_sql_statements, get_sql_analyser_class

ROOT = Path(__file__).parent.parent
# One a line: app and migration. Behind the first release each has a reason why no running version needs what it drops.
ALLOWED = ROOT / "tests" / "allowed_migrations.txt"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="production runs on PostgreSQL"),
]


def allowed() -> set[tuple[str, str]]:
    lines = (line.partition("#")[0].split() for line in ALLOWED.read_text().splitlines())
    return {(line[0], line[1]) for line in lines if line}


def ours(loader: MigrationLoader) -> set[tuple[str, str]]:
    labels = {config.label for config in apps.get_app_configs() if Path(config.path).is_relative_to(ROOT)}
    labels -= {config.label for config in apps.get_app_configs() if "site-packages" in config.path}
    return {key for key in loader.disk_migrations if key[0] in labels}


def faults(loader: MigrationLoader, migration: migrations.Migration) -> list[str]:
    """What the linter says of the statements of a migration."""
    statements = loader.collect_sql([(migration, False)])
    # Each operation of Django is a comment, and some statements have several lines.
    statements = [line for text in statements for line in text.splitlines() if not line.startswith("--")]
    errors, _ignored, _warnings = analyse_sql_statements(get_sql_analyser_class("postgresql"), statements)
    return [error.message for error in errors]


def test_a_migration_breaks_no_version_that_still_serves() -> None:
    loader = MigrationLoader(connection)
    found = {
        f"{app} {name}": said
        for app, name in sorted(ours(loader) - allowed())
        if (said := faults(loader, loader.disk_migrations[app, name]))
    }
    assert not found, f"Expand first, contract a release later, or give a reason in {ALLOWED.name}: {found}"


def test_every_allowed_migration_is_there() -> None:
    assert allowed() <= ours(MigrationLoader(connection))


@pytest.mark.parametrize(
    ("operation", "fault"),
    [
        (migrations.RemoveField("chore", "failed_at"), "DROPPING columns"),
        (migrations.RenameField("chore", "failed_at", "broken_at"), "RENAMING columns"),
        (migrations.DeleteModel("chore"), "DROPPING table"),
        (migrations.RenameModel("Chore", "Duty"), "RENAMING tables"),
        (migrations.AlterField("chore", "done_at", models.DateTimeField()), "NOT NULL"),
        (migrations.AddField("chore", "kind", models.CharField(default="x", max_length=9)), "NOT NULL"),
        (migrations.AlterField("chore", "done_at", models.IntegerField(null=True)), "ALTERING columns"),
    ],
)  # fmt: skip
def test_what_the_version_before_could_not_bear_is_found(operation: Operation, fault: str) -> None:
    assert any(fault in said for said in faults(*with_operation(operation)))


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("chore", "note", models.TextField(null=True)),
        migrations.AddField("chore", "kind", models.CharField(db_default="x", max_length=9)),
        migrations.CreateModel(
            "Duty", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]
        ),
    ],
)
def test_what_only_adds_is_no_fault(operation: Operation) -> None:
    assert faults(*with_operation(operation)) == []


def with_operation(
    operation: Operation,
) -> tuple[MigrationLoader, migrations.Migration]:
    """A migration of one operation behind those of cms."""
    loader = MigrationLoader(connection)
    (last,) = loader.graph.leaf_nodes("cms")
    migration = migrations.Migration("of_this_test", "cms")
    migration.operations = [operation]
    migration.dependencies = [last]
    loader.graph.add_node(("cms", migration.name), migration)
    loader.graph.add_dependency(migration, ("cms", migration.name), last)
    return loader, migration
