"""Databases for tests that start processes of their own."""

import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """The address of a new, empty database: on this run's PostgreSQL, else a SQLite file in `folder`."""
    server = os.environ.get("DATABASE_URL", "")
    name = f"own_{secrets.token_hex(4)}"
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
