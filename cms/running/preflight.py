"""What must be right before the site can start.

Each check raises CommandError with one line that says what to correct.
"""

import errno
import socket
import tempfile
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.utils import DatabaseError


def checked_port(text: str) -> int:
    """The port that `text` names. Raises CommandError when it names none."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise CommandError(f"PORT={text} is not a port. Use a number from 1 to 65535, for example PORT=8000.")
    return int(text)


def check_address(host: str, port: int) -> None:
    """Raise CommandError when a server can't listen on `host` and `port`."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (socket.gaierror, UnicodeError):
        raise CommandError(_not_an_address(host)) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                f"Port {port} is taken by another program. End it, or take another: PORT={port + 1} make run"
            ) from None
        if error.errno == errno.EACCES:
            raise CommandError(f"PORT={port} is reserved for root. Use one from 1024 on.") from None
        raise CommandError(_not_an_address(host)) from None


def _not_an_address(host: str) -> str:
    return (
        f"HOST={host} is not an address of this machine. "
        "Use 127.0.0.1 (reached from here only) or 0.0.0.0 (from everywhere)."
    )


def check_data_dir(folder: Path) -> None:
    """Make `folder` if need be. Raise CommandError when nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"x")
    except OSError as error:
        raise CommandError(
            f"DATA_DIR={folder} can't be written to ({error.strerror}). Name a folder that you may write to."
        ) from None


def check_database() -> None:
    """Raise CommandError when the database can't be reached or written to. The line holds no password."""
    try:
        # A transaction on SQLite takes the lock of the writer at once.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise CommandError(
            f"The database {_database_name()} can't be used: {reason}. "
            "Correct DATABASE_URL, or see that the server runs."
        ) from None


def _database_name() -> str:
    settings = connection.settings_dict
    place = settings["HOST"] or settings["OPTIONS"].get("host", "")
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"{settings['NAME']}{' on ' if place else ''}{place}{port}"
