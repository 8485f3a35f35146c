"""Backup and restore: what comes back is what was there, and a broken archive changes nothing."""

import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from cms.media.images import make_renditions
from cms.models import Change, Chore, Document, Image
from cms.running import first_migration
from cms.running.backup import rows
from tests import factories as make
from tests.cms.pictures import jpeg
from tests.database import migrated
from tests.kept_databases import SHELF
from tests.operations.dump import dump
from tests.own_connections import connected


@pytest.fixture
def empty_site(db: None, tmp_path: Path) -> Iterator[Callable[[], BaseDatabaseWrapper]]:
    """What connects to another site, which was only migrated."""
    usual = connections["default"]
    label = f"restored-{tmp_path.name[-20:]}"
    SHELF.copy(migrated(), SHELF.name(label))
    other = usual.copy()
    other.settings_dict["NAME"] = SHELF.name(label)
    yield other.copy
    SHELF.drop(label)


@pytest.fixture
def folders(settings: Any, tmp_path: Path) -> Callable[[str], Path]:
    """What gives the site another folder of uploads."""

    def use(name: str) -> Path:
        settings.MEDIA_ROOT = tmp_path / name
        return tmp_path / name

    use("media")
    return use


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


def run(*arguments: Any) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: Any) -> str:
    """The one line of a command that fails."""
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert "\n" not in str(error.value)
    return str(error.value)


def site_with_files() -> None:
    image = Image.objects.create(title="Hruška", file=jpeg(size=(300, 200)), alt_text={"sl": "Hruška"})
    make_renditions(image)
    Document.objects.create(title="Razpis", file=ContentFile(b"%PDF-1.7", name="razpis.pdf"))
    User.objects.create_user("urednica", password="geslo-za-urednico")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def everything() -> dict[str, list[bytes]]:
    """All rows that a backup has, by table."""
    ContentType.objects.clear_cache()
    applied = MigrationRecorder(connection).applied_migrations()
    return {table.name: sorted(table.lines()) for table in rows.tables_at(applied)}


def test_a_site_comes_back_in_an_empty_one_as_it_was(
    demo: None, empty_site: Any, folders: Any, archive: Path
) -> None:
    site_with_files()
    public, all_rows, uploads = dump(), everything(), files(folders("media"))
    assert len(public) > 100
    assert len(uploads) > 3
    assert "rows" in run("back_up", archive)
    assert archive.stat().st_mode & 0o077 == 0
    assert Chore.objects.get(name="back_up").done_at

    with connected(empty_site):
        assert "Tables" in run("restore", archive)
        assert dump() == public
        assert files(folders("media")) == uploads
        # `migrate` registers the documents of the site's own version again.
        assert {name for name, lines in everything().items() if lines != all_rows[name]} <= {
            "cms_trusteddocument"
        }
        assert User.objects.get(username="urednica").check_password("geslo-za-urednico")
        # New rows come after those of the backup.
        newest = Change.objects.order_by("-pk").values_list("pk", flat=True)[0]
        make.person()
        assert Change.objects.order_by("-pk").values_list("pk", flat=True)[0] >= newest
        assert User.objects.create_user("nova").pk > User.objects.get(username="urednica").pk


def test_sign_ins_and_tasks_are_not_taken_along(
    db: None, empty_site: Any, folders: Any, archive: Path
) -> None:
    make.person()
    Session.objects.create(
        session_key="a" * 32, session_data="", expire_date=datetime(2030, 1, 1, tzinfo=UTC)
    )
    run("back_up", archive)
    with zipfile.ZipFile(archive) as entries:
        names = entries.namelist()
    assert not [name for name in names if "session" in name and "centres" not in name and "edit" not in name]
    assert not [name for name in names if DBTaskResult._meta.db_table in name]
    with connected(empty_site):
        Session.objects.create(
            session_key="b" * 32, session_data="", expire_date=datetime(2030, 1, 1, tzinfo=UTC)
        )
        run("restore", archive)
        assert not Session.objects.exists()


def test_a_row_is_written_the_same_way_for_every_database(db: None) -> None:
    page = make.programme(make.centre("Pionirska"), duration_hours="7.50")
    Page.objects.filter(pk=page.pk).update(first_published_at=datetime(2026, 7, 1, 12, 30, 0, 7, tzinfo=UTC))
    by_table = {
        table.name: table for table in rows.tables_at(MigrationRecorder(connection).applied_migrations())
    }

    def row(name: str, pk_column: str) -> dict[str, Any]:
        table = by_table[name]
        found = [dict(zip(table.columns, json.loads(line), strict=True)) for line in table.lines()]
        return next(one for one in found if one[pk_column] == page.pk)

    base, own = row("wagtailcore_page", "id"), row("centres_programmepage", "page_ptr_id")
    assert base["first_published_at"] == "2026-07-01T12:30:00.000007+00:00"
    assert base["live"] is True
    assert base["translation_key"] == str(page.translation_key)
    assert own["duration_hours"] == "7.50"
    assert isinstance(own["body"], str)


