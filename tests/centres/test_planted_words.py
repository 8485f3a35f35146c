"""A word in a row of one centre is read nowhere in the admin by whoever may not see the row, and nothing fails there.

`tests.centres.planted` says who may read what, `tests.centres.walking` which addresses there are.
"""

import os
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.centres import planted
from tests.centres.planted import FORMER, MAY_READ, STRANGERS, words
from tests.centres.test_rights import EDITOR, LEAD, TRANSLATOR
from tests.centres.walking import walk

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# A walk takes half a minute. These two see most of all; `make test-roles` walks as all of them.
# Rights are decided in Python, so one database is enough.
SOME = (FORMER, TRANSLATOR)
WALKED = STRANGERS if os.environ.get("EVERY_ROLE") else SOME


def build() -> Any:
    return planted.plant()


@pytest.fixture
def site(built: Any) -> Any:
    return built


@pytest.mark.parametrize("role", WALKED)
def test_nobody_reads_in_the_admin_what_they_may_not_see(site: Any, role: str) -> None:
    content, rows = site
    found = walk(content.users[role], rows)
    wrong = {kind: sorted(paths) for kind, paths in found.read.items() if role not in MAY_READ[kind]}
    assert not wrong, "\n".join(f"{kind}: {path}" for kind, paths in wrong.items() for path in paths)
    assert not found.failed, "\n".join(found.failed)
    assert found.visited > 700


def test_an_administrator_finds_every_word_on_the_same_walk(site: Any) -> None:
    content, rows = site
    shown = set(MAY_READ) - {"upload"}  # a file that waits for its words is told to nobody but who sent it
    found = walk(content.users["admin"], rows, until=shown)
    assert set(found.read) == shown
    assert not found.failed, "\n".join(found.failed)


@pytest.mark.parametrize("role", [EDITOR, LEAD])
def test_the_people_of_the_centre_read_their_drafts(site: Any, role: str) -> None:
    content, _rows = site
    client = Client()
    client.force_login(content.users[role])
    text = client.get(reverse("wagtailadmin_explore", args=[content.own["centre"].pk])).text
    assert words()["page"] in text
