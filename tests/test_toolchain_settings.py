"""Settings read from the environment, as a process that starts sees them."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
from pathlib import Path

import pytest

# What is tested are processes of their own, each with a database of its own.
pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parent.parent
# Names that only the machine's shell or the compose file reads.
NOT_READ_BY_CODE = {"POSTGRES_PASSWORD"}
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "cms.example",
    "BASE_URL": "https://cms.example",
    "EMAIL_URL": "smtp://localhost",
}


def python(*arguments: str, **environment: object) -> subprocess.CompletedProcess[str]:
    """What Python says, with nothing in the environment but `environment`."""
    values = {name: str(value) for name, value in environment.items()}
    return subprocess.run(
        [sys.executable, "-W", "ignore", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | values,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def manage(*arguments: str, **environment: object) -> subprocess.CompletedProcess[str]:
    """What `manage.py` says."""
    return python("manage.py", *arguments, **environment)


def settings_say(what: str, module: str = "dev", **environment: object) -> str:
    """What a process prints that reads its settings as ``s``; it loads no apps, which takes ten times as long."""
    told = python(
        "-c", f"from django.conf import settings as s; print({what})",
        DJANGO_SETTINGS_MODULE=f"config.settings.{module}", **environment,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def said(result: subprocess.CompletedProcess[str]) -> str:
    """The one line of a start that failed."""
    assert result.returncode == 2
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0]


def variables_read() -> set[str]:
    settings = "".join(path.read_text() for path in (ROOT / "config" / "settings").glob("*.py"))
    entrypoint = (ROOT / "docker" / "entrypoint").read_text()
    return {
        "DJANGO_SETTINGS_MODULE",
        *re.findall(r"\b(?:env|self)\.(?!log_level)\w+\(\s*\"([A-Z_]+)\"", settings),
        *re.findall(r"\$\{([A-Z_]+):-", entrypoint),
    }


def test_every_variable_is_documented_and_every_documented_one_is_read() -> None:
    documented = re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE)
    assert len(documented) == len(set(documented))
    assert set(documented) - NOT_READ_BY_CODE == variables_read()


def test_every_variable_of_the_example_is_documented() -> None:
    example = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    documented = (ROOT / "docs" / "settings.md").read_text()
    assert [name for name in example if f"`{name}`" not in documented] == []


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("mysql://a/b", "Configuration: DATABASE_URL must be postgres://"),
        ("nonsense", "Configuration: DATABASE_URL must be postgres://"),
        ("postgres://user:secret@127.0.0.1:port/name", "Configuration: DATABASE_URL is not a valid address"),
        (
            "postgres://user:secret@one:5432,two:port/name",
            "Configuration: DATABASE_URL is not a valid address",
        ),
    ],
)
def test_a_database_address_that_is_none_is_one_line(tmp_path: Path, url: str, line: str) -> None:
    answer = said(manage("start", DATA_DIR=tmp_path, DATABASE_URL=url))
    assert answer.startswith(line)
    assert "secret" not in answer


def test_a_data_folder_that_cannot_be_written_to_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert f"DATA_DIR={file} can't be written to" in said(manage("start", DATA_DIR=file))


@pytest.mark.parametrize(
    "url", ["postgres://user:secret@127.0.0.1:1/name", "sqlite:////dev/null/name.sqlite3"]
)
def test_a_database_that_does_not_answer_is_one_line(tmp_path: Path, url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    answer = said(manage("start", DATA_DIR=tmp_path, DATABASE_URL=url, PORT=port))
    assert "can't be used: " in answer
    assert "Correct DATABASE_URL" in answer
    assert "secret" not in answer


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CACHE_URL", "x://"),
        ("EMAIL_URL", "x://"),
        ("LOG_LEVEL", "loud"),
        ("PREVIEW_SECONDS", "long"),
        ("PREVIEW_ORIGINS", "https://a.si/x"),
    ],
)
def test_a_value_that_is_none_is_one_line(tmp_path: Path, name: str, value: str) -> None:
    assert said(manage("start", DATA_DIR=tmp_path, **{name: value})).startswith(f"Configuration: {name}")


def test_a_slash_at_the_end_of_the_frontends_address_is_not_doubled(tmp_path: Path) -> None:
    told = settings_say("s.CMS_PREVIEW_URL", DATA_DIR=tmp_path, FRONTEND_URL="https://www.example.si/")
    assert told == "https://www.example.si/-/preview/"


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "EMAIL_URL"])
def test_production_does_not_start_without_what_has_no_safe_default(tmp_path: Path, missing: str) -> None:
    values = {name: value for name, value in PRODUCTION.items() if name != missing}
    answer = manage("check", DJANGO_SETTINGS_MODULE="config.settings.prod", DATA_DIR=tmp_path, **values)
    assert missing in said(answer)


@pytest.mark.parametrize(
    "key", ["", "geslo", "k" * 60, f"django-insecure-{PRODUCTION['SECRET_KEY']}"],
    ids=["empty", "short", "one letter", "made for development"],
)  # fmt: skip
def test_production_does_not_start_with_a_key_that_can_be_guessed(tmp_path: Path, key: str) -> None:
    values = PRODUCTION | {"SECRET_KEY": key}
    answer = manage("check", DJANGO_SETTINGS_MODULE="config.settings.prod", DATA_DIR=tmp_path, **values)
    line = said(answer)
    assert "SECRET_KEY is too easy to guess" in line
    assert not key or key not in line


def test_production_is_closed_whatever_the_environment_leaves_out(tmp_path: Path) -> None:
    """Nor does DEBUG open it, which a developer's machine may have set for all its programs."""
    expected: dict[str, object] = {
        "DEBUG": False, "SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 31_536_000, "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True, "CSRF_COOKIE_SECURE": True, "SESSION_COOKIE_NAME": "__Host-session",
        "SECURE_CONTENT_TYPE_NOSNIFF": True, "X_FRAME_OPTIONS": "DENY", "SECURE_PROXY_SSL_HEADER": None,
        "CMS_PROXIES": 0, "USE_X_FORWARDED_HOST": False, "CMS_GRAPHQL_INTROSPECTION": False,
        "CMS_GRAPHQL_EXPLORER": False, "CMS_GRAPHQL_APQ": False,
        "CMS_GRAPHQL_MAX_BATCH": 0, "CORS_ALLOWED_ORIGINS": [], "CMS_DEMO_PASSWORD": "",
        "WAGTAILEMBEDS_FINDERS": [], "SECRET_KEY_FALLBACKS": [],
    }  # fmt: skip
    values = f"__import__('json').dumps({{name: getattr(s, name) for name in {list(expected)}}})"
    told = settings_say(values, "prod", DATA_DIR=tmp_path, DEBUG="true", **PRODUCTION)
    assert json.loads(told) == expected


