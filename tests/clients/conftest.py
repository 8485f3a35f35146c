"""What all clients need: the packages from npm, and the demo that is served."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import demo_server

__all__ = ["demo_server"]

FOLDER = Path(__file__).parent / "typescript"


@pytest.fixture(scope="session", autouse=True)
def queries_by_hash() -> Iterator[None]:
    """Have the server keep documents that clients register on the way, which it does not by default."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("GRAPHQL_APQ", "true")
        yield


@pytest.fixture(scope="session")
def packages() -> Path:
    """Install the packages, and return the folder that has them."""
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=True, capture_output=True)
    return FOLDER / "node_modules"
