"""Brings the database and the search index to this version, on one machine of many and beside a site that serves."""

import time
from collections.abc import Callable

from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from cms.running import first_migration
from cms.running.locks import in_turn

# A statement that waits for a table longer than this makes everybody wait who comes after it.
LOCK_TIMEOUT = "3s"
TRIES = 20
PAUSE_SECONDS = 3.0
_LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL, appendix A: error codes

type Say = Callable[[str], None]


def upgrade(say: Say) -> None:
    """Apply the migrations, make the table of a database cache, and renew the search index where it needs it.

    A second process waits for the first. Raises CommandError where a table was in use all the time.
    """
    with in_turn("migrate", waiting=lambda: say("Waiting for another process that migrates this database")):
        _migrate(say)
        call_command("createcachetable")
        call_command("rebuild_search", if_needed=True)


def _migrate(say: Say) -> None:
    """Migrate, and try again where a busy table could not be locked in time; the site goes on meanwhile."""
    _set_lock_timeout(LOCK_TIMEOUT)
    for number in range(1, TRIES + 1):
        try:
            first_migration.migrate(say)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != _LOCK_NOT_AVAILABLE or not _may_repeat():
                raise
            say(f"A table is in use; trying again ({number} of {TRIES})")
            time.sleep(PAUSE_SECONDS)
        else:
            _set_lock_timeout("0")
            return
    raise CommandError(
        "A table that a migration changes was in use all the time. End long queries, then try again."
    )


def _may_repeat() -> bool:
    """Return whether the migration that failed was one transaction, so that nothing of it is left."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return not plan or plan[0][0].atomic


def _set_lock_timeout(value: str) -> None:
    # Behind PgBouncer the setting would stay on a connection that others get next.
    if connection.vendor == "postgresql" and not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [value])
