"""Threads that read and write at the same time, each over a connection of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

type Connect = Callable[[], BaseDatabaseWrapper]


@contextmanager
def connected(connect: Connect) -> Iterator[None]:
    """Have this thread read and write over a connection of its own."""
    usual = connections["default"]
    connections["default"] = own = connect()
    own.inc_thread_sharing()
    try:
        yield
    finally:
        own.close()
        connections["default"] = usual
