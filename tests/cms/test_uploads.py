"""What may be uploaded, at the door of the admin and of the models."""

import struct
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO
from random import Random

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image as Pillow

from cms.media.uploads import check_document, check_image, check_svg, without_metadata
from cms.models import Document, Image
from tests.cms.pictures import DOCX, ODT, PDF, PLAIN_SVG, archive_of, file, jpeg, photograph, picture

pytestmark = pytest.mark.one_database


def code(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return str(error.value.error_dict["file"][0].code)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def admin(client, db):
    client.force_login(User.objects.create_superuser("urednica", password="geslo"))
    return client


# ---------------------------------------------------------------- images
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("JPEG", "a.jpg"), ("JPEG", "a.JPEG"), ("PNG", "a.png"), ("GIF", "a.gif"), ("WEBP", "a.webp"),
        ("AVIF", "a.avif"),
    ],
)  # fmt: skip
def test_still_images_of_the_known_kinds_are_taken(kind, name):
    check_image(file(picture(kind, size=(40, 30)), name))


def test_photograph_with_several_pictures_inside_counts_as_jpeg():
    output = BytesIO()
    first, second = (Pillow.new("RGB", (40, 30), colour) for colour in ("red", "blue"))
    first.save(output, "MPO", save_all=True, append_images=[second])
    check_image(file(output.getvalue(), "telefon.jpg"))


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"#!/bin/sh\nrm -rf /", "slika.jpg", "not_an_image"),
        (PDF, "slika.png", "not_an_image"),
        (picture("PNG", size=(4, 4)), "slika.jpg", "image_type_differs"),
        (picture("JPEG", size=(400, 400))[:-900], "slika.jpg", "damaged"),
        (picture("TIFF", size=(4, 4)), "slika.tif", "image_type"),
        (b"", "slika.png", "not_an_image"),
    ],
)
def test_file_that_is_not_what_its_name_says_is_refused(content, name, expected):
    with pytest.raises(ValidationError) as error:
        check_image(file(content, name))
    assert code(error) == expected


def test_moving_image_is_refused():
    output = BytesIO()
    frames = [Pillow.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(output, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(ValidationError) as error:
        check_image(file(output.getvalue(), "a.gif"))
    assert code(error) == "moving_image"


@pytest.mark.parametrize(("width", "height"), [(9_000, 9_000), (60_000, 60_000)])
def test_pixel_bomb_is_refused_before_it_is_unpacked(width, height):
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 10_000)) + chunk(b"IEND", b"")
    with pytest.raises(ValidationError) as error:
        check_image(file(bomb, "bomba.png"))
    assert code(error) == "too_many_pixels"


def test_place_and_owner_do_not_stay_in_a_photograph():
    clean = without_metadata(file(photograph(), "IMG_1.jpg"))
    result = Pillow.open(clean)
    assert result.size == (200, 400)
    assert not result.getexif()
    assert result.info["icc_profile"]
    assert b"Ana Novak" not in clean.file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_other_kinds_lose_their_metadata_too(kind):
    exif = Pillow.Exif()
    exif[0x013B] = "Ana Novak"
    clean = without_metadata(file(picture(kind, size=(40, 30), exif=exif), f"a.{kind.lower()}"))
    assert b"Ana Novak" not in clean.file.getvalue()
    assert Pillow.open(clean).format == kind


def test_image_without_metadata_is_kept_to_the_byte():
    assert without_metadata(jpeg()) is None


# ---------------------------------------------------------------- drawings
def test_plain_drawing_is_taken():
    check_image(file(PLAIN_SVG, "knjiga.svg"))


def test_notes_of_a_drawing_program_do_no_harm():
    check_svg(
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd">'
        b'<s:namedview id="n"/><image href="data:image/png;base64,iVBORw0KGgo="/></svg>'
    )


