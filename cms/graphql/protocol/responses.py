"""Public responses of one process, cached until the content changes or the clock makes them old.

A public response is a function of its request and the content version; one that depends on the time says until when
it is right. So a cached response is never stale. Everything that is cached shares one bound of memory.
"""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, NamedTuple

type Key = tuple[str | bytes | None, ...]
# What an entry takes beside its key and its value: objects and slots of the dictionary.
_OVERHEAD = 600


class Executed(NamedTuple):
    """Which operation made a response: the beginning of its document's hash, its name, whether it is registered.

    A batch is ``("", "(several)", True)``.
    """

    document: str
    name: str
    registered: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A response body without errors.

    ``until`` is the time from which it may be wrong by the clock alone; ``tags`` name what is in it; ``executed`` is
    the operation that made it.
    """

    body: bytes
    etag: str
    until: datetime | None = None
    tags: str = ""
    executed: Executed | None = None

    @classmethod
    def of(
        cls, body: bytes, until: datetime | None = None, tags: str = "", executed: Executed | None = None
    ) -> "Answer":
        """Return a response with the hash of its body as its entity tag."""
        return cls(body, hashlib.sha256(body).hexdigest()[:32], until, tags, executed)

    @property
    def size(self) -> int:
        """The bytes that it takes in memory."""
        return len(self.body) + len(self.tags)


class Cached(NamedTuple):
    """A value that is right for one content version until a time, in seconds since 1970."""

    value: Any
    version: int
    until: float
    size: int


class ResponseCache:
    """At most ``max_bytes`` of cached responses, none older than ``seconds``; the least recently used go first."""

    def __init__(self, max_bytes: int, seconds: float) -> None:
        self.longest = timedelta(seconds=seconds)
        self._max_bytes = max_bytes
        self._bytes = 0
        self._entries: OrderedDict[Key, Cached] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Key, now: float) -> Cached | None:
        """Return the entry of ``key`` unless its time is over. The caller compares its version with the present one."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            if entry.until <= now:
                self._drop(key)
                return None
            self._entries.move_to_end(key)
            return entry

    def get(self, key: Key, version: int, now: datetime) -> Any:
        """Return the value that was stored under ``key`` and is right for ``version`` at ``now``, else None."""
        entry = self.find(key, now.timestamp())
        return entry.value if entry is not None and entry.version == version else None

    def store(self, key: Key, answer: Answer, version: int, now: datetime) -> None:
        """Cache a response that was made at ``now`` for ``version``, under ``key``."""
        end = now + self.longest
        if answer.until is not None:
            end = min(end, answer.until)
        self.put(key, Cached(answer, version, end.timestamp(), answer.size), now.timestamp())

    def put(self, key: Key, entry: Cached, now: float) -> None:
        """Cache ``entry``, whose size is that of its value; not where its time is over or it is too large."""
        entry = entry._replace(size=entry.size + sum(len(part) for part in key if part) + _OVERHEAD)
        if entry.until <= now or entry.size > self._max_bytes:
            return
        with self._lock:
            self._drop(key)
            self._entries[key] = entry
            self._bytes += entry.size
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._entries)))

    def _drop(self, key: Key) -> None:
        if (entry := self._entries.pop(key, None)) is not None:
            self._bytes -= entry.size
