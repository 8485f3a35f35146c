"""What must be right before the site can start.

Each check raises CommandError with one line that says what to correct, and exit code 2.
"""

import errno
import os
import smtplib
import socket
import ssl
import tempfile
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.cache import caches
from django.core.files.storage import storages
from django.core.management.base import CommandError
from django.db import connection
from django.db.utils import DatabaseError
from django.utils.module_loading import import_string

from cms.running import observing
from cms.running.one_line import one_line

# The packages that Django's caches import only when they are first used.
PACKAGES_OF_CACHES = {"RedisCache": "redis", "PyMemcacheCache": "pymemcache", "PyLibMCCache": "pylibmc"}

MAIL_SECONDS = 3


class Refused(CommandError):
    """A setting that can't be used, in one line."""

    def __init__(self, line: str) -> None:
        super().__init__(line, returncode=2)


def checked_port(text: str) -> int:
    """The port that `text` names. Raises CommandError when it names none."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Refused(f"PORT={text} is not a port. Use a number from 1 to 65535, for example PORT=8000.")
    return int(text)


def check_address(host: str, port: int) -> None:
    """Raise CommandError when a server can't listen on `host` and `port`.

    Granian's workers share their port (SO_REUSEPORT), so a second server would get half of the requests and no error.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (socket.gaierror, UnicodeError):
        raise Refused(_not_an_address(host)) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refused(
                f"Port {port} is taken by another program. End it, or take another, such as PORT={port + 1}."
            ) from None
        if error.errno == errno.EACCES:
            raise Refused(f"PORT={port} is reserved for root. Use one from 1024 on.") from None
        raise Refused(_not_an_address(host)) from None


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
        raise Refused(
            f"DATA_DIR={folder} can't be written to ({error.strerror}). Name a folder that you may write to."
        ) from None


def needs_data_dir() -> bool:
    """Whether something is kept in DATA_DIR: uploads, or the file of SQLite."""
    return not _has_bucket() or connection.vendor == "sqlite"


def _has_bucket() -> bool:
    return "bucket_name" in settings.STORAGES["default"].get("OPTIONS", {})


def check_bucket() -> None:
    """Raise CommandError when uploads are in a bucket that can't be used, or that everybody can read."""
    if not _has_bucket():
        return
    # A storage of its own: the workers that are forked later must not inherit its connections.
    storage: Any = storages.create_storage(settings.STORAGES["default"])
    if reason := storage.why_unusable():
        raise Refused(f"MEDIA_URL_STORAGE: the bucket {storage.bucket_name} can't be used: {reason}.")


def check_cache() -> None:
    """Raise CommandError when the cache of CACHE_URL needs a package that is not installed.

    The cache itself is not asked: without it answers are slower, not wrong.
    """
    backend = settings.CACHES["default"]["BACKEND"]
    package = PACKAGES_OF_CACHES.get(backend.rpartition(".")[2], "")
    try:
        if package and find_spec(package) is None:
            raise ModuleNotFoundError(name=package)
        import_string(backend)
        caches["default"]  # reads its options
    except ModuleNotFoundError as error:
        raise Refused(
            f"CACHE_URL needs the Python package {error.name}, which is not installed. "
            "Install it, or use dbcache://cache, which needs none."
        ) from None
    except Exception as error:  # noqa: BLE001  # of any cache
        raise Refused(f"CACHE_URL is not valid: {one_line(error)}.") from None


def check_observing() -> None:
    """Raise CommandError when errors or requests are to be reported by a package that is not installed."""
    for name in observing.wanted():
        if not _is_installed(observing.NEEDED[name]):
            raise Refused(
                f"{name} needs packages that are not installed. Install requirements-observing.txt, or unset it."
            )


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # a package above it is missing
        return False


def check_mail() -> str:
    """Return what keeps mails waiting but may pass by itself, such as a mail server that is down, else "".

    Raise CommandError for what does not pass: a host that there is not, a refused password, a wrong kind of TLS.
    """
    name = "direct" if "direct" in settings.MAILERS else "default"
    mailer = settings.MAILERS[name]
    options = mailer.get("OPTIONS", {}) | {"timeout": MAIL_SECONDS}
    if "host" not in options:
        return ""
    place = f"{options['host']}:{options['port']}"
    backend = import_string(mailer["BACKEND"])(alias=name, **options)
    try:
        backend.open()
    except smtplib.SMTPAuthenticationError:
        raise Refused(f"EMAIL_URL: {place} refuses the user and the password.") from None
    except (smtplib.SMTPNotSupportedError, ssl.SSLError) as error:
        raise Refused(
            f"EMAIL_URL: {place} does not speak as the address says: {one_line(error)}. "
            "smtp+tls:// begins without encryption (mostly port 587), smtp+ssl:// with it (465), smtp:// has none."
        ) from None
    except UnicodeError:
        raise Refused(f"EMAIL_URL: {options['host']} is not the name of a host.") from None
    except (OSError, smtplib.SMTPException) as error:
        if isinstance(error, socket.gaierror) and error.errno != socket.EAI_AGAIN:
            raise Refused(f"EMAIL_URL: there is no host {options['host']}.") from None
        return f"The mail server {place} does not answer: {one_line(error)}. Mails wait until it does."
    finally:
        with suppress(OSError, smtplib.SMTPException):
            backend.close()
    return ""


def check_static_files() -> None:
    """Raise CommandError when the files of the admin were not gathered where the settings say."""
    try:
        storage: Any = storages["staticfiles"]
        lacking = isinstance(storage, ManifestFilesMixin) and not storage.hashed_files
    except (OSError, ValueError):
        lacking = True
    if lacking:
        raise Refused(
            f"STATIC_ROOT={settings.STATIC_ROOT} holds no static files. Run: docker/entrypoint collectstatic"
        )


def check_database() -> None:
    """Raise CommandError when the database can't be reached or written to. The line holds no password."""
    # A connection of its own: the workers that are forked later must not inherit one.
    probe: Any = connection.copy()
    probe.settings_dict["OPTIONS"].pop("pool", None)
    try:
        with probe.wrap_database_errors:
            probe.connect()
            writable = _is_writable(probe)
    except DatabaseError as error:
        raise Refused(
            f"The database {_database_name()} can't be used: {one_line(error)}. "
            "Correct DATABASE_URL, or see that the server runs."
        ) from None
    finally:
        probe.close()
    if not writable:
        raise Refused(
            f"The database {_database_name()} can't be written to. Name the primary, or a file and a folder "
            "that you may write to."
        )


def _is_writable(probe: Any) -> bool:
    if probe.vendor == "postgresql":
        return not probe.connection.execute("SELECT pg_is_in_recovery()").fetchone()[0]
    file = Path(str(probe.settings_dict["NAME"]))
    return not file.exists() or (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK))


def _database_name() -> str:
    settings = connection.settings_dict
    place = settings["HOST"] or settings["OPTIONS"].get("host", "")
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"{settings['NAME']}{' on ' if place else ''}{place}{port}"
