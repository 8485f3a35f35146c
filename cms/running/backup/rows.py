"""Rows of tables as lines of JSON, the same for SQLite and PostgreSQL.

Tables and columns are those of a state of the migrations, not of today's models: so a backup can be made by a newer
version before it migrates, and read by one.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import batched
from typing import Any, cast
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.expressions import Col

# What is not taken along: sign-ins, counted passwords, mails and tasks that would be done a second time, the content
# version, which never comes again, and the admin's search, whose tables differ between databases and are filled again.
LEFT_OUT = ("axes_", "cms_contentversion", "django_session", "django_tasks_database_", "wagtailsearch_")
_ROWS_AT_ONCE = 500
_MICROSECOND = timedelta(microseconds=1)

_READ: dict[str, Callable[[Any], Any]] = {
    "BinaryField": b64decode,
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "DurationField": lambda microseconds: timedelta(microseconds=microseconds),
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
}


class Table:
    """A table of a state of the migrations."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.name = model._meta.db_table
        self._fields = {str(field.column): field for field in model._meta.local_concrete_fields}

    @property
    def columns(self) -> list[str]:
        """The names of all columns."""
        return list(self._fields)

    def lines(self) -> Iterator[bytes]:
        """Yield the rows as lines of JSON. Run it in a transaction, so that all tables are of one time."""
        converters = [self._converters(column) for column in self.columns]
        names = ", ".join(map(connection.ops.quote_name, self.columns))
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(self.name)}")  # noqa: S608
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                for row in rows:
                    values = [convert(value) for convert, value in zip(converters, row, strict=True)]
                    yield json.dumps(values, ensure_ascii=False, default=_plain).encode() + b"\n"

    def load(self, columns: list[str], rows: Iterable[list[Any]]) -> None:
        """Insert rows of `lines`."""
        adapters = [self._adapter(column) for column in columns]
        quote = connection.ops.quote_name
        into = f"INSERT INTO {quote(self.name)} ({', '.join(map(quote, columns))}) VALUES "  # noqa: S608
        most = (connection.features.max_query_params or 60_000) // len(columns)
        one = f"({', '.join(['%s'] * len(columns))})"
        with connection.cursor() as cursor:
            for some in batched(rows, max(1, min(_ROWS_AT_ONCE, most)), strict=False):
                values = [
                    None if value is None else adapt(value)
                    for row in some
                    for adapt, value in zip(adapters, row, strict=True)
                ]
                cursor.execute(into + ", ".join([one] * len(some)), values)

    def _converters(self, column: str) -> Callable[[Any], Any]:
        """Return what makes the same value of a column's value in every database."""
        field = _stored(self._fields[column])
        expression = Col(self.name, self._fields[column], field)
        converters = connection.ops.get_db_converters(expression)

        def convert(value: Any) -> Any:
            for converter in converters:
                value = converter(value, expression, connection)
            return value

        return convert

    def _adapter(self, column: str) -> Callable[[Any], Any]:
        """Return what makes the column's value for this database of a value of JSON."""
        field = _stored(self._fields[column])
        read = _READ.get(field.get_internal_type())
        if read is None:
            return lambda value: value
        # That of Django's own class: what subclasses add is for Python's values, and these were stored already.
        usual: Any = getattr(models, field.get_internal_type())
        return lambda value: usual.get_db_prep_value(field, read(value), connection, prepared=True)


def _stored(field: Any) -> models.Field[Any, Any]:
    """Return the field whose type the column has; that of a key is the type of what it points to."""
    while field.remote_field:
        field = field.target_field
    return cast("models.Field[Any, Any]", field)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value // _MICROSECOND
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} is of no known type of column.")


def tables_at(migrations: Iterable[tuple[str, str]]) -> list[Table]:
    """Return the tables to back up, as they are after `migrations`, which this version must know."""
    loader = MigrationLoader(None)
    nodes = [node for node in migrations if node in loader.graph.nodes]
    state = loader.project_state(nodes)
    found = state.apps.get_models(include_auto_created=True)
    return [
        Table(model)
        for model in sorted(found, key=lambda model: model._meta.db_table)
        if model._meta.managed and not model._meta.proxy and not model._meta.db_table.startswith(LEFT_OUT)
    ]


def empty() -> None:
    """Delete all rows of the database, except the note of its migrations."""
    names = set(connection.introspection.table_names()) - {MigrationRecorder.Migration._meta.db_table}
    with connection.cursor() as cursor:
        for name in sorted(names):
            if "_fts" not in name:  # triggers of SQLite empty these
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608


def count_on(tables: Iterable[Table]) -> None:
    """Let the next key of each table follow the greatest that is there."""
    statements = connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
