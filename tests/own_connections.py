"""Threads that read and write at the same time, each over a connection of its own."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

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


@pytest.fixture
def connect(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Connect]:
    """Return what connects to a migrated database of this test's own; there, transactions really end."""
    with django_db_blocker.unblock(), _copy() as name:
        own = connections["default"].copy()
        own.settings_dict["NAME"] = name
        yield own.copy


@contextmanager
def _copy() -> Iterator[str]:
    """Yield the name of a migrated database that nobody else uses."""
    label = f"own-{os.getpid()}"
    SHELF.copy(migrated(), SHELF.name(label))
    try:
        yield SHELF.name(label)
    finally:
        SHELF.drop(label)


@contextmanager
def _own_database(blocker: DjangoDbBlocker) -> Iterator[None]:
    usual = connections["default"]
    before = usual.settings_dict["NAME"]
    with blocker.unblock(), _copy() as name:
        usual.close()
        usual.settings_dict["NAME"] = name
        try:
            yield
        finally:
            usual.close()
            usual.settings_dict["NAME"] = before


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
