"""Files as telephones, scanners and offices write them: stored, and shown right; never an error of the server."""

import errno
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.models import UploadedFile

from cms.media.uploads import check_document
from cms.models import Document, Image
from cms.models.chores import Chore
from cms.running.clock import Clock
from tests.cms.pictures import DOCX, HEIC, archive_of, file, jpeg, photograph, picture, srgb_profile
from tests.cms.test_uploads import code

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def add_image(client: Client, content: bytes, name: str) -> Any:
    """Send an image as the form for one image does; return the answer."""
    words = {"title": "Slika", "alt_text_sl": "Rdeče in modro", "tags": "", "credit": "Ana"}
    return client.post(reverse("wagtailimages:add"), words | {"file": SimpleUploadedFile(name, content)})


def grey16() -> bytes:
    """Return a PNG of sixteen bits: black on the left, half grey on the right."""
    rows = b"".join(b"\0" + struct.pack(">8H", *([0] * 4 + [32_768] * 4)) for _row in range(8))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 16, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


SMALL = (64, 48)


def seen(path: str) -> Pillow.Image:
    return Pillow.open(BytesIO(Path(path).read_bytes()))


def converted(kind: str, mode: str, **options: Any) -> bytes:
    """Return the same picture in another mode of colours."""
    output = BytesIO()
    Pillow.open(BytesIO(picture("PNG", size=SMALL))).convert(mode).save(output, kind, **options)
    return output.getvalue()


