"""Every sample of docs/clients.md is run as it is printed; only the server's address is put in."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from django.conf import settings

from cms.graphql.protocol.documents import hash_of
from tests.browser import EDITOR

# Databases are made for a run only if a test of it says that it reads one.
pytestmark = pytest.mark.django_db

DOCS = settings.BASE_DIR / "docs"
BLOCK = re.compile(
    r"^#+ (?P<title>[^\n]+)$|^```(?P<language>\w+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)
OPEN = '{ editions(filter: {status: [OPEN]}, orderBy: START_ASC, first: 100, locale: "sl") { nodes { id label } } }'
STRICT = [
    "--strict", "--noEmit", "--skipLibCheck", "--resolveJsonModule", "--target", "es2022", "--module", "esnext",
    "--moduleResolution", "bundler",
]  # fmt: skip


def printed() -> dict[str, list[str]]:
    """Return the samples in their order by heading and language."""
    found: dict[str, list[str]] = {}
    title = ""
    for match in BLOCK.finditer((DOCS / "clients.md").read_text("utf-8")):
        if match["title"]:
            title = match["title"]
        else:
            found.setdefault(f"{title}: {match['language']}", []).append(match["code"])
    return found


SAMPLES = printed()


@pytest.fixture(scope="module")
def sample(demo_server: str) -> Callable[..., str]:
    """Return what gives a sample with the server's address in the place of that of the documentation."""

    def take(name: str, number: int = 0) -> str:
        return SAMPLES[name][number].replace("https://cms.example", demo_server)

    return take


@pytest.fixture(scope="module")
def expected(demo_server: str) -> Any:
    """Return the open events as they are without any client."""
    nodes = requests.get(f"{demo_server}/graphql/", {"query": OPEN}, timeout=60).json()["data"]["editions"][
        "nodes"
    ]
    assert nodes
    return nodes


@pytest.fixture
def folder(packages: Path, tmp_path: Path) -> Path:
    """Return a folder of a frontend: its packages, and copies of the two files of this project."""
    (tmp_path / "node_modules").symlink_to(packages)
    (tmp_path / "package.json").write_text('{"type": "module"}', "utf-8")
    copy(tmp_path, "schema.graphql", "cache-keys.json")
    (tmp_path / "src").mkdir()
    return tmp_path


