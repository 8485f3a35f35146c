"""Answers that everybody gets, kept until the content changes or the clock makes them old.

An answer is a function of the document, the operation, the variables and the content version; one that
depends on the time says until when it holds. So a kept answer is never stale, and a change of content empties
the store.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

Key = tuple[str, str | None, bytes]
# What an entry takes beside its body: key, object and slots of the dictionary.
_OVERHEAD = 600


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer without errors.

    ``until`` is the moment from which it may be wrong by the clock alone, ``tags`` name what stands in it.
    """

    body: bytes
    etag: str
    until: datetime | None = None
    tags: str = ""

    @classmethod
    def of(cls, body: bytes, until: datetime | None = None, tags: str = "") -> "Answer":
        """Return an answer with the hash of its body as its entity tag."""
        return cls(body, hashlib.sha256(body).hexdigest()[:32], until, tags)


class Answers:
    """The kept answers of one process for one content version, up to ``kept_bytes``; those used last stay."""

    def __init__(self, kept_bytes: int, seconds: float) -> None:
        self._kept_bytes = kept_bytes
        self.longest = timedelta(seconds=seconds)
        self._version: int | None = None
        self._bytes = 0
        self._kept: OrderedDict[Key, tuple[Answer, datetime]] = OrderedDict()
        self._lock = Lock()

    def lookup(self, version: int, key: Key, now: datetime) -> Answer | None:
        """Return the answer that holds for ``version`` at ``now``; another version than before is the newer one."""
        with self._lock:
            if version != self._version:
                self._start(version)
            if key not in self._kept:
                return None
            answer, end = self._kept[key]
            if end <= now:
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return answer

    def store(self, version: int, key: Key, answer: Answer, now: datetime) -> None:
        """Keep an answer that was made for ``version``; nothing is kept for one that is past since its lookup."""
        end = now + self.longest
        if answer.until is not None:
            end = min(end, answer.until)
        size = _size(key, answer)
        if end <= now or size > self._kept_bytes:
            return
        with self._lock:
            if self._version is None:
                self._start(version)
            if version != self._version:
                return
            if key in self._kept:
                self._drop(key)
            self._kept[key] = answer, end
            self._bytes += size
            while self._bytes > self._kept_bytes:
                self._drop(next(iter(self._kept)))

    def _start(self, version: int) -> None:
        # Versions have no order: they never come again, and the one that was read last is the present one.
        self._version, self._bytes = version, 0
        self._kept.clear()

    def _drop(self, key: Key) -> None:
        answer, _ = self._kept.pop(key)
        self._bytes -= _size(key, answer)


def _size(key: Key, answer: Answer) -> int:
    return len(answer.body) + len(key[2]) + len(key[1] or "") + len(answer.tags) + _OVERHEAD
