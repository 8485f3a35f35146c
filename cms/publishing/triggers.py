"""Database triggers that move the content version with every statement that writes to a table that counts.

They act in the transaction of every write: a form, ``update()``, ``loaddata``, SQL.

PostgreSQL: one trigger before each statement, so a transaction takes the lock of the version before it takes that of
a row, and two of them cannot wait for each other. The first statement of a transaction writes the row of the version.
The following ones set a variable of the transaction, because a row that is written thousands of times in one
transaction gets slow. Who reads the version inside of the transaction gets the variable.

SQLite: a trigger for each row.
"""

import hashlib
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from cms.publishing.private import public_tables

PREFIX = "cms_fresh_"
_MASK = 2**62 - 1
_POSTGRESQL_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION cms_advance() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('cms.version', true), '') = '' THEN
        INSERT INTO cms_contentversion (id, number, changed_at)
        VALUES (1, hashtextextended(gen_random_uuid()::text, 0) & {_MASK}, clock_timestamp())
        ON CONFLICT (id) DO UPDATE SET number = EXCLUDED.number, changed_at = EXCLUDED.changed_at;
    END IF;
    RETURN set_config('cms.version', (hashtextextended(gen_random_uuid()::text, 0) & {_MASK})::text, true)::bigint;
END $$;
CREATE OR REPLACE FUNCTION cms_fresh() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cms_advance();
    RETURN NULL;
END $$;
"""  # noqa: S608  # no value of others
_SQLITE_BODY = f"""BEGIN
    INSERT INTO cms_contentversion (id, number, changed_at)
    VALUES (1, random() & {_MASK}, strftime('%Y-%m-%d %H:%M:%f', 'now'))
    ON CONFLICT (id) DO UPDATE SET number = excluded.number, changed_at = excluded.changed_at;
END"""  # noqa: S608  # no value of others
_COLUMNS = {
    "postgresql": """
        SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()""",
    "sqlite": """
        SELECT m.name, p.name FROM sqlite_master AS m, pragma_table_info(m.name) AS p WHERE m.type = 'table'""",
}
_PRESENT = {
    "postgresql": """
        SELECT c.relname, t.tgname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
        WHERE starts_with(t.tgname, 'cms_fresh_') AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)""",
    "sqlite": """
        SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'cms_fresh_*'""",
}


@dataclass(frozen=True, slots=True, order=True)
class Trigger:
    """A trigger of one table. Its name holds a hash of its definition, so equal names mean equal triggers."""

    table: str
    name: str
    definition: str


def wanted(connection: BaseDatabaseWrapper) -> set[Trigger]:
    """Return the triggers that the tables of the database need."""
    columns: dict[str, set[str]] = {}
    for table, column in _rows(connection, _COLUMNS[connection.vendor]):
        columns.setdefault(table, set()).add(column)
    return {
        _trigger(connection, table, event)
        for table, private in public_tables().items()
        if table in columns
        for event in _events(connection, sorted(columns[table] - private) if private else [])
    }


def present(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """Return table and name of the triggers that are there and fire."""
    return {(table, name) for table, name in _rows(connection, _PRESENT[connection.vendor])}


def missing_and_left(connection: BaseDatabaseWrapper) -> tuple[list[Trigger], list[tuple[str, str]]]:
    """Return the triggers that are missing, and table and name of those that are not wanted."""
    there, needed = present(connection), wanted(connection)
    missing = sorted(trigger for trigger in needed if (trigger.table, trigger.name) not in there)
    return missing, sorted(there - {(trigger.table, trigger.name) for trigger in needed})


def install(connection: BaseDatabaseWrapper) -> bool:
    """Make the triggers what they should be; return whether something had to be done.

    Whatever was written without triggers counts as a change.
    """
    missing, left = missing_and_left(connection)
    if not missing and not left:
        return False
    with connection.cursor() as cursor:
        for table, name in left:
            cursor.execute(_drop(connection, table, name))
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTIONS)
        for trigger in missing:
            cursor.execute(trigger.definition)
    return True


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop all triggers: a table that is altered or copied must not have any."""
    with connection.cursor() as cursor:
        for table, name in sorted(present(connection)):
            cursor.execute(_drop(connection, table, name))


def _trigger(connection: BaseDatabaseWrapper, table: str, event: str) -> Trigger:
    quote = connection.ops.quote_name
    if connection.vendor == "postgresql":
        when, rest = (
            ("AFTER" if event == "TRUNCATE" else "BEFORE"),
            "FOR EACH STATEMENT EXECUTE FUNCTION cms_fresh()",
        )
        source, create = _POSTGRESQL_FUNCTIONS, "CREATE OR REPLACE TRIGGER"
    else:
        when, rest, source, create = "AFTER", _SQLITE_BODY, "", "CREATE TRIGGER"
    text = f"{when} {event} ON {quote(table)} {rest}"
    name = PREFIX + hashlib.sha256((text + source).encode()).hexdigest()[:12]
    return Trigger(table, name, f"{create} {quote(name)} {text}")


def _events(connection: BaseDatabaseWrapper, columns: list[str]) -> list[str]:
    quote = connection.ops.quote_name
    update = f"UPDATE OF {', '.join(map(quote, columns))}" if columns else "UPDATE"
    # TRUNCATE may empty the table of the version as well, so the trigger writes its row afterwards.
    return ["INSERT", update, "DELETE", *(["TRUNCATE"] if connection.vendor == "postgresql" else [])]


def _drop(connection: BaseDatabaseWrapper, table: str, name: str) -> str:
    quote = connection.ops.quote_name
    on = f" ON {quote(table)}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {quote(name)}{on}"


def _rows(connection: BaseDatabaseWrapper, statement: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[tuple[str, str]] = cursor.fetchall()
    return rows
