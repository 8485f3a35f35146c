"""The log of requests as a server writes it, whatever other tests did to the loggers."""

import json
import logging
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest

from cms.running.logs import JsonFormatter

type Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def access_log() -> Iterator[Lines]:
    """Return what returns the lines of requests that were written since the test began."""
    logger, written = logging.getLogger("cms.access"), StringIO()
    handler, level = logging.StreamHandler(written), logger.level
    handler.setFormatter(JsonFormatter())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logger.removeHandler(handler)
    logger.setLevel(level)
