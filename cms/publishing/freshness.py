"""Keeps the triggers of the content version in step with migrations, and checks that they are there."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

from cms.models.changes import ContentVersion
from cms.publishing import triggers
from cms.publishing.private import unknown_private
from cms.publishing.version import advance

_SOME = 5


def connect(sender: Any) -> None:
    """Act before and after migrations; called once when the app is ready."""
    pre_migrate.connect(before_migrations, sender=sender, dispatch_uid="cms.freshness")
    post_migrate.connect(after_migrations, sender=sender, dispatch_uid="cms.freshness")
    checks.register(check_triggers, checks.Tags.database)
    checks.register(check_private_tables)


def before_migrations(using: str, plan: Any, **_kwargs: Any) -> None:
    """Drop the triggers where a migration follows: databases alter no column that a trigger names."""
    if plan:
        triggers.remove(connections[using])


def after_migrations(using: str, **_kwargs: Any) -> None:
    """Make the triggers. What was written while they were not there is a change."""
    connection = connections[using]
    if ContentVersion._meta.db_table in connection.introspection.table_names() and triggers.install(
        connection
    ):
        advance()


def check_triggers(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[checks.CheckMessage]:
    """cms.E010: a table that public responses are made from has no trigger, so they may be stale."""
    if "default" not in (databases or ()):
        return []
    connection = connections["default"]
    if ContentVersion._meta.db_table not in connection.introspection.table_names():
        return []  # before the first migrate
    missing, left = triggers.missing_and_left(connection)
    tables = sorted({trigger.table for trigger in missing} | {table for table, _name in left})
    if not tables:
        return []
    named = ", ".join(tables[:_SOME]) + (f" and {len(tables) - _SOME} more" if len(tables) > _SOME else "")
    return [
        checks.Error(
            f"The triggers of the content version are missing or outdated on {named}: public responses may be stale.",
            hint="Run `manage.py migrate`. It makes the triggers, also where no migration is left to apply.",
            id="cms.E010",
        )
    ]


def check_private_tables(**_kwargs: Any) -> list[checks.CheckMessage]:
    """cms.E011: the list of private tables names a model that does not exist."""
    return [
        checks.Error(
            f"{label} is in a list of private tables, and there is no such model.",
            hint="Correct the name in cms/publishing/private.py or in private_tables of the AppConfig.",
            id="cms.E011",
        )
        for label in unknown_private()
    ]
