"""What the blocks of a body point at."""

import pytest
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.body.block_refs import references
from cms.models import SharedText
from tests.cms.bodies import HEADING, body, no_blocks_of_the_site

__all__ = ["no_blocks_of_the_site"]  # a fixture

pytestmark = pytest.mark.django_db


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
