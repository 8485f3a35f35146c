"""The demo content for tests, on its own first day, in a database of its own that is filled once for all tests."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
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
from tests.database import FOLDER, ROOT, template

NOW = datetime(2027, 3, 1, 12, tzinfo=ZoneInfo("Europe/Ljubljana"))


@pytest.fixture(scope="session")
def demo_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, own_files: Path
) -> Iterator[BaseDatabaseWrapper]:
    """Return a connection to a copy of the test database that holds the demo."""
    usual = connections["default"]
    with django_db_blocker.unblock():
        copy = _sqlite(usual, own_files) if usual.vendor == "sqlite" else _postgresql(usual)
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


def _sqlite(usual: BaseDatabaseWrapper, folder: Path) -> BaseDatabaseWrapper:
    """Take the file that an earlier run has filled, as long as it would be filled alike today."""
    copy = usual.copy()
    copy.settings_dict["NAME"] = str(folder / "demo.sqlite3")
    kept = FOLDER / f"demo-{_digest()}.sqlite3"
    if kept.exists():
        shutil.copy(kept, folder / "demo.sqlite3")
        return copy
    with usual.cursor() as cursor:
        cursor.execute(f"VACUUM INTO '{folder / 'demo.sqlite3'}'")
    _load(copy)
    for old in FOLDER.glob("demo-*.sqlite3"):
        old.unlink(missing_ok=True)
    part = kept.with_suffix(f".{os.getpid()}")
    with copy.cursor() as cursor:
        cursor.execute(f"VACUUM INTO '{part}'")
    part.rename(kept)
    return copy


def _digest() -> str:
    digest = hashlib.sha256(template().name.encode())
    for code in sorted(path for app in ("cms", "home", "centres") for path in (ROOT / app).rglob("*.py")):
        if not {"graphql", "feeds", "frontend"} & set(code.parts):
            digest.update(code.read_bytes())
    return digest.hexdigest()[:16]


def _postgresql(usual: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    usual.creation.clone_test_db(suffix="demo", verbosity=0)
    copy = usual.copy()
    copy.settings_dict["NAME"] = usual.creation.get_test_db_clone_settings("demo")["NAME"]
    _load(copy)
    return copy


def _load(connection: BaseDatabaseWrapper) -> None:
    """Fill the database. Renditions are left out: making them takes longer than all the rest."""
    with (
        _in_place_of_default(connection),
        time_machine.travel(NOW, tick=False),
        patch("cms.images.make_renditions", return_value=0),
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
