"""Reads environment variables; one that can't be used raises ImproperlyConfigured in a line naming it."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SCHEMES = ("sqlite", "postgres", "postgresql")
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {
        # Readers and one writer side by side; a writer takes its lock at once and others wait for it, instead
        # of failing half-way through a transaction.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    },
}


class Environment(Env):
    """The variables of this process, as django-environ reads them."""

    def get_value(
        self, var: str, cast: Any = None, default: Any = Env.NOTSET, parse_default: bool = False
    ) -> Any:
        try:
            return super().get_value(var, cast, default, parse_default)
        except ValueError:
            value = self.ENVIRON.get(var)
            raise ImproperlyConfigured(f"{var}={value} is not valid; see docs/settings.md.") from None

    def secret(self, name: str) -> str:
        """The secret of a public server. One that could be guessed is refused, where Django's own check only warns."""
        value = self.str(name)
        if len(value) < 50 or len(set(value)) < 5 or value.startswith("django-insecure-"):
            raise ImproperlyConfigured(
                f"{name} is too easy to guess: it must be 50 random characters or more."
            )
        return value

    def database(self, data_dir: Path) -> dict[str, Any]:
        """The database of DATABASE_URL, else a SQLite file in `data_dir`. No error shows a password."""
        url = self.str("DATABASE_URL", default="")
        if not url:
            return SQLITE | {"NAME": data_dir / "db.sqlite3"}
        scheme = url.partition("://")[0]
        try:
            database = self.db_url_config(url) if scheme in SCHEMES else {}
        except ValueError as error:
            raise ImproperlyConfigured(f"DATABASE_URL is not a valid address: {error}.") from None
        if not database.get("NAME"):
            raise ImproperlyConfigured(
                "DATABASE_URL must be postgres://user:password@host:5432/name or sqlite:////path/to/file."
            )
        return SQLITE | {"NAME": database["NAME"]} if scheme == "sqlite" else self._postgresql(database)

    def _postgresql(self, database: dict[str, Any]) -> dict[str, Any]:
        options = {"connect_timeout": 5} | database.get("OPTIONS", {})
        # For the web server only: a migration may take its time.
        if milliseconds := self.int("DATABASE_STATEMENT_TIMEOUT", default=0):
            options.setdefault("options", f"-c statement_timeout={milliseconds}")
        # A pool keeps connections by itself, and Django refuses both at once.
        if self.bool("DATABASE_POOL", default=False):
            return database | {"OPTIONS": options | {"pool": True}}
        return database | {"OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

    def cache_backend(self) -> dict[str, Any]:
        """The cache of CACHE_URL, else the memory of the process."""
        try:
            return self.cache_url("CACHE_URL", default="locmemcache://")
        except ImproperlyConfigured as error:
            raise ImproperlyConfigured(f"CACHE_URL: {error}.") from None

    def log_level(self, default: str) -> str:
        """The level of LOG_LEVEL."""
        level = self.str("LOG_LEVEL", default=default).upper()
        if level not in LEVELS:
            raise ImproperlyConfigured(f"LOG_LEVEL={level} is not one of {', '.join(LEVELS)}.")
        return level

    def mailer(self, **default: str) -> dict[str, Any]:
        """The mailer of EMAIL_URL, else of `default`; without that the variable is required."""
        try:
            url = self.email_url("EMAIL_URL", **default)
        except ImproperlyConfigured as error:
            raise ImproperlyConfigured(f"EMAIL_URL: {error}.") from None
        if not url["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
            return {"BACKEND": url["EMAIL_BACKEND"]}
        return {
            "BACKEND": url["EMAIL_BACKEND"],
            "OPTIONS": {
                "host": url["EMAIL_HOST"],
                "port": url["EMAIL_PORT"] or 25,
                "username": url["EMAIL_HOST_USER"] or "",
                "password": url["EMAIL_HOST_PASSWORD"] or "",
                "use_tls": url.get("EMAIL_USE_TLS", False),
                "use_ssl": url.get("EMAIL_USE_SSL", False),
                "timeout": 10,
            },
        }
