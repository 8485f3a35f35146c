"""What one process closes, another one that answered a moment ago closes too."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.database import migrated
from tests.kept_databases import SHELF

ANSWER = "answer: "  # as tests.leaks.process has it, which can't be imported beside these settings
ROOT = Path(__file__).parent.parent.parent


class Process:
    """A process of the site with a database of its own file."""

    def __init__(self, folder: Path) -> None:
        self.running = subprocess.Popen(
            [sys.executable, "-m", "tests.leaks.process"],
            cwd=ROOT,
            env={key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
            | {"DATA_DIR": str(folder), "DATABASE_FILE": str(folder / "db.sqlite3")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, order: str, **given: Any) -> Any:
        """Let the process follow an order, and return what it gives back."""
        assert self.running.stdin is not None
        assert self.running.stdout is not None
        self.running.stdin.write(f"{json.dumps({'do': order, **given})}\n")
        self.running.stdin.flush()
        said = next(line for line in self.running.stdout if line.startswith(ANSWER))
        return json.loads(said.removeprefix(ANSWER))

    def end(self) -> None:
        """Let the process end, and wait for it."""
        self.running.communicate(timeout=30)


@pytest.fixture
def processes(db: None, tmp_path: Path) -> Iterator[tuple[Process, Process]]:
    if connection.vendor != "sqlite":
        pytest.skip("The two share a file; what they keep in memory is the same on PostgreSQL.")
    SHELF.copy(migrated(), str(tmp_path / "db.sqlite3"))
    both = Process(tmp_path), Process(tmp_path)
    yield both
    for one in both:
        one.end()


def test_what_one_process_closes_is_closed_in_the_other_at_once(processes: tuple[Process, Process]) -> None:
    server, other = processes
    made = other.do("build")
    query = f'{{ page(id: "{made["page"]}") {{ title }} }}'

    def title(token: str = "") -> Any:
        answer = server.do("ask", query=query, token=token)
        if "errors" in answer:
            return answer["errors"][0]["extensions"]["code"]
        return answer["data"]["page"] and answer["data"]["page"]["title"]

    # Twice, so that the second answer comes from what the process keeps.
    assert [title(), title()] == ["Javna stran"] * 2
    other.do("restrict", page=made["page"])
    assert title() is None
    assert title(made["token"]) == "Javna stran"
    other.do("lift")
    assert [title(), title()] == ["Javna stran"] * 2
    other.do("unpublish", page=made["page"])
    assert title() is None
    other.do("revoke")
    assert title(made["token"]) == "UNAUTHENTICATED"
