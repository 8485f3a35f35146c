"""Every way in which a row of a table can be written, from ``save()`` to SQL."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError, RestrictedError

Write = Callable[[models.Model, models.Field], None]


def save(row: models.Model, _column: models.Field) -> None:
    models.Model.save(
        row
    )  # an Edition is saved as one of its kinds alone; rules of models do not matter here


def update(row: models.Model, column: models.Field) -> None:
    _only(row).update(**{column.name: _another(row, column)})


def bulk_update(row: models.Model, column: models.Field) -> None:
    setattr(row, column.attname, _another(row, column))
    type(row)._base_manager.bulk_update([row], [column.name])


def bulk_create(row: models.Model, _column: models.Field) -> None:
    _only(row)._raw_delete(connection.alias)
    type(row)._base_manager.bulk_create([row])


def delete(row: models.Model, _column: models.Field) -> None:
    row.delete()


def loaddata(row: models.Model, _column: models.Field) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fixture = Path(folder) / "row.json"
        fixture.write_text(serializers.serialize("json", [row]))
        call_command("loaddata", fixture, verbosity=0)


def sql_update(row: models.Model, column: models.Field) -> None:
    value = column.get_db_prep_save(_another(row, column), connection)
    _run(f"UPDATE {_table(row)} SET {_quoted(column.column)} = %s WHERE {_is(row)}", [value, row.pk])  # noqa: S608


def sql_insert(row: models.Model, _column: models.Field) -> None:
    names = [_quoted(one.column) for one in row._meta.local_concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM {_table(row)} WHERE {_is(row)}", [row.pk])  # noqa: S608
        values = cursor.fetchone()
        types = [one.get_internal_type() for one in row._meta.local_concrete_fields]
    sql_delete(row, _column)
    values = [_parameter(value, kind) for value, kind in zip(values, types, strict=True)]
    marks = ", ".join(["%s"] * len(names))
    _run(f"INSERT INTO {_table(row)} ({', '.join(names)}) VALUES ({marks})", values)  # noqa: S608


def sql_delete(row: models.Model, _column: models.Field) -> None:
    _run(f"DELETE FROM {_table(row)} WHERE {_is(row)}", [row.pk])  # noqa: S608


def truncate(row: models.Model, _column: models.Field) -> None:
    _run(f"TRUNCATE {_table(row)} CASCADE", [])


WAYS: tuple[Write, ...] = (
    save, update, bulk_update, bulk_create, delete, loaddata, sql_update, sql_insert, sql_delete,
)  # fmt: skip
# What Django or the database refuses: rows of a table below another in bulk, and rows that others point at.
REFUSED = (ProtectedError, RestrictedError, IntegrityError, ValueError)


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo at the end of the block what was written in it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def column_of(row: models.Model, private: frozenset[str]) -> models.Field | None:
    """Return a column of the row's own table that a test may change, preferably one that readers see."""
    columns = [
        one
        for one in row._meta.local_concrete_fields
        if not one.primary_key and one.column not in private and not one.unique
    ]
    plain = [
        one for one in columns if isinstance(one, (models.CharField, models.TextField)) and not one.choices
    ]
    return next(iter((*plain, *columns)), None)


def _another(row: Any, column: models.Field) -> Any:
    value = getattr(row, column.attname)
    plain = isinstance(column, (models.CharField, models.TextField)) and isinstance(value, str)
    return f"{value}x"[-(column.max_length or 1000) :] if plain and not column.choices else value


def _only(row: models.Model) -> models.QuerySet[Any]:
    return type(row)._base_manager.filter(pk=row.pk)


def _parameter(value: Any, kind: str) -> Any:
    if connection.vendor == "postgresql" and kind == "JSONField" and isinstance(value, (dict, list)):
        from psycopg.types.json import Jsonb

        return Jsonb(value)
    return value


def _is(row: models.Model) -> str:
    return f"{_quoted(row._meta.pk.column)} = %s"


def _table(row: models.Model) -> str:
    return _quoted(row._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _run(statement: str, parameters: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
