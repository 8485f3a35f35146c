"""Photographs as people have them, turned into files that every program shows alike.

Names do not count, only content does: telephones write HEIC, old programs call a JPEG .jfif, scanners add profiles
that nobody can read. What is stored is JPEG, PNG, GIF, WebP or AVIF in RGB or grey, upright, without the notes of the
camera.
"""

import struct
import warnings
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import pi_heif
from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps, JpegImagePlugin

pi_heif.register_heif_opener()

EXTENSIONS = {
    "JPEG": "jpg",
    "MPO": "jpg",
    "PNG": "png",
    "GIF": "gif",
    "WEBP": "webp",
    "AVIF": "avif",
    "HEIF": "jpg",
}
# Names under which people have one of these; heic and heif are converted.
OTHER_NAMES = ("jpe", "jfif", "pjpeg", "pjp", "heic", "heif")
READABLE = [kind for kind in EXTENSIONS if kind != "MPO"]  # Pillow opens that as JPEG
PLAIN_INFO = ("icc_profile", "transparency", "gamma", "dpi")
NOTES = {"xmp", "XML:com.adobe.xmp", "photoshop", "comment", "exif"}
# What Pillow and its codecs raise at a damaged file.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
    TypeError,
    KeyError,
    IndexError,
    RuntimeError,
)
BROKEN_PROFILE = (ImageCms.PyCMSError, OSError, ValueError, TypeError)


def opened(file: Any) -> Pillow.Image | None:
    """Return the picture in ``file``, its pixels not read yet; None where it is none of the known kinds."""
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # Pillow warns of notes that it cannot read
        try:
            return Pillow.open(file, formats=READABLE)
        except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning, *BROKEN):
            return None


def stored_form(file: Any) -> ContentFile | None:
    """Return the picture of ``file`` in the form that is stored; None where it has that form already.

    JPEG keeps its own quantisation tables, so that saving it again costs next to nothing. Raises what Pillow raises
    where the file is damaged (`BROKEN`).
    """
    picture = opened(file)
    if picture is None or _is_as_stored(picture):
        file.seek(0)
        return None
    kind, options = _encoding(picture)
    clean = plain(picture)
    clean.info = {key: value for key, value in clean.info.items() if key in PLAIN_INFO}
    if profile := clean.info.get("icc_profile"):
        options["icc_profile"] = profile
    output = BytesIO()
    clean.save(output, kind, **options)
    return ContentFile(output.getvalue(), name=named(file.name, kind))


def named(name: str, kind: str) -> str:
    """Return the last part of ``name`` with the ending of what Pillow calls ``kind``."""
    path = PurePosixPath(name)
    known = {"jpg", "jpeg"} if EXTENSIONS[kind] == "jpg" else {EXTENSIONS[kind]}
    return path.name if path.suffix.lower().removeprefix(".") in known else f"{path.stem}.{EXTENSIONS[kind]}"


def _is_as_stored(picture: Pillow.Image) -> bool:
    return not (
        NOTES & picture.info.keys()
        or picture.format in {"HEIF", "MPO"}
        or picture.mode in {"CMYK", "I", "F", "LAB", "YCbCr", "HSV"}
        or picture.mode.startswith("I;16")
        or (picture.info.get("icc_profile") and not fits_profile(picture))
    )


def _encoding(picture: Pillow.Image) -> tuple[str, dict[str, Any]]:
    """Return the format in which ``picture`` is saved again, and how."""
    if picture.format == "HEIF":
        return "JPEG", {"quality": 92}
    if not isinstance(picture, JpegImagePlugin.JpegImageFile):
        return str(picture.format), {"quality": 92}
    if picture.mode not in {"RGB", "L"}:
        return "JPEG", {"quality": 92}
    sampling = JpegImagePlugin.get_sampling(picture)
    return "JPEG", {"qtables": picture.quantization, "subsampling": sampling}


def plain(picture: Pillow.Image) -> Pillow.Image:
    """Return ``picture`` upright, in RGB or grey of eight bits, with a profile only where it can be used."""
    profile = picture.info.get("icc_profile")
    picture = _turned(picture)
    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:
        # Pillow would cut off what is brighter than 255; of sixteen bits the upper eight are kept.
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        picture.info.pop("icc_profile", None)
    elif picture.mode in {"CMYK", "LAB", "YCbCr", "HSV"}:
        picture = in_srgb(picture, profile) if profile else picture
        picture = picture.convert("RGB")
        picture.info.pop("icc_profile", None)
    elif profile and not fits_profile(picture):
        picture.info.pop("icc_profile", None)
    if picture.format == "HEIF" and picture.mode == "RGBA":
        picture = picture.convert("RGB")
    return picture


def _turned(picture: Pillow.Image) -> Pillow.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of notes that it cannot read
        try:
            return ImageOps.exif_transpose(picture)
        except BROKEN:
            picture.load()
            return picture


def fits_profile(picture: Pillow.Image) -> bool:
    """Return whether the colour profile of ``picture`` can be read and is one for pictures of its kind."""
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(picture.info["icc_profile"]))
        mode = {"P": "RGB", "RGBA": "RGB", "LA": "L", "1": "L"}.get(picture.mode, picture.mode)
        ImageCms.buildTransform(own, ImageCms.createProfile("sRGB"), mode, "RGB")
    except BROKEN_PROFILE:
        return False
    return True


def in_srgb(picture: Pillow.Image, profile: bytes) -> Pillow.Image:
    """Return ``picture`` in the colours of the web; as it is where its profile is of no use."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except BROKEN_PROFILE:
        # A broken profile is a common fault of old scanners; without it the colours are only less exact.
        return picture
    return picture if converted is None else converted


def take(upload: Any) -> None:
    """Give ``upload`` the form that is stored, and the name that its content asks for.

    What is no picture, is damaged or has too many pixels stays as it is for the checks to refuse.
    """
    picture = opened(upload)
    if picture is not None and picture.width * picture.height <= settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        kind = str(picture.format)
        try:
            content = (
                None if getattr(picture, "is_animated", False) and kind != "MPO" else stored_form(upload)
            )
        except BROKEN:
            content = None
        if content is not None:
            replace(upload, content.read())
        upload.name = named(upload.name, kind)
    upload.seek(0)


def replace(upload: Any, content: bytes) -> None:
    """Write ``content`` over what was uploaded, wherever the server keeps it."""
    upload.seek(0)
    upload.truncate()
    upload.write(content)
    upload.flush()
    upload.seek(0)
    upload.size = len(content)
