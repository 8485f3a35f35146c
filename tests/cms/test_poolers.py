"""Behind a pooler that gives every transaction another connection, no request leaves anything on one."""

import threading

import pytest
from django.db import connection

from cms.publishing.version import content_version, present_version
from cms.running import migration
from cms.running.locks import alone

pytestmark = [
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PgBouncer stands before PostgreSQL"),
    pytest.mark.usefixtures("real_transactions"),
]


def prepared() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return [name for (name,) in cursor.fetchall()]


def test_the_version_is_read_without_a_prepared_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert present_version() == content_version()
    assert prepared() == []
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", False)
    assert present_version() == content_version()
    assert prepared() == ["cms_content_version"]


def test_a_lock_is_a_transaction_and_no_session() -> None:
    with alone("test") as mine, connection.cursor() as cursor:
        assert mine
        with alone("test") as second:
            assert not second
        cursor.execute(
            "SELECT a.xact_start IS NOT NULL FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
            "WHERE l.locktype = 'advisory' AND a.datname = current_database()"
        )
        assert cursor.fetchall() == [(True,)]
    with alone("test") as again:
        assert again


def test_a_migration_of_a_busy_table_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "LOCK_TIMEOUT", "100ms")
    monkeypatch.setattr(migration, "PAUSE_SECONDS", 0)
    held, said = threading.Event(), []

    def migrate(_say: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE cms_chore ALTER COLUMN name TYPE varchar(100)")

    monkeypatch.setattr(migration.first_migration, "migrate", migrate)
    reader = connection.copy()
    reader.connect()
    reader.set_autocommit(False)
    with reader.cursor() as cursor:
        cursor.execute("SELECT * FROM cms_chore")

    def say(line: str) -> None:
        said.append(line)
        if len(said) == 2:
            reader.close()
            held.set()

    migration._migrate(say)
    assert said == [f"A table is in use; trying again ({number} of 20)" for number in (1, 2)]
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
