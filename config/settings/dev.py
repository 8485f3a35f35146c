"""Settings of a developer's machine: `make run`."""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import CMS_HOST, DATA_DIR, LOGGING, env


def _secret_key(path: Path) -> str:
    """The key kept in `path`; a new one is written on the first start, whole or not at all.

    Raises ImproperlyConfigured when the folder can't be written to.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
            part.write_text(secrets.token_urlsafe(50))
            part.chmod(0o600)
            part.rename(path)
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR={path.parent} can't be written to ({error.strerror}). "
            "Name a folder that you may write to."
        ) from None


DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="") or _secret_key(DATA_DIR / "secret_key")
# A server that listens everywhere is reached by names that it can't know.
LOOPBACK = [".localhost", "127.0.0.1", "[::1]", CMS_HOST]
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", default=["*"] if CMS_HOST in ("0.0.0.0", "::") else LOOPBACK)  # noqa: S104
CORS_ALLOW_ALL_ORIGINS = True
INTERNAL_IPS = ["127.0.0.1"]
# What is read in a terminal: requests, and what went wrong.
LOGGING["root"]["level"] = env.log_level("WARNING")

# ---------------------------------------------------------------- What `manage.py start` tells
CMS_START_ADDRESSES = [
    ("Admin", "/admin/"),
    ("GraphQL", "/graphql/"),
    ("Explorer", "/graphql/ (in a browser)"),
    ("Samples", "/graphql/docs/"),
]
CMS_DEMO_PASSWORD = "knjiga-je-okno"  # noqa: S105
CMS_DEMO_LOGINS = [
    f"{name} / {CMS_DEMO_PASSWORD} – {role}"
    for name, role in (
        ("admin", "everything"),
        ("urednica.ucni", "writes for Učni center"),
        ("vodja.ucni", "publishes for Učni center"),
        ("urednik.pionirska", "writes for Pionirska"),
        ("vodja.pionirska", "publishes for Pionirska"),
        ("tajnica", "secretary of the commission"),
        ("clan.komisije", "member of the commission"),
        ("glavna.urednica", "chief editor"),
        ("prevajalka", "translator"),
    )
]

env.names.check()
