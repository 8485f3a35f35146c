"""What every test stands on: files in a folder of the run's own, an empty cache, compiled translations.

pytest-socket keeps tests from the network (`addopts` in pyproject.toml); those of this machine are open.
"""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import override_settings

from scripts.compile_messages import compile_messages
from scripts.make_fonts import make_fonts
from tests.built_once import built, made_once
from tests.database import django_db_keepdb, django_db_modify_db_settings
from tests.demo_site import demo, demo_database
from tests.logs import access_log
from tests.nothing_left_out import pytest_runtest_call
from tests.own_connections import connect, real_transactions, real_transactions_of_all

__all__ = [
    "access_log",
    "built",
    "connect",
    "demo",
    "demo_database",
    "django_db_keepdb",
    "django_db_modify_db_settings",
    "made_once",
    "pytest_runtest_call",
    "real_transactions",
    "real_transactions_of_all",
]


# Files that take longest begin first, so that no process is left with one of them when the others have ended.
LONGEST = (
    "test_planted_words.py",
    "test_fresh.py",
    "test_leaks.py",
    "test_extending.py",
    "test_feed.py",
    "test_statements.py",
    "test_toolchain_production.py",
    "test_changes_concurrently.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONGEST)
    if connection.vendor != "sqlite":
        spared = [item for item in items if needs_one_database(item)]
        config.hook.pytest_deselected(items=spared)
        items[:] = [item for item in items if not needs_one_database(item)]


def needs_one_database(item: pytest.Item) -> bool:
    """Return whether nothing in a test depends on the database: those with the mark, and those of the site.

    The site draws what the graph answers, and the graph is asked on both databases.
    """
    return item.get_closest_marker("one_database") is not None or item.path.parent.name == "site"


def pytest_collection_finish() -> None:
    """Spare the garbage collector what was imported, which stays, and have it look less often: it took 4 % of all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def pytest_configure() -> None:
    compile_messages()
    make_fonts()


@pytest.fixture(scope="session", autouse=True)
def own_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep uploads and renditions out of DATA_DIR."""
    folder = tmp_path_factory.mktemp("data")
    with override_settings(DATA_DIR=folder, MEDIA_ROOT=folder / "media"):
        yield folder


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Let no test see what another one cached."""
    cache.clear()
