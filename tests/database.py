"""A migrated SQLite database, made once and copied for every run of the tests.

Applying all migrations takes most of a minute and gives the same each time; the copy is made anew as soon as a
migration or a locked dependency changes. On PostgreSQL every run migrates.
"""

import hashlib
import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".pytest_cache" / "databases"


def template() -> Path:
    """Return where the migrated database stands that fits the code as it is."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for migration in sorted(ROOT.glob("*/**/migrations/*.py")):
        if ".venv" not in migration.parts:
            digest.update(migration.read_bytes())
    return FOLDER / f"{digest.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let Django take the database that it finds, and only look whether a migration is missing."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Give each process of the run a database of its own: a copy, or on PostgreSQL one by its own name."""
    if connection.vendor != "sqlite":
        return
    copy = tmp_path_factory.mktemp("database") / "test.sqlite3"
    if template().exists():
        shutil.copy(template(), copy)
    connection.settings_dict["TEST"]["NAME"] = str(copy)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Keep what was migrated for the next run."""
    path = template()
    if connection.vendor == "sqlite" and not path.exists() and not settings.CMS_TWO_FACTOR:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"VACUUM INTO '{part}'")
        part.rename(path)
