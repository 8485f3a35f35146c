"""What browsers are told, and how many wrong passwords the admin takes."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cms.accounts import password_mails
from cms.publishing.visitors import client_address

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LOGIN = "/admin/login/"


@pytest.mark.parametrize(
    "address",
    ["/graphql/?query=%7B__typename%7D", "/graphql/?query=%7Bx", "/robots.txt", "/sitemap.xml",
     "/sl/koledar.ics", "/documents/1/x.pdf", "/media/images/none.svg", "/nothing/"],
)  # fmt: skip
def test_what_is_public_may_run_nothing_inline_and_sets_no_cookie(client: Client, address: str) -> None:
    response = client.get(address)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert not response.cookies


def test_the_admin_loads_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get(LOGIN)["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "script-src 'self' 'unsafe-inline'" in policy


def sign_in(name: str, password: str, address: str = "192.0.2.1") -> Any:
    return Client(REMOTE_ADDR=address).post(LOGIN, {"username": name, "password": password})


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("urednica", password="pravo-geslo")


def test_the_fifth_wrong_password_closes_the_door_for_a_quarter_of_an_hour(editor: User) -> None:
    for _attempt in range(4):
        assert sign_in("urednica", "napak").status_code == 200
    assert sign_in("urednica", "napak").status_code == 429
    refused = sign_in("urednica", "pravo-geslo")
    assert refused.status_code == 429
    assert "Preveč poskusov" in refused.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert sign_in("urednica", "pravo-geslo").status_code == 302


def test_somebody_elsewhere_locks_nobody_out(editor: User) -> None:
    for _attempt in range(6):
        sign_in("urednica", "napak", "198.51.100.7")
    assert sign_in("urednica", "pravo-geslo").status_code == 302


def test_the_right_password_forgets_the_wrong_ones(editor: User) -> None:
    for _round in range(2):
        for _attempt in range(4):
            sign_in("urednica", "napak")
        assert sign_in("urednica", "pravo-geslo").status_code == 302


def through_proxies(forwarded: str) -> Any:
    client = Client(REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
    return client.post(LOGIN, {"username": "urednica", "password": "napak"})


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(editor: User, settings: Any) -> None:
    """What a caller writes into the header itself changes nothing: neither can it lock out somebody else."""
    settings.CMS_PROXIES = 1
    for attempt in range(4):
        assert through_proxies(f"203.0.113.{attempt}, 198.51.100.7").status_code == 200
    assert through_proxies("203.0.113.9, 198.51.100.7").status_code == 429
    assert through_proxies("198.51.100.7, 203.0.113.9").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "", "10.0.0.1"),
        (1, "unknown", "10.0.0.1"),
        (2, "192.0.2.1, 203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "2001:db8::1", "2001:db8::"),
        (1, "2001:db8:0:1:a:b:c:d%eth0", "2001:db8:0:1::"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_the_address_of_a_caller(rf: Any, settings: Any, proxies: int, forwarded: str, expected: str) -> None:
    settings.CMS_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == expected


def test_whoever_changes_the_address_within_their_own_network_is_counted_once(editor: User) -> None:
    for attempt in range(4):
        assert sign_in("urednica", "napak", f"2001:db8::{attempt}:1").status_code == 200
    assert sign_in("urednica", "napak", "2001:db8::ffff:ffff:ffff:ffff").status_code == 429
    assert sign_in("urednica", "pravo-geslo", "2001:db8:0:1::1").status_code == 302


def test_a_stranger_has_no_account_written_to_again_and_again(editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(email="urednica@example.si")
    answers = [
        Client().post("/admin/password_reset/", {"email": address})
        for address in ("urednica@example.si", "URednica@example.si", "nikogar@example.si")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/admin/password_reset/done/")
    }
    assert len(mails()) == 1
    cache.clear()  # the limit holds for all processes, so it is in no process's memory
    Client().post("/admin/password_reset/", {"email": "urednica@example.si"})
    assert len(mails()) == 1
    with time_machine.travel(timezone.now() + password_mails.PERIOD):
        Client().post("/admin/password_reset/", {"email": "urednica@example.si"})
    assert len(mails()) == 2


def mails() -> list[Any]:
    """Return what was mailed, once all of it was."""
    for thread in threading.enumerate():
        if thread.name == password_mails.THREAD:
            thread.join()
    return mail.outbox


def test_the_answer_does_not_wait_for_the_mail_so_its_time_tells_of_no_account(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.filter(pk=editor.pk).update(email="urednica@example.si")
    answered = threading.Event()
    send = mail.EmailMessage.send
    monkeypatch.setattr(mail.EmailMessage, "send", lambda self: answered.wait(30) and send(self))
    Client().post(
        "/admin/password_reset/", {"email": "urednica@example.si"}, headers={"Accept-Language": "sl"}
    )
    assert mail.outbox == []
    answered.set()
    (sent,) = mails()
    assert sent.subject == "Ponastavitev gesla"
