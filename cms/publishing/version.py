"""The content version: a number that changes in the transaction of every change that the public can see."""

import logging
import weakref
from datetime import datetime
from secrets import randbits
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cms.models.changes import ROW, ContentVersion

logger = logging.getLogger(__name__)

_SELECT = f"SELECT number FROM {ContentVersion._meta.db_table} WHERE id = {ROW}"  # noqa: S608  # no value of others
_STATEMENT = b"cms_content_version"
_COMMAND_OK, _TUPLES_OK = 1, 2  # libpq, "ExecStatusType"
_prepared: weakref.WeakSet[Any] = weakref.WeakSet()  # connections of libpq on which the statement is known


def content_version() -> int:
    """Return the current number; one tiny read."""
    return ContentVersion.current()


def last_change() -> datetime | None:
    """Return when the number was set last; None where nothing was ever published."""
    return ContentVersion.objects.filter(pk=ROW).values_list("changed_at", flat=True).first()


def advance() -> int:
    """Set a new number, inside the caller's transaction, and return it.

    The triggers of the tables do that with every change. Call it for what no table holds.

    The number is random and never comes again: what a process cached under the number of a transaction that was
    rolled back cannot be taken for later content. The row stays locked until the transaction ends, so changes
    follow one another in the order of their commits.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT cms_advance()")
            return int(cursor.fetchone()[0])
    number = randbits(62)
    moved = {"number": number, "changed_at": timezone.now()}
    with transaction.atomic():
        if not ContentVersion.objects.filter(pk=ROW).update(**moved):
            ContentVersion.objects.update_or_create(pk=ROW, defaults=moved)
    return number


def lock_version() -> None:
    """Wait for other transactions that change something public, and make later ones wait, until this one ends.

    Take it before any other lock: all who change public rows have this one first, so none blocks another for ever.
    """
    if not list(ContentVersion.objects.select_for_update().filter(pk=ROW)):
        advance()


def present_version() -> int:
    """Return what `content_version` returns, in a tenth of the time and also outside of Django's requests.

    The connection is the one that Django gives this thread. Where it is not what it was, Django makes a new one.
    """
    if connection.in_atomic_block:
        return content_version()
    connection.ensure_connection()
    raw = connection.connection
    try:
        if connection.vendor == "sqlite":
            row = raw.execute(_SELECT).fetchone()
            return _number(row[0] if row else None)
        # A pooler that gives every transaction another connection knows no prepared statement (BEHIND_PGBOUNCER).
        own = connection.settings_dict
        pooled = own["OPTIONS"].get("pool") or own.get("DISABLE_SERVER_SIDE_CURSORS")
        if connection.vendor == "postgresql" and not pooled:
            return _prepared_version(raw.pgconn)
        return content_version()
    except Exception as error:  # noqa: BLE001  # of several drivers; what is wrong shows below
        logger.info("Reconnecting: %s", error)
        connection.close()
    return content_version()


def version_before_request() -> int:
    """Return `present_version` in front of Django's requests, and give the connection back as their end does.

    Otherwise each thread that responds from a cache would keep a connection of the pool.
    """
    try:
        return present_version()
    finally:
        connection.close_if_unusable_or_obsolete()


def _number(value: Any) -> int:
    return randbits(62) if value is None else int(value)


def _prepared_version(postgres: Any) -> int:
    """Read the number with a statement that the server knows, without the layers of the driver above libpq."""
    if postgres not in _prepared:
        _check(postgres, postgres.prepare(_STATEMENT, _SELECT.encode()))
        _prepared.add(postgres)
    result = postgres.exec_prepared(_STATEMENT, None)
    _check(postgres, result)
    return _number(result.get_value(0, 0) if result.ntuples else None)


def _check(postgres: Any, result: Any) -> None:
    if result.status not in (_COMMAND_OK, _TUPLES_OK):
        raise DatabaseError(postgres.get_error_message())