def test_a_web_server_ends_statements_that_take_too_long_and_a_migration_goes_on(tmp_path: Path) -> None:
    environment = PRODUCTION | {"DATA_DIR": str(tmp_path), "DATABASE_URL": "postgres://cms:a@localhost/cms"}
    options = "s.DATABASES['default']['OPTIONS'].get('options')"
    served = f"__import__('config.wsgi') and {options}"
    assert settings_say(served, "prod", **environment) == "-c statement_timeout=15000"
    assert settings_say(options, "prod", **environment) == "None"


def test_the_development_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    told = settings_say("s.SECRET_KEY", DATA_DIR=tmp_path)
    key = tmp_path / "secret_key"
    made = key.read_text()
    assert settings_say("s.SECRET_KEY", DATA_DIR=tmp_path) == told == made.strip()
    assert key.read_text() == made
    assert len(made) >= 50
    assert key.stat().st_mode & 0o077 == 0


def test_behind_pgbouncer_nothing_is_left_on_a_connection(tmp_path: Path) -> None:
    """In its transaction mode the next statement may go to another connection of the server."""
    environment = PRODUCTION | {
        "DATA_DIR": str(tmp_path), "DATABASE_URL": "postgres://cms:a@localhost/cms", "BEHIND_PGBOUNCER": "true",
    }  # fmt: skip
    told = settings_say(
        "__import__('config.wsgi') and ['options' in s.DATABASES['default']['OPTIONS'], "
        "s.DATABASES['default']['DISABLE_SERVER_SIDE_CURSORS']]",
        "prod", **environment,
    )  # fmt: skip
    assert told == "[False, True]"


@pytest.mark.parametrize(
    ("hosts", "ports"),
    [("one:5433,two:5434", "5433,5434"), ("one,two", "5432,5432"), ("one,two:1", "5432,1")],
)
def test_of_several_hosts_the_one_that_can_be_written_to_is_used(
    tmp_path: Path, hosts: str, ports: str
) -> None:
    environment = PRODUCTION | {"DATABASE_URL": f"postgres://cms:a%2Cb@{hosts}/cms?sslmode=require"}
    told = settings_say(
        "[s.DATABASES['default'][name] for name in ('HOST', 'NAME', 'USER', 'PASSWORD')] + "
        "[s.DATABASES['default']['OPTIONS'][name] for name in "
        "('host', 'port', 'target_session_attrs', 'sslmode')]",
        "prod", DATA_DIR=tmp_path, **environment,
    )  # fmt: skip
    assert told == str(["", "cms", "cms", "a,b", "one,two", ports, "read-write", "require"])


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("bucket", "names no bucket"),
        ("https://s3.example.org/bucket", "names no bucket"),
        ("s3://", "names no bucket"),
        ("s3://key:very-secret@bucket", "must hold no key"),
        ("s3://bucket?endpoint=s3.example.org", "is not an address"),
        ("s3://bucket?endpoint=", "is not an address"),
        ("s3://bucket?endpiont=https://s3.example.org", "endpiont is unknown"),
        ("s3://bucket?addressing=paths", "neither path nor virtual"),
        ("s3://bucket?region", "is not valid"),
    ],
)
def test_an_address_of_a_bucket_that_is_none_is_one_line(tmp_path: Path, address: str, line: str) -> None:
    told = said(manage("check", MEDIA_URL_STORAGE=address, DATA_DIR=tmp_path))
    assert "MEDIA_URL_STORAGE" in told
    assert line in told
    assert "very-secret" not in told


def test_a_site_without_a_bucket_loads_no_library_for_one(tmp_path: Path) -> None:
    told = python(
        "-c",
        "import sys, django; django.setup(); import config.urls; "
        "print([name for name in ('boto3', 'botocore', 'storages') if name in sys.modules])",
        DJANGO_SETTINGS_MODULE="config.settings.dev", DATA_DIR=tmp_path,
    )  # fmt: skip
    assert told.stdout.strip() == "[]", told.stderr
