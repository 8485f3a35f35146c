"""/-/live and /-/ready, and the id and log line of each request."""

import logging

import pytest
from django.db import DatabaseError, connection
from django.test import Client, override_settings

from cms.running import health
from tests.logs import Lines

pytestmark = pytest.mark.one_database


def test_live_asks_no_database(client: Client) -> None:
    answer = client.get("/-/live")  # no django_db mark: a statement would fail the test
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready_when_every_migration_is_applied(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_applied", health.Event())
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(health, "_applied", health.Event())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'wagtailredirects'")
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable", "migrations": "pending"})
    # Balancers ask each second.
    assert [record.name for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.django_db
def test_not_ready_while_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise DatabaseError("the password is secret")

    monkeypatch.setattr(health.connection, "cursor", away)
    answer = client.get("/-/ready")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable", "database": "unreachable"})


@override_settings(ALLOWED_HOSTS=["cms.example"], SECURE_SSL_REDIRECT=True)
def test_a_probe_needs_neither_tls_nor_a_known_host(client: Client) -> None:
    assert client.get("/-/live", headers={"host": "10.0.0.7:8000"}).status_code == 200
    assert client.get("/", headers={"host": "10.0.0.7:8000"}).status_code == 400


def test_a_request_keeps_the_id_that_a_proxy_gave_it(client: Client) -> None:
    assert client.get("/-/live", headers={"x-request-id": "abc-12345"})["X-Request-ID"] == "abc-12345"


@pytest.mark.parametrize("sent", ["short", "a b c d e f", "x" * 65, "<script>alert"])
def test_an_id_that_is_not_safe_to_repeat_is_replaced(client: Client, sent: str) -> None:
    assert client.get("/-/live", headers={"x-request-id": sent})["X-Request-ID"] != sent


def test_a_request_is_a_json_line_without_its_query(client: Client, access_log: Lines) -> None:
    client.get("/-/live?token=secret", headers={"x-request-id": "abc-12345"})
    (line,) = access_log()
    assert line["message"].startswith("GET /-/live 200 ")
    assert (line["request_id"], line["logger"], line["level"]) == ("abc-12345", "cms.access", "INFO")
    assert "secret" not in str(line)
