"""What may be uploaded: the content decides, not the name, and every refusal says what to do instead."""

import codecs
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import ElementTree as Document  # a class only; what reads is defusedxml

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import UnidentifiedImageError
from willow.svg import SvgWrapper, WillowSvgException

from cms.media import archives
from cms.media.photographs import BROKEN, OTHER_NAMES, stored_form

RASTER_FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP", "avif": "AVIF"}


def _refusal(message: Any, code: str, **params: Any) -> ValidationError:
    return ValidationError({"file": ValidationError(message, code=code, params=params)})


def _extension(file: Any) -> str:
    return PurePosixPath(file.name).suffix.lower().removeprefix(".")


# ---------------------------------------------------------------- images
def check_image(file: Any) -> None:
    """Refuse a file that is not an image of the kind its name says, or that would harm users who open it.

    Raises `ValidationError` for the field ``file``: unknown or wrong type, too many pixels (a "pixel bomb" is
    small on disk and fills the memory), moving pictures, a damaged file, a drawing with scripts or foreign
    addresses.
    """
    extension = _extension(file)
    file.seek(0)
    if extension == "svg":
        check_svg(file.read(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE + 1))
    elif extension in RASTER_FORMATS:
        _check_raster(file, extension)
    elif extension in OTHER_NAMES:  # what can be read has another name by now
        raise _damaged()
    else:
        kinds = get_text_list([name.upper() for name in (*RASTER_FORMATS, "svg")], _("or"))
        raise _refusal(_("Save the image as %(kinds)s and upload it again."), "image_type", kinds=kinds)
    file.seek(0)


def _check_raster(file: Any, extension: str) -> None:
    kinds = list(set(RASTER_FORMATS.values()))
    try:
        picture = Pillow.open(file, formats=kinds)
    except UnidentifiedImageError as error:
        raise _refusal(
            _("This is not an image, whatever its name says. Save it as JPEG or PNG in an image editor."),
            "not_an_image",
        ) from error
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except BROKEN as error:
        raise _damaged() from error
    actual = "JPEG" if picture.format == "MPO" else picture.format
    if actual != RASTER_FORMATS[extension]:
        raise _refusal(
            _("The name ends in .%(extension)s but the content is %(kind)s. Rename the file."),
            "image_type_differs",
            extension=extension,
            kind=actual,
        )
    if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels()
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        # WCAG 2.2, success criterion 2.2.2: what moves by itself must be stoppable.
        raise _refusal(
            _("Readers cannot stop a moving image. Upload a still image, or use a video block."),
            "moving_image",
        )
    try:
        picture.load()
    except BROKEN as error:
        raise _damaged() from error


def _too_many_pixels() -> ValidationError:
    return _refusal(
        _(
            "The image has more pixels than this site can work with. "
            "Make it smaller first: 2400 pixels on the longer side are plenty."
        ),
        "too_many_pixels",
    )


def _damaged() -> ValidationError:
    return _refusal(
        _("The file is damaged or incomplete. Save it again in an image program and upload the new file."),
        "damaged",
    )


def without_metadata(file: Any) -> ContentFile | None:
    """Return the image upright, in colours that all programs know, and without what the camera wrote into it.

    ``None`` if it is so already. Cameras write the place and the owner's name (Exif 3.0, GPS IFD). Raises
    `ValidationError` where the file is damaged.
    """
    if _extension(file) == "svg":
        return None
    try:
        return stored_form(file)
    except BROKEN as error:
        raise _damaged() from error


