"""Rich text and bodies in an archive: names of rows where the database has numbers."""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.archive.problems import Code, Wrong
from cms.body.stored import is_block

_TAG = re.compile(r"<(?:a|embed)\b[^>]*>", re.IGNORECASE)
_KIND = re.compile(r"""\b(?:link|embed)type\s*=\s*["'](\w+)["']""", re.IGNORECASE)
_ID = re.compile(r"""(?<![\w-])id\s*=\s*["'](\d{0,18})["']""", re.IGNORECASE)
_NAME = re.compile(r"""(?<![\w-])to\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
_ENDED = re.compile(r"(</(?:p|li|ul|ol|h[2-4])>|<(?:ul|ol)>)(?=<)")
_NOWHERE = 'id="0"'

type Change = Callable[[Any, Any], Any]


def _targets() -> dict[str, Any]:
    return {"page": Page, "document": get_document_model(), "image": get_image_model()}


def write_html(html: str, names: Any) -> str:
    """Return rich text of the database with names, a line for each paragraph or entry of a list."""

    def renamed(tag: re.Match[str]) -> str:
        kind, number = _KIND.search(tag[0]), _ID.search(tag[0])
        if kind is None or number is None or kind[1].lower() not in _targets():
            return tag[0]
        try:
            name = names.name_of(_targets()[kind[1].lower()], int(number[1] or 0))
        except KeyError:
            name = ""  # the target is gone, so that the public sees the words alone
        return f'{tag[0][: number.start()]}to="{name}"{tag[0][number.end() :]}'

    html = html.replace("&#10;", "&#x0A;")
    html = re.sub(r"(?<=>)\n|\n(?=<)|\n\Z", "&#10;", html)
    return _ENDED.sub(r"\1\n", _TAG.sub(renamed, html))


def read_html(html: str, names: Any) -> str:
    """Return rich text as the database has it. Raises `Wrong` for links to what is not there."""

    def numbered(tag: re.Match[str]) -> str:
        kind, name = _KIND.search(tag[0]), _NAME.search(tag[0])
        if kind is None or kind[1].lower() not in _targets():
            return tag[0]
        if name is None:
            raise Wrong(
                Code.WRONG_VALUE, f'{tag[0][:80]} names nothing. Write to="…" with the name of its target.'
            )
        pk = names.named(_targets()[kind[1].lower()], name[1]) if name[1] else None
        number = f'id="{pk}"' if pk is not None else _NOWHERE
        return f"{tag[0][: name.start()]}{number}{tag[0][name.end() :]}"

    html = re.sub(r"(?<=>)\n(?=<)", "", html.rstrip("\n"))
    return _TAG.sub(numbered, html.replace("&#10;", "\n"))


def written_body(stream: Any, names: Any) -> list[Any]:
    """Return the blocks of a body with names."""

    def written(block: Any, value: Any) -> Any:
        if isinstance(block, blocks.RichTextBlock):
            return write_html(value or "", names)
        try:
            return None if value is None else names.name_of(block.model_class, value)
        except KeyError:
            return None  # the target is gone

    known = [item for item in stream.raw_data if is_block(item)]
    return list(_walked(stream.stream_block, known, written))


def read_body(column: Any, value: list[Any], names: Any) -> Any:
    """Return the body that ``value`` is. Raises `Wrong` where a block is unknown or its value cannot be."""

    def read(block: Any, value: Any) -> Any:
        if isinstance(block, blocks.RichTextBlock):
            if not isinstance(value, str):
                raise Wrong(Code.WRONG_VALUE, "This is no text. Put it into quotation marks.")
            return read_html(value, names)
        if value is not None and not isinstance(value, str):
            raise Wrong(Code.WRONG_VALUE, "Name what is chosen by its key, as a text.")
        return None if value is None else names.named(block.model_class, value)

    stored = _walked(column.stream_block, value, read)
    try:
        return column.stream_block.to_python(stored)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Wrong(Code.WRONG_VALUE, f"A block cannot be read: {error}") from None


def check_body(stream: Any) -> None:
    """Raise `Wrong` where a block lacks something that its form asks for."""
    block = stream.stream_block
    try:
        # A copy: a body that was looked into is stored in another form, with new ids.
        block.clean(block.to_python(deepcopy(list(stream.raw_data))))
    except ValidationError as error:
        raise _found(error) from None
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Wrong(Code.WRONG_VALUE, f"A block cannot be read: {error}") from None


def _found(error: Any) -> Wrong:
    """Return the first of the errors in blocks, with the place where it is."""
    inside = getattr(error, "block_errors", None) or {}
    for place, inner in inside.items() if isinstance(inside, Mapping) else enumerate(inside):
        if isinstance(inner, ValidationError):
            return _found(inner).at(place + 1 if isinstance(place, int) else place)
    return Wrong(Code.WRONG_VALUE, " ".join(error.messages))


def _walked(block: Any, value: Any, change: Change) -> Any:
    """Return the stored ``value`` of a block with texts and choices changed. Raises `Wrong` for another form."""
    if isinstance(block, blocks.RichTextBlock | blocks.ChooserBlock):
        return change(block, value)
    if isinstance(block, blocks.StreamBlock):
        return _each(listed(value), lambda item: _item(block, item, change))
    if isinstance(block, blocks.ListBlock):
        return _each(listed(value), lambda item: _entry(block, item, change))
    if isinstance(block, blocks.StructBlock):
        return _struct(block, value, change)
    return _ordered(value)


def _each(items: list[Any], make: Callable[[Any], Any]) -> list[Any]:
    made = []
    for place, item in enumerate(items, start=1):
        try:
            made.append(make(item))
        except Wrong as error:
            raise error.at(place) from None
    return made


def _item(block: Any, item: Any, change: Change) -> Any:
    if not is_block(item) or item.keys() - {"type", "value", "id"}:
        raise Wrong(Code.WRONG_VALUE, "This is no block. It has a type, a value and perhaps an id.")
    child = block.child_blocks.get(item["type"])
    if child is None:
        known = ", ".join(block.child_blocks)
        raise Wrong(Code.UNKNOWN_BLOCK, f"There is no block {item['type'][:60]} here. There are: {known}.")
    try:
        walked = {"type": item["type"], "value": _walked(child, item["value"], change)}
    except Wrong as error:
        raise error.at(item["type"]) from None
    return walked | {"id": item["id"]} if item.get("id") else walked


def _entry(block: Any, item: Any, change: Change) -> Any:
    if isinstance(item, dict) and item.get("type") == "item" and "value" in item:
        walked = {"type": "item", "value": _walked(block.child_block, item["value"], change)}
        return walked | {"id": item["id"]} if item.get("id") else walked
    return _walked(block.child_block, item, change)


def _struct(block: Any, value: Any, change: Change) -> Any:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise Wrong(
            Code.WRONG_VALUE, f"Write the parts of the block by their names: {', '.join(block.child_blocks)}."
        )
    if unknown := value.keys() - block.child_blocks.keys():
        known = ", ".join(block.child_blocks)
        raise Wrong(Code.UNKNOWN_FIELD, f"The block has no part {min(unknown)[:60]}. There are: {known}.")
    walked = {}
    for name, child in block.child_blocks.items():
        if name in value:
            try:
                walked[name] = _walked(child, value[name], change)
            except Wrong as error:
                raise error.at(name) from None
    return walked


def listed(value: Any) -> list[Any]:
    """Return ``value`` if it is a list. Raises `Wrong`."""
    if not isinstance(value, list):
        raise Wrong(
            Code.WRONG_VALUE, "This is no list. Write each entry on a line that begins with a hyphen."
        )
    return value


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value)}
    return [_ordered(one) for one in value] if isinstance(value, list) else value
