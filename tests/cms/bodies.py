"""Bodies as they are stored, cleaned as the editor's form cleans them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cms.body.field import BodyField


@pytest.fixture(autouse=True)
def no_blocks_of_the_site(settings):
    settings.CMS_BODY_BLOCKS = []
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


TABLE: dict[str, Any] = {
    "columns": [{"type": "text", "heading": "Leto"}, {"type": "text", "heading": "Knjig"}],
    "rows": [{"values": ["2024", "267"]}, {"values": ["2025", ""]}],
    "caption": "Zlate hruške",
}
