"""Counts the requests of a worker, for `cms.running.metrics`. Imports no Django: log formatters load it early."""

from prometheus_client import Counter, Histogram

_METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

requests = Counter("cms_requests", "Requests that were answered.", ["method", "status", "cached"])
seconds = Histogram("cms_request_seconds", "Seconds that requests took.", ["cached"], buckets=_BUCKETS)


def observe(method: str, status: int, duration: float, *, cached: bool) -> None:
    """Count a request. Nothing that a caller chooses freely becomes a label."""
    word = "yes" if cached else "no"
    requests.labels(method if method in _METHODS else "other", status, word).inc()
    seconds.labels(word).observe(duration)
