"""A database of its own for each process of a run: a copy of a migrated one."""

import hashlib

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.kept_databases import ROOT, SHELF, kept


def digest_of_migrations() -> str:
    """Return the hash of all that decides what a migrated database holds."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for migration in (*sorted(ROOT.glob("*/**/migrations/*.py")), *sorted(ROOT.glob("cms/publishing/*.py"))):
        if ".venv" not in migration.parts:
            digest.update(migration.read_bytes())
    for document in sorted(ROOT.glob("centres/site/documents/**/*.graphql")):  # stored after each migration
        digest.update(document.read_bytes())
    return digest.hexdigest()[:16]


def migrated() -> str:
    """Return the label of the migrated database."""
    return kept("migrated", digest_of_migrations(), _migrate)


def _migrate(name: str) -> None:
    own = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    connection.close()
    connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"] = own
    settings.DATABASES["default"]["NAME"] = own[0]


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let Django take the database that it finds, and only look whether a migration is missing."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Have Django begin with a copy: on SQLite of a file, on PostgreSQL by its own setting for it."""
    with django_db_blocker.unblock():
        template = migrated()
    if connection.vendor == "sqlite":
        copy = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        SHELF.copy(template, copy)
        connection.settings_dict["TEST"]["NAME"] = copy
    else:
        connection.settings_dict["TEST"]["TEMPLATE"] = SHELF.name(template)
