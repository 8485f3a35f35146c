"""Small files of every kind, made in memory."""

from base64 import b64decode
from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

from django.core.files.base import ContentFile
from PIL import Image as Pillow
from PIL import ImageCms

PLAIN_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><title>Knjiga</title>'
    '<style>.a{fill:url(#b)}</style><defs><linearGradient id="b"/></defs>'
    '<path class="a" d="M0 0h40v20z"/></svg>'
)


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (1600, 1200), mode: str = "RGB", **options: Any
) -> bytes:
    """Return an encoded picture whose left half is red and right half is blue."""
    image = Pillow.new(mode, size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    output = BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def file(content: bytes | str, name: str) -> ContentFile:
    """Return an upload."""
    return ContentFile(content.encode() if isinstance(content, str) else content, name=name)


def jpeg(name: str = "slika.jpg", **options: Any) -> ContentFile:
    return file(picture("JPEG", **options), name)


def photograph(orientation: int = 6) -> bytes:
    """Return a JPEG as a telephone writes it: lying on its side, with a place and an owner."""
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "Ana Novak"
    exif.get_ifd(0x8825)[1] = "N"
    return picture("JPEG", size=(400, 200), exif=exif, icc_profile=srgb_profile())


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def archive_of(entries: dict[str, str]) -> bytes:
    """Return a ZIP archive of the entries by name."""
    output = BytesIO()
    with ZipFile(output, "w") as target:
        for name, content in entries.items():
            # The date of the epoch of ZIP: the same bytes in every process that collects the tests.
            target.writestr(ZipInfo(name), content)
    return output.getvalue()


DOCX = archive_of({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})
ODT = archive_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"

# As an iPhone writes it: red on the left, blue on the right, 64 by 48, with the owner's name in its notes.
HEIC = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA"
    "ADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAAGoAAgAAAAACTAABAAAAAAAAAC4AAAA4aWluZgAAAAAAAgAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAA"
    "kAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq"
    "5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xh"
    "cAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAA"
    "ABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAoG1kYXQAAABmKAGvE4D4EOGn//xNKP/6dc8P08yJif/601JH+FQ7/9aJw/JKRbOs"
    "eX2e/wfiHUqkSrfGkr4d8zax/53i28UCGd4jLollcsQ/7OXExr6p3DvuY3p9qlFt/zeaobjG4afcbHo7nxK4AAAABkV4aWYAAE1N"
    "ACoAAAAIAAEBOwACAAAACgAAABoAAAAAQW5hIE5vdmFrAA=="
)
