"""Images in the few sizes that the site has, made when an image is saved and only read ever after."""

import base64
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache, partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, ClassVar, NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import Q
from django.tasks import task
from django.utils.encoding import filepath_to_uri
from PIL import Image as Pillow
from wagtail.images import get_image_model
from wagtail.images.models import Filter

from cms.media.photographs import in_srgb, plain

# Replaces an image that has no pixels of its own to make a preview from: a transparent point.
TRANSPARENT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"

# In the order in which a browser should try them; the last that exists is what every browser shows.
ENCODERS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "avif": ("AVIF", {"quality": 60, "speed": 8}),  # speed 6 makes files 1 % smaller in five times the time
    "webp": ("WEBP", {"quality": 80}),
    "jpeg": ("JPEG", {"quality": 78, "progressive": True, "optimize": True}),
    "png": ("PNG", {}),
}
MIME_TYPES = {name: f"image/{name}" for name in ENCODERS}
SUFFIXES = {"avif": ".avif", "webp": ".webp", "jpeg": ".jpg", "png": ".png"}
FALLBACKS = ("jpeg", "png")


class ImagePreset(StrEnum):
    """The uses of images that the site knows; nobody can ask for a size of their own."""

    THUMBNAIL = "THUMBNAIL"
    CARD = "CARD"
    CONTENT = "CONTENT"
    HERO = "HERO"
    SOCIAL = "SOCIAL"


