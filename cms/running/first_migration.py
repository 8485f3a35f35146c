"""Migrates a database so that it may be interrupted at any moment.

Most migrations are one transaction, but not all: one of Wagtail's is none, and Django notes some as applied
only after their transaction. A first migration that was cut off there could never go on. As long as it has
not ended, the database therefore holds a table that says so, and the next start begins again from nothing.
There is nothing to lose: that table is made only where there is no other.
"""

import io
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

UNFINISHED = "cms_first_migration_unfinished"


class _Progress(io.StringIO):
    """Takes what Django's command prints and says how far it is."""

    def __init__(self, total: int, say: Callable[[str], None]) -> None:
        super().__init__()
        self.done, self.total, self.say = 0, total, say

    def write(self, text: str) -> int:
        if " OK" in text:
            self.done += 1
            if self.done % 50 == 0 or self.done == self.total:
                self.say(f"  {self.done} of {self.total}")
        return super().write(text)


def migrate(say: Callable[[str], None]) -> None:
    """Apply all migrations; `say` gets a line when there is something to do.

    Content types and permissions, which Django makes afterwards, are completed even if no migration is left.
    """
    tables = connection.introspection.table_names()
    if UNFINISHED in tables:
        say("The last start was cut off: making the database again")
        _drop(tables)
        tables = []
    if not tables:
        _execute(f"CREATE TABLE {UNFINISHED} (id integer)")
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"Applying {len(plan)} migrations")
    call_command("migrate", interactive=False, stdout=_Progress(len(plan), say))
    if not tables or UNFINISHED in tables:
        note_finished()


def begin_again() -> None:
    """Drop all tables, and note that the database is not made as long as `note_finished` was not called."""
    _execute(f"CREATE TABLE IF NOT EXISTS {UNFINISHED} (id integer)")
    if tables := [table for table in connection.introspection.table_names() if table != UNFINISHED]:
        _drop(tables)


def note_finished() -> None:
    """Note that the database is whole, in the caller's transaction."""
    _execute(f"DROP TABLE IF EXISTS {UNFINISHED}")


def _execute(*statements: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _drop(tables: list[str]) -> None:
    """Drop `tables`, all or none."""
    quoted = [connection.ops.quote_name(table) for table in tables]
    if connection.vendor == "postgresql":
        _execute(f"DROP TABLE {', '.join(quoted)} CASCADE")
        return
    with connection.cursor() as cursor:
        # A virtual table takes the tables it is made of with it, and can't be dropped without them.
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%%'")
        virtual = {connection.ops.quote_name(name) for (name,) in cursor.fetchall()}
    with connection.constraint_checks_disabled():
        _execute(
            *[
                f"DROP TABLE IF EXISTS {table}"
                for table in sorted(quoted, key=lambda name: name not in virtual)
            ]
        )