# ---------------------------------------------------------------- drawings
SVG = "http://www.w3.org/2000/svg"
LARGEST_SVG = 2 * 1024 * 1024
LONGEST_SIDE = 100_000
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
# Notes that drawing programs keep for themselves; browsers pass over them.
EDITOR_NAMESPACES = {
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://creativecommons.org/ns#",
    "http://purl.org/dc/elements/1.1/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_SVG_STRUCTURE = "svg g defs symbol use title desc metadata style switch text tspan textPath marker image"
_SVG_SHAPES = "path rect circle ellipse line polyline polygon clipPath mask"
_SVG_PAINT = "linearGradient radialGradient stop pattern filter"
_SVG_FILTERS = (
    "Blend ColorMatrix ComponentTransfer Composite ConvolveMatrix DiffuseLighting DisplacementMap "
    "DistantLight DropShadow Flood FuncA FuncB FuncG FuncR GaussianBlur Merge MergeNode Morphology Offset "
    "PointLight SpecularLighting SpotLight Tile Turbulence"
)
SVG_ELEMENTS = frozenset(f"{_SVG_STRUCTURE} {_SVG_SHAPES} {_SVG_PAINT}".split()) | {
    f"fe{name}" for name in _SVG_FILTERS.split()
}
INLINE_IMAGE = re.compile(r"data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/=\s]*\Z")
# An address in CSS: url(…) other than to a part of the drawing, @import, and escapes that could hide either.
FOREIGN_CSS = re.compile(r"url\(\s*+['\"]?+\s*+(?!#)|@import|image(?:-set)?\(|\bsrc\(|\\", re.IGNORECASE)


def check_svg(content: bytes) -> None:
    """Refuse a drawing that could run a script or call another server.

    What is not known to be harmless is refused, not cleaned: editors get what they uploaded or hear why not.
    Source: SVG 2, chapter 2 (processing modes) and W3C SVG Integration, "secure static mode".
    """
    if len(content) > LARGEST_SVG:
        raise _refusal(
            _("The drawing is larger than 2 MB. Simplify its paths, or export it as PNG."), "svg_too_large"
        )
    try:
        text = content.decode("utf-8-sig")
        root = ElementTree.fromstring(text.encode())
    except (UnicodeDecodeError, ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise _refusal(
            _("The drawing cannot be read. Export it as “plain SVG” and upload it again."),
            "svg_unreadable",
        ) from error
    if root.tag != f"{{{SVG}}}svg":
        raise _refusal(_("This is not an SVG drawing. Export it as “plain SVG”."), "not_svg")
    if "<?xml-stylesheet" in text:
        raise _unsafe_svg("xml-stylesheet")
    for element in root.iter():
        _check_svg_element(element)
    if not _has_size(root):
        raise _refusal(
            _(
                "Programs cannot tell how large the drawing is. Export it as “plain SVG” with a width and a height "
                "in pixels."
            ),
            "svg_size",
        )


def _has_size(root: Any) -> bool:
    """Return whether the library that cuts drawings can read the size of this one, and it is one of a picture."""
    try:
        drawing = SvgWrapper(Document(root))
    except (WillowSvgException, KeyError, OverflowError, ValueError):
        return False
    return all(1 <= side <= LONGEST_SIDE for side in (drawing.width, drawing.height))


def _check_svg_element(element: Any) -> None:
    namespace, _brace, name = str(element.tag).removeprefix("{").rpartition("}")
    if namespace in EDITOR_NAMESPACES:
        return
    if namespace != SVG or name not in SVG_ELEMENTS:
        raise _unsafe_svg(f"<{name}>")
    if name == "style" and (len(element) or FOREIGN_CSS.search(element.text or "")):
        raise _unsafe_svg("<style> url()")
    for attribute, value in element.attrib.items():
        if attribute in {"href", XLINK_HREF}:
            if not (value.startswith("#") or (name == "image" and INLINE_IMAGE.match(value))):
                raise _unsafe_svg("href")
        elif attribute.lower().startswith("on") or FOREIGN_CSS.search(value):
            raise _unsafe_svg(attribute)


def _unsafe_svg(part: str) -> ValidationError:
    return _refusal(
        _(
            "The drawing contains %(part)s, which could run a program or call another server. "
            "Export it as “plain SVG” without scripts, links and embedded files, or as PNG."
        ),
        "svg_unsafe",
        part=part,
    )


# ---------------------------------------------------------------- documents
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")  # control characters but tab, line and page
OOXML_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
MIMETYPE_ENTRIES = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "epub": "application/epub+zip",
}


def check_document(file: Any) -> None:
    """Refuse a file that is not a document of the kind its name says, or that carries macros.

    Raises `ValidationError` for the field ``file``.
    """
    extension = _extension(file)
    check = DOCUMENT_CHECKS.get(extension)
    if check is None:
        kinds = get_text_list([name.upper() for name in DOCUMENT_CHECKS], _("or"))
        raise _refusal(_("Save the document as %(kinds)s and upload it again."), "document_type", kinds=kinds)
    file.seek(0)
    if not check(file, extension):
        raise _refusal(
            _(
                "The name ends in .%(extension)s but the content is something else or damaged. "
                "Open the document in the program that made it and save it as %(kind)s again."
            ),
            "document_type_differs",
            extension=extension,
            kind=extension.upper(),
        )
    file.seek(0)


def _is_pdf(file: Any, _extension: str) -> bool:
    # ISO 32000-2, 7.5.2, and what readers accept: the header stands within the first 1024 bytes.
    return b"%PDF-" in file.read(1024)


def _is_rtf(file: Any, _extension: str) -> bool:
    return bool(file.read(5) == b"{\\rtf")


def _is_text(file: Any, _extension: str) -> bool:
    return text_of(file.read()) is not None


def text_of(content: bytes) -> str | None:
    """Return the letters of a text file as Windows, Excel and others write it here; None where it is no text.

    Excel of a Slovenian Windows saves CSV in Windows-1250 and "Unicode text" in UTF-16.
    """
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1250"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if NO_TEXT.search(text) else text
    return None


def in_utf8(file: Any) -> ContentFile | None:
    """Return a text file in UTF-8, which all programs read; None where it is so already, or no text.

    CSV begins with a byte order mark, by which Excel knows.
    """
    if _extension(file) not in {"txt", "csv"}:
        return None
    file.seek(0)
    content = file.read()
    file.seek(0)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = text_of(content)
    else:
        return None
    mark = codecs.BOM_UTF8 if _extension(file) == "csv" else b""
    return None if text is None else ContentFile(mark + text.encode(), name=PurePosixPath(file.name).name)


def _is_office(file: Any, extension: str) -> bool:
    """Return whether the ZIP archive is what Office Open XML, OpenDocument or EPUB say it must be."""
    try:
        with archives.opened(file) as archive:
            names = archive.namelist()
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise _refusal(
                    _("The document contains macros, which could harm its readers. Save it without macros."),
                    "macros",
                )
            if folder := OOXML_FOLDERS.get(extension):
                return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)
            with archive.open("mimetype") as entry:
                return entry.read(100).decode("ascii", "replace").strip() == MIMETYPE_ENTRIES[extension]
    except archives.ArchiveTooLarge as error:
        raise _refusal(
            _(
                "The document is packed from more or larger parts than we can check. "
                "Save it with fewer pictures, or as PDF."
            ),
            "archive_too_large",
        ) from error
    except archives.BROKEN:
        return False


DOCUMENT_CHECKS: dict[str, Callable[[Any, str], bool]] = {
    "pdf": _is_pdf,
    **dict.fromkeys([*OOXML_FOLDERS, *MIMETYPE_ENTRIES], _is_office),
    "rtf": _is_rtf,
    "txt": _is_text,
    "csv": _is_text,
}
