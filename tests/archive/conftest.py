"""Files of archives keep their names only where no other test has left a file of the same name."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let each test have a folder of uploads of its own."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
