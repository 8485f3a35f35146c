"""Archives that are broken or mean harm: each gets one clear sentence, and nothing is changed."""

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Page

from cms.archive.importing import import_files
from cms.archive.problems import ArchiveError
from cms.models import Document
from home.models import InfoPage
from tests import factories
from tests.archive.archives import packed, unpacked
from tests.cms.pictures import file

pytestmark = pytest.mark.django_db

PAGE = f"""
type: home.infopage
sl:
  parent: sl/home
  title: O nas
  slug: o-nas
  summary: {factories.SUMMARY}
"""
PERSON = "name: Ana Novak\npublication_consent: true\n"


def archive(**files: str | bytes) -> dict[str, bytes]:
    """Return an archive with files by name; ``__`` stands for a slash, ``_yaml`` for the ending."""
    home = {name: content for name, content in packed().items() if name.startswith(("archive", "pages/home"))}
    given = {name.replace("__", "/").replace("_yaml", ".yaml"): content for name, content in files.items()}
    return home | {name: text.encode() if isinstance(text, str) else text for name, text in given.items()}


def refused(files: dict[str, bytes]) -> list[str]:
    """Return what is said of an archive, which changes nothing."""
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "live"))
    with pytest.raises(ArchiveError) as error:
        import_files({name: lambda name=name: files[name] for name in files}, keep=True)
    assert list(Page.objects.order_by("pk").values_list("pk", "title", "live")) == before
    return [str(problem) for problem in error.value.problems]


