"""A test fails in which a response goes without something, unless it has the mark ``leaves_out``.

A fault of the program in a resolver would otherwise look like a row that is not whole, and pass.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

# What these log as an error does not fail the request: something is left out of the response, or shown as it was.
LOGGERS = (
    "cms.body.block_values",
    "cms.fields",
    "cms.graphql.fields.blocks",
    "cms.graphql.loading.context",
    "cms.graphql.loading.digests",
    "cms.graphql.loading.fetching",
    "cms.graphql.protocol.execution",
    "cms.graphql.protocol.left_out",
    "cms.models.gone_revisions",
)


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def nothing_left_out() -> Iterator[None]:
    """Raise AssertionError with the first record and its traceback where something was left out within."""
    kept = _Kept()
    # Added each time: a test that sets logging up anew takes handlers away.
    for name in LOGGERS:
        logging.getLogger(name).addHandler(kept)
    try:
        yield
    finally:
        for name in LOGGERS:
            logging.getLogger(name).removeHandler(kept)
    if kept.records:
        told = logging.Formatter("%(name)s: %(message)s").format(kept.records[0])
        message = f"Left out of responses {len(kept.records)} times, first:\n{told}"
        raise AssertionError(message)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    if item.get_closest_marker("leaves_out") is not None:
        return (yield)
    with nothing_left_out():
        return (yield)
