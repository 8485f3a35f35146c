"""What the frontend is made of: documents, scripts, words, and no way past the endpoint."""

import ast
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from graphql import parse

from cms.graphql.serving.view import endpoint
from cms.models.trusted_document import TrustedDocument
from home.frontend import trusted
from home.frontend.assets import FOLDER, assets, content_security_policy, style_sheet

MOST_BYTES = 60_000
PYTHON = sorted(Path(trusted.__file__).parent.glob("*.py"))
WORDS = {locale: (FOLDER / "js" / f"words.{locale}.js").read_text("utf-8") for locale in ("sl", "en")}


@pytest.mark.parametrize("name", sorted(trusted.documents()))
def test_a_document_is_valid_and_within_the_limits(name: str) -> None:
    document = trusted.documents()[name]
    prepared = endpoint().documents.prepare(document.source, document.sha256)
    assert list(prepared.operations) == [document.operation]


def test_every_fragment_is_used() -> None:
    files = (trusted.FOLDER / "fragments").glob("*.graphql")
    fragments = [node for path in files for node in parse(path.read_text("utf-8")).definitions]
    sources = "".join(document.source for document in trusted.documents().values())
    assert fragments
    assert [node.name.value for node in fragments if f"...{node.name.value}\n" not in sources] == []


@pytest.mark.django_db
def test_documents_are_registered_and_those_of_earlier_versions_stay() -> None:
    TrustedDocument.objects.all().delete()
    TrustedDocument.objects.create(sha256="0" * 64, source="{ __typename }", client=trusted.CLIENT)
    trusted.register()
    trusted.register()
    kept = set(TrustedDocument.objects.values_list("sha256", flat=True))
    assert kept == {"0" * 64, *(document.sha256 for document in trusted.documents().values())}


@pytest.mark.django_db
def test_the_frontend_works_where_only_registered_documents_do(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_TRUSTED_ONLY = True
    trusted.register()
    assert client.get("/sl/").status_code == 200


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.name)
def test_the_frontend_reads_nothing_but_the_endpoint(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            imported.add(node.module)
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
    allowed = {"cms.models.trusted_document"} if path.name == "trusted.py" else set()
    forbidden = re.compile(r"wagtail|centres|(cms|home)\.models|cms\.(visibility|page)|django\.db\.models")
    assert {name for name in imported if name and forbidden.match(name)} <= allowed


@pytest.mark.parametrize("locale", ["sl", "en"])
def test_script_and_style_are_small(locale: str) -> None:
    names = [
        path
        for path in (FOLDER / "js").glob("*.js")
        if not path.name.startswith("words.") or locale in path.name
    ]
    files = [*names, FOLDER / "js" / "words.js", FOLDER / "site.css", FOLDER / "service-worker.js"]
    assert sum(len(gzip.compress(path.read_bytes())) for path in set(files)) < MOST_BYTES / 1.5


def test_the_words_are_the_same_in_all_languages() -> None:
    plain = {locale: re.sub(r'"[^"]*"', '""', source) for locale, source in WORDS.items()}
    keys = {locale: re.findall(r"(\w+): [\"{]", source) for locale, source in plain.items()}
    forms = {"one", "two", "few", "other"}
    assert [key for key in keys["sl"] if key not in forms] == [key for key in keys["en"] if key not in forms]


def test_counted_words_have_all_forms_of_their_language() -> None:
    for counted in re.findall(r"\{ one: .*? \}", WORDS["sl"]):
        assert re.findall(r"(?<=[{,] )(\w+):", counted) == ["one", "two", "few", "other"]


def test_scripts_name_only_documents_that_exist() -> None:
    source = "".join(path.read_text("utf-8") for path in (FOLDER / "js").glob("*.js"))
    asked = set(re.findall(r'\bask\("(\w+)"', source)) | set(
        re.findall(r'growing\(.*?"(\w+)", page\)', source)
    )
    assert asked == set(trusted.documents()) - {"shell"}


def test_files_with_a_hash_in_their_name_are_found_by_an_import_map(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "home.frontend.assets.static", lambda name: f"/static/{name.replace('.js', '.abc.js')}"
    )
    found = assets.__wrapped__("sl")
    imports = json.loads(found.import_map)["imports"]
    assert imports["/static/home/js/dom.js"] == "/static/home/js/dom.abc.js"
    assert "/static/home/js/words.en.js" not in imports
    assert "'sha256-" in content_security_policy(found.import_map)


def test_a_style_sheet_that_could_end_its_element_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "site.css").write_text("p::before { content: '</style>'; }", "utf-8")
    monkeypatch.setattr("home.frontend.assets.FOLDER", tmp_path)
    with pytest.raises(ValueError, match="less-than"):
        style_sheet()


@pytest.mark.django_db
def test_the_service_worker_brings_the_files_of_both_languages(client: Client) -> None:
    trusted.register()
    answer = client.get("/service-worker.js")
    source = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    files = json.loads(source.partition("const FILES = ")[2].partition(";")[0])
    expected = ("js/app.js", "js/words.sl.js", "js/words.en.js")
    assert {f"/static/home/{path}" for path in expected} <= set(files)
    assert all((FOLDER / file.removeprefix("/static/home/")).exists() for file in files)
