"""Images: made in the sizes of the presets when they are saved, only read ever after."""

from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image as Pillow

from cms.media.images import (
    RULES,
    TRANSPARENT,
    ImagePreset,
    ImageUse,
    RenditionRow,
    make_renditions,
    renditions_for,
    responsive,
)
from cms.models import Image, Rendition
from cms.publishing.version import content_version
from tests.cms.pictures import PLAIN_SVG, file, jpeg, photograph, picture

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def media(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def saved(django_capture_on_commit_callbacks):
    """Return a function that saves an image as a request would: what waits for the commit is done."""

    def save(content, **fields) -> Image:
        image = Image(title="Zlata hruška", file=content, alt_text={"sl": "Hruška", "en": "A pear"}, **fields)
        with django_capture_on_commit_callbacks(execute=True):
            image.save()
        return Image.objects.get(pk=image.pk)

    return save


def in_preset(image: Image, preset: ImagePreset):
    return responsive(image, preset, renditions_for([image.pk])[image.pk])


def opened(media: Path, url: str) -> Pillow.Image:
    return Pillow.open(BytesIO((media / url.removeprefix("http://testserver/media/")).read_bytes()))


def test_every_preset_is_ready_after_saving(saved, media):
    image = saved(jpeg(size=(2000, 1500)))
    for preset in ImagePreset:
        result = in_preset(image, preset)
        assert (result.width, result.height) == opened(media, result.src).size, preset
        assert result.src.endswith(".jpg"), preset
        assert result.sizes == RULES[preset].sizes
        types = [source.type for source in result.sources]
        assert types == (["image/jpeg"] if preset == "SOCIAL" else ["image/avif", "image/webp", "image/jpeg"])
        for source in result.sources:
            entries = [entry.split(" ") for entry in source.srcset.split(", ")]
            widths = [f"{width}w" for width in RULES[preset].widths]
            assert [width for _url, width in entries] == widths, preset
            for url, width in entries:
                assert f"{opened(media, url).width}w" == width
                assert Pillow.MIME[str(opened(media, url).format)] == source.type


def test_reading_takes_one_statement_for_any_number_of_images_and_writes_nothing(
    saved, django_assert_num_queries, media
):
    images = [saved(jpeg(size=(300, 200))) for _ in range(3)]
    files = sorted(media.rglob("*"))
    with django_assert_num_queries(1):
        rows = renditions_for([image.pk for image in images])
        for image in images:
            for preset in ImagePreset:
                responsive(image, preset, rows[image.pk])
    assert sorted(media.rglob("*")) == files


def test_nothing_is_enlarged(saved):
    image = saved(jpeg(size=(500, 400)))
    hero = in_preset(image, ImagePreset.HERO)
    assert (hero.width, hero.height) == (500, 250)
    assert ", " not in hero.sources[0].srcset
    content = in_preset(image, ImagePreset.CONTENT)
    assert [entry.split(" ")[1] for entry in content.sources[0].srcset.split(", ")] == ["480w", "500w"]


def test_transparent_picture_falls_back_to_png_and_stays_transparent(saved, media):
    image = saved(file(picture("PNG", size=(500, 500), mode="RGBA"), "znak.png"))
    card = in_preset(image, ImagePreset.CARD)
    assert [source.type for source in card.sources] == ["image/avif", "image/webp", "image/png"]
    assert opened(media, card.src).mode == "RGBA"


def test_opaque_png_falls_back_to_jpeg(saved):
    card = in_preset(saved(file(picture("PNG", size=(500, 500)), "risba.png")), ImagePreset.CARD)
    assert card.src.endswith(".jpg")


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "P"), ("PNG", "LA"), ("PNG", "1"), ("JPEG", "CMYK"), ("JPEG", "L")]
)
def test_unusual_colour_modes_are_understood(saved, kind, mode):
    content = BytesIO()
    Pillow.new("RGB" if mode != "LA" else "RGBA", (200, 200), "red").convert(mode).save(content, kind)
    image = saved(file(content.getvalue(), f"a.{'jpg' if kind == 'JPEG' else 'png'}"))
    widths_of_all_presets = 2 + 1 + 1 + 1
    assert image.renditions.count() == 3 * widths_of_all_presets + 1


def test_photograph_stands_upright_and_tells_nobody_where_it_was_taken(saved, media):
    image = saved(file(photograph(), "IMG.jpg"))
    assert (image.width, image.height) == (200, 400)
    for path in media.rglob("*"):
        assert path.is_dir() or b"Ana Novak" not in path.read_bytes()


