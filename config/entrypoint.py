"""What docker/entrypoint runs: a role of the site, or any other command of manage.py.

All roles begin with the same preflight. A setting that can't be used is one line and exit code 2.
"""

import json
import os
import signal
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, execute_from_command_line
from django.db import connections
from django.urls import get_resolver

LOG_CONFIG = Path(__file__).parent.parent / "docker" / "granian-logging.json"


def main(arguments: list[str]) -> None:
    """Run the role, or the command, in `arguments`; without one, serve. Raises SystemExit."""
    role, *rest = arguments or ["serve"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")
    if not _is_there(os.environ["DJANGO_SETTINGS_MODULE"]):
        _refuse(f"DJANGO_SETTINGS_MODULE={os.environ['DJANGO_SETTINGS_MODULE']} is no module. Leave it out.")
    # The first process of a container ends by no signal that it does not handle.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if role == "serve":
        # No visitor's statement takes longer than an operation may (CMS_GRAPHQL_TIMEOUT), a migration's may.
        os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT", "15000")
    try:
        if role in ("serve", "migrate", "keep_time", "worker"):
            _preflight(role)
        if role == "serve":
            _serve()
        else:
            # Without arguments `migrate` does all that an upgrade needs.
            command = "upgrade" if role == "migrate" and not rest else role
            execute_from_command_line(["manage.py", command, *rest])
    except ImproperlyConfigured as error:
        _refuse(str(error))
    except CommandError as error:
        _refuse(str(error))


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ModuleNotFoundError, ValueError):  # a package above it is missing, or it begins with a dot
        return False


def _preflight(role: str) -> None:
    from cms.running import preflight
    from config.settings.base import env

    url = os.environ.get("DATABASE_URL", "").strip()
    if not url and not settings.DEBUG:
        raise ImproperlyConfigured(
            f"{env.names.missing('DATABASE_URL')} A small site may use SQLite: sqlite:////data/db.sqlite3."
        )
    if preflight.needs_data_dir():
        preflight.check_data_dir(settings.DATA_DIR)
    preflight.check_bucket()
    preflight.check_cache()
    preflight.check_observing()
    preflight.check_database()
    if role == "serve":
        preflight.check_static_files()
        preflight.check_address(settings.CMS_HOST, preflight.checked_port(settings.CMS_PORT))
    if warning := preflight.check_mail():
        line = {"level": "WARNING", "logger": "cms.running.preflight", "message": warning}
        print(json.dumps(line, ensure_ascii=False), flush=True)  # noqa: T201  # logging is set up later


def _application() -> Any:
    """Return the application with all that its first request would have to make."""
    application = import_module("config.wsgi").application
    import_module("cms.graphql.serving.view").endpoint()
    get_resolver().url_patterns  # noqa: B018  # imports all views
    connections.close_all()
    return application


def _serve() -> None:
    # Before anything that counts is imported; a folder of this server alone.
    with tempfile.TemporaryDirectory(prefix="metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        _run_server()


def _run_server() -> None:
    from cms.running.overload import threads
    from cms.running.server import serve

    serve(
        _application,
        settings.CMS_HOST,
        int(settings.CMS_PORT),
        workers=settings.CMS_WEB_WORKERS,
        threads=threads(settings.CMS_WEB_THREADS, settings.CMS_WEB_WAITING),
        drain_seconds=settings.CMS_DRAIN_SECONDS,
        stop_seconds=settings.CMS_STOP_SECONDS,
        log_config=LOG_CONFIG,
    )


def _refuse(line: str) -> None:
    print(f"Configuration: {line}", file=sys.stderr)  # noqa: T201  # it is for whoever started this
    sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1:])
