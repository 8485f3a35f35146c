"""A first migration that is killed at any statement is made whole by the next start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import own_database

ROOT = Path(__file__).resolve().parent.parent
KILLED = 9
# A process with two of Django's own applications: the same mechanism as the site's, in a second.
MIGRATE = """
import os, sys
import django
from django.conf import settings
from environ import Env

settings.configure(
    DATABASES={"default": Env.db_url_config(os.environ["DATABASE_URL"])},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
)
django.setup()
from django.db import connection
from cms.running import first_migration

left = int(sys.argv[1])

def kill_in_time(execute, *arguments):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    return execute(*arguments)

with connection.execute_wrapper(kill_in_time):
    first_migration.migrate(print)
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM auth_permission")
    print("permissions:", cursor.fetchone()[0], sorted(connection.introspection.table_names()))
"""


def migrate(database: str, killed_after: int = -1) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MIGRATE, str(killed_after)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=False,
    )


# 40 on PostgreSQL, 55 and 56 on SQLite: there Django could not go on by itself.
@pytest.mark.parametrize("statements", [1, 40, 55, 56])
def test_a_killed_first_migration_begins_again(tmp_path: Path, statements: int) -> None:
    with own_database(tmp_path) as database:
        assert migrate(database, killed_after=statements).returncode == KILLED
        after = migrate(database)
        assert after.returncode == 0, after.stderr
        assert "permissions: 16" in after.stdout
        assert "unfinished" not in after.stdout


def test_a_later_start_keeps_what_is_there(tmp_path: Path) -> None:
    with own_database(tmp_path) as database:
        first, second = migrate(database), migrate(database)
        assert "Applying" in first.stdout
        assert second.stdout.startswith("permissions: 16")
