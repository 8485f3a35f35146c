"""The blocks of a body: what editors may write, how it is read, and what it points at."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.block_refs import references
from cms.block_values import body_values
from cms.blocks import BodyStreamBlock
from cms.body import BodyField, extra_blocks
from cms.models import Image, SharedText
from tests.cms.pictures import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_blocks_of_the_site(settings):
    settings.CMS_EXTRA_BODY_BLOCKS = []
    settings.CMS_VIDEO_HOSTS = ["video.arnes.si"]


def body(*stored: tuple[str, Any]) -> Any:
    """Return the value of a body field as it comes from the database."""
    raw = [
        {"type": name, "value": value, "id": f"id-{number}"} for number, (name, value) in enumerate(stored)
    ]
    return BodyField(blank=True).to_python(raw)


def clean(*stored: tuple[str, Any], draft: bool = False) -> Any:
    stream = body(*stored)
    if not draft:
        return stream.stream_block.clean(stream)
    # As Wagtail's form does it when a draft is saved; the blocks are shared by all fields.
    stream.stream_block.defer_required_validation()
    try:
        return stream.stream_block.clean(stream)
    finally:
        stream.stream_block.restore_deferred_validation()


def messages(error: Any) -> list[str]:
    """Return all messages in a tree of block errors."""
    nested = [
        *getattr(error, "block_errors", {}).values(),
        *getattr(error, "non_block_errors", []).__iter__(),
    ]
    if nested:
        return [text for inner in nested for text in messages(inner)]
    return list(error.messages) if isinstance(error, ValidationError) else [str(error)]


def problems(*stored: tuple[str, Any]) -> str:
    with translation.override("en"):
        with pytest.raises(ValidationError) as error:
            clean(*stored)
        return " ".join(messages(error.value))


HEADING = ("heading", {"text": "Čas", "level": "2"})
PARAGRAPH = ("paragraph", {"text": "<p>Berimo.</p>"})
TABLE = {
    "columns": [{"type": "text", "heading": "Leto"}, {"type": "text", "heading": "Knjig"}],
    "rows": [{"values": ["2024", "267"]}, {"values": ["2025", ""]}],
    "caption": "Zlate hruške",
}


# ---------------------------------------------------------------- reading
def test_blocks_are_read_in_the_shape_of_the_graph():
    values = body_values(
        body(
            HEADING,
            PARAGRAPH,
            (
                "figure",
                {"image": 5, "caption": "Hruška", "decorative": False, "alt_text": "", "credit": "A. N."},
            ),
            ("quote", {"quote": "Beri.", "attribution": ""}),
            (
                "accordion",
                {"items": [{"type": "item", "id": "x", "value": {"heading": "Kdo?", "text": "<p>a</p>"}}]},
            ),
            ("table", TABLE),
            ("statistics", {"items": [{"value": "58", "label": "knjižnic"}]}),
            (
                "timeline",
                {"items": [{"date": {"date": "2021-12-01", "precision": "MONTH"}, "text": "Imenovanje"}]},
            ),
        )
    )
    assert [value["graphql_type"] for value in values] == [
        "HeadingBlock",
        "ParagraphBlock",
        "FigureBlock",
        "QuoteBlock",
        "AccordionBlock",
        "TableBlock",
        "StatisticsBlock",
        "TimelineBlock",
    ]
    assert values[0] == {
        "id": "id-0",
        "block_type": "heading",
        "graphql_type": "HeadingBlock",
        "text": "Čas",
        "level": 2,
        "anchor": "cas",
    }
    assert values[1]["text"] == "<p>Berimo.</p>"
    assert (values[2]["image"], values[2]["caption"], values[2]["credit"]) == (5, "Hruška", "A. N.")
    assert values[4]["items"] == [{"heading": "Kdo?", "text": "<p>a</p>"}]
    assert values[5]["header"] == ["Leto", "Knjig"]
    assert values[5]["rows"] == [["2024", "267"], ["2025", ""]]
    assert values[6]["items"] == [{"value": "58", "label": "knjižnic"}]
    assert values[7]["items"][0]["date"] == {"date": "2021-12-01", "precision": "MONTH"}


def test_reading_makes_none_of_wagtails_values_and_no_statement(django_assert_num_queries):
    stream = body(HEADING, PARAGRAPH, ("figure", {"image": 5}), ("call_to_action", {"label": "l", "page": 3}))
    with django_assert_num_queries(0):
        body_values(stream)
        references([stream])
    assert set(stream._bound_blocks) == {None}


def test_anchors_are_unique_in_a_body_and_never_empty():
    names = ["Čas in kraj", "čas in kraj", "Čas in kraj 2", "Čas in kraj", "???", "Šport & đ", ""]
    values = body_values(body(*(("heading", {"text": name, "level": "2"}) for name in names)))
    anchors = [value["anchor"] for value in values]
    assert anchors[:2] == ["cas-in-kraj", "cas-in-kraj-2"]
    assert anchors[4:] == ["section", "sport-d", "section-2"]
    assert len(set(anchors)) == len(names)


def test_content_older_than_a_field_of_its_block_reads_as_empty():
    figure, call, video = body_values(
        body(("figure", {"image": 5}), ("call_to_action", {"label": "Prijava", "page": 3}), ("video", None))
    )
    assert (figure["caption"], figure["decorative"], figure["alt_text"]) == ("", False, "")
    assert (call["page"], call["href"]) == (3, "")
    assert (video["url"], video["transcript"]) == ("", "")


def test_block_that_the_site_no_longer_knows_is_passed_over():
    assert [value["block_type"] for value in body_values(body(("vanished", {"x": 1}), HEADING))] == [
        "heading"
    ]


def test_unsaved_body_of_new_values_reads_alike():
    stream = BodyField(blank=True).to_python([HEADING, ("quote", {"quote": "Beri.", "attribution": "A. N."})])
    heading, quote = body_values(stream)
    assert (heading["text"], heading["level"], quote["attribution"]) == ("Čas", 2, "A. N.")


# ---------------------------------------------------------------- references
def test_one_walk_finds_everything_that_bodies_point_at():
    link = '<a linktype="{}" id="{}">x</a>'
    found = references(
        [
            body(
                ("paragraph", {"text": f"<p>{link.format('page', 1)}{link.format('document', 11)}</p>"}),
                ("figure", {"image": 21}),
                (
                    "accordion",
                    {"items": [{"type": "item", "value": {"heading": "h", "text": link.format("page", 2)}}]},
                ),
                ("video", {"url": "https://e.si", "title": "v", "transcript": link.format("page", 3)}),
                ("call_to_action", {"label": "l", "page": 4, "href": ""}),
                ("call_to_action", {"label": "l", "page": None, "href": "https://e.si"}),
            ),
            body(
                ("document", {"document": 12}),
                ("shared_text", {"text": 31}),
                ("figure", {"image": 22}),
                HEADING,
            ),
        ]
    )
    assert found.pages == {1, 2, 3, 4}
    assert found.documents == {11, 12}
    assert found.images == {21, 22}
    assert dict(found.snippets) == {SharedText: {31}}


def test_references_are_found_however_deep_they_lie():
    class Card(blocks.StructBlock):
        pictures = blocks.ListBlock(ImageChooserBlock())
        inner = blocks.StreamBlock([("file", DocumentChooserBlock()), ("text", blocks.RichTextBlock())])
        note = blocks.CharBlock()

    stream_block = blocks.StreamBlock(
        [
            ("cards", blocks.ListBlock(Card())),
            ("pages", blocks.ListBlock(blocks.PageChooserBlock())),
            (
                "shared",
                blocks.ListBlock(blocks.StructBlock([("text", SnippetChooserBlock("cms.SharedText"))])),
            ),
            ("plain", blocks.CharBlock()),
        ]
    )
    card = {
        "pictures": [{"type": "item", "value": 1, "id": "a"}, 2, None],
        "inner": [
            {"type": "file", "value": 3},
            {"type": "text", "value": '<p><a id="4" linktype="page">x</a></p>'},
            {"type": "vanished", "value": 99},
        ],
    }
    stream = stream_block.to_python(
        [
            {"type": "cards", "value": [{"type": "item", "value": card}, {"pictures": [5]}]},
            {"type": "pages", "value": [6, {"type": "item", "value": 7}]},
            {
                "type": "shared",
                "value": [{"type": "item", "value": {"text": 8}}, {"type": "item", "value": {}}],
            },
            {"type": "plain", "value": "9"},
        ]
    )
    found = references([stream])
    assert (found.images, found.documents, found.pages) == ({1, 2, 5}, {3}, {4, 6, 7})
    assert dict(found.snippets) == {SharedText: {8}}


def test_references_can_be_gathered_into_what_is_there():
    found = references([body(("figure", {"image": 1}))])
    found.add_rich_text('<a linktype="page" id="2">x</a>')
    assert references([body(("figure", {"image": 3}))], into=found) is found
    assert (found.images, found.pages) == ({1, 3}, {2})


# ---------------------------------------------------------------- what editors may write
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


# ---------------------------------------------------------------- the field
class NoticeBlock(blocks.StructBlock):
    graphql_type = "NoticeBlock"
    text = blocks.CharBlock()


def test_site_adds_its_own_blocks_to_every_body(settings):
    settings.CMS_EXTRA_BODY_BLOCKS = [("notice", f"{__name__}.NoticeBlock")]
    assert [name for name, _block in extra_blocks()] == ["notice"]
    value = body_values(body(("notice", {"text": "Zaprto"}), HEADING))[0]
    assert (value["graphql_type"], value["text"]) == ("NoticeBlock", "Zaprto")


def test_migrations_do_not_depend_on_blocks():
    _name, path, args, kwargs = BodyField(blank=True, verbose_name="body").deconstruct()
    assert (path, args, kwargs) == ("cms.body.BodyField", [], {"blank": True, "verbose_name": "body"})
    assert list(BodyField(**kwargs).stream_block.child_blocks) == list(BodyStreamBlock().child_blocks)


def test_every_block_says_which_type_of_the_graph_it_is_and_has_a_slovenian_label():
    for name, block in BodyStreamBlock().child_blocks.items():
        assert block.graphql_type.endswith("Block"), name
        with translation.override("en"):
            english = str(block.label)
        with translation.override("sl"):
            assert str(block.label) != english or english == "Video", name


def test_block_previews_render(admin_client):
    for name, block in BodyStreamBlock().child_blocks.items():
        if block.is_previewable:
            answer = admin_client.get("/admin/block-preview/", {"id": block.definition_prefix})
            assert answer.status_code == 200, name
