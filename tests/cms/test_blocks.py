"""The blocks of a body: how they are read, and the field that holds them."""

import pytest
from django.utils import translation
from wagtail import blocks

from cms.body.block_refs import references
from cms.body.block_values import body_values
from cms.body.blocks import BodyStreamBlock
from cms.body.field import BodyField, extra_blocks
from cms.graphql.fields.block_children import type_name
from tests.cms.bodies import HEADING, PARAGRAPH, TABLE, body, no_blocks_of_the_site

__all__ = ["no_blocks_of_the_site"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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


@pytest.mark.leaves_out
def test_block_that_the_site_no_longer_knows_is_passed_over():
    assert [value["block_type"] for value in body_values(body(("vanished", {"x": 1}), HEADING))] == [
        "heading"
    ]


def test_unsaved_body_of_new_values_reads_alike():
    stream = BodyField(blank=True).to_python([HEADING, ("quote", {"quote": "Beri.", "attribution": "A. N."})])
    heading, quote = body_values(stream)
    assert (heading["text"], heading["level"], quote["attribution"]) == ("Čas", 2, "A. N.")


# ---------------------------------------------------------------- the field
class NoticeBlock(blocks.StructBlock):
    stored_as = "notice"
    graphql_type = "NoticeBlock"
    text = blocks.CharBlock()


def test_site_adds_its_own_blocks_to_every_body(settings):
    settings.CMS_BODY_BLOCKS = [__name__]
    assert [name for name, _block in extra_blocks()] == ["notice"]
    value = body_values(body(("notice", {"text": "Zaprto"}), HEADING))[0]
    assert (value["graphql_type"], value["text"]) == ("NoticeBlock", "Zaprto")


def test_migrations_do_not_depend_on_blocks():
    _name, path, args, kwargs = BodyField(blank=True, verbose_name="body").deconstruct()
    assert (path, args, kwargs) == ("cms.body.field.BodyField", [], {"blank": True, "verbose_name": "body"})
    assert list(BodyField(**kwargs).stream_block.child_blocks) == list(BodyStreamBlock().child_blocks)


def test_every_block_says_which_type_of_the_graph_it_is_and_has_a_slovenian_label():
    for name, block in BodyStreamBlock().child_blocks.items():
        assert type_name(block).endswith("Block"), name
        with translation.override("en"):
            english = str(block.label)
        with translation.override("sl"):
            assert str(block.label) != english or english == "Video", name


def test_block_previews_render(admin_client):
    for name, block in BodyStreamBlock().child_blocks.items():
        if block.is_previewable:
            answer = admin_client.get("/admin/block-preview/", {"id": block.definition_prefix})
            assert answer.status_code == 200, name
