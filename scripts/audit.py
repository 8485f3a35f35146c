"""Asks for known vulnerabilities of the locked packages: python scripts/audit.py

Ends with 1 where a package has one. Where the data of PyPI can't be reached, or is there for no package, it says so
and ends with 0: pip-audit itself would call that "no known vulnerabilities", or fail as if there were some.
"""

import json
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).parent.parent / "requirements.txt"
SECONDS = 300


def report(answer: str) -> tuple[str, int]:
    """Return what to say of pip-audit's JSON, and the exit code."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return "NOT AUDITED: the vulnerability data can't be reached from here.", 0
    known = [package for package in packages if "vulns" in package]
    found = [
        f"{package['name']} {package['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'none'}"
        for package in known
        for one in package["vulns"]
    ]
    if found:
        return "VULNERABLE\n" + "\n".join(found), 1
    if not known:
        return f"NOT AUDITED: there is no vulnerability data for any of {len(packages)} packages here.", 0
    missing = [package["name"] for package in packages if "vulns" not in package]
    told = f", no data for {', '.join(missing)}" if missing else ""
    return f"AUDITED: no known vulnerability in {len(known)} packages{told}.", 0


def main() -> int:
    """Run pip-audit, print the outcome and return the exit code."""
    command = [
        str(Path(sys.executable).with_name("pip-audit")), "--requirement", str(REQUIREMENTS), "--disable-pip",
        "--require-hashes", "--format", "json", "--progress-spinner", "off",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        print("NOT AUDITED: the vulnerability data did not come in time.")
        return 0
    said, code = report(done.stdout)
    print(said)
    return code


if __name__ == "__main__":
    sys.exit(main())