BODY = "  body:\n"
WRONG = {
    "alias": (PAGE + "  seo_title: &a x\n  search_description: *a\n", "anchors and aliases"),
    "tag": (PAGE + "  seo_title: !!python/object/apply:os.system [id]\n", "tags (!) are not read"),
    "twice": (PAGE + "  title: Drugič\n", "is there twice"),
    "deep": (PAGE + f"  seo_title: {'[' * 60}{']' * 60}\n", "levels"),
    "very deep": (PAGE + f"  seo_title: {'[' * 20_000}\n", "NOT_YAML"),
    "broken": (PAGE + "  seo_title: [\n", "this is no YAML"),
    "no text": (b"\xff\xfe\x00", "not in UTF-8"),
    "two documents": (PAGE + "---\na: 1\n", "second document"),
    "a list": ("- a\n", "There are no fields"),
    "empty": ("", "There are no fields"),
    "unknown field": (PAGE + "  colour: red\n", "sl.colour: There is no such field"),
    "unknown language": (PAGE + "de:\n  title: Über uns\n", "de: This is no language"),
    "no language": ("type: home.infopage\n", "UNKNOWN_LANGUAGE"),
    "unknown type": (PAGE.replace("home.infopage", "auth.user"), "is no type of page"),
    "type of no text": (PAGE.replace("home.infopage", "[1]"), "is no type of page"),
    "number as text": (PAGE.replace("title: O nas", "title: 12"), "sl.title"),
    "day as text": (PAGE + "  seo_title: 2027-01-01\n", "sl.seo_title: “2027-01-01” is no text"),
    "text as yes": (PAGE + "  show_in_menus: 'maybe'\n", "sl.show_in_menus: “maybe” is no yes or no"),
    "no time": (PAGE + "  first_published_at: yesterday\n", "sl.first_published_at: “yesterday” is no time"),
    "live as text": (PAGE + "  live: 'no'\n", "sl.live: Write true or false"),
    "sign 0": (PAGE + '  seo_title: "a\\0b"\n', "without the sign 0"),
    "too long": (PAGE + f"  live: false\n  seo_title: {'a' * 256}\n", "sl.seo_title: This has more than 255 signs"),
    "null": (PAGE + "  seo_title: null\n", "sl.seo_title: This is empty"),
    "bad key": ("key: 5\n" + PAGE, "key: This is no key"),
    "parent elsewhere": (PAGE.replace("sl/home", "sl/nikjer"), "sl.parent: There is no page “sl/nikjer”"),
    "its own parent": (PAGE.replace("sl/home", "sl/o-nas"), "below the other"),
    "parent of no text": (PAGE.replace("sl/home", "[1]"), "sl.parent: This is no name"),
    "slug of no address": (PAGE.replace("slug: o-nas", "slug: o nas/../x"), "sl.slug"),
    "too short": (PAGE.replace(factories.SUMMARY, "Kratko."), "sl.summary"),
    "foreign block": (PAGE + BODY + "  - {type: iframe, value: x}\n", "sl.body[1]: There is no block iframe"),
    "no block": (PAGE + BODY + "  - x\n", "sl.body[1]: This is no block"),
    "body of no list": (PAGE + "  body: x\n", "sl.body: This is no list"),
    "unknown part": (
        PAGE + BODY + "  - {type: paragraph, value: {html: x}}\n",
        "sl.body[1].paragraph: The block has no part html",
    ),
    "block of text": (PAGE + BODY + "  - {type: paragraph, value: x}\n", "sl.body[1].paragraph: Write the parts"),
    "text of number": (PAGE + BODY + "  - {type: paragraph, value: {text: 5}}\n", "paragraph.text: This is no text"),
    "half a block": (PAGE + BODY + "  - {type: heading, value: {level: '2'}}\n", "sl.body[1]"),
    "half a table": (PAGE + BODY + "  - {type: table, value: {columns: 5}}\n", "sl.body"),
    "link to nothing": (
        PAGE + BODY + """  - {type: paragraph, value: {text: '<a linktype="page" to="sl/x">a</a>'}}\n""",
        "sl.body[1].paragraph.text: There is no page “sl/x”",
    ),
    "link by number": (
        PAGE + BODY + """  - {type: paragraph, value: {text: '<a linktype="page" id="1">a</a>'}}\n""",
        "names nothing",
    ),
    "choice by number": (PAGE + BODY + "  - {type: shared_text, value: {text: 1}}\n", "by its key"),
    "restriction": (PAGE + "  restricted: [{type: everybody}]\n", "sl.restricted: A restriction has one of"),
    "restriction of text": (PAGE + "  restricted: yes\n", "sl.restricted: This is no list"),
    "groups of numbers": (PAGE + "  restricted: [{type: groups, groups: [5]}]\n", "are a list of names"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_page_that_cannot_be_is_refused_with_file_field_and_way_out(name: str) -> None:
    content, words = WRONG[name]
    (said,) = refused(archive(**{"pages__o-nas_yaml": content}))
    assert said.startswith("pages/o-nas.yaml")
    assert words in said


SNIPPETS = {
    "employer that is not there": (
        PERSON + "employer: nikjer\n",
        "employer: There is no organisation “nikjer”",
    ),
    "employer by number": (PERSON + "employer: 1\n", "employer: “1” is no text"),
    "language of a text": (PERSON + "title: {de: Frau}\n", "title: “de” is no language"),
    "text without language": (PERSON + "title: Gospa\n", "title: Write the text once for each language"),
    "language with a number": (PERSON + "title: {sl: 5}\n", "title: “5” is no text"),
    "address of nothing": (PERSON + "email: me\n", "email"),
    "column that nobody edits": (PERSON + "sort_key: a\n", "sort_key: There is no such field"),
    "too long": (PERSON.replace("Ana", "A" * 300), "name: This has more than 160 signs"),
    "number of the database": (PERSON + "id: 5\n", "id: There is no such field"),
    "account": (PERSON + "user: admin\n", "user: There is no such field"),
}


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_that_cannot_be_is_refused(name: str) -> None:
    content, words = SNIPPETS[name]
    (said,) = refused(archive(**{"centres.person__ana_yaml": content}))
    assert said.startswith("centres.person/ana.yaml")
    assert words in said


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"auth.user__admin_yaml": "username: eva\n"}, "auth.user/admin.yaml: No archive has such a file"),
        ({f"centres.person__{'a' * 121}_yaml": PERSON}, "The name has more than 120 signs"),
        ({"notes.txt": "x"}, "notes.txt: No archive has such a file"),
        ({"cms.image__a_yaml": "title: A\nfile: a.png\n"}, "file: There is no file cms.image/a/a.png"),
        (
            {"cms.image__a_yaml": "title: A\nalt_text: {sl: A}\nfile: a.png\n", "cms.image__a__a.png": b"GIF89a"},
            "cms.image/a.yaml, file",
        ),
        ({"archive_yaml": "format: 2\n"}, "archive of format 2"),
        ({"archive_yaml": "- 1\n"}, "This is no archive"),
        ({"archive_yaml": "format: 1\noutside: {a: 1}\n"}, "This is no archive"),
    ],
)  # fmt: skip
def test_an_archive_with_other_files_is_refused(files: dict[str, Any], words: str) -> None:
    (said,) = refused(archive(**files))
    assert words in said


def test_a_copy_of_a_file_with_the_key_of_the_first_one_is_refused() -> None:
    keyed = "key: 6c84fb90-12c4-11e1-840d-7b25c5ee775a\n" + PAGE
    (said,) = refused(
        archive(**{"pages__o-nas_yaml": keyed, "pages__o-vas_yaml": keyed.replace("o-nas", "o-vas")})
    )
    assert said.startswith("pages/o-vas.yaml, key: pages/o-nas.yaml has this key too")


def test_all_that_is_wrong_is_said_at_once() -> None:
    said = refused(
        archive(**{"centres.person__a_yaml": PERSON + "email: 5\n", "centres.person__b_yaml": "name: 5\n"})
    )
    assert len(said) == 2


def with_document(content: bytes = b"words", **files: str) -> dict[str, bytes]:
    document = {
        "cms.document__a_yaml": "title: A\nfile: of-an-import.txt\n",
        "cms.document__a__of-an-import.txt": content,
    }
    return archive(**document, **files)


