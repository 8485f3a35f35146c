"""What the public site is made of: documents, words, files, and no way past the endpoint."""

import ast
import gzip
import json
import re
from pathlib import Path
from typing import Any

import polib
import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.test import Client
from graphql import parse

from centres.site import assets, trusted
from centres.site.words import COUNTED, NAMES, WORDS, count
from cms.graphql.serving.view import endpoint
from cms.models.trusted_document import TrustedDocument

EDITORS_ONLY = {"edit-frame"}  # loaded by previews, which the public never opens
MOST_SCRIPT = 10_000
FOLDER = Path(trusted.__file__).parent
PYTHON = sorted(FOLDER.glob("*.py"))
CATALOGUE = polib.pofile(str(FOLDER / "locale/sl/LC_MESSAGES/django.po"))


@pytest.mark.parametrize("name", sorted(trusted.documents()))
def test_a_document_is_valid_and_within_the_limits(name: str) -> None:
    document = trusted.documents()[name]
    prepared = endpoint().documents.prepare(document.source, document.sha256)
    assert list(prepared.operations) == [document.operation]


def test_every_fragment_is_used() -> None:
    files = (trusted.FOLDER / "fragments").glob("*.graphql")
    fragments: list[Any] = [node for path in files for node in parse(path.read_text("utf-8")).definitions]
    sources = "".join(document.source for document in trusted.documents().values())
    assert fragments
    assert [node.name.value for node in fragments if f"...{node.name.value}\n" not in sources] == []


def test_every_document_is_asked_for() -> None:
    source = "".join(path.read_text("utf-8") for path in PYTHON)
    asked = set(re.findall(r'\.(?:ask|part|payload)\(\s*"(\w+)"', source))
    assert asked == set(trusted.documents())


@pytest.mark.django_db
def test_documents_are_registered_and_those_of_earlier_versions_stay() -> None:
    TrustedDocument.objects.all().delete()
    TrustedDocument.objects.create(sha256="0" * 64, source="{ __typename }", client=trusted.CLIENT)
    trusted.register()
    trusted.register()
    kept = set(TrustedDocument.objects.values_list("sha256", flat=True))
    assert kept == {"0" * 64, *(document.sha256 for document in trusted.documents().values())}


@pytest.mark.django_db
def test_each_migration_registers_the_documents() -> None:
    TrustedDocument.objects.all().delete()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    kept = set(TrustedDocument.objects.values_list("sha256", flat=True))
    assert kept >= {document.sha256 for document in trusted.documents().values()}


@pytest.mark.django_db
def test_the_site_works_where_only_registered_documents_do(client: Client, settings: Any) -> None:
    settings.CMS_GRAPHQL_TRUSTED_ONLY = True
    assert client.get("/sl/").status_code == 200


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.name)
def test_the_site_reads_nothing_but_the_endpoint(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            imported.add(node.module)
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
    allowed = {"cms.models.trusted_document"} if path.name == "trusted.py" else set()
    forbidden = re.compile(
        r"wagtail|centres\.(?!site)|(cms|home)\.models|cms\.(publishing|search|media)|django\.db\.models$"
    )
    assert {name for name in imported if name and forbidden.match(name)} <= allowed


def test_scripts_are_small_and_no_page_needs_them() -> None:
    scripts = [path for path in (assets.FOLDER / "js").glob("*.js") if path.stem not in EDITORS_ONLY]
    assert sum(len(path.read_bytes()) for path in scripts) < MOST_SCRIPT
    assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) < MOST_SCRIPT / 2


@pytest.mark.parametrize("path", sorted(assets.FOLDER.rglob("*.[cj]s*")), ids=lambda path: path.name)
def test_a_file_is_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < 400


def test_every_word_of_the_site_is_slovenian_too() -> None:
    translated = {
        entry.msgid
        for entry in CATALOGUE
        if entry.msgctxt == "site" and (entry.msgstr or entry.msgstr_plural)
    }
    source = (FOLDER / "words.py").read_text("utf-8")
    literals = [
        ast.literal_eval(node.args[1])
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("pgettext_lazy", "npgettext")
    ]
    assert len(literals) >= len(WORDS) + len(NAMES) + len(COUNTED)
    assert set(literals) <= translated


def test_every_word_that_a_template_names_exists() -> None:
    markup = "".join(path.read_text("utf-8") for path in (FOLDER / "markup").glob("*.html"))
    named = set(re.findall(r"\bw\.(\w+)", markup))
    python = "".join(path.read_text("utf-8") for path in PYTHON if path.name != "words.py")
    assert named <= set(WORDS)
    unused = {word for word in WORDS if word not in named and not re.search(rf"""["']{word}["']""", python)}
    made_up = ("count_", "facet_", "all_of_", "not_found", "gone", "whose_")
    assert {word for word in unused if not word.startswith(made_up)} == set()


@pytest.mark.parametrize("what", COUNTED)
def test_counted_words_have_all_forms_of_slovenian(what: str) -> None:
    from django.utils import translation

    with translation.override("sl"):
        forms = {count(n, what, "sl").replace(str(n), "") for n in (1, 2, 3, 5)}
        assert count(101, what, "sl") == count(1, what, "sl").replace("1", "101")
    assert len(forms) >= 3


def test_a_style_sheet_that_could_end_its_element_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "css").mkdir()
    for name in assets.STYLES:
        (tmp_path / "css" / f"{name}.css").write_text("p::before { content: '</style>'; }", "utf-8")
    monkeypatch.setattr("centres.site.assets.FOLDER", tmp_path)
    with pytest.raises(ValueError, match="less-than"):
        assets.style_sheet()


@pytest.mark.django_db
def test_the_service_worker_brings_the_files_of_the_site(client: Client) -> None:
    answer = client.get("/service-worker.js")
    source = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    files = json.loads(source.partition("const FILES = ")[2].partition(";\n")[0])
    assert "/static/frontend/js/site.js" in files
    assert all((assets.FOLDER / file.removeprefix("/static/frontend/")).exists() for file in files)
    assert "Brez povezave" in json.loads(source.partition("const OFFLINE = ")[2].partition(";\n")[0])["sl"]