PICTURES = {
    "broken profile": (picture(size=SMALL, icc_profile=b"no profile"), "a.jpg", "jpg"),
    "cut profile": (picture(size=SMALL, icc_profile=srgb_profile()[:200]), "a.jpg", "jpg"),
    "grey with a profile for colours": (
        converted("JPEG", "L", icc_profile=srgb_profile()),
        "a.jpg",
        "jpg",
    ),
    "PNG with a broken profile": (picture("PNG", size=SMALL, icc_profile=b"x" * 200), "a.png", "png"),
    "WebP with a broken profile": (picture("WEBP", size=SMALL, icc_profile=b"x" * 200), "a.webp", "webp"),
    "CMYK": (converted("JPEG", "CMYK"), "a.jpg", "jpg"),
    "CMYK with a profile for RGB": (
        converted("JPEG", "CMYK", icc_profile=srgb_profile()),
        "a.jpg",
        "jpg",
    ),
    "jfif": (picture(size=SMALL), "a.jfif", "jpg"),
    "jpe": (picture(size=SMALL), "a.JPE", "jpg"),
    "PNG that is called JPEG": (picture("PNG", size=SMALL), "a.jpg", "png"),
    "JPEG that is called PNG": (picture(size=SMALL), "a.png", "jpg"),
    "no ending": (picture(size=SMALL), "slika", "jpg"),
    "HEIC": (HEIC, "IMG_0001.HEIC", "jpg"),
    "HEIC that is called JPEG": (HEIC, "IMG_0001.jpg", "jpg"),
    "telephone on its side": (photograph(), "IMG_1.jpg", "jpg"),
    "palette": (converted("PNG", "P"), "a.png", "png"),
    "transparency": (converted("PNG", "RGBA"), "a.png", "png"),
    "broken notes": (picture(size=SMALL, exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"), "a.jpg", "jpg"),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_stored_and_shown_in_its_colours(
    admin_client: Client, django_capture_on_commit_callbacks: Any, kind: str
) -> None:
    content, name, ending = PICTURES[kind]
    with django_capture_on_commit_callbacks(execute=True):
        answer = add_image(admin_client, content, name)
    assert answer.status_code == 302, answer.context["form"].errors
    image = Image.objects.get()
    assert image.file.name.endswith(f".{ending}")
    stored = seen(image.file.path)
    assert stored.mode in {"RGB", "RGBA", "L", "P"}
    assert b"Ana Novak" not in Path(image.file.path).read_bytes()
    assert image.renditions.filter(filter_spec__contains="format-avif").exists()
    shown = seen(image.renditions.filter(filter_spec__startswith="width-").first().file.path).convert("RGB")
    assert (shown.width > shown.height) == (image.width > image.height)
    if kind not in {"grey with a profile for colours", "telephone on its side"}:
        left, right = (shown.getpixel((shown.width * x // 8, shown.height // 2)) for x in (1, 7))
        assert left[0] - left[2] > 90, (left, right)
        assert right[2] - right[0] > 90, (left, right)
    for address in (
        reverse("wagtailimages:index"),
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailimages_chooser:chosen", args=[image.pk]),
    ):
        assert admin_client.get(address).status_code == 200
    assert image.get_rendition("max-165x165").width


def test_sixteen_bits_of_grey_stay_grey(
    admin_client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert add_image(admin_client, grey16(), "sken.png").status_code == 302
    stored = seen(Image.objects.get().file.path)
    assert (stored.mode, stored.getpixel((1, 4)), stored.getpixel((6, 4))) == ("L", 0, 128)


def test_many_at_once_take_heic_too(admin_client: Client) -> None:
    upload = SimpleUploadedFile("IMG_0002.heic", HEIC)
    answer = admin_client.post(
        reverse("wagtailimages:add_multiple"), {"title": "x", "files[]": upload}
    ).json()
    assert answer["success"], answer
    number = answer["uploaded_file_id"]
    words = {"title": "Slika", "alt_text_sl": "Rdeče", "tags": "", "credit": ""}
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number])
    form = {f"uploaded-image-{number}-{name}": text for name, text in words.items()}
    assert admin_client.post(address, form).json()["success"]
    assert seen(Image.objects.get().file.path).format == "JPEG"


def test_a_large_heic_that_the_server_keeps_in_a_file_is_converted(
    admin_client: Client, settings: Any
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    assert add_image(admin_client, HEIC, "IMG_0003.heic").status_code == 302
    assert seen(Image.objects.get().file.path).format == "JPEG"


def test_a_damaged_heic_is_refused(admin_client: Client) -> None:
    answer = add_image(admin_client, HEIC[: len(HEIC) // 2], "IMG_1.heic")
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


# ---------------------------------------------------------------- Texts
@pytest.mark.parametrize("encoding", ["cp1250", "utf-16", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("name", ["seznam.csv", "seznam.txt"])
def test_a_table_of_a_slovenian_office_is_stored_in_utf8(
    admin_client: Client, encoding: str, name: str
) -> None:
    text = "Ime;Kraj\r\nŽiga Čuček;Škofja Loka\r\n"
    words = {"title": "Seznam", "language": "sl", "accessible": "UNKNOWN", "rights": "", "tags": ""}
    upload = SimpleUploadedFile(name, text.encode(encoding))
    answer = admin_client.post(reverse("wagtaildocs:add"), words | {"file": upload})
    assert answer.status_code == 302, answer.context["form"].errors
    document = Document.objects.get()
    content = Path(document.file.path).read_bytes()
    assert content.decode("utf-8-sig") == text
    assert document.file_size == len(content)
    if encoding != "utf-8" and name.endswith("csv"):
        assert content.startswith(b"\xef\xbb\xbf")


# ---------------------------------------------------------------- Archives
def zip64(entries: int) -> bytes:
    output = BytesIO()
    with ZipFile(output, "w") as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        for number in range(entries):
            target.writestr(f"word/{number}", "")
    return output.getvalue()


def lying(content: bytes, entries: int) -> bytes:
    place = content.rfind(b"PK\5\6")
    return content[: place + 8] + struct.pack("<HH", entries, entries) + content[place + 12 :]


def overlapping() -> bytes:
    """Return an archive in which two parts of its directory are the same bytes."""
    content = archive_of({"[Content_Types].xml": "<Types/>" * 50, "word/document.xml": "<document/>" * 50})
    second = content.rfind(b"PK\1\2")
    return content[: second + 42] + struct.pack("<I", 0) + content[second + 46 :]


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (zip64(6_000), "a.docx", "archive_too_large"),
        (zip64(70_000), "a.docx", "archive_too_large"),
        (zip64(70_000), "a.epub", "archive_too_large"),
        (lying(zip64(6_000), 3), "a.docx", "archive_too_large"),
        (lying(DOCX, 60_000), "a.docx", "archive_too_large"),
        (lying(DOCX, 1), "a.docx", "document_type_differs"),
        (overlapping(), "a.docx", "document_type_differs"),
    ],
    ids=["many", "zip64", "epub", "lying", "more than there are", "fewer", "overlapping"],
)
def test_an_archive_of_too_much_is_refused_before_it_is_read(
    content: bytes, name: str, expected: str
) -> None:
    with pytest.raises(ValidationError) as error:
        check_document(file(content, name))
    assert code(error) == expected


def test_an_archive_is_refused_before_its_directory_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def loaded(*_arguments: Any) -> None:
        raise AssertionError

    many = zip64(6_000)
    monkeypatch.setattr("cms.media.archives.ZipFile", loaded)
    with pytest.raises(ValidationError) as error:
        check_document(file(many, "a.xlsx"))
    assert code(error) == "archive_too_large"


# ---------------------------------------------------------------- A full disk
@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    def full(*_arguments: Any, **_named: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
    return monkeypatch


SENTENCE = "ni prostora"
DOCUMENT = {"title": "Seznam", "language": "sl", "accessible": "UNKNOWN", "rights": "CC BY", "tags": ""}


def test_a_full_disk_gives_the_form_back_with_a_sentence(admin_client: Client, full_disk: Any) -> None:
    answer = add_image(admin_client, picture(size=SMALL), "a.jpg")
    assert SENTENCE in answer.content.decode()
    assert answer.context["form"]["credit"].value() == "Ana"
    assert not Image.objects.exists()
    upload = SimpleUploadedFile("a.txt", b"besedilo")
    answer = admin_client.post(reverse("wagtaildocs:add"), DOCUMENT | {"file": upload})
    assert SENTENCE in answer.content.decode()
    assert answer.context["form"]["rights"].value() == "CC BY"
    assert not Document.objects.exists()


@pytest.mark.parametrize("kind", ["images", "docs"])
def test_a_full_disk_is_told_to_who_sends_many_files(admin_client: Client, full_disk: Any, kind: str) -> None:
    upload = jpeg() if kind == "images" else file("besedilo", "a.txt")
    answer = admin_client.post(reverse(f"wagtail{kind}:add_multiple"), {"title": "x", "files[]": upload})
    assert answer.json()["success"] is False
    assert SENTENCE in answer.json()["error_message"]
    assert not UploadedFile.objects.exists()


def test_a_full_disk_keeps_the_file_that_should_be_replaced(
    admin_client: Client, full_disk: Any, django_capture_on_commit_callbacks: Any
) -> None:
    full_disk.undo()
    image, document = (
        Image(title="a", file=jpeg(), alt_text={"sl": "a"}),
        Document(title="a", file=file("a", "a.txt")),
    )
    for row in (image, document):
        row.save()
    full_disk.setattr("django.core.files.storage.FileSystemStorage._save", _full)
    words = {"title": "b", "alt_text_sl": "b", "tags": "", "credit": "", "file": jpeg()}
    with django_capture_on_commit_callbacks(execute=True):
        for address, form in (
            (reverse("wagtailimages:edit", args=[image.pk]), words),
            (reverse("wagtaildocs:edit", args=[document.pk]), DOCUMENT | {"file": file("b", "b.txt")}),
        ):
            answer = admin_client.post(address, form)
            assert SENTENCE in answer.content.decode()
    assert Path(image.file.path).exists()
    assert Path(document.file.path).exists()
    assert Image.objects.get().title == "a"


def _full(*_arguments: Any, **_named: Any) -> str:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("address", ["wagtaildocs:add", "wagtailredirects:start_import", "spreadsheets"])
def test_a_full_temporary_disk_gives_a_sentence(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    handler = "django.core.files.uploadhandler.TemporaryFileUploadHandler.new_file"
    monkeypatch.setattr(handler, _full)
    large = SimpleUploadedFile("a.csv", b"x" * 3_000_000)
    answer = admin_client.post(reverse(address), DOCUMENT | {"file": large, "import_file": large})
    assert answer.status_code == 503
    assert SENTENCE in answer.content.decode()


def test_a_form_that_cannot_be_read_for_another_reason_is_not_taken_for_an_empty_one(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_many_files(*_arguments: Any, **_named: Any) -> str:
        raise OSError(errno.EMFILE, "Too many open files")

    handler = "django.core.files.uploadhandler.TemporaryFileUploadHandler.new_file"
    monkeypatch.setattr(handler, too_many_files)
    large = SimpleUploadedFile("a.csv", b"x" * 3_000_000)
    with pytest.raises(OSError, match="Too many open files"):
        admin_client.post(reverse("wagtaildocs:add"), DOCUMENT | {"file": large})


def test_sizes_that_found_no_room_are_made_by_the_clock(
    admin_client: Client, full_disk: Any, django_capture_on_commit_callbacks: Any
) -> None:
    full_disk.undo()
    image = Image(title="a", file=jpeg(), alt_text={"sl": "a"})
    Chore.note_done("make_renditions")
    full_disk.setattr("cms.media.images._stored", _full)
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    assert not image.renditions.exists()
    full_disk.setattr("django.core.files.storage.FileSystemStorage._save", _full)
    assert admin_client.get(reverse("wagtailimages:index")).status_code == 200
    assert admin_client.get(reverse("wagtailimages_chooser:chosen", args=[image.pk])).status_code == 200
    full_disk.undo()
    assert Clock().work_of_the_day() == []
    assert image.renditions.filter(filter_spec__contains="format-avif").exists()


def test_the_command_still_completes_all(django_capture_on_commit_callbacks: Any) -> None:
    Image(title="a", file=jpeg(), alt_text={"sl": "a"}).save()
    call_command("make_renditions")
    assert Image.objects.get().renditions.exists()
