"""The body of a page: one stream of the blocks that the platform and the site together offer."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, ValidationError
from django.utils.functional import cached_property
from wagtail.blocks import Block, BlockField, StreamBlock
from wagtail.blocks.base import BlockWidget
from wagtail.fields import StreamField

from cms.body.blocks import BodyStreamBlock


class BodyWidget(BlockWidget):
    """Refuses a body that was sent without its parts, which Wagtail takes for granted; nothing is saved then."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        try:
            return super().value_from_datadict(data, files, name)
        except (KeyError, ValueError) as error:
            raise BadRequest(f"The parts of “{name}” are missing or are no numbers.") from error


class BodyFormField(BlockField):
    """Tells whether a body has changed by what would be stored.

    Wagtail compares with what was sent, where a number or a date is still a string. A page with one would count as
    changed each time its form is sent, and whoever approved it would have made a new draft to approve.
    """

    def __init__(self, block: Any = None, **kwargs: Any) -> None:
        super().__init__(block, **{"widget": BodyWidget(block)} | kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(super().has_changed(initial, self.block.clean(data)))
        except ValidationError:
            return True


class BodyField(StreamField):
    """A stream of `BodyStreamBlock` and of the site's own blocks, those in the modules of ``CMS_BODY_BLOCKS``.

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

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": BodyFormField} | options)

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


def extra_blocks() -> list[tuple[str, Block]]:
    """Return the blocks that the site adds to every body, by the name under which they are stored."""
    return [
        (one.stored_as, one())  # type: ignore[attr-defined]
        for path in settings.CMS_BODY_BLOCKS
        for one in vars(import_module(path)).values()
        if isinstance(one, type) and one.__module__ == path and _is_stored(one)
    ]


def _is_stored(block: Any) -> bool:
    return isinstance(getattr(block, "stored_as", None), str)
