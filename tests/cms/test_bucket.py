"""Uploads in a bucket: behind the gate like those of a folder, and nothing is lost when the bucket fails."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.request import urlopen

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from cms.media.full_disks import StorageAway
from cms.media.images import make_renditions
from cms.models import Document, Image
from cms.running import preflight
from config.settings.environment import bucket_storage
from tests.cms.pictures import jpeg
from tests.s3_server import Server, error_500, half_a_write, half_an_answer, silence

FAULTS = [error_500, silence, half_a_write]
SENTENCE = "Datoteke ni bilo mogoče shraniti"
DOCUMENT = {"title": "Seznam", "language": "sl", "accessible": "UNKNOWN", "rights": "CC BY", "tags": ""}


pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    server.start()
    # The first request loads the server's model of S3.
    with urlopen(server.address, timeout=120):  # noqa: S310  # an address of this test
        pass
    yield server
    server.stop()


@pytest.fixture
def bucket(
    server: Server, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None, request: pytest.FixtureRequest
) -> Any:
    """The bucket of this site, which is empty; its client gives up soon."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr("cms.media.bucket._ATTEMPTS", 1)
    monkeypatch.setattr("cms.media.bucket._READ_SECONDS", 3)
    name = f"bucket-{abs(hash(request.node.nodeid))}"
    storage = bucket_storage(
        "MEDIA_URL_STORAGE", f"s3://{name}/site?endpoint={server.address}&region=us-east-1"
    )
    settings.STORAGES = settings.STORAGES | {"default": storage}
    bucket: Any = default_storage
    bucket.client.create_bucket(Bucket=name)
    return bucket


def stored(bucket: Any) -> set[str]:
    return {name for name, _size in bucket.names()}


def picture(name: str = "hruška.jpg") -> Image:
    image = Image.objects.create(title="Hruška", file=jpeg(name, size=(64, 48)), alt_text={"sl": "Hruška"})
    make_renditions(image)
    return image


def document() -> Document:
    return Document.objects.create(title="Razpis", file=ContentFile(b"%PDF-1.7", name="razpis.pdf"))


def fetched(address: str, **headers: str) -> Any:
    response: Any = Client().get(address, headers=headers)
    if response.streaming:
        response.read = response.getvalue()
    return response


# ---------------------------------------------------------------- Reading
def test_pictures_sizes_and_documents_are_served_by_the_site(bucket: Any) -> None:
    image, pdf = picture(), document()
    assert image.renditions.exists()
    for file in [image.file, *(size.file for size in image.renditions.all())]:
        assert file.url.startswith("/media/")
        answer = fetched(file.url)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=300")
        with bucket.open(file.name) as whole:
            assert answer.read == whole.read()
    answer = fetched(pdf.url)
    assert (answer.status_code, answer.read, answer["Content-Type"]) == (200, b"%PDF-1.7", "application/pdf")


def test_a_copy_that_is_as_new_is_not_sent_again(bucket: Any) -> None:
    address = picture().file.url
    told = fetched(address)["Last-Modified"]
    assert fetched(address, if_modified_since=told).status_code == 304


def test_files_of_a_closed_collection_are_sent_to_no_stranger(bucket: Any) -> None:
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    closed = root.add_child(name="Zaprta")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    image, pdf = picture(), document()
    for row in (image, pdf):
        row.collection = closed
        row.save()
    assert fetched(image.file.url).status_code == 404
    assert fetched(pdf.url).status_code == 302
    assert fetched(f"/media/{pdf.file.name}").status_code == 404


def test_a_file_that_is_gone_is_not_found(bucket: Any) -> None:
    image, pdf = picture(), document()
    for row in (image, pdf):
        bucket.delete_now(row.file.name)
    assert fetched(image.file.url).status_code == 404
    assert fetched(pdf.url).status_code == 404