@pytest.fixture(scope="module")
def generated(packages: Path, sample: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder in which the sample of "Types" was run."""
    folder = tmp_path_factory.mktemp("types")
    (folder / "node_modules").symlink_to(packages)
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    copy(folder, "schema.graphql")
    (folder / "src").mkdir()
    (folder / "src/open-events.graphql").write_text(sample("Clients: graphql"), "utf-8")
    (folder / "codegen.ts").write_text(sample("Types: ts"), "utf-8")
    run(["npx", "graphql-codegen"], folder)
    return folder


def copy(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text((settings.BASE_DIR / "config" / name).read_text("utf-8"), "utf-8")


def run(command: list[str], folder: Path, **environment: str) -> str:
    """Return what a program prints. It must end well."""
    ended = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def typescript(folder: Path, code: str, result: str) -> Any:
    """Check the types of a module strictly, run it from a bundle, and return the value of an expression in it."""
    (folder / "src/sample.ts").write_text(code, "utf-8")
    run(["node", "node_modules/typescript/bin/tsc", *STRICT, "src/sample.ts"], folder)
    return bundled(folder, code, result)


def bundled(folder: Path, code: str, result: str) -> Any:
    shown = f"{code}\nprocess.stdout.write(JSON.stringify({result}));\nprocess.exit(0);\n"
    (folder / "src/run.ts").write_text(shown, "utf-8")
    options = ["--bundle", "--platform=node", "--format=esm", "--log-level=error", "--outfile=run.mjs"]
    run(["npx", "esbuild", "src/run.ts", *options], folder)
    return json.loads(run(["node", "run.mjs"], folder))


def ids(nodes: Any) -> list[str]:
    return [node["id"] for node in nodes]


def in_steps(code: str) -> list[str]:
    """Return a sample as it is printed, and once more with pages so small that it has to go on."""
    assert "first: 20" in code
    return [code, code.replace("first: 20", "first: 1")]


# ---------------------------------------------------------------- None is left out
RUN = {
    "Clients: graphql", "curl: sh", "fetch: js", "Apollo Client: ts", "urql: ts", "Relay: ts", "Python: python",
    "Types: ts", "gql.tada: json", "gql.tada: sh", "gql.tada: ts", "Registering documents: sh",
    "Registering documents: js",
}  # fmt: skip


def test_every_sample_has_a_test_here() -> None:
    assert set(SAMPLES) == RUN
    assert {name: len(codes) for name, codes in SAMPLES.items() if len(codes) > 1} == {"curl: sh": 2}


# ---------------------------------------------------------------- Without packages
def test_curl(sample: Any, expected: Any, tmp_path: Path) -> None:
    assert ids(
        json.loads(run(["sh", "-c", sample("curl: sh")], tmp_path))["data"]["editions"]["nodes"]
    ) == ids(expected[:20])
    site = json.loads(run(["sh", "-c", sample("curl: sh", 1)], tmp_path))["data"]["site"]
    assert site["locales"] == ["sl", "en"]


def test_curl_hears_304_once_it_has_the_tag(sample: Any, tmp_path: Path) -> None:
    printed = sample("curl: sh", 1).rstrip()
    headers = run(["sh", "-c", f"{printed} --silent --dump-header - --output body"], tmp_path)
    tag = re.search(r'(?i)^etag: W?/?"(.*?)"', headers, re.MULTILINE)
    assert tag
    again = printed.replace("the ETag of the last answer", tag[1])
    assert (
        run(["sh", "-c", f"{again} --silent --output body --write-out '%{{http_code}}'"], tmp_path) == "304"
    )


def test_fetch(sample: Any, expected: Any, tmp_path: Path) -> None:
    for code in in_steps(sample("fetch: js")):
        (tmp_path / "sample.mjs").write_text(f"{code}\nconsole.log(JSON.stringify(events));\n", "utf-8")
        # No socket is left open, so the program ends by itself.
        assert ids(json.loads(run(["node", "sample.mjs"], tmp_path))) == ids(expected)


def test_python(sample: Any, expected: Any, tmp_path: Path) -> None:
    for code in in_steps(sample("Python: python")):
        shown = f"{code}\n\nimport json\n\nprint(json.dumps(list(open_events())))\n"
        (tmp_path / "sample.py").write_text(shown, "utf-8")
        assert ids(json.loads(run([sys.executable, "sample.py"], tmp_path))) == ids(expected)


# ---------------------------------------------------------------- Clients from npm
def test_types(generated: Path) -> None:
    reading = """
import { OpenEventsDocument, type OpenEventsQuery } from "./gql/graphql";
export const names = (answer: OpenEventsQuery): (string | null)[] =>
  answer.editions.nodes.map(({ label, ...one }) => ("start" in one ? one.start : label) ?? null);
export const same: { kind: string } = OpenEventsDocument;
"""
    (generated / "src/reading.ts").write_text(reading, "utf-8")
    run(["node", "node_modules/typescript/bin/tsc", *STRICT, "src/reading.ts"], generated)


def test_apollo_client(folder: Path, generated: Path, sample: Any, expected: Any) -> None:
    for name, place in (("possibleTypes.json", generated / "src"), ("cache-keys.json", folder)):
        (folder / "src" / name).write_text((place / name).read_text("utf-8"), "utf-8")
    for code in in_steps(sample("Apollo Client: ts")):
        rows = typescript(folder, code, "events.map(({ node }) => node)")
        assert ids(rows) == ids(expected)


def test_urql(folder: Path, generated: Path, sample: Any, expected: Any) -> None:
    for name, place in (("introspection.json", generated / "src"), ("cache-keys.json", folder)):
        (folder / "src" / name).write_text((place / name).read_text("utf-8"), "utf-8")
    found = typescript(folder, sample("urql: ts"), "error ? String(error) : data.editions.nodes")
    assert ids(found) == ids(expected[:20])


def test_relay(folder: Path, sample: Any, expected: Any) -> None:
    """The environment is the sample's; the query is that at the top of the page, as Relay's compiler made it."""
    (folder / "src/cache-keys.json").write_text((folder / "cache-keys.json").read_text("utf-8"), "utf-8")
    query = sample("Clients: graphql").replace("query OpenEvents", "query eventsQuery")
    (folder / "src/events.ts").write_text(f"graphql`{query}`;\n", "utf-8")
    config = {"src": "./src", "schema": "./schema.graphql", "language": "typescript", "eagerEsModules": True}
    (folder / "relay.config.json").write_text(json.dumps(config), "utf-8")
    run(["npx", "relay-compiler"], folder)
    (folder / "src/events.ts").unlink()
    types = 'declare module "relay-runtime";\n'
    (folder / "src/relay.d.ts").write_text(types, "utf-8")
    code = sample("Relay: ts")
    asking = """
import { fetchQuery } from "relay-runtime";
import query from "./__generated__/eventsQuery.graphql";
const found: any = await fetchQuery(environment, query, {}).toPromise();
"""
    assert ids(bundled(folder, code + asking, "found.editions.nodes")) == ids(expected[:20])


def test_gql_tada(folder: Path, sample: Any, expected: Any) -> None:
    (folder / "tsconfig.json").write_text(sample("gql.tada: json"), "utf-8")
    run(["sh", "-c", sample("gql.tada: sh")], folder)
    code = sample("gql.tada: ts")
    (folder / "src/open-events.ts").write_text(code, "utf-8")
    run(["node", "node_modules/typescript/bin/tsc"], folder)
    assert bundled(folder, code, "labels") == [row["label"] for row in expected[:20]]
    # The types are those of the query: what it does not ask for is no property of the answer.
    (folder / "src/open-events.ts").write_text(
        code.replace("{ label }) => label", "{ path }) => path"), "utf-8"
    )
    with pytest.raises(AssertionError, match="Property 'path' does not exist"):
        run(["node", "node_modules/typescript/bin/tsc"], folder)


# ---------------------------------------------------------------- A build
def documents_token(server: str) -> str:
    """Return a token that the admin gives to a build, asked for as a person does."""
    browser = requests.Session()
    login = f"{server}/admin/login/"
    browser.get(login, timeout=60)
    sent = {"username": EDITOR, "password": EDITOR, "csrfmiddlewaretoken": browser.cookies["csrftoken"]}
    browser.post(login, sent, timeout=60)
    form = f"{server}/admin/api-tokens/new/"
    page = browser.get(form, timeout=60).text
    user = re.search(rf'<option value="(\d+)"[^>]*>{EDITOR}</option>', page)
    assert user
    day = re.search(r'name="last_day" value="([^"]*)"', page)
    assert day
    sent = {"name": "Build", "user": user[1], "scope": "DOCUMENTS", "last_day": day[1]}
    answer = browser.post(form, sent | {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}, timeout=60)
    found = re.search(r"wagtail_[0-9A-Za-z]{20,}", answer.text)
    assert found, answer.text
    return found[0]


@pytest.mark.parametrize(
    ("name", "command"), [("sh", ["sh", "register.mjs"]), ("js", ["node", "register.mjs"])]
)
def test_registering_documents(
    demo_server: str, sample: Any, tmp_path: Path, name: str, command: list[str]
) -> None:
    (tmp_path / "register.mjs").write_text(sample(f"Registering documents: {name}"), "utf-8")
    source = f"query OfTheBuild{name} {{ site {{ name }} }}"
    manifest = tmp_path / "persisted-documents.json"
    manifest.write_text(json.dumps({hash_of(source): source}), "utf-8")
    token = documents_token(demo_server)
    assert "documents" in run(command, tmp_path, CMS_DOCUMENTS_TOKEN=token)
    asked = urlencode({"documentId": f"sha256:{hash_of(source)}"})
    assert "errors" not in requests.get(f"{demo_server}/graphql/?{asked}", timeout=60).json()
    wrong = "{ site { nothing } }"
    manifest.write_text(json.dumps({hash_of(wrong): wrong}), "utf-8")
    with pytest.raises(AssertionError, match=hash_of(wrong)):
        run(command, tmp_path, CMS_DOCUMENTS_TOKEN=token)
    with pytest.raises(AssertionError, match="UNAUTHENTICATED"):
        run(command, tmp_path, CMS_DOCUMENTS_TOKEN="no token")
