"""A block that was begun is saved with its draft, whatever it lacks."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail import blocks

from cms.body.field import BodyField

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NAMES = sorted(BodyField(blank=True).stream_block.child_blocks)


def begun(block: blocks.Block) -> Any:
    """Return what is stored of a block that was added and left as it is; lists have one part, and so have bodies."""
    if isinstance(block, blocks.StructBlock):
        return {name: begun(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [{"type": "item", "id": "first", "value": begun(block.child_block)}]
    if isinstance(block, blocks.StreamBlock):
        return [
            {"type": name, "id": name, "value": begun(child)} for name, child in block.child_blocks.items()
        ]
    if isinstance(block, blocks.RichTextBlock):
        return ""
    return block.get_prep_value(block.get_default())


@pytest.mark.parametrize("name", NAMES)
def test_a_block_of_which_nothing_was_filled_in_is_saved_in_a_draft(name: str) -> None:
    field = BodyField(blank=True)
    stored = [{"type": name, "id": "first", "value": begun(field.stream_block.child_blocks[name])}]
    value = field.to_python(stored)
    kept = field.stream_block.clean_deferred(value)
    assert [block["type"] for block in field.get_prep_value(kept)] == [name]


def test_most_of_them_are_not_published_so() -> None:
    field = BodyField(blank=True)
    refused = []
    for name in NAMES:
        value = field.to_python(
            [{"type": name, "id": "first", "value": begun(field.stream_block.child_blocks[name])}]
        )
        try:
            field.stream_block.clean(value)
        except ValidationError:
            refused.append(name)
    assert len(refused) > len(NAMES) / 2
