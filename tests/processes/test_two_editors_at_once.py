"""Two editors who save at the same moment wait for each other, and neither of them fails."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from centres.models import ProgrammePage
from cms.editorial import guarded_views
from tests import factories as make
from tests.cms.test_two_editors import opened

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
    pytest.mark.usefixtures("real_transactions"),
]


def test_two_translations_of_a_page_are_published_at_the_same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    slovenian = make.programme()
    english = make.translated(slovenian, title="Events", slug="events")
    boss = User.objects.create_superuser("boss")
    clients = Client(), Client()
    for client in clients:
        client.force_login(boss)
    edit = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in (english, slovenian)]
    words = opened(clients[0], edit[0]) | {"title": "New events", "action-publish": "1"}
    facts = opened(clients[1], edit[1]) | {"since_year": "1999", "action-publish": "1"}
    plain: Callable[..., Any] = guarded_views._post_page
    others: list[Future[int]] = []

    def post(pool: ThreadPoolExecutor, client: Client, where: str, data: Any) -> Future[int]:
        def send() -> int:
            try:
                return client.post(where, data).status_code
            finally:
                connection.close()

        return pool.submit(send)

    with ThreadPoolExecutor(2) as pool:

        def while_another_publishes(*args: Any, **kwargs: Any) -> Any:
            """Let the other form be sent between the reading and the writing of the first."""
            if not others:
                others.append(post(pool, clients[1], edit[1], facts))
                wait(others, timeout=3)
            return plain(*args, **kwargs)

        monkeypatch.setattr(guarded_views, "_post_page", while_another_publishes)
        first = post(pool, clients[0], edit[0], words)
        assert first.result(60) == 302
        assert others[0].result(60) == 302
    english = ProgrammePage.objects.get(pk=english.pk)
    assert (english.title, english.since_year) == ("New events", 1999)
