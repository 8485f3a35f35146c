"""Content that a module makes once for all its tests, where each of them would take its time to make the same."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from cms.publishing.version import advance


@pytest.fixture(scope="module")
def made_once(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Any]:
    """Return what the module's function ``build`` returns; what it wrote is taken back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield request.module.build()
        transaction.set_rollback(True)


@pytest.fixture
def built(made_once: Any, db: None) -> Any:
    """Return a copy of that for one test; what the test writes is taken back after it."""
    advance()  # or the test would find what was kept under this content version when another one asked
    return deepcopy(made_once)
