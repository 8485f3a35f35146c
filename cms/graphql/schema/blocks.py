"""Blocks of bodies: each is one declaration, a class with ``@register_streamfield_block``.

Its type, its place in the union, and the function behind each field follow from its child blocks. A type that stands in
a file of types keeps its descriptions; a registered function goes before the one that follows.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import override
from graphene.utils.str_converters import to_camel_case
from graphql import print_ast
from grapple.helpers import streamfield_types
from grapple.registry import registry
from wagtail import blocks
from wagtail.fields import StreamField

from cms.body.blocks import BodyStreamBlock
from cms.body.field import BodyField, extra_blocks
from cms.graphql.fields.block_children import Child, child_of, type_name
from cms.graphql.fields.blocks import Block
from cms.graphql.graph import Resolver
from cms.graphql.loading.context import Info
from cms.graphql.schema.columns import column_of
from cms.graphql.schema.declarations import (
    built_shape,
    declarations,
    field_definition,
    made_field,
    model_types,
)
from cms.graphql_fields import ExposedField

# Types of blocks whose values are objects of their own.
VALUES = frozenset({"PartialDate", "Milestone"})


def body_stream() -> Any:
    """Return the stream of all bodies."""
    return BodyStreamBlock(extra_blocks())


def has_type(block: Any) -> bool:
    """Return whether a block of a body was declared for the graph."""
    return type(block) in registered() or hasattr(block, "graphql_type") or is_plain(block)


def is_plain(block: Any) -> bool:
    """Return whether a block holds one value, so that its type is that of every block of its kind."""
    several = (blocks.StructBlock, blocks.ListBlock, blocks.StreamBlock)
    return not isinstance(block, several) and child_of(block) is not None


def streams() -> list[Any]:
    """Return the streams of all fields that models declare, that of bodies first."""
    found = [body_stream()]
    for node in model_types().values():
        model = node._meta.model
        for declared in declarations(model).values():
            column = column_of(model, declared.source, declared.keys)
            if isinstance(column, StreamField) and not isinstance(column, BodyField):
                found.append(column.stream_block)
    return found


def registered() -> list[type]:
    """Return the classes with ``@register_streamfield_block``, without those of Wagtail that grapple adds itself."""
    return [one["cls"] for one in streamfield_types]


def members() -> Iterator[tuple[str, Any]]:
    """Yield name and block of everything that a stream holds, streams inside blocks included."""
    todo: list[Any] = [
        *streams(),
        *(cls() for cls in registered() if issubclass(cls, blocks.BaseStructBlock)),
    ]
    known: set[type] = set()
    while todo:
        block = todo.pop()
        if isinstance(block, blocks.StreamBlock):
            yield from block.child_blocks.items()
            todo += block.child_blocks.values()
        elif isinstance(block, blocks.ListBlock):
            todo.append(block.child_block)
        elif isinstance(block, blocks.StructBlock) and type(block) not in known:
            known.add(type(block))
            todo += block.child_blocks.values()


def block_classes() -> dict[str, type]:
    """Return all classes of blocks in the graph by the names of their types, items inside others included."""
    found: dict[str, type] = {}
    for name, cls in named_classes():
        found.setdefault(name, cls)
    return found


def named_classes() -> list[tuple[str, type]]:
    """Return name and class of each block in the graph."""
    declared = [block for stream in streams() for block in stream.child_blocks.values() if has_type(block)]
    declared += [block for _name, block in members() if has_type(block)]
    declared += [cls() for cls in registered() if issubclass(cls, blocks.StructBlock)]
    found: dict[tuple[str, type], None] = {}
    for block in declared:
        _collect(block, found, top=True)
    return list(found)


def _collect(block: Any, found: dict[tuple[str, type], None], top: bool = False) -> None:
    own = (type_name(block), type(block))
    if isinstance(block, blocks.ListBlock):
        _collect(block.child_block, found)
    elif isinstance(block, blocks.StructBlock) and own not in found:
        found[own] = None
        for child in block.child_blocks.values():
            _collect(child, found)
    elif hasattr(block, "graphql_type") or (top and is_plain(block)):
        found[own] = None


def children(cls: Any) -> list[tuple[str, Child | None]]:
    """Return name in the graph and type of each child block."""
    return [(to_camel_case(name), child_of(child)) for name, child in _children(cls).items()]


def field_names(cls: Any) -> list[str]:
    """Return the names of the fields of a block's type."""
    return [name for name, _child, _text in _fields(cls)]


