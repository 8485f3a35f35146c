"""What tests of several machines stand on, and the figures that they print at their end."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import boto3
import pytest

from tests.processes.machines import VARNISH
from tests.s3_server import Server

_figures: list[str] = []


@dataclass(frozen=True)
class Bucket:
    """A bucket, and the variables of a site whose uploads are there."""

    server: Server
    variables: dict[str, str]


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    """Start a server of S3 with an empty bucket."""
    server = Server()
    server.start()
    with urlopen(server.address, timeout=120):  # noqa: S310  # the first request loads what it needs
        pass
    key = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=server.address, **key).create_bucket(Bucket="uploads")
    variables = {
        "MEDIA_URL_STORAGE": f"s3://uploads?endpoint={server.address}&region=us-east-1",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    yield Bucket(server, variables)
    server.stop()


@pytest.fixture(scope="module")
def varnish() -> None:
    """Fail in CI without Varnish, and skip elsewhere."""
    if not Path(VARNISH).exists():
        missing = f"No {VARNISH}: install Debian's packages varnish and varnish-modules."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)


@pytest.fixture(scope="session")
def figures() -> list[str]:
    """Return a list whose lines are printed when all tests have ended."""
    return _figures


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for line in _figures:
        terminalreporter.write_line(line)
