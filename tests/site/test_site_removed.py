"""The public site is one line of INSTALLED_APPS: without it the project is headless and all else works."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.one_database
ROOT = Path(__file__).parents[2]
_WITHOUT = """
from config.settings.test import *
INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "centres.site"]
"""
_ASK = """
import json, sys
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()
call_command("check")
call_command("migrate", verbosity=0)
client = Client()
asked = {path: client.get(path).status_code for path in json.loads(sys.argv[1])}
query = {"query": "{ site(locale: \\"sl\\") { name } }"}
graph = client.get("/graphql/", query, headers={"Accept": "application/json"})
from home.reserved import is_reserved
print(json.dumps({
    "asked": asked, "root": client.get("/").content.decode(), "graph": graph.json(),
    "loaded": [name for name in sys.modules if name.startswith("centres.site")], "reserved": is_reserved("koledar"),
}))
"""


@pytest.fixture(scope="module")
def headless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """Return what a project without the site answers, in a process and a database of its own."""
    folder = tmp_path_factory.mktemp("headless")
    (folder / "without_site.py").write_text(_WITHOUT)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "without_site",
        "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
    }
    paths = [
        "/sl/",
        "/sl/koledar/",
        "/-/preview/?token=x",
        "/service-worker.js",
        "/admin/login/",
        "/sl/koledar.ics",
        "/sitemap.xml",
    ]
    done = subprocess.run(
        [sys.executable, "-c", _ASK, json.dumps(paths)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return said


def test_without_its_line_nothing_of_the_site_is_loaded(headless: dict[str, object]) -> None:
    assert headless["loaded"] == []
    assert headless["reserved"] is False


def test_the_rest_of_the_project_answers_as_before(headless: dict[str, object]) -> None:
    assert headless["asked"] == {
        "/sl/": 404,
        "/sl/koledar/": 404,
        "/-/preview/?token=x": 404,
        "/service-worker.js": 404,
        "/admin/login/": 200,
        "/sl/koledar.ics": 200,
        "/sitemap.xml": 200,
    }
    graph = headless["graph"]
    assert isinstance(graph, dict)
    assert graph["data"] == {"site": {"name": "Kompetenčni centri"}}
    assert 'href="/admin/"' in str(headless["root"])
