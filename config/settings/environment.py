"""Reads environment variables; one that can't be used raises ImproperlyConfigured in a line naming it."""

import re
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from environ import Env

from .names import CloseNames

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SCHEMES = ("sqlite", "postgres", "postgresql")
TRUE = Env.BOOLEAN_TRUE_STRINGS
FALSE = ("false", "off", "no", "n", "0")
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
    """The variables of this process, as django-environ reads them; an empty one counts as not set."""

    def __init__(self) -> None:
        super().__init__()
        self.names = CloseNames(self.ENVIRON)

    def get_value(
        self, var: str, cast: Any = None, default: Any = Env.NOTSET, parse_default: bool = False
    ) -> Any:
        self.names.known.add(var)
        value = self.ENVIRON.get(var)
        if not (value or "").strip():
            if default is Env.NOTSET:
                raise ImproperlyConfigured(self.names.missing(var))
            return default
        try:
            return super().get_value(var, cast, default, parse_default)
        except ValueError:
            raise ImproperlyConfigured(f"{var}={value} is not valid; see docs/settings.md.") from None

    def bool(self, var: str, default: Any = Env.NOTSET) -> bool:
        """A switch. Anything but a word for true or false is refused: a typing error must not turn it off."""
        value = self.str(var, default=default)
        if not isinstance(value, str):
            return bool(value)
        word = value.strip().lower()
        if word not in (*TRUE, *FALSE):
            raise ImproperlyConfigured(f"{var}={value} is neither true nor false.")
        return word in TRUE

    def number(self, var: str, default: int, least: int = 0, most: int = 1_000_000_000) -> int:
        """A whole number from `least` to `most`."""
        number: int = self.int(var, default=default)
        if not least <= number <= most:
            raise ImproperlyConfigured(f"{var}={number} must be from {least} to {most}.")
        return number

    def address(self, var: str, default: Any = Env.NOTSET) -> str:
        """An address of the web. The default is not checked."""
        value: str = self.str(var, default=default)
        if value != default:
            _check_address(var, value)
        return value

    def origin(self, var: str, default: Any = Env.NOTSET) -> str:
        """An address that is only scheme, host and port, without a slash at its end."""
        value = self.address(var, default=default).rstrip("/")
        if value != default and _goes_on(value):
            raise ImproperlyConfigured(
                f"{var}={value} must end after the host: the site has no address below it."
            )
        return value

    def origins(self, var: str, default: list[str]) -> list[str]:
        """Origins with commas between them."""
        origins = [origin.strip() for origin in self.list(var, default=default)]
        for origin in origins:
            _check_address(var, origin, origin)
            if _goes_on(origin):
                raise ImproperlyConfigured(f"{var}: {origin} must end after the host, without a slash.")
        return origins

    def hosts(self, var: str, default: Any = Env.NOTSET) -> list[str]:
        """Names of hosts with commas between them."""
        hosts = [host.strip() for host in self.list(var, default=default)]
        for host in hosts:
            if "/" in host or " " in host:
                raise ImproperlyConfigured(
                    f"{var}: {host} is not the name of a host. Write cms.example.org, without https:// and path."
                )
            if host.rpartition(":")[2].isdigit() and host.count(":") == 1:
                raise ImproperlyConfigured(f"{var}: {host} must be written without its port.")
        return hosts

    def single_hosts(self, var: str, default: Any = Env.NOTSET) -> list[str]:
        """Full names of hosts with commas between them, in small letters; no pattern stands for many."""
        hosts = [host.lower() for host in self.hosts(var, default=default)]
        for host in hosts:
            if "*" in host or host.startswith(".") or not host:
                raise ImproperlyConfigured(
                    f"{var}: “{host}” is not the name of one host. Write each host in full, such as www.nuk.uni-lj.si."
                )
        return hosts

    def sender(self, var: str, default: str) -> str:
        """The sender of mails, with or without a name: cms@example.org, or Site <cms@example.org>."""
        value: str = self.str(var, default=default)
        try:
            validate_email(parseaddr(value, strict=True)[1])
        except ValidationError:
            raise ImproperlyConfigured(
                f"{var}={value} is not an address of mails. Write cms@example.org or Site <cms@example.org>."
            ) from None
        return value

    def project_of_sentry(self, var: str) -> str:
        """An address of Sentry, which holds a key and the number of a project; the line of an error has no key."""
        value = self.str(var, default="")
        if value and not re.fullmatch(r"https?://\w+(:\w+)?@[\w.-]+(:\d+)?(/[\w./-]*)?/\d+", value):
            raise ImproperlyConfigured(
                f"{var} is not valid. Write https://KEY@HOST/PROJECT, as Sentry shows it."
            )
        return str(value)

    def secret(self, name: str) -> str:
        """The secret of a public server. One that could be guessed is refused, where Django's own check only warns."""
        value = self.ENVIRON.get(name)
        if value is None:
            return str(self.str(name))
        self.names.known.add(name)
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
            url, several = _several_hosts(url)
            database = self.db_url_config(url) if scheme in SCHEMES else {}
        except ValueError:  # its text may hold a part of the password
            raise ImproperlyConfigured(
                "DATABASE_URL is not a valid address. The port must be a number; in a password, write %40 for @, "
                "%23 for #, %2F for / and %3A for a colon."
            ) from None
        if not database.get("NAME"):
            raise ImproperlyConfigured(
                "DATABASE_URL must be postgres://user:password@host:5432/name or sqlite:////path/to/file."
            )
        if scheme == "sqlite":
            return SQLITE | {"NAME": database["NAME"]}
        return self._postgresql(database, several)

    def _postgresql(self, database: dict[str, Any], several: dict[str, Any]) -> dict[str, Any]:
        options = {"connect_timeout": 5} | several | database.get("OPTIONS", {})
        milliseconds = self.number("DATABASE_STATEMENT_TIMEOUT", default=0)
        pool = self.bool("DATABASE_POOL", default=False)
        # In its transaction mode every transaction may be on another connection of the server, so nothing may
        # be left there: no prepared statement, no open cursor, no parameter of the start.
        if self.bool("BEHIND_PGBOUNCER", default=False):
            if pool:
                raise ImproperlyConfigured("DATABASE_POOL and BEHIND_PGBOUNCER: use one of the two pools.")
            database = database | {"DISABLE_SERVER_SIDE_CURSORS": True}
        elif milliseconds:
            # For the web server only: a migration may take its time.
            options.setdefault("options", f"-c statement_timeout={milliseconds}")
        # A pool keeps connections by itself, and Django refuses both at once.
        if pool:
            return database | {"OPTIONS": options | {"pool": True}}
        return database | {"OPTIONS": options, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

    def media_storage(self, var: str) -> dict[str, Any]:
        """The storage of uploads: the bucket of an address such as s3://bucket/folder?region=R, else the folder."""
        address: str = self.str(var, default="")
        if not address:
            return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
        return bucket_storage(var, address)

    def cache_backend(self) -> dict[str, Any]:
        """The cache of CACHE_URL, else the memory of the process."""
        try:
            cache = self.cache_url_config(self.str("CACHE_URL", default="locmemcache://"))
        except ImproperlyConfigured as error:
            raise ImproperlyConfigured(f"CACHE_URL: {error}.") from None
        kind, location = cache["BACKEND"].rpartition(".")[2], cache.get("LOCATION", "")
        if kind == "DatabaseCache" and not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", location):
            raise ImproperlyConfigured(
                f"CACHE_URL: {location!r} is not the name of a table. Write dbcache://cache."
            )
        if kind == "FileBasedCache" and not Path(location).is_absolute():
            raise ImproperlyConfigured("CACHE_URL names no folder. Write filecache:///var/cache/cms.")
        return cache

    def log_level(self, default: str) -> str:
        """The level of LOG_LEVEL."""
        level: str = self.str("LOG_LEVEL", default=default)
        if level.upper() not in LEVELS:
            raise ImproperlyConfigured(f"LOG_LEVEL={level} is not one of {', '.join(LEVELS)}.")
        return level.upper()

    def mailers(self, queue: object, **default: str) -> dict[str, Any]:
        """The mailers of EMAIL_URL, else of `default`; with `queue`, what is sent is handed over to a worker."""
        direct = self.mailer(**default)
        if not queue:
            return {"default": direct}
        return {"default": {"BACKEND": "cms.running.mails.QueuedBackend"}, "direct": direct}

    def mailer(self, **default: str) -> dict[str, Any]:
        """The mailer of EMAIL_URL, else of `default`; without that the variable is required."""
        address = self.str("EMAIL_URL", **default)
        try:
            url = self.email_url_config(address)
        except (ImproperlyConfigured, ValueError, KeyError):
            raise ImproperlyConfigured(
                "EMAIL_URL is not valid. Write smtp+tls://user:password@host:587; in a password, %40 for @, %23 for #."
            ) from None
        if not url["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
            return {"BACKEND": url["EMAIL_BACKEND"]}
        if not url["EMAIL_HOST"]:
            raise ImproperlyConfigured("EMAIL_URL names no host: smtp+tls://user:password@host:587.")
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


def _several_hosts(url: str) -> tuple[str, dict[str, Any]]:
    """Return an address of several hosts (libpq, "Connection URIs") without them, and what the driver is told instead.

    It then takes the host that can be written to, and leaves one that has not answered for fifteen seconds. Raises
    ValueError for a port that is no number.
    """
    found = re.fullmatch(r"(postgres(?:ql)?://(?:[^/?#]*@)?)([^@/?#,]+(?:,[^@/?#,]+)+)(/.*)", url)
    if found is None:
        return url, {}
    hosts = [one.partition(":") for one in found[2].split(",")]
    if not all(host and (port.isdecimal() or not colon) for host, colon, port in hosts):
        raise ValueError("A port is no number.")
    return found[1] + found[3], {
        "host": ",".join(host for host, _colon, _port in hosts),
        "port": ",".join(port or "5432" for _host, _colon, port in hosts),
        "target_session_attrs": "read-write",
        "keepalives_idle": 5,
        "keepalives_interval": 5,
        "keepalives_count": 2,
        "tcp_user_timeout": 15_000,
    }


def bucket_storage(var: str, address: str) -> dict[str, Any]:
    """The storage for an address of a bucket. Raises ImproperlyConfigured, whose line holds no password."""
    usage = "Write s3://bucket, s3://bucket/folder or s3://bucket?endpoint=https://s3.example.org&region=R."
    try:
        parts = urlsplit(address)
        query = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        raise ImproperlyConfigured(f"{var} is not valid. {usage}") from None
    if "@" in parts.netloc:
        raise ImproperlyConfigured(
            f"{var} must hold no key. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        )
    if parts.scheme != "s3" or not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", parts.netloc):
        raise ImproperlyConfigured(f"{var}={address} names no bucket. {usage}")
    if unknown := sorted(query.keys() - {"endpoint", "region", "addressing"}):
        raise ImproperlyConfigured(f"{var}: {unknown[0]} is unknown. Use endpoint, region, addressing.")
    endpoint, style = query.get("endpoint"), query.get("addressing")
    if "endpoint" in query:
        _check_address(f"{var}: endpoint", endpoint or "", endpoint or "nothing")
    if style not in (None, "path", "virtual"):
        raise ImproperlyConfigured(f"{var}: addressing={style} is neither path nor virtual.")
    options = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "endpoint_url": endpoint,
        "region_name": query.get("region") or None,
        # Servers of one's own seldom have a name for each bucket.
        "addressing_style": style or ("path" if endpoint else "auto"),
    }
    return {"BACKEND": "cms.media.bucket.BucketStorage", "OPTIONS": options}


def _goes_on(origin: str) -> bool:
    """Return whether there is more than scheme, host and port."""
    parts = urlsplit(origin)
    return bool(
        parts.path or parts.query or parts.fragment or "@" in parts.netloc or origin.endswith(("?", "#"))
    )


def _check_address(var: str, value: str, shown: str = "") -> None:
    """Raise ImproperlyConfigured where `value` is not an address that a browser could open."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(letter.isspace() for letter in value):
        raise ImproperlyConfigured(
            f"{var}: {shown or value} is not an address. Write it with its scheme, such as https://cms.example.org."
        )
