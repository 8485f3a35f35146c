"""What editors may write in the blocks of a body, and what they are told when they may not."""

import datetime as dt
from typing import Any

import pytest
from wagtail.models import Page

from cms.models import Image
from tests.cms.bodies import HEADING, TABLE, body, clean, no_blocks_of_the_site, problems
from tests.cms.pictures import jpeg

__all__ = ["no_blocks_of_the_site"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_headings_that_go_down_step_by_step_are_accepted():
    levels = ["2", "3", "4", "2", "3"]
    clean(*(("heading", {"text": "a", "level": level}) for level in levels))


@pytest.mark.parametrize(
    "stored",
    [
        [("heading", {"text": "a", "level": "3"})],
        [HEADING, ("heading", {"text": "a", "level": "4"})],
        [HEADING, ("paragraph", {"text": "<h4>a</h4>"})],
        [("paragraph", {"text": "<p>a</p><h3>b</h3>"})],
    ],
)
def test_heading_that_leaves_a_level_out_is_refused_with_the_level_to_take(stored):
    assert "comes level" in problems(*stored)


def test_draft_may_be_saved_before_everything_is_in_order():
    clean(
        ("heading", {"text": "", "level": "4"}),
        ("video", {"url": "", "title": "", "has_captions": False, "transcript": ""}),
        ("call_to_action", {"label": "", "page": None, "href": ""}),
        ("figure", {"image": None, "decorative": False, "alt_text": "", "caption": "", "credit": ""}),
        ("table", {"columns": [], "rows": [], "caption": ""}),
        draft=True,
    )


def video(**values: Any) -> tuple[str, Any]:
    return "video", {"url": "https://video.arnes.si/a", "title": "Posnetek", "has_captions": True} | values


def test_video_with_captions_or_with_a_transcript_is_accepted():
    clean(video())
    clean(video(has_captions=False, transcript="<p>Dober dan.</p>"))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"has_captions": False}, "transcript"),
        ({"url": "http://video.arnes.si/a"}, "https://"),
        ({"url": "https://user:secret@video.arnes.si/a"}, "password"),
        ({"url": "https://video.arnes.si.evil.example/a"}, "video.arnes.si"),
        ({"url": "https://evil.example/video.arnes.si"}, "video.arnes.si"),
        ({"url": "javascript:alert(1)"}, "URL"),
    ],
)
def test_video_is_refused_with_what_it_lacks(values, message):
    assert message in problems(video(**values))


def test_video_may_come_from_anywhere_where_no_hosts_are_set(settings):
    settings.CMS_VIDEO_HOSTS = []
    clean(video(url="https://elsewhere.example/a"))


@pytest.mark.parametrize("href", ["https://example.si", "mailto:info@example.si", "tel:+38612345678"])
def test_call_to_action_may_lead_elsewhere(href):
    clean(("call_to_action", {"label": "Prijava", "page": None, "href": href}))


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "java\tscript:alert(1)", "example.si", "/sl/", "data:x", ""]
)
def test_call_to_action_that_leads_nowhere_is_refused(href):
    assert problems(("call_to_action", {"label": "Prijava", "page": None, "href": href}))


def test_call_to_action_leads_to_one_place_only():
    page = Page.objects.filter(depth=2).first()
    clean(("call_to_action", {"label": "Prijava", "page": page.pk, "href": ""}))
    message = problems(
        ("call_to_action", {"label": "Prijava", "page": page.pk, "href": "https://example.si"})
    )
    assert "not both" in message


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"caption": " "}, "caption"),
        ({"rows": []}, "one row"),
        (
            {"columns": [{"type": "text", "heading": "Leto"}, {"type": "text", "heading": ""}]},
            "Name every column",
        ),
    ],
)
def test_table_that_cannot_be_heard_is_refused(change, message):
    clean(("table", TABLE))
    assert message in problems(("table", TABLE | change))


def test_a_table_has_changed_only_where_a_word_has():
    table = body(("table", TABLE))[0].value
    assert table == body(("table", TABLE))[0].value
    for change in (
        {"caption": "Zlati listi"},
        {"rows": TABLE["rows"][:1]},
        {"columns": TABLE["columns"][::-1]},
    ):
        assert table != body(("table", TABLE | change))[0].value


@pytest.mark.parametrize(
    ("precision", "kept"),
    [
        ("DAY", dt.date(2021, 12, 15)),
        ("MONTH", dt.date(2021, 12, 1)),
        ("YEAR", dt.date(2021, 1, 1)),
    ],
)
def test_date_is_kept_as_exactly_as_it_is_known(precision, kept):
    stored = {"items": [{"date": {"date": "2021-12-15", "precision": precision}, "text": "Imenovanje"}]}
    assert clean(("timeline", stored))[0].value["items"][0]["date"]["date"] == kept


@pytest.fixture
def image(db, settings, tmp_path) -> Image:
    settings.MEDIA_ROOT = tmp_path
    image = Image(title="Hruška", file=jpeg(size=(10, 10)), alt_text={"sl": "Hruška"})
    image.save()
    return image


def figure(image: Image, **values: Any) -> tuple[str, Any]:
    return "figure", {
        "image": image.pk,
        "decorative": False,
        "alt_text": "",
        "caption": "",
        "credit": "",
    } | values


def test_image_is_described_by_itself_or_here_or_is_decoration(image):
    clean(figure(image))
    clean(figure(image, decorative=True))
    assert "clear it" in problems(figure(image, decorative=True, alt_text="Hruška"))
    Image.objects.update(alt_text={})
    clean(figure(image, alt_text="Hruška"))
    assert "decoration" in problems(figure(image))
