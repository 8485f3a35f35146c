"""What frontends ask, each question with its cost: python -m benchmarks.questions [--write]

The documents are in questions.graphql. They are asked of the demo of 1 March 2027, in a database of its own, each time
after a change of the content, so that no response is cached. With --write the table goes into docs/questions.md.
"""

import json
import logging
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "questions.md"
NOW = datetime(2027, 3, 1, 12, tzinfo=ZoneInfo("Europe/Ljubljana"))
ROUNDS = 5
_MARK = "# "
_HEAD = ("Question", "Estimate", "Rows read", "Statements", "ms")


def questions() -> dict[str, str]:
    """Return the documents by title."""
    text = (ROOT / "benchmarks" / "questions.graphql").read_text(encoding="utf-8")
    found = {}
    for part in f"\n{text}".split(f"\n{_MARK}")[1:]:
        title, _line, source = part.partition("\n")
        found[title] = source.strip()
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it was answered: the data or the errors, and what that took."""

    answer: Any
    estimate: int
    used: int
    allowed: int
    statements: int
    seconds: float

    @property
    def row(self) -> tuple[str, ...]:
        """The figures as the table shows them."""
        ms = (
            "under 10"
            if self.seconds < 0.01
            else str(round(self.seconds * 1000, -1 if self.seconds >= 0.1 else 0))
        )
        return f"{self.estimate:,}", f"{self.used:,}", str(self.statements), ms.removesuffix(".0")


def ask(source: str) -> Asked:
    """Send a document of the public, after a change of the content; Django must be set up."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from cms.publishing.version import advance

    advance()
    with CaptureQueriesContext(connection) as seen:
        begun = time.process_time()
        response = Client(SERVER_NAME="localhost").post(
            "/graphql/", {"query": source}, content_type="application/json"
        )
        seconds = time.process_time() - begun
    answer = response.json()
    cost = answer.get("extensions", {}).get("cost") or {"estimate": 0, "used": 0, "allowed": 0}
    return Asked(answer, **cost, statements=len(seen), seconds=seconds)


def table(rows: dict[str, Asked]) -> str:
    """Return the questions with their figures as a table."""
    lines = [_HEAD, ("---", *["--:"] * 4), *((title, *asked.row) for title, asked in rows.items())]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _measured() -> dict[str, Asked]:
    found = {}
    for title, source in questions().items():
        ask(source)  # the document is read and made into functions
        rounds = [ask(source) for _round in range(ROUNDS)]
        if "errors" in rounds[0].answer:
            raise SystemExit(f"{title}: {json.dumps(rounds[0].answer['errors'], ensure_ascii=False)}")
        one = rounds[-1]
        seconds = median(asked.seconds for asked in rounds)
        found[title] = Asked(one.answer, one.estimate, one.used, one.allowed, one.statements, seconds)
    return found


def _write(text: str) -> None:
    head, _found, _old = PAGE.read_text(encoding="utf-8").partition(f"| {_HEAD[0]} |")
    PAGE.write_text(f"{head}{text}\n", encoding="utf-8")


def main() -> None:
    """Load the demo, ask all questions and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
        os.environ.setdefault("DATA_DIR", folder)
        os.environ["DEBUG"] = "0"
        import django
        import time_machine

        django.setup()
        logging.disable()
        from django.core.management import call_command

        with time_machine.travel(NOW, tick=True):
            call_command("migrate", verbosity=0)
            call_command("load_demo", today=NOW.date(), only_if_missing=True, stdout=StringIO())
            text = table(_measured())
    print(text)
    if "--write" in sys.argv:
        _write(text)


if __name__ == "__main__":
    main()