@pytest.mark.parametrize("fault", [error_500, silence, half_an_answer])
def test_while_the_bucket_fails_a_file_is_refused_and_never_sent_in_part(
    bucket: Any, server: Server, fault: Any
) -> None:
    image, pdf = picture(), document()
    for address in (image.file.url, pdf.url):
        with server.failing(fault, "GET"):
            answer = fetched(address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert answer["Cache-Control"] == "private, no-store"
        assert fetched(address).status_code == 200


# ---------------------------------------------------------------- Storing
@pytest.mark.parametrize("fault", FAULTS)
def test_an_upload_that_fails_gives_the_form_back_with_a_sentence(
    bucket: Any, server: Server, admin_client: Client, fault: Any
) -> None:
    words = {"title": "Hruška", "alt_text_sl": "Hruška", "credit": "Ana", "tags": "", "file": jpeg()}
    with server.failing(fault, "PUT"):
        answer = admin_client.post(reverse("wagtailimages:add"), words)
    assert SENTENCE in answer.content.decode()
    assert "ni prostora" not in answer.content.decode()
    assert answer.context["form"]["credit"].value() == "Ana"
    with server.failing(fault, "PUT"):
        answer = admin_client.post(
            reverse("wagtaildocs:add"), DOCUMENT | {"file": ContentFile(b"besedilo", name="a.txt")}
        )
    assert SENTENCE in answer.content.decode()
    assert not Image.objects.exists()
    assert not Document.objects.exists()
    assert stored(bucket) == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_should_be_replaced_is_kept_where_that_fails(
    bucket: Any, server: Server, admin_client: Client, fault: Any, django_capture_on_commit_callbacks: Any
) -> None:
    pdf = document()
    change = DOCUMENT | {"file": ContentFile(b"besedilo", name="b.txt")}
    with django_capture_on_commit_callbacks(execute=True), server.failing(fault, "PUT"):
        answer = admin_client.post(reverse("wagtaildocs:edit", args=[pdf.pk]), change)
    assert SENTENCE in answer.content.decode()
    assert Document.objects.get().file.name == pdf.file.name
    assert stored(bucket) == {pdf.file.name}


def test_two_uploads_at_once_of_one_name_are_stored_under_two(
    bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = bucket.save("documents/a.txt", ContentFile(b"one"))
    looks = iter([False])  # the second one looked before the first was there
    exists = bucket.exists
    monkeypatch.setattr(
        "cms.media.bucket.BucketStorage.exists", lambda _self, name: next(looks, True) and exists(name)
    )
    second = bucket.save("documents/a.txt", ContentFile(b"two"))
    assert first != second
    with bucket.open(first) as one, bucket.open(second) as two:
        assert (one.read(), two.read()) == (b"one", b"two")


def test_a_file_that_could_not_be_deleted_is_deleted_by_a_worker(
    bucket: Any, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_over: list[str] = []
    monkeypatch.setattr("cms.media.bucket.delete_file", SimpleNamespace(enqueue=handed_over.append))
    name = bucket.save("documents/a.txt", ContentFile(b"a"))
    with server.failing(error_500, "DELETE"):
        bucket.delete(name)
    assert handed_over == [name]
    with server.failing(error_500, "DELETE"), pytest.raises(StorageAway):
        bucket.delete_now(name)


# ---------------------------------------------------------------- Commands
def said(command: str, *arguments: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command(command, *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return str(error), err.getvalue()
    return out.getvalue().strip(), err.getvalue()


def test_check_files_names_what_the_bucket_lacks(bucket: Any) -> None:
    image, pdf = picture(), document()
    assert said("check_files")[0].endswith("files are there.")
    bucket.delete_now(pdf.file.name)
    text, missing = said("check_files")
    assert text.startswith("1 of ")
    assert pdf.file.name in missing
    size = image.renditions.first()
    bucket.delete_now(size.file.name)
    said("check_files", "--mend")
    assert size.file.name in stored(bucket)


def test_all_files_are_copied_to_the_bucket_and_back(bucket: Any, tmp_path: Path) -> None:
    files = {"original_images/hruška.jpg": b"a" * 70_000, "documents/a b.pdf": b"b", "images/c.avif": b""}
    for name, content in files.items():
        (tmp_path / "one" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "one" / name).write_bytes(content)
    assert said("copy_files", "to-bucket", "--folder", tmp_path / "one")[0] == (
        "3 files copied, 0 were there already."
    )
    assert stored(bucket) == set(files)
    assert said("copy_files", "from-bucket", "--folder", tmp_path / "two")[0].startswith("3 files copied")
    assert {name: (tmp_path / "two" / name).read_bytes() for name in files} == files


def test_a_copy_that_was_interrupted_goes_on_with_what_is_left(
    bucket: Any, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_bytes(b"x" * 1000)
    put = bucket.put

    def interrupted(name: str, *arguments: Any, **named: Any) -> None:
        if name == "2.txt":
            raise KeyboardInterrupt
        put(name, *arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr("cms.media.bucket.BucketStorage.put", lambda _self, *a, **n: interrupted(*a, **n))
        text, _errors = said("copy_files", "to-bucket", "--folder", tmp_path)
    assert text == "Interrupted. 2 files copied, 0 were there already. Run it again to go on."
    with server.failing(half_a_write, "PUT"):
        text, errors = said("copy_files", "to-bucket", "--folder", tmp_path)
    assert text.endswith("3 could not be copied. Run it again to go on.")
    assert errors.count("not copied") == 3
    assert said("copy_files", "to-bucket", "--folder", tmp_path)[0] == "3 files copied, 2 were there already."


# ---------------------------------------------------------------- Before the start
def test_a_bucket_that_works_passes(bucket: Any) -> None:
    preflight.check_bucket()
    assert stored(bucket) == set()


def test_nodes_that_start_at_the_same_time_do_not_disturb_one_another(bucket: Any) -> None:
    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(lambda _number: bucket.why_unusable(), range(12))) == {""}
    assert stored(bucket) == set()


def test_a_bucket_that_does_not_exist_is_one_line(bucket: Any, settings: Any, server: Server) -> None:
    settings.STORAGES["default"]["OPTIONS"]["bucket_name"] = "another"
    with pytest.raises(CommandError, match=r"bucket another can't be used: there is no such bucket\.$"):
        preflight.check_bucket()


def test_a_server_that_is_not_there_is_one_line(bucket: Any, settings: Any) -> None:
    settings.STORAGES["default"]["OPTIONS"]["endpoint_url"] = "http://127.0.0.1:9"
    with pytest.raises(CommandError, match=r"the server is not reached \(EndpointConnectionError\)"):
        preflight.check_bucket()


def test_a_bucket_that_everybody_can_read_is_refused(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    write = type(bucket._wrapped)._get_write_parameters
    monkeypatch.setattr(
        "cms.media.bucket.BucketStorage._get_write_parameters",
        lambda *arguments: write(*arguments) | {"ACL": "public-read"},
    )
    with pytest.raises(CommandError, match="everybody can read it"):
        preflight.check_bucket()


def test_a_backup_takes_uploads_from_a_bucket_or_a_folder_into_the_other(
    bucket: Any, tmp_path: Path, settings: Any
) -> None:
    in_bucket, archive = settings.STORAGES, tmp_path / "backup.zip"
    image = picture()
    names = stored(bucket)
    call_command("back_up", str(archive), stdout=StringIO())

    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = in_bucket | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    call_command("restore", str(archive), "--replace", stdout=StringIO())
    folder = tmp_path / "media"
    assert {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} == names

    call_command("back_up", str(tmp_path / "again.zip"), stdout=StringIO())
    settings.STORAGES = in_bucket
    for name in names:
        bucket.delete_now(name)
    call_command("restore", str(tmp_path / "again.zip"), "--replace", stdout=StringIO())
    assert stored(bucket) == names
    assert fetched(image.file.url).status_code == 200


def test_a_backup_while_the_bucket_is_away_is_one_line_and_leaves_no_file(
    bucket: Any, server: Server, tmp_path: Path
) -> None:
    picture()
    with server.failing(error_500), pytest.raises(CommandError, match="can't be written"):
        call_command("back_up", str(tmp_path / "backup.zip"), stdout=StringIO())
    assert list(tmp_path.glob("backup*")) == []