@pytest.mark.parametrize("address", ["#a", "'#a'", '"#a"', " #a ", " '#a'"])
def test_a_drawing_may_use_its_own_parts(address):
    style = f"<style>path{{fill:url({address})}}</style>"
    check_svg(f'<svg xmlns="http://www.w3.org/2000/svg">{style}</svg>'.encode())


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<path onload="alert(1)"/>',
        '<path OnClick="alert(1)"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<use href="https://evil.example/x.svg#a"/>',
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="//evil.example/x.svg#a"/>',
        '<image href="https://evil.example/pixel.png"/>',
        '<image href="data:image/svg+xml;base64,PHN2Zz4="/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
        "<style>@import 'https://evil.example/a.css'</style>",
        "<style>path{fill:url(https://evil.example/a)}</style>",
        "<style><g/>@import url(//evil.example/a.css)</style>",
        "<style>path{fill:image-set('https://evil.example/a' 1x)}</style>",
        "<style>path{fill:u\\72l(https://evil.example/a)}</style>",
        '<path style="fill:url( &quot;https://evil.example/a&quot;)"/>',
        '<path fill="url(//evil.example/a#b)"/>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        "<animate attributeName='x'/>",
        "<iframe/>",
    ],
)
def test_drawing_that_could_run_or_call_something_is_refused(inside):
    with pytest.raises(ValidationError) as error:
        check_image(file(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>', "a.svg"))
    assert code(error) == "svg_unsafe"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('<?xml-stylesheet href="a.xsl"?><svg xmlns="http://www.w3.org/2000/svg"/>', "svg_unsafe"),
        (
            '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
            "svg_unreadable",
        ),
        ("<svg", "svg_unreadable"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'/>", "not_svg"),
        ("<svg/>", "not_svg"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>'.encode("utf-16"), "svg_unreadable"),
    ],
)
def test_what_is_no_drawing_is_refused(content, expected):
    with pytest.raises(ValidationError) as error:
        check_image(file(content, "a.svg"))
    assert code(error) == expected


SIZES = [
    'width="abc" height="1"', 'width="-5" height="2"', 'width="0" height="0"', 'width="nan" height="nan"',
    'width="1e9999" height="1"', 'width="5Q" height="1"', 'width="0.4" height="0.3"', 'viewBox="a"',
    'viewBox="0 0 1"', 'viewBox="0 0 nan 5"', 'viewBox="0 0 0 0"', 'viewBox="0 0 -5 5"',
    'preserveAspectRatio="zzz" viewBox="0 0 1 1"',
]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_a_drawing_whose_size_no_program_can_tell_is_refused(admin, size):
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="M0 0h1v1z"/></svg>'
    answer = upload_image(admin, drawing.encode(), "a.svg")
    assert answer["success"] is False
    assert not Image.objects.exists()
    with pytest.raises(ValidationError) as error:
        check_image(file(drawing, "a.svg"))
    assert code(error) == "svg_size"


@pytest.mark.parametrize("size", ['width="5%" height="2em"', "", 'width="3cm"', 'viewBox="0,0,5,5" width=""'])
def test_a_drawing_has_a_size_in_any_of_the_units_of_its_format(size):
    check_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>'.encode())


def test_a_style_holds_words_only():
    # Reading the words of each style inside of a style takes hours in a file of two megabytes.
    nested = "<style>" * 9 + "</style>" * 9
    with pytest.raises(ValidationError) as error:
        check_svg(f'<svg xmlns="http://www.w3.org/2000/svg">{nested}</svg>'.encode())
    assert code(error) == "svg_unsafe"


# ---------------------------------------------------------------- documents
EPUB = archive_of({"mimetype": "application/epub+zip", "META-INF/container.xml": "<x/>"})


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF, "a.pdf"),
        (b"\n\n" + PDF, "a.PDF"),
        (DOCX, "a.docx"),
        (ODT, "a.odt"),
        (EPUB, "a.epub"),
        (b"{\\rtf1 x}", "a.rtf"),
        ("čšž".encode(), "a.txt"),
        (b"\xef\xbb\xbfime;kraj\n", "a.csv"),
        ("Večer; Čaša".encode("cp1250"), "a.csv"),
    ],
)
def test_documents_of_the_known_kinds_are_taken(content, name):
    check_document(file(content, name))


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"MZ\x90\0", "a.pdf", "document_type_differs"),
        (b"<html><script>alert(1)</script></html>", "a.pdf", "document_type_differs"),
        (DOCX, "a.odt", "document_type_differs"),
        (ODT, "a.docx", "document_type_differs"),
        (archive_of({"a.txt": "x"}), "a.docx", "document_type_differs"),
        (DOCX[:60], "a.docx", "document_type_differs"),
        (b"\x00\x01\x02", "a.txt", "document_type_differs"),
        (b"MZ", "a.exe", "document_type"),
        (b"<html/>", "a.html", "document_type"),
        (archive_of({"a.txt": "x"}), "a.zip", "document_type"),
        (
            archive_of({"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": "x"}),
            "a.docx",
            "macros",
        ),
    ],
)
def test_document_that_is_not_what_its_name_says_is_refused(content, name, expected):
    with pytest.raises(ValidationError) as error:
        check_document(file(content, name))
    assert code(error) == expected


def test_archive_with_a_huge_directory_is_refused_unread():
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 9, 9, 500_000_000, 0, 0)
    with pytest.raises(ValidationError) as error:
        check_document(file(b"PK\3\4" + end, "a.docx"))
    assert code(error) == "document_type_differs"


