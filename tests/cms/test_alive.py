"""Processes that listen on no port tell whether they work, and end when they are told to."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from cms.running import queue
from cms.running.clock import Clock
from tests.database import migrated
from tests.kept_databases import SHELF

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def in_the_database(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # It would cut off the test's transaction.
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    settings.TASKS = settings.TASKS | {"queue": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def work() -> None:
    queue.Worker("test", batch=True).run()


def test_the_process_works_until_it_is_told_to_end(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("The process is the same; SQLite's run starts it.")
    SHELF.copy(migrated(), str(tmp_path / "db.sqlite3"))
    environment = {"DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    with subprocess.Popen(
        [sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            assert process.stdout.readline() == "Working\n"
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("role", "turn"), [("keep_time", lambda: Clock().run(lambda _seconds: True)), ("worker", work)]
)
def test_a_clock_or_a_worker_that_stands_still_is_noticed(
    role: str, turn: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked() -> int:
        command = [sys.executable, "-m", "cms.running.alive", role]
        return subprocess.run(command, cwd=ROOT, env={"TMPDIR": str(tmp_path)}, check=False).returncode

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert asked() == 1
    turn()
    assert asked() == 0
    (file,) = tmp_path.iterdir()
    os.utime(file, (0, time.time() - 1000))
    assert asked() == 1
