"""What tests of the public site need: its documents are registered."""

import pytest

from centres.site import trusted


@pytest.fixture(autouse=True)
def registered(request: pytest.FixtureRequest) -> None:
    """Register the documents in the database of a test, where it has one."""
    for database in ("demo", "db"):
        if database in request.fixturenames or (
            database == "db" and request.node.get_closest_marker("django_db")
        ):
            request.getfixturevalue(database)
            trusted.register()
            return