@pytest.fixture
def backup(db: None, folders: Any, archive: Path) -> bytes:
    """A small backup, and nothing of it on this site any more."""
    folder = folders("media")
    site_with_files()
    run("back_up", archive)
    User.objects.all().delete()
    Image.objects.all().delete()
    Document.objects.all().delete()
    for path in list(folder.rglob("*")):
        if path.is_file():
            path.unlink()
    return archive.read_bytes()


def assert_untouched(folders: Any) -> None:
    assert not User.objects.exists()
    assert not files(folders("media"))


def test_an_archive_that_is_cut_off_is_one_line_and_changes_nothing(
    backup: bytes, archive: Path, folders: Any
) -> None:
    for length in (0, 1, 100, len(backup) // 3, len(backup) // 2, len(backup) - 100, len(backup) - 1):
        archive.write_bytes(backup[:length])
        assert str(archive) in refused("restore", archive)
    assert_untouched(folders)


def test_an_archive_with_a_wrong_byte_is_one_line_and_changes_nothing(
    backup: bytes, archive: Path, folders: Any
) -> None:
    with zipfile.ZipFile(archive) as entries:
        infos = [info for info in entries.infolist() if info.compress_size > 50]
    draw = random.Random(1)
    for info in draw.sample(infos, 12):
        # Behind the header of the entry, and before its last bits, which may mean nothing.
        begin = info.header_offset + 30 + len(info.filename.encode()) + 20
        at = draw.randrange(begin, begin + info.compress_size - 20)
        broken = bytearray(backup)
        broken[at] ^= 0x10
        archive.write_bytes(broken)
        line = refused("restore", archive)
        assert str(archive) in line, info.filename
    assert_untouched(folders)


def rewritten(archive: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Write the archive again with other entries."""
    with zipfile.ZipFile(archive) as entries:
        content = {name: entries.read(name) for name in entries.namelist()}
    change(content)
    with zipfile.ZipFile(archive, "w") as entries:
        for name, data in content.items():
            entries.writestr(name, data)


def of_the_manifest(**values: Any) -> Callable[[dict[str, bytes]], None]:
    def change(content: dict[str, bytes]) -> None:
        content["manifest.json"] = json.dumps(json.loads(content["manifest.json"]) | values).encode()

    return change


def climb(content: dict[str, bytes]) -> None:
    name, data = "uploads/../../climbed", b"x"
    content[name] = data
    manifest = json.loads(content["manifest.json"])
    manifest["entries"][name] = [1, "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"]
    content["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda content: content.pop("manifest.json"), "is no backup"),
        (lambda content: content.update({"manifest.json": b"[]"}), "is no backup"),
        (lambda content: content.update({"manifest.json": b"{"}), "is no backup"),
        (lambda content: content.update({"uploads/more": b"x"}), "uploads/more"),
        (lambda content: content.pop("tables/auth_user.jsonl"), "auth_user"),
        (lambda content: content.update({"tables/auth_user.jsonl": b"[]"}), "auth_user"),
        (climb, "is no backup"),
        (of_the_manifest(format=99), "format 99"),
        (
            of_the_manifest(migrations=[["cms", "9999_of_tomorrow"]], version="7.0"),
            "version 7.0 .*9999_of_tomorrow",
        ),
        (of_the_manifest(migrations=5), "is no backup"),
        (of_the_manifest(entries={}), "is broken"),
    ],
)
def test_an_archive_with_something_else_in_it_is_one_line_and_changes_nothing(
    backup: bytes, archive: Path, folders: Any, change: Any, line: str
) -> None:
    rewritten(archive, change)
    assert re.search(line, refused("restore", archive))
    assert_untouched(folders)
    assert not (archive.parent / "climbed").exists()


def test_what_is_no_archive_is_one_line(db: None, tmp_path: Path) -> None:
    assert "no file" in refused("restore", tmp_path / "none.zip")
    (tmp_path / "text.zip").write_text("text")
    assert "is no backup" in refused("restore", tmp_path / "text.zip")
    assert "can't be read" in refused("restore", tmp_path)


def test_a_check_tells_what_is_in_the_archive_and_changes_nothing(
    backup: bytes, archive: Path, folders: Any
) -> None:
    assert "uploads." in run("restore", archive, "--check")
    assert_untouched(folders)


def test_a_site_with_content_is_replaced_only_if_told_so(backup: bytes, archive: Path, folders: Any) -> None:
    User.objects.create_user("drugi")
    assert "--replace" in refused("restore", archive)
    assert set(User.objects.values_list("username", flat=True)) == {"drugi"}
    run("restore", archive, "--replace")
    assert set(User.objects.values_list("username", flat=True)) == {"urednica"}
    assert files(folders("media"))


def test_a_restore_that_breaks_off_leaves_the_rows_as_they_were(
    backup: bytes, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.create_user("drugi")
    load = rows.Table.load

    def broken(table: rows.Table, *arguments: Any) -> None:
        if table.name == "wagtailcore_page":
            raise RuntimeError("out of memory")
        load(table, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(rows.Table, "load", broken)
        with pytest.raises(RuntimeError):
            run("restore", archive, "--replace")
    assert set(User.objects.values_list("username", flat=True)) == {"drugi"}
    assert Page.objects.exists()
    run("restore", archive, "--replace")
    assert set(User.objects.values_list("username", flat=True)) == {"urednica"}


def test_a_backup_is_a_new_file_and_whole(db: None, folders: Any, tmp_path: Path, archive: Path) -> None:
    archive.write_text("another")
    assert "is there already" in refused("back_up", archive)
    assert archive.read_text() == "another"
    assert "can't be written" in refused("back_up", tmp_path / "no" / "folder.zip")
    (tmp_path / "backups").mkdir()
    run("back_up", tmp_path / "backups")
    (made,) = (tmp_path / "backups").iterdir()
    assert made.suffix == ".zip"


def test_a_backup_that_fails_leaves_no_file(
    db: None, folders: Any, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders("media")
    site_with_files()

    def full(*_arguments: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cms.running.backup.archive.Writer.add_upload", full)
    assert "No space left on device" in refused("back_up", archive)
    assert list(archive.parent.glob("backup*")) == []


@pytest.mark.usefixtures("real_transactions")
def test_a_backup_is_of_one_time_while_others_write(
    folders: Any, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site_with_files()
    lines = rows.Table.lines
    usual = connections["default"]

    def written_to(table: rows.Table) -> Iterator[bytes]:
        if table.name == "cms_document":
            with connected(usual.copy):
                Document.objects.create(title="Pozneje", file=ContentFile(b"%PDF-1.7", name="pozneje.pdf"))
                User.objects.create_user("pozneje")
        yield from lines(table)

    with monkeypatch.context() as patched:
        patched.setattr(rows.Table, "lines", written_to)
        run("back_up", archive)
    assert User.objects.filter(username="pozneje").exists()
    run("restore", archive, "--replace")
    assert set(User.objects.values_list("username", flat=True)) == {"urednica"}
    assert set(Document.objects.values_list("title", flat=True)) == {"Razpis"}


def newer_version() -> None:
    call_command("migrate", verbosity=0)


def no_tables() -> None:
    first_migration.begin_again()
    first_migration.note_finished()
    assert connection.introspection.table_names() == []


# The rows are the same on every database, and to migrate back and forth takes half a minute.
@pytest.mark.one_database
@pytest.mark.usefixtures("real_transactions")
@pytest.mark.parametrize("become", [newer_version, no_tables])
def test_a_backup_of_an_earlier_version_is_migrated(
    folders: Any, archive: Path, become: Callable[[], None]
) -> None:
    site_with_files()
    make.centre("Pionirska")
    call_command("migrate", "cms_search", "zero", verbosity=0)
    run("back_up", archive)
    become()
    assert "Making the tables" in run("restore", archive, "--replace")
    call_command("migrate", check=True, verbosity=0)
    assert Page.objects.get(slug="pionirska").specific.title
    assert set(User.objects.values_list("username", flat=True)) == {"urednica"}
    assert default_storage.exists(Document.objects.get().file.name)


def test_the_state_of_the_system_names_the_last_backup(db: None, folders: Any, archive: Path) -> None:
    def told() -> str:
        out = StringIO()
        with suppress(CommandError):
            call_command("doctor", stdout=out)
        return next(line for line in out.getvalue().splitlines() if "Backup" in line)

    assert "none by back_up" in told()
    run("back_up", archive)
    assert told().startswith("ok")
    Chore.objects.filter(name="back_up").update(done_at=datetime.now(UTC) - timedelta(days=9))
    assert told().startswith("WRONG")
