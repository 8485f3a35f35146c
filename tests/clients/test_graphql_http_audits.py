"""The public audits of GraphQL over HTTP, from npm, pass against the served site: MUST, SHOULD and MAY."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "graphql_http"


@pytest.mark.django_db(transaction=True)
def test_every_audit_passes(live_server: Any) -> None:
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=True, capture_output=True)
    audits = subprocess.run(
        ["node", "audit.mjs", f"{live_server.url}/graphql/"],
        cwd=FOLDER,
        check=False,
        capture_output=True,
        text=True,
    )
    failed = [line for line in audits.stdout.splitlines() if not line.startswith("ok ")]
    assert failed == []
    assert audits.returncode == 0, audits.stderr
    assert len(audits.stdout.splitlines()) > 50