@pytest.mark.parametrize(
    "packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_damaged_archive_is_taken_or_refused_wherever_the_damage_is(packed):
    output, chance = BytesIO(), Random(5)
    with zipfile.ZipFile(output, "w", packed) as target:
        target.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text", packed)
        target.writestr("content.xml", "<x/>")
    whole = output.getvalue()
    for place in [*range(len(whole)), *chance.choices(range(len(whole)), k=400)]:
        damaged = bytearray(whole)
        damaged[place] = chance.randrange(256)
        with suppress(ValidationError):
            check_document(file(bytes(damaged), "a.odt"))


# ---------------------------------------------------------------- at the door of the admin
def upload_image(client, content: bytes, name: str, **data):
    return client.post(
        reverse("wagtailimages:add_multiple"), {"title": name, "files[]": file(content, name)} | data
    ).json()


def test_editor_is_asked_for_the_alternative_text_after_the_upload(admin, django_capture_on_commit_callbacks):
    answer = upload_image(admin, picture(size=(60, 40)), "slika.jpg")
    assert answer["success"]
    assert not Image.objects.exists()
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[answer["uploaded_file_id"]])
    prefix = f"uploaded-image-{answer['uploaded_file_id']}"
    words = {f"{prefix}-title": "Čitalnica", f"{prefix}-tags": "", f"{prefix}-credit": ""}
    assert admin.post(address, words).json()["success"] is False
    with django_capture_on_commit_callbacks(execute=True):
        saved = admin.post(address, words | {f"{prefix}-alt_text_sl": "Bralke za mizo"}).json()
    assert saved["success"], saved
    image = Image.objects.get()
    assert image.alt_text == {"sl": "Bralke za mizo"}
    assert (image.width, image.height) == (60, 40)
    assert image.placeholder.startswith("data:image/webp")
    assert image.renditions.exists()


def test_editor_is_asked_for_the_most_important_part_at_the_upload(admin):
    answer = upload_image(admin, picture(size=(60, 40)), "slika.jpg")
    assert "Najpomembnejši del" in answer["form"]
    number = answer["uploaded_file_id"]
    words = {
        "title": "Čitalnica",
        "tags": "",
        "credit": "",
        "alt_text_sl": "Bralke",
        "important_part": "left",
    }
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[number])
    assert admin.post(
        address, {f"uploaded-image-{number}-{name}": text for name, text in words.items()}
    ).json()["success"]
    image = Image.objects.get()
    focus = image.get_focal_point()
    assert (focus.left, focus.top, focus.right, focus.bottom) == (0, 12, 24, 28)
    edit = admin.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
    assert "Najpomembnejši del" not in edit
    assert "focal_point_x" in edit


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF, "slika.jpg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "slika.svg"),
        (picture("BMP", size=(4, 4)), "slika.bmp"),
    ],
)
def test_bad_image_gets_no_further_than_the_upload(admin, content, name):
    answer = upload_image(admin, content, name)
    assert answer["success"] is False
    assert answer["error_message"]


def test_image_that_is_too_large_is_refused_with_the_way_out(admin, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100
    with translation.override("en"):
        message = upload_image(admin, picture(), "slika.jpg")["error_message"]
    assert "2400" in message


def test_replaced_file_brings_its_own_renditions(admin, django_capture_on_commit_callbacks):
    image = Image(title="Knjiga", file=jpeg(size=(300, 300)), alt_text={"sl": "Knjiga"})
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    before = set(image.renditions.values_list("file", flat=True))
    words = {"title": "Knjiga", "alt_text_sl": "Knjiga", "tags": "", "credit": ""}
    upload = SimpleUploadedFile("nova.jpg", picture(size=(700, 300)), "image/jpeg")
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(reverse("wagtailimages:edit", args=[image.pk]), words | {"file": upload})
    assert answer.status_code == 302, answer.context["form"].errors
    image.refresh_from_db()
    assert image.width == 700
    after = set(image.renditions.values_list("file", flat=True))
    assert before
    assert after
    assert not after & before


def test_document_is_checked_at_the_door(admin):
    def upload(content: bytes, name: str):
        return admin.post(
            reverse("wagtaildocs:add_multiple"), {"title": name, "files[]": file(content, name)}
        ).json()

    assert upload(b"MZ", "navodila.pdf")["success"] is False
    answer = upload(PDF, "navodila.pdf")
    assert answer["success"], answer


@pytest.mark.django_db
def test_document_knows_size_type_language_and_address():
    document = Document(title="Navodila", file=file(PDF, "Navodila.PDF"))
    document.full_clean(exclude=["file_hash"])
    document.save()
    document = Document.objects.get()
    assert (document.size, document.file_type, document.language) == (len(PDF), "pdf", "sl")
    assert document.accessible == Document.Accessibility.UNKNOWN
    assert document.full_url.startswith("http://testserver/documents/")
