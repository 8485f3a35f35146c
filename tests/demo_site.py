"""The demo content for tests, on its own first day, in a database of its own that is filled once for all tests."""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from io import StringIO
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.plugin import DjangoDbBlocker

from centres.demo import loader
from centres.demo.clock import DEMO_DAY
from tests.database import digest_of_migrations, migrated
from tests.kept_databases import ROOT, SHELF, kept

NOW = datetime(2027, 3, 1, 12, tzinfo=ZoneInfo("Europe/Ljubljana"))


@pytest.fixture(scope="session")
def demo_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, own_files: Path
) -> Iterator[BaseDatabaseWrapper]:
    """Return a connection to a copy of the kept database that holds the demo."""
    usual = connections["default"]
    copy = usual.copy()
    with django_db_blocker.unblock():
        if usual.vendor == "sqlite":
            copy.settings_dict["NAME"] = str(own_files / "demo.sqlite3")
        else:
            copy.settings_dict["NAME"] += "_demo"
        SHELF.copy(kept("demo", _digest(), _load), copy.settings_dict["NAME"])
    yield copy
    with django_db_blocker.unblock():
        copy.close()
        if copy.vendor == "postgresql":
            usual.creation.destroy_test_db(suffix="demo", verbosity=0)


@pytest.fixture
def demo(demo_database: BaseDatabaseWrapper, db: None) -> Iterator[None]:
    """Let a test read and write the demo content at noon of its first day; what it writes is taken back."""
    with _in_place_of_default(demo_database), time_machine.travel(NOW, tick=False), transaction.atomic():
        yield
        transaction.set_rollback(True)


def _digest() -> str:
    """Return the hash of all that decides how the demo looks today."""
    digest = hashlib.sha256(digest_of_migrations().encode())
    for code in sorted(path for app in ("cms", "home", "centres") for path in (ROOT / app).rglob("*.py")):
        if not {"graphql", "feeds", "site"} & set(code.parts):
            digest.update(code.read_bytes())
    return digest.hexdigest()[:16]


def _load(name: str) -> None:
    """Fill a new database. Renditions are left out: making them takes longer than all the rest."""
    SHELF.copy(migrated(), name)
    copy = connections["default"].copy()
    copy.settings_dict["NAME"] = name
    with (
        closing(copy),
        _in_place_of_default(copy),
        time_machine.travel(NOW, tick=False),
        patch("cms.media.images.make_renditions", return_value=0),
    ):
        loader.load(DEMO_DAY, lambda line: None)
        call_command("rebuild_search", stdout=StringIO())


@contextmanager
def _in_place_of_default(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Have all code of this thread use ``connection``."""
    usual = connections["default"]
    connections["default"] = connection
    try:
        yield
    finally:
        connections["default"] = usual