def union() -> str:
    """Return the union of all blocks of bodies in the schema language."""
    names = dict.fromkeys(
        type_name(block) for block in body_stream().child_blocks.values() if has_type(block)
    )
    description = "Any block of a page body. Select the fields of each type with inline fragments."
    return f'"{description}"\nunion BodyBlock = {" | ".join(names)}'


def types(written: set[str]) -> str:
    """Return the types of blocks in the schema language, but for those that are ``written`` in a file."""
    return "\n\n".join(_type(name, cls) for name, cls in block_classes().items() if name not in written)


def _type(name: str, cls: Any) -> str:
    own = getattr(cls._meta_class, "graphql_description", None) or (cls.__doc__ or name)
    implements = " implements BlockInterface" if cls in registered() or not _children(cls) else ""
    fields = "\n".join(
        f"  {_quoted(text)}\n  {field}: {child.type}"
        for field, child, text in _fields(cls)
        if child is not None
    )
    return f"{_quoted(str(own).strip().partition(chr(10))[0])}\ntype {name}{implements} {{\n{fields}\n}}"


def resolvers() -> dict[str, Resolver]:
    """Return the function behind each field of a block that follows from its child block, by coordinate."""
    return {
        f"{name}.{field}": _resolver(source, child)
        for name, cls in block_classes().items()
        for field, source, child in _sources(cls)
        if child is not None and name not in VALUES
    }


def _resolver(source: str, child: Child) -> Resolver:
    read = child.read
    return lambda block, info: read(block, block.value.get(source), info)


def _children(cls: Any) -> dict[str, Any]:
    children: dict[str, Any] = getattr(cls, "base_blocks", {})
    return children


def _sources(cls: Any) -> Iterator[tuple[str, str, Child | None]]:
    """Yield name in the graph, name in the block and type of each child, and of what ``graphql_fields`` adds."""
    if not issubclass(cls, blocks.BaseStructBlock) and not hasattr(cls, "graphql_type"):
        yield "value", "value", child_of(cls())
    for name, child in _children(cls).items():
        yield to_camel_case(name), name, child_of(child)
    for entry in getattr(cls, "graphql_fields", ()):
        if isinstance(entry, ExposedField):
            continue
        made = made_field(entry)
        if made.field_source not in _children(cls) and hasattr(cls, made.field_source):
            yield to_camel_case(made.field_name), made.field_source, _own(cls, made)
        elif made.field_source != made.field_name and made.field_source in _children(cls):
            yield (
                to_camel_case(made.field_name),
                made.field_source,
                child_of(_children(cls)[made.field_source]),
            )


def _own(cls: Any, made: Any) -> Child:
    """Return a field that a property or a method of the class answers, as grapple calls it."""
    node = registry.streamfield_blocks[cls]
    shape = built_shape(node._meta.fields[made.field_name].type)
    inner = f"[{shape.name}!]" if shape.listed else shape.name

    def read(block: Block, _raw: Any, info: Info) -> Any:
        value = getattr(cls(), made.field_source)
        return value(info=info, values=block.value) if callable(value) else value

    return Child(inner + ("!" if shape.required else ""), read)


def _fields(cls: Any) -> Iterator[tuple[str, Child | None, str]]:
    """Yield name, type and description of each field: those in ``graphql_fields``, or all children."""
    found = {name: (source, child) for name, source, child in _sources(cls)}
    entries = getattr(cls, "graphql_fields", None)
    if entries is None:
        for name, (source, child) in found.items():
            yield name, child, _description(cls, source)
        return
    for entry in entries:
        if isinstance(entry, ExposedField):
            type_ = print_ast(field_definition(entry.signature).type)
            yield entry.name, Child(type_, lambda _block, raw, _info: raw), entry.description
            continue
        made = made_field(entry)
        source, child = found.get(to_camel_case(made.field_name), (made.field_source, None))
        yield to_camel_case(made.field_name), child, made.description or _description(cls, source)


def _description(cls: Any, source: str) -> str:
    child = _children(cls).get(source)
    with override("en"):
        text = child and (getattr(child.meta, "help_text", "") or str(child.label or ""))
    return (
        str(text)
        if text and str(text).endswith(".")
        else f"{capfirst(str(text or source.replace('_', ' ')))}."
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
