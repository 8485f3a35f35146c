"""What `manage.py check` says of blocks: no type, a name that is taken, a field that does not fit."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLError, ObjectTypeDefinitionNode

from cms.graphql.fields.block_children import type_name
from cms.graphql.schema import blocks
from cms.graphql.schema.declarations import built_by, built_shape, field_definition
from cms.graphql.schema.refusals import Names, problem
from cms.graphql.schema.refusals import type_name as named_in
from cms.graphql_fields import ExposedField

# Words of grapple that leave the type to the child block.
_OPEN = frozenset({"String", "BlockInterface", "SnippetInterface", "PageInterface"})


def problems_of_blocks(registered: set[str], written: dict[str, Any], names: Names) -> Iterator[CheckMessage]:
    """Yield the problems of all blocks.

    ``registered`` are the coordinates that have a resolver; ``written`` are the types in files of types, by name.
    """
    for name, block in blocks.members():
        if not blocks.has_type(block):
            yield problem(
                104, type(block), "", f"the block “{name}” of bodies has no type in the graph.",
                "Write @register_streamfield_block above its class; without it the block is left out of answers.",
            )  # fmt: skip
    yield from _same_names(written)
    follows = blocks.resolvers()
    for owner, cls in blocks.block_classes().items():
        yield from _declared(owner, cls, registered, names)
        node = written.get(owner)
        if node is not None and not isinstance(node, ObjectTypeDefinitionNode):
            continue  # said above
        fields = blocks.field_names(cls) if node is None else [field.name.value for field in node.fields]
        for field in fields or [""]:
            answered = {f"{owner}.{field}", f"BlockInterface.{field}"} & {*registered, *follows}
            if not answered and owner not in blocks.VALUES:
                yield problem(
                    111, cls, field, "nothing answers this field of the block." if field else "the block has no field.",
                    "Name a child block or a method of the class, or register a resolver with @graph.field.",
                )  # fmt: skip


def _same_names(written: dict[str, Any]) -> Iterator[CheckMessage]:
    owners: dict[str, set[type]] = defaultdict(set)
    for name, cls in (*((type_name(cls), cls) for cls in blocks.registered()), *blocks.named_classes()):
        owners[name].add(cls)
    for name, classes in owners.items():
        node = written.get(name)
        said = [child for cls in classes for child, _type in blocks.children(cls)]
        of_a_block = name in blocks.VALUES or (
            isinstance(node, ObjectTypeDefinitionNode)
            and (
                "BlockInterface" in {one.name.value for one in node.interfaces}
                or {field.name.value for field in node.fields} <= {*said}
            )
        )
        first, *others = sorted(classes, key=lambda cls: (cls.__module__, cls.__qualname__))
        if others or (node is not None and not of_a_block):
            where = ", ".join(f"{cls.__module__}.{cls.__name__}" for cls in others) or "a file of types"
            yield problem(
                105, first, "", f"the type {name} is also that of {where}.",
                "Rename one of the two: a type of the graph has the name of its class.",
            )  # fmt: skip


def _declared(owner: str, cls: Any, registered: set[str], names: Names) -> Iterator[CheckMessage]:
    """Yield problems of what ``graphql_fields`` of a block says."""
    children = dict(blocks.children(cls))
    for entry in getattr(cls, "graphql_fields", None) or ():
        if isinstance(entry, ExposedField):
            try:
                definition = field_definition(entry.signature)
            except GraphQLError as error:
                yield problem(
                    114, cls, entry.signature, f"it cannot be read: {error.message}",
                    "Write a field as in the schema: \"name: Type\".",
                )  # fmt: skip
                continue
            if missing := names.missing(definition):
                yield problem(
                    106, cls, entry.name, missing, "Correct the name, or write the type in a file of types."
                )
                continue
            field, word, required = entry.name, named_in(definition), entry.signature.rstrip().endswith("!")
            open_ = False
        else:
            made, built = built_by(entry)
            shape = built_shape(built.type)
            field, word, required = to_camel_case(made.field_name), shape.name, shape.required
            open_ = word in _OPEN
        child = children.get(field)
        if child is None or f"{owner}.{field}" in registered:
            continue
        if not open_ and word != (own := child.type.strip("[]!")):
            yield problem(
                102, cls, field, f"the child block is {own} and the field is declared as {word}.",
                "Declare the type that follows from the child block, or register a resolver with @graph.field.",
            )  # fmt: skip
        elif required and not child.type.endswith("!"):
            yield problem(
                101, cls, field, "the child block may be empty and the field is declared never to be.",
                "Leave out “!” or required=True, or make the child block required.",
            )  # fmt: skip