def documents() -> list[str]:
    """Return the names of the files of documents that are stored."""
    folder = Path(settings.MEDIA_ROOT) / "documents"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_an_error_in_the_last_file_changes_nothing_and_leaves_no_file() -> None:
    assert len(refused(with_document(pages__z_yaml=PAGE + "  seo_title: null\n"))) == 1
    assert documents() == []


def test_an_import_that_a_fault_ends_leaves_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any, **_named: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("cms.archive.saving.log", fail)
    with pytest.raises(ZeroDivisionError):
        unpacked(with_document())
    assert documents() == []


def test_a_file_that_an_import_replaces_is_not_left_behind(
    django_capture_on_commit_callbacks: Any,
) -> None:
    for content in (b"words", b"other words"):
        with django_capture_on_commit_callbacks(execute=True):
            unpacked(with_document(content))
    assert len(documents()) == 1
    with Document.objects.get().file.open() as stored:
        assert stored.read() == b"other words"


# ------------------------------------------------------------ folders and ZIP files
def said_of(path: Path) -> str:
    errors = StringIO()
    with pytest.raises(CommandError):
        call_command("import_content", str(path), stdout=StringIO(), stderr=errors)
    return errors.getvalue()


def zipped(path: Path, *parts: tuple[ZipInfo | str, bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as written:
        for name, content in parts:
            written.writestr(name, content)
    return path


def test_names_that_lead_out_of_the_archive_are_refused(tmp_path: Path) -> None:
    for number, name in enumerate(("../x.yaml", "/etc/x.yaml", "pages/../../x.yaml", "c:\\x.yaml")):
        path = zipped(tmp_path / f"{number}.zip", (name, b"a: 1"))
        assert "UNSAFE_NAME" in said_of(path)


def test_links_are_refused(tmp_path: Path) -> None:
    link = ZipInfo("pages/a.yaml")
    link.external_attr = 0o120777 << 16
    assert "This is a link" in said_of(zipped(tmp_path / "a.zip", (link, b"/etc/passwd")))
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "pages").symlink_to("/etc")
    assert "This is a link" in said_of(folder)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    big = BytesIO(b"\0" * 6 * 1024 * 1024)
    path = zipped(tmp_path / "a.zip", ("archive.yaml", b"format: 1\n"), ("pages/a.yaml", big.getvalue()))
    assert "TOO_LARGE" in said_of(path)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"no archive", b"PK\x03\x04" + b"\0" * 60])
def test_what_is_no_zip_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    assert "NOT_READABLE" in said_of(path)


def test_a_fault_of_the_program_is_not_said_to_be_one_of_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("export_content", str(tmp_path / "a.zip"), stdout=StringIO())

    def fail(*_arguments: Any, **_named: Any) -> None:
        raise ValueError("a fault")

    monkeypatch.setattr("cms.management.commands.import_content.import_files", fail)
    with pytest.raises(ValueError, match="a fault"):
        call_command("import_content", str(tmp_path / "a.zip"), stdout=StringIO())


def test_what_is_not_there_or_no_archive_is_refused(tmp_path: Path) -> None:
    assert "There is no" in said_of(tmp_path / "a.zip")
    assert "There is no archive.yaml" in said_of(tmp_path)


def test_the_commands_go_through_a_folder_and_through_a_zip_file(tmp_path: Path) -> None:
    factories.below(factories.home(), InfoPage(title="O nas", summary=factories.SUMMARY))
    factories.person()
    for name in ("folder", "a.zip", "b.zip"):
        call_command("export_content", str(tmp_path / name), stdout=StringIO())
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    page = tmp_path / "folder/pages/o-nas.yaml"
    page.write_text(page.read_text().replace("title: O nas", "title: O naši knjižnici"))
    for options, title in ((["--dry-run"], "O nas"), ([], "O naši knjižnici")):
        out = StringIO()
        call_command("import_content", str(tmp_path / "folder"), *options, stdout=out)
        assert "pages/o-nas.yaml, sl.title: O nas → O naši knjižnici" in out.getvalue()
        assert InfoPage.objects.get().title == title
    call_command("export_content", str(tmp_path / "folder"), stdout=StringIO())
    assert "O naši knjižnici" in page.read_text()


def test_an_archive_is_not_written_over_other_files(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(CommandError, match="has other files"):
        call_command("export_content", str(tmp_path), stdout=StringIO())
    with pytest.raises(CommandError, match="There is no page at"):
        call_command("export_content", str(tmp_path / "a.zip"), below="/sl/nikjer/", stdout=StringIO())


def test_a_document_comes_with_its_file() -> None:
    Document.objects.create(title="Navodila", file=file("besede", "navodila.txt"))
    files = packed()
    assert files["cms.document/navodila/navodila.txt"] == b"besede"
