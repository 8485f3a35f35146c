"""Threads that read and write at the same time, each over a connection of its own."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django.plugin import DjangoDbBlocker

from tests.database import migrated
from tests.kept_databases import SHELF

type Connect = Callable[[], BaseDatabaseWrapper]


@contextmanager
def connected(connect: Connect) -> Iterator[None]:
    """Have this thread read and write over a connection of its own."""
    usual = connections["default"]
    connections["default"] = own = connect()
    own.inc_thread_sharing()
    try:
        yield
    finally:
        own.close()
        connections["default"] = usual


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


@contextmanager
def _own_database(blocker: DjangoDbBlocker) -> Iterator[None]:
    usual, own = connections["default"], f"own-{os.getpid()}"
    before = usual.settings_dict["NAME"]
    with blocker.unblock():
        SHELF.copy(migrated(), SHELF.name(own))
        usual.close()
        usual.settings_dict["NAME"] = SHELF.name(own)
        try:
            yield
        finally:
            usual.close()
            usual.settings_dict["NAME"] = before
            SHELF.drop(own)


@pytest.fixture
def real_transactions(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let this test and its threads use a migrated database of its own, instead of ``django_db(transaction=True)``.

    That mark empties the database of the process afterwards, the first pages too, which later tests need.
    """
    with _own_database(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def real_transactions_of_all(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let all tests of a file use one such database, because what they try takes long to start."""
    with _own_database(django_db_blocker):
        yield
