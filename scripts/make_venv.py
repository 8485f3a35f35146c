"""Makes .venv what a lock file says: python scripts/make_venv.py requirements.txt

Does nothing when it already is. May be killed at any moment: an installation that was not finished is
thrown away by the next run, for pip can't tell a half-copied package from a whole one. Needs no package.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
UNFINISHED = VENV / ".unfinished"


def stamp(lock: Path) -> Path:
    """The file saying that `lock` is installed; its name holds the lock's hash and the Python's version."""
    version = ".".join(map(str, sys.version_info[:3]))
    digest = hashlib.sha256(lock.read_bytes() + version.encode() + str(VENV).encode()).hexdigest()[:16]
    return VENV / f".installed-{lock.stem}-{digest}"


def is_usable() -> bool:
    """Whether .venv is whole and made by this very Python."""
    config = VENV / "pyvenv.cfg"
    python = VENV / "bin" / "python"
    if UNFINISHED.exists() or not config.exists() or not python.exists():
        return False
    return f"version = {sys.version.split()[0]}" in config.read_text()


def install(lock: Path) -> None:
    """Create .venv if need be and install what `lock` pins. Raises SystemExit when pip fails."""
    if not is_usable():
        print("Making .venv", flush=True)
        if VENV.exists():
            shutil.rmtree(VENV)
        VENV.mkdir()
        UNFINISHED.touch()
        venv.create(VENV, with_pip=True)
    begun = time.monotonic()
    UNFINISHED.touch()
    run_pip(lock)
    for old in VENV.glob(f".installed-{lock.stem}-*"):
        old.unlink()
    stamp(lock).touch()
    UNFINISHED.unlink()
    print(f"Installed in {time.monotonic() - begun:.0f} s", flush=True)


def run_pip(lock: Path) -> None:
    """Install `lock`, saying how far it is. Raises SystemExit with pip's own words when it fails."""
    packages = sum("==" in line for line in lock.read_text().splitlines())
    print(f"Installing {packages} packages from {lock.name} (a minute or two the first time)", flush=True)
    command = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install"]
    command += ["--progress-bar=off", "--require-hashes", "--requirement", str(lock)]
    with tempfile.TemporaryFile("w+") as errors:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as pip:
            fetched = 0
            for line in pip.stdout or ():
                fetched += line.startswith("Collecting ")
                if line.startswith("Collecting ") and fetched % 20 == 0:
                    print(f"  {fetched} of {packages} found", flush=True)
                if line.startswith("Installing "):
                    print("  all found, copying", flush=True)
        if pip.returncode:
            errors.seek(0)
            reasons = [line for line in errors if not line.startswith("WARNING")]
            sys.exit(f"{''.join(reasons)}pip could not install {lock.name}. Is the network reachable?")


def main() -> None:
    lock = ROOT / sys.argv[1]
    if stamp(lock).exists() and is_usable():
        return
    # Two terminals may start at once; the kernel drops the lock with the process that held it.
    guard = ROOT / ".make"
    guard.mkdir(exist_ok=True)
    with (guard / "venv.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another terminal that installs packages", flush=True)
            fcntl.flock(held, fcntl.LOCK_EX)
        if not (stamp(lock).exists() and is_usable()):
            install(lock)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped.")
