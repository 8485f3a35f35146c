"""A version from this repository's own past serves while this one migrates: no read fails, and no write is lost.

`make rehearse` runs it. `UPGRADE_FROM` names another version to begin with, as git knows it.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from benchmarks.servers import ROOT
from tests.processes.machines import ENTRYPOINT, Postgres, Role, gather_static_files, until
from tests.processes.people import PASSWORD, Editor
from tests.processes.visitors import read, visitors

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="production runs on PostgreSQL"),
    pytest.mark.at_length,
]

# The version before this migration; it and those that follow add columns and tables in three applications.
FIRST_NEW = "centres/migrations/0006_identifiers.py"


def git(*arguments: str) -> bytes:
    """Return what git says. Raises CalledProcessError."""
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout


def earlier_version() -> str:
    """Return the commit to begin with; fail in one line where this clone does not reach back so far."""
    if named := os.environ.get("UPGRADE_FROM"):
        return named
    try:
        added = git("log", "--diff-filter=A", "--format=%H", "--", FIRST_NEW).split()
        return git("rev-parse", "--verify", f"{added[-1].decode()}^").decode().strip()
    except (IndexError, subprocess.CalledProcessError, FileNotFoundError):
        pytest.fail(f"This clone has no version before {FIRST_NEW}: git fetch --unshallow", pytrace=False)


@pytest.fixture
def earlier() -> Iterator[Path]:
    """Unpack the earlier version, with what its image makes."""
    with tempfile.TemporaryDirectory(prefix="earlier-") as folder:
        with tarfile.open(fileobj=BytesIO(git("archive", earlier_version()))) as archive:
            archive.extractall(folder, filter="data")
        for script in ("compile_messages", "make_fonts"):
            subprocess.run(
                [sys.executable, f"scripts/{script}.py"], cwd=folder, check=True, capture_output=True
            )
        yield Path(folder)


def test_an_earlier_version_serves_while_this_one_migrates(earlier: Path, figures: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="upgrade-") as folder:
        database = Postgres(Path(folder) / "database")
        database.start()
        try:
            with psycopg.connect(database.address("postgres"), autocommit=True) as own:
                own.execute("CREATE DATABASE cms")
            upgrade(Path(folder), earlier, database.address(), figures)
        finally:
            database.stop()


def upgrade(folder: Path, earlier: Path, address: str, figures: list[str]) -> None:
    variables = {
        "DATABASE_URL": address, "STATIC_ROOT": gather_static_files(folder / "old", earlier), "LOG_LEVEL": "WARNING",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
    }  # fmt: skip
    old = Role("migrate", folder / "n", variables, earlier)
    assert old.process.wait(600) == 0, old.log.read_text()
    before = applied(address)
    for command in ("load_demo --yes", "createsuperuser --no-input --username ana --email ana@example.org"):
        run = [earlier / ENTRYPOINT, *command.split()]
        subprocess.run(run, env=old.environment, check=True, stdout=subprocess.DEVNULL)
    old.role = "serve"
    old.start_again()
    roles = [old]
    variables["STATIC_ROOT"] = gather_static_files(folder / "new")
    try:
        until(old.is_ready, "the earlier version is not ready")
        page, path = a_page(address)
        editor = Editor(old.root, "ana")
        titles: list[str] = []

        def publish() -> None:
            titles.append(f"Naslov {len(titles)}.")
            assert editor.publish(old.root, page, titles[-1])

        with visitors([old.root], path) as answers:
            publish()
            newer = Role("migrate", folder / "n+1", variables)
            roles.append(newer)
            while newer.process.poll() is None:
                publish()
                time.sleep(0.2)
            assert newer.process.returncode == 0, newer.log.read_text()
            assert old.is_ready()
            publish()  # into the tables of the next version
            newer.role = "serve"
            newer.start_again()
            until(newer.is_ready, "this version is not ready")
            for root in (old.root, newer.root):
                assert titles[-1] in read(root, path)[1]
            publish()
            assert titles[-1] in read(newer.root, path)[1]
        assert set(answers.by_status) == {200}
        number = len(applied(address) - before)
        assert number > 1
        figures.append(
            f"Version {earlier_version()[:7]} served while this one applied {number} migrations: {answers.sent} reads, "
            f"{dict(answers.by_status)}, the slowest in {answers.slowest:.1f} s; {len(titles)} publications, none lost."
        )
        assert old.stop() == 0
        assert "Traceback" not in old.log.read_text()
        assert "Traceback" not in newer.log.read_text()
    finally:
        for role in roles:
            role.end()


def applied(address: str) -> set[tuple[str, str]]:
    with psycopg.connect(address) as own:
        return set(own.execute("SELECT app, name FROM django_migrations").fetchall())


def a_page(address: str) -> tuple[int, str]:
    """Return key and path of a live page of the demo, of a type that has nothing to approve."""
    with psycopg.connect(address) as own:
        row = own.execute(
            "SELECT id, url_path FROM wagtailcore_page JOIN home_infopage ON page_ptr_id = id WHERE live ORDER BY id"
        ).fetchone()
    assert row is not None
    return row[0], str(row[1])
