"""Limits hold for all processes: none is counted in the memory of one.

Django's default cache stands for that memory: it is emptied before each try, as another process would have it.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from cms.accounts.password_mails import PERIOD
from cms.models import first_within

ROOT = Path(settings.BASE_DIR)
# Automatic persisted queries are no limit, the preflight looks whether a cache can be used, and a restore empties all.
MAY_USE_THE_CACHE = {
    "cms/graphql/serving/view.py",
    "cms/running/preflight.py",
    "cms/running/backup/restoring.py",
}


def test_no_code_counts_in_the_cache_of_a_process() -> None:
    uses = {
        str(path.relative_to(ROOT))
        for app in ("cms", "home", "centres", "config")
        for path in (ROOT / app).rglob("*.py")
        if re.search(r"django\.core\.cache|caches\[", path.read_text("utf-8"))
    }
    assert uses <= MAY_USE_THE_CACHE


def test_sign_in_attempts_are_counted_in_the_database() -> None:
    from axes.conf import settings as axes

    assert axes.AXES_HANDLER == "axes.handlers.database.AxesDatabaseHandler"


@pytest.mark.django_db
def test_wrong_passwords_are_counted_over_processes() -> None:
    User.objects.create_superuser("urednica", password="pravo-geslo")
    for _try in range(settings.AXES_FAILURE_LIMIT):
        cache.clear()
        Client().post("/admin/login/", {"username": "urednica", "password": "napačno"})
    cache.clear()
    assert (
        Client().post("/admin/login/", {"username": "urednica", "password": "pravo-geslo"}).status_code == 429
    )


@pytest.mark.django_db
def test_wrong_passwords_of_a_collection_are_counted_over_processes() -> None:
    closed = Collection.get_first_root_node().add_child(name="Zaprto")
    restriction = CollectionViewRestriction.objects.create(
        collection=closed, restriction_type="password", password="geslo"
    )
    statuses: list[Any] = []
    for _try in range(settings.AXES_FAILURE_LIMIT + 1):
        cache.clear()
        sent = {"password": "napačno", "return_url": "/"}
        address = f"/documents/authenticate_with_password/{restriction.pk}/"
        statuses.append(Client().post(address, sent).status_code)
    assert statuses[-1] == 429


@pytest.mark.django_db
def test_what_was_done_once_waits_whatever_the_process_remembers() -> None:
    assert first_within("x", PERIOD)
    cache.clear()
    assert not first_within("x", PERIOD)
    assert first_within("y", PERIOD)
