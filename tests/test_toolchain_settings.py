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

ROOT = Path(__file__).resolve().parent.parent
# Names that only the machine's shell or the compose file reads.
NOT_READ_BY_CODE = {"POSTGRES_PASSWORD"}
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "cms.example",
    "BASE_URL": "https://cms.example",
    "EMAIL_URL": "smtp://localhost",
}


def manage(*arguments: str, **environment: object) -> subprocess.CompletedProcess[str]:
    """What `manage.py` says, with nothing in the environment but `environment`."""
    values = {name: str(value) for name, value in environment.items()}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | values,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def said(result: subprocess.CompletedProcess[str]) -> str:
    """The one line of a start that failed."""
    assert result.returncode == 1
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
    [("CACHE_URL", "x://"), ("EMAIL_URL", "x://"), ("LOG_LEVEL", "loud"), ("PREVIEW_SECONDS", "long")],
)
def test_a_value_that_is_none_is_one_line(tmp_path: Path, name: str, value: str) -> None:
    assert said(manage("start", DATA_DIR=tmp_path, **{name: value})).startswith(f"Configuration: {name}")


def test_a_slash_at_the_end_of_the_frontends_address_is_not_doubled(tmp_path: Path) -> None:
    told = manage(
        "shell",
        "--verbosity=0",
        "--command=from django.conf import settings; print(settings.CMS_PREVIEW_URL)",
        DATA_DIR=tmp_path,
        FRONTEND_URL="https://www.example.si/",
    )
    assert told.stdout.strip() == "https://www.example.si/-/preview/"


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
    command = (
        "import json; from django.conf import settings as s; "
        f"print(json.dumps({{name: getattr(s, name) for name in {list(expected)}}}))"
    )
    told = manage(
        "shell", "--verbosity=0", f"--command={command}", DATA_DIR=tmp_path, DEBUG="true",
        DJANGO_SETTINGS_MODULE="config.settings.prod", **PRODUCTION,
    )  # fmt: skip
    assert json.loads(told.stdout) == expected, told.stderr


def test_a_web_server_ends_statements_that_take_too_long_and_a_migration_goes_on(tmp_path: Path) -> None:
    options = (
        "from django.conf import settings; print(settings.DATABASES['default']['OPTIONS'].get('options'))"
    )
    environment = PRODUCTION | {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgres://cms:a@localhost/cms",
    }
    for entry, expected in [("wsgi", "-c statement_timeout=15000"), ("settings.prod", "None")]:
        environment["DJANGO_SETTINGS_MODULE"] = "config.settings.prod"
        command = [sys.executable, "-W", "ignore", "-c", f"import config.{entry}; {options}"]
        told = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert told.stdout.strip() == expected, told.stderr


def test_the_development_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    first = manage("shell", "--no-imports", "--command", "pass", DATA_DIR=tmp_path)
    key = tmp_path / "secret_key"
    made = key.read_text()
    manage("shell", "--no-imports", "--command", "pass", DATA_DIR=tmp_path)
    assert first.returncode == 0, first.stderr
    assert key.read_text() == made
    assert len(made) >= 50
    assert key.stat().st_mode & 0o077 == 0
