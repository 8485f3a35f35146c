"""Visitors who read a site again and again while something happens to it."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

_numbers = count(10**9)
_OK, _WITH_ERRORS = 200, -1
QUERY = "{ page(path: %s) { title } centres(first: 20) { nodes { title } } }"


@dataclass
class Answers:
    """How many requests had which status (0: none came, -1: one with errors), and the longest time that one took."""

    by_status: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0

    @property
    def sent(self) -> int:
        return self.by_status.total()

    def note(self, status: int, seconds: float) -> None:
        self.by_status[status] += 1
        self.slowest = max(self.slowest, seconds)


def read(root: str, path: str, *, uncached: bool = False) -> tuple[int, str]:
    """Return status and text of a page; `uncached` asks the graph for it with a variable that nobody sent before."""
    if uncached:
        asked = {"query": QUERY % json.dumps(path), "variables": json.dumps({"n": next(_numbers)})}
        path = f"/graphql/?{urlencode(asked)}"
    request = Request(root + path, headers={"Accept": "text/html, application/json"})  # noqa: S310  # of this machine
    try:
        with urlopen(request, timeout=30) as answer:  # noqa: S310
            return int(answer.status), answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, ""
    except OSError:
        return 0, ""


@contextmanager
def visitors(roots: list[str], path: str, *, pause: float = 0.02) -> Iterator[Answers]:
    """Have two visitors read a page at each of `roots` until the block ends, one of them uncached."""
    answers, done = Answers(), threading.Event()

    def go(root: str, uncached: bool) -> None:
        while not done.wait(pause):
            begun = time.monotonic()
            status, text = read(root, path, uncached=uncached)
            seconds = time.monotonic() - begun
            answers.note(
                _WITH_ERRORS if uncached and status == _OK and "errors" in json.loads(text) else status,
                seconds,
            )

    threads = [
        threading.Thread(target=go, args=(root, uncached)) for root in roots for uncached in (False, True)
    ]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        done.set()
        for thread in threads:
            thread.join()
