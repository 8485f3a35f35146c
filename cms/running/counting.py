"""Counts the requests of a worker, for `cms.running.metrics`. Imports no Django: log formatters load it early."""

from threading import Lock
from typing import NamedTuple

from prometheus_client import Counter, Histogram

_METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_BUCKETS_OF_OPERATIONS = (0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10)

requests = Counter("cms_requests", "Requests that were answered.", ["method", "status", "cached"])
seconds = Histogram("cms_request_seconds", "Seconds that requests took.", ["cached"], buckets=_BUCKETS)
operations = Counter(
    "cms_operations", "GraphQL requests that were answered, by operation.", ["operation", "status", "cached"]
)
operation_seconds = Histogram(
    "cms_operation_seconds",
    "Seconds that GraphQL requests took which no cache answered.",
    ["operation"],
    buckets=_BUCKETS_OF_OPERATIONS,
)


class Operation(NamedTuple):
    """A GraphQL operation: the beginning of its document's hash, its name, whether a frontend's build registered it."""

    document: str
    name: str
    registered: bool


class Names:
    """The names that become labels. A caller may choose a name, so each process takes a bounded number of them.

    Registered documents get twice as many as others, so that no caller can take theirs.
    """

    def __init__(self, of_callers: int) -> None:
        self._of_callers = of_callers
        self._known: set[str] = set()
        self._lock = Lock()

    def label(self, operation: Operation) -> str:
        """Return the name of an operation, or "(other)" where there are too many."""
        name = operation.name or (operation.document if operation.registered else "(unnamed)")
        if name in self._known:
            return name
        with self._lock:
            if len(self._known) >= self._of_callers * (3 if operation.registered else 1):
                return "(other)"
            self._known.add(name)
        return name


_names = Names(of_callers=100)


def observe(
    method: str, status: int, duration: float, *, cached: bool, operation: Operation | None = None
) -> None:
    """Count a request. What a caller chooses freely becomes a label for a bounded number of names only."""
    word = "yes" if cached else "no"
    requests.labels(method if method in _METHODS else "other", status, word).inc()
    seconds.labels(word).observe(duration)
    if operation is not None:
        label = _names.label(operation)
        operations.labels(label, status, word).inc()
        if not cached:
            operation_seconds.labels(label).observe(duration)