@dataclass(frozen=True)
class Rule:
    """How one preset is cut: widths, width by height where it is cropped, and HTML's ``sizes``."""

    widths: tuple[int, ...]
    sizes: str
    ratio: tuple[int, int] | None = None
    formats: tuple[str, ...] = ("avif", "webp", *FALLBACKS)

    def operation(self, width: int) -> str:
        """Return Wagtail's name for the cut at ``width``, such as ``fill-420x280``."""
        if self.ratio is None:
            return f"width-{width}"
        return f"fill-{width}x{width * self.ratio[1] // self.ratio[0]}"

    def spec(self, width: int, image_format: str) -> str:
        """Return Wagtail's filter spec of one rendition."""
        return f"{self.operation(width)}|format-{image_format}"

    @cached_property
    def format_of(self) -> dict[str, str]:
        """The format by filter spec, for all renditions of this rule."""
        return {self.spec(width, name): name for width in self.widths for name in self.formats}

    @cached_property
    def _filter(self) -> Filter:
        return Filter(self.operation(self.widths[0]))

    def focal_point_key(self, image: Any) -> str:
        """Return the key under which Wagtail keeps the renditions of the image's present focal point."""
        return str(self._filter.get_cache_key(image))

    def useful_widths(self, image: Any) -> list[int]:
        """Return the widths worth making: nothing is enlarged, so at most one goes beyond the original."""
        limit = (
            image.width
            if self.ratio is None
            else min(image.width, image.height * self.ratio[0] // self.ratio[1])
        )
        smaller = [width for width in self.widths if width < limit]
        return [*smaller, *[width for width in self.widths if width >= limit][:1]]


RULES: Mapping[ImagePreset, Rule] = {
    ImagePreset.THUMBNAIL: Rule((160, 320), "160px", ratio=(1, 1)),
    ImagePreset.CARD: Rule(
        (420, 840), "(min-width: 64rem) 420px, (min-width: 40rem) 50vw, 100vw", ratio=(3, 2)
    ),
    ImagePreset.CONTENT: Rule((480, 960, 1440), "(min-width: 48rem) 720px, 100vw"),
    ImagePreset.HERO: Rule((800, 1280, 1920), "100vw", ratio=(2, 1)),
    # 1200 x 630 in JPEG is what the readers of Open Graph tags understand: https://ogp.me, "og:image".
    ImagePreset.SOCIAL: Rule((1200,), "1200px", ratio=(40, 21), formats=FALLBACKS),
}


# ---------------------------------------------------------------- reading
class RenditionRow(NamedTuple):
    """What reading needs of a stored rendition."""

    spec: str
    focal_point_key: str
    name: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ImageSource:
    """One ``<source>`` of a ``<picture>``."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class ResponsiveImage:
    """What a ``<picture>`` needs: HTML Standard, 4.8.4.2 (srcset, sizes)."""

    src: str
    width: int
    height: int
    sizes: str
    sources: list[ImageSource]
    placeholder: str


@dataclass(frozen=True, slots=True)
class ImageUse:
    """An image at one place: decorative there, or described in other words there."""

    graphql_type: ClassVar[str] = "Image"

    image: Any
    decorative: bool = False
    alt_text: str = ""
    place: str = ""  # the name of that place, where it has words of its own

    def alt(self, chain: Iterable[str]) -> str:
        """Return the alternative text for the locales of ``chain``; empty for decoration."""
        if self.decorative:
            return ""
        return self.alt_text or str(self.image.alt_text.pick(chain)[0])


def backend_url(url: str) -> str:
    """Return ``url`` with this server's address where it is relative: media do not come from the frontend."""
    if url.startswith("/") and not url.startswith("//"):
        return f"{str(settings.WAGTAILADMIN_BASE_URL).rstrip('/')}{url}"
    return url


def renditions_for(image_ids: Iterable[int]) -> dict[int, list[RenditionRow]]:
    """Return the stored renditions of all the images, by image id, in one statement."""
    rows: dict[int, list[RenditionRow]] = {image_id: [] for image_id in image_ids}
    columns = ("image_id", "filter_spec", "focal_point_key", "file", "width", "height")
    for image_id, *values in _rendition_model().objects.filter(image_id__in=rows).values_list(*columns):
        rows[image_id].append(RenditionRow(*values))
    return rows


def responsive(image: Any, preset: ImagePreset | str, renditions: Iterable[RenditionRow]) -> ResponsiveImage:
    """Return the image in one preset, from the rows of `renditions_for`.

    Nothing is read or written. Sizes that are not made yet are left out; without any, it is the original.
    """
    rule = RULES[ImagePreset(preset)]
    rows = _rows_of(rule, image, renditions)
    address = _addresses()
    sources = [
        ImageSource(MIME_TYPES[name], _srcset(rows[name], address)) for name in rule.formats if name in rows
    ]
    fallback = next((rows[name] for name in FALLBACKS if name in rows), None)
    if fallback is None:
        src, width, height = backend_url(image.file.url), image.width, image.height
    else:
        largest = fallback[max(fallback)]
        src, width, height = address(largest.name), largest.width, largest.height
    return ResponsiveImage(src, width, height, rule.sizes, sources, image.placeholder or TRANSPARENT)


def _srcset(rows: Mapping[int, RenditionRow], address: Callable[[str], str]) -> str:
    return ", ".join(f"{address(row.name)} {width}w" for width, row in sorted(rows.items()))


def _rows_of(
    rule: Rule, image: Any, renditions: Iterable[RenditionRow]
) -> dict[str, dict[int, RenditionRow]]:
    """Return the rule's rows by format and width; a moved focal point counts once its renditions are made."""
    own = [row for row in renditions if row.spec in rule.format_of]
    key = rule.focal_point_key(image)
    current = [row for row in own if row.focal_point_key == key]
    rows: dict[str, dict[int, RenditionRow]] = {}
    for row in current or own:
        rows.setdefault(rule.format_of[row.spec], {})[row.width] = row
    return rows


def _addresses() -> Callable[[str], str]:
    """Return what turns the name of a stored file into its address."""
    storage = _rendition_model()._meta.get_field("file").storage
    if not hasattr(storage, "base_url"):
        return lambda name: backend_url(storage.url(name))
    # What the storage does as well, without taking its own address to pieces for every file.
    return partial(_below, backend_url(str(storage.base_url)))


@lru_cache(maxsize=32_768)
def _below(base: str, name: str) -> str:
    return f"{base}{filepath_to_uri(name)}"


def _rendition_model() -> Any:
    return get_image_model().get_rendition_model()


# ---------------------------------------------------------------- making
# The command of each day that makes what is missing.
COMMAND = "make_renditions"


@task(backend="queue")
def make_renditions_task(image_id: int) -> int:
    """Make what is missing of one image's renditions; return how many were made.

    Where that fails, such as on a full disk, the command that makes them for all images is due again.
    """
    image = get_image_model().objects.filter(pk=image_id).first()
    try:
        return 0 if image is None else make_renditions(image)
    except OSError:
        apps.get_model("cms", "Chore").objects.filter(name=COMMAND).delete()
        raise


def make_renditions(image: Any) -> int:
    """Make and store the renditions of all presets that ``image`` does not have yet; return their number.

    Raises `OSError` where the original cannot be read.
    """
    if image.is_svg():
        return 0
    stored = {(row.spec, row.focal_point_key) for row in renditions_for([image.pk])[image.pk]}
    missing = {rule: widths for rule in RULES.values() if (widths := _missing_widths(rule, image, stored))}
    if not missing:
        return 0
    with image.open_file() as file:
        picture = upright(Pillow.open(file))
    cuts = [cut for rule, widths in missing.items() for cut in _cuts(rule, widths, image, picture, stored)]
    # Encoders leave Python's lock, so every core of the machine can be at work.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        made = [pool.submit(_stored, image, *cut) for cut in cuts]
    count = _note([one.result() for one in made if not one.exception()])
    for one in made:
        one.result()  # raises what went wrong, after what went well is kept
    return count


def _note(rows: list[Any]) -> int:
    """Store the rows of files; delete files of which another process has made the same. Return how many are stored."""
    model = _rendition_model()
    model.objects.bulk_create(rows, ignore_conflicts=True)
    names = {row.file.name for row in rows}
    stored = set(model.objects.filter(file__in=names).values_list("file", flat=True))
    for name in names - stored:
        model._meta.get_field("file").storage.delete(name)
    return len(stored)


def unused_renditions(image: Any) -> Any:
    """Return the renditions of the presets' formats that no preset asks for at the present focal point."""
    used = Q()
    for rule in RULES.values():
        used |= Q(filter_spec__in=list(rule.format_of), focal_point_key=rule.focal_point_key(image))
    return image.renditions.filter(filter_spec__regex=r"\|format-(avif|webp|jpeg|png)$").exclude(used)


def _missing_widths(rule: Rule, image: Any, stored: set[tuple[str, str]]) -> list[int]:
    key = rule.focal_point_key(image)

    def is_complete(width: int) -> bool:
        made = {name for name in rule.formats if (rule.spec(width, name), key) in stored}
        return bool(made & set(FALLBACKS)) and made >= set(rule.formats) - set(FALLBACKS)

    return [width for width in rule.useful_widths(image) if not is_complete(width)]


def _cuts(
    rule: Rule, widths: list[int], image: Any, picture: Pillow.Image, stored: set[tuple[str, str]]
) -> Iterator[tuple[Pillow.Image, str, str, str]]:
    """Yield picture, format, spec and focal point key of what is missing.

    The widest comes first, because each is scaled down from the one before.
    """
    key = rule.focal_point_key(image)
    fallback = "png" if picture.mode == "RGBA" else "jpeg"
    formats = [name for name in rule.formats if name not in FALLBACKS or name == fallback]
    frame: Pillow.Image | None = None
    for width in sorted(widths, reverse=True):
        transform = Filter(rule.operation(width)).get_transform(image, picture.size)
        if frame is None:
            frame = picture.crop(tuple(transform.get_rect().round()))
        size = (round(transform.size[0]), round(transform.size[1]))
        frame = frame.resize(size, Pillow.Resampling.LANCZOS, reducing_gap=3.0)
        for name in formats:
            spec = rule.spec(width, name)
            if (spec, key) not in stored:
                yield frame, name, spec, key


def _stored(image: Any, frame: Pillow.Image, image_format: str, spec: str, key: str) -> Any:
    """Return an unsaved rendition whose file is in its place, so that nobody opens it again to measure it."""
    pillow_name, options = ENCODERS[image_format]
    output = BytesIO()
    frame.save(output, pillow_name, **options)
    model = _rendition_model()
    parts = (PurePosixPath(image.file.name).stem[:40], key, spec.partition("|")[0])
    name = model().get_upload_to(".".join(filter(None, parts)) + SUFFIXES[image_format])
    name = model._meta.get_field("file").storage.save(name, ContentFile(output.getvalue()))
    width, height = frame.size
    return model(image=image, filter_spec=spec, focal_point_key=key, file=name, width=width, height=height)


def placeholder(file: Any) -> str:
    """Return a tiny picture of the image file as a ``data:`` URI of some 200 letters."""
    if file.name.lower().endswith(".svg"):
        return TRANSPARENT
    file.seek(0)
    original = Pillow.open(file)
    original.draft("RGB", (128, 128))  # a JPEG is unpacked only as large as that
    picture = upright(original)
    picture.thumbnail((16, 16))
    output = BytesIO()
    picture.save(output, "WEBP", quality=30)
    file.seek(0)
    return f"data:image/webp;base64,{base64.b64encode(output.getvalue()).decode()}"


def upright(picture: Pillow.Image) -> Pillow.Image:
    """Return the picture as it is meant to be seen: turned as the camera says, in sRGB, without metadata."""
    has_alpha = picture.has_transparency_data
    picture = plain(picture)
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "L"}:
        picture = in_srgb(picture, profile)
    picture = picture.convert("RGBA" if has_alpha else "RGB")
    picture.info = {}
    return picture
