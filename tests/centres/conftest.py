"""A copy of the database in which transactions really end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from tests.centres.own_connections import Connect


@pytest.fixture(scope="session")
def connect(django_db_setup: None, django_db_blocker: DjangoDbBlocker, own_files: Path) -> Iterator[Connect]:
    """Return what connects to a copy of the test database; there, transactions really end."""
    usual = connections["default"]
    copy = usual.copy()
    with django_db_blocker.unblock():
        if usual.vendor == "sqlite":
            copy.settings_dict["NAME"] = str(own_files / "changes.sqlite3")
            with usual.cursor() as cursor:
                cursor.execute(f"VACUUM INTO '{copy.settings_dict['NAME']}'")
        else:
            usual.creation.clone_test_db(suffix="changes", verbosity=0)
            copy.settings_dict["NAME"] = usual.creation.get_test_db_clone_settings("changes")["NAME"]
        yield copy.copy
        if usual.vendor == "postgresql":
            usual.creation.destroy_test_db(suffix="changes", verbosity=0)
