"""The body of a page: one stream of the blocks that the platform and the site together offer."""

from typing import Any

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from wagtail.blocks import Block, StreamBlock
from wagtail.fields import StreamField

from cms.blocks import BodyStreamBlock


class BodyField(StreamField):
    """A stream of `BodyStreamBlock` and of the site's own blocks, ``CMS_EXTRA_BODY_BLOCKS``: [(name, path)].

    The blocks are looked up when the field is first used, so that a page of a lower floor can offer blocks of
    a higher one. Migrations do not record them: what is stored is JSON whatever the blocks are, and a changed
    label is no change of the database.
    """

    def __init__(self, *_block_types: Any, **kwargs: Any) -> None:
        kwargs.pop("block_lookup", None)
        super().__init__(BodyStreamBlock, **kwargs)

    @cached_property
    def stream_block(self) -> StreamBlock:
        block = BodyStreamBlock(extra_blocks())
        block.set_meta_options(self.block_opts)
        return block

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


def extra_blocks() -> list[tuple[str, Block]]:
    """Return the blocks that the site adds to every body, by the name under which they are stored."""
    return [(name, import_string(path)()) for name, path in settings.CMS_EXTRA_BODY_BLOCKS]
