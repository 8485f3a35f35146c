"""The admin with a second factor. It brings apps of its own, so it runs in a process that begins with TWO_FACTOR."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parent.parent.parent


def test_editors_pass_a_second_step_where_it_is_switched_on(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("Nothing in it depends on the database.")
    outside = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "DATABASE_"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:xdist", "tests/second_factor/flow.py"],
        cwd=ROOT, env=outside | {"TWO_FACTOR": "true"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