def test_crop_follows_the_focal_point(saved, django_capture_on_commit_callbacks, media):
    image = saved(jpeg(size=(1000, 200)))
    before = in_preset(image, ImagePreset.THUMBNAIL).src
    image.focal_point_x, image.focal_point_y = 950, 100
    image.focal_point_width = image.focal_point_height = 50
    # Until the new crops are made, the old ones are shown.
    assert in_preset(image, ImagePreset.THUMBNAIL).src == before
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    after = in_preset(image, ImagePreset.THUMBNAIL).src
    assert after != before
    red, _green, blue = opened(media, after).getpixel((5, 5))
    assert blue > 200
    assert red < 60
    assert (image.focal_point.x, image.focal_point.y) == (0.95, 0.5)


def test_image_without_focal_point_has_none(saved):
    assert saved(jpeg(size=(10, 10))).focal_point is None


def test_image_whose_sizes_are_not_made_yet_is_served_as_it_is(saved):
    image = saved(jpeg(size=(640, 480)))
    bare = responsive(image, ImagePreset.CARD, [])
    assert bare.src == f"http://testserver{image.file.url}"
    assert (bare.width, bare.height, bare.sources) == (640, 480, [])


def test_size_that_is_missing_leaves_the_others(saved):
    image = saved(jpeg(size=(900, 600)))
    rows = [
        row for row in renditions_for([image.pk])[image.pk] if row.width != 840 and "avif" not in row.spec
    ]
    card = responsive(image, "CARD", rows)
    assert [source.type for source in card.sources] == ["image/webp", "image/jpeg"]
    assert card.width == 420


def test_rows_of_other_cuts_are_not_mistaken_for_a_preset(saved):
    image = saved(jpeg(size=(900, 600)))
    stray = RenditionRow("max-165x165", "", "images/a.jpg", 165, 110)
    assert responsive(image, "CARD", [stray]).sources == []


def test_drawing_is_served_as_it_is(saved):
    image = saved(file(PLAIN_SVG, "knjiga.svg"))
    card = in_preset(image, ImagePreset.CARD)
    assert card.src.endswith("knjiga.svg")
    assert (card.width, card.height) == (40, 20)
    assert card.sources == []
    assert card.placeholder == TRANSPARENT


def test_placeholder_is_a_tiny_picture(saved):
    placeholder = saved(jpeg()).placeholder
    assert placeholder.startswith("data:image/webp;base64,")
    assert len(placeholder) < 400


def test_alternative_text_comes_in_the_language_that_was_asked_for(saved):
    image = saved(jpeg(size=(10, 10)))
    assert ImageUse(image).alt(["en", "sl"]) == "A pear"
    assert ImageUse(image).alt(["sl"]) == "Hruška"
    assert ImageUse(image, alt_text="Drevo").alt(["en"]) == "Drevo"
    assert ImageUse(image, decorative=True).alt(["sl"]) == ""


def test_saving_again_makes_nothing_twice(saved, django_capture_on_commit_callbacks):
    image = saved(jpeg(size=(900, 600)))
    rows = set(Rendition.objects.values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        image.save()
    assert set(Rendition.objects.values_list("pk", flat=True)) == rows
    assert make_renditions(image) == 0


def test_answers_kept_before_the_sizes_were_made_are_outdated_by_them(saved):
    image = saved(jpeg(size=(900, 600)))
    image.renditions.all().delete()
    before = content_version()
    assert make_renditions(image) > 0
    assert content_version() != before


# ---------------------------------------------------------------- the command
def run(**options) -> str:
    output = StringIO()
    call_command("make_renditions", stdout=output, stderr=output, **options)
    return output.getvalue()


def test_command_makes_what_old_images_lack_and_says_so(saved):
    image = saved(jpeg(size=(900, 600)))
    image.renditions.all().delete()
    assert "1/1 Zlata hruška: " in run()
    assert image.renditions.exists()
    assert run() == "1 images are complete.\n"


def test_command_deletes_what_no_preset_uses_only_when_asked(saved):
    image = saved(jpeg(size=(900, 600)))
    wanted = set(image.renditions.values_list("pk", flat=True))
    outdated = {"filter_spec": "fill-33x33|format-webp", "focal_point_key": "2e16d0ba"}
    image.renditions.create(file=file(picture("WEBP", size=(33, 33)), "a.webp"), **outdated)
    admins_own = image.renditions.create(file=jpeg(size=(165, 110)), filter_spec="max-165x165")
    run()
    assert image.renditions.count() == len(wanted) + 2
    run(prune=True)
    assert set(image.renditions.values_list("pk", flat=True)) == wanted | {admins_own.pk}


def test_command_goes_on_past_a_lost_file_and_ends_with_an_error(saved, media):
    lost, kept = saved(jpeg(size=(90, 60))), saved(jpeg(size=(90, 60)))
    Rendition.objects.all().delete()
    Path(lost.file.path).unlink()
    with pytest.raises(CommandError, match="1 of 2"):
        run()
    assert kept.renditions.exists()
