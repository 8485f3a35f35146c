"""What `manage.py check` says of blocks: no type, a name that is taken, a field that does not fit."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLError, ObjectTypeDefinitionNode, print_ast
from wagtail.blocks import ChooserBlock

from cms.body.blocks import BodyStreamBlock
from cms.body.field import extra_blocks
from cms.graphql.fields.block_children import child_of, type_name
from cms.graphql.schema import blocks
from cms.graphql.schema.columns import Shape
from cms.graphql.schema.declarations import built_by, built_shape, field_definition, no_blocks, unreadable_in
from cms.graphql.schema.refusals import Names, is_name, problem, unreadable_entries
from cms.graphql.schema.refusals import type_name as named_in
from cms.graphql.schema.signature_checks import RESERVED
from cms.graphql_fields import ExposedField

# Words of grapple that leave the type to the child block.
_OPEN = frozenset({"String", "BlockInterface", "SnippetInterface", "PageInterface"})


def problems_of_blocks(registered: set[str], written: dict[str, Any], names: Names) -> Iterator[CheckMessage]:
    """Yield the problems of all blocks.

    ``registered`` are the coordinates that have a resolver; ``written`` are the types in files of types, by name.
    """
    for cls in no_blocks():
        yield problem(
            114,
            cls,
            "",
            "it is registered as a block and is none.",
            "Make it a subclass of StructBlock.",
        )
    for name, block in blocks.members():
        if not blocks.has_type(block):
            yield problem(
                104, type(block), "", f"the block “{name}” of bodies has no type in the graph.",
                "Write @register_streamfield_block above its class; without it the block is left out of answers.",
            )  # fmt: skip
    broken = list(_unreadable(registered, names))
    if broken:
        yield from broken  # which nothing else can read either
        return
    yield from _same_names(written)
    yield from _stored_names()
    follows = blocks.resolvers()
    for owner, cls in blocks.block_classes().items():
        yield from _declared(owner, cls, registered, names)
        yield from _field_names(cls, written.get("BlockInterface"))
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


def _unreadable(registered: set[str], names: Names) -> Iterator[CheckMessage]:
    """Yield what cannot be read: entries of ``graphql_fields``, and children that name a model nobody serves."""
    for cls in blocks.registered():
        yield from unreadable_entries(cls, unreadable_in(cls))
    known = {*names.outputs, "PageInterface", "SnippetInterface"}
    for cls in {*blocks.registered(), *(type(block) for _name, block in blocks.members())}:
        for name, child in getattr(cls, "base_blocks", {}).items():
            text = ""
            try:
                found = child_of(child)
            except LookupError as error:
                text = f"the graph has no such model: {error}"
            else:
                answered = f"{type_name(cls)}.{to_camel_case(name)}" in registered
                if found and isinstance(child, ChooserBlock) and found.type not in known and not answered:
                    text = f"the schema has no type {found.type}."
            if text:
                yield problem(
                    106, cls, name, text, "Correct the name, or add the model's app to GRAPPLE[\"APPS\"]."
                )  # fmt: skip


def _stored_names() -> Iterator[CheckMessage]:
    """Yield blocks of the site that are stored under a name of another one, or under what is no name."""
    for cls in blocks.registered():
        if not isinstance(stored := getattr(cls, "stored_as", ""), str):
            yield problem(114, cls, "stored_as", f"{stored!r} is no name.", "Write the name as a text.")
    owners: dict[str, list[Any]] = defaultdict(list)
    for name, block in (*BodyStreamBlock.base_blocks.items(), *extra_blocks()):
        owners[name].append(type(block))
    for name, classes in owners.items():
        if len(classes) > 1:
            yield problem(
                105, classes[-1], "stored_as", f"{classes[0].__name__} is stored as “{name}” too.",
                "Give the newer one another name.",
            )  # fmt: skip


def _field_names(cls: Any, interface: Any) -> Iterator[CheckMessage]:
    """Yield names of fields that the schema cannot have or that are there twice."""
    given = Counter(blocks.field_names(cls))
    given.update(
        dict.fromkeys({to_camel_case(child) for child in getattr(cls, "base_blocks", {})} - {*given}, 1)
    )
    children = Counter(to_camel_case(child) for child in getattr(cls, "base_blocks", {}))
    reserved = (
        {field.name.value for field in getattr(interface, "fields", ())}
        if cls in blocks.registered()
        else set()
    )
    for name, times in given.items():
        if not is_name(name):
            yield problem(
                114,
                cls,
                name,
                f"{name!r} is no name of the schema.",
                "Write letters, digits and underscores.",
            )
        if times > 1 or children[name] > 1:
            yield problem(105, cls, name, "the field is there twice.", "Rename one, or take it out.")
        if name in reserved:
            yield problem(105, cls, name, "every block has a field of this name.", "Rename the child block.")


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
        if not is_name(name):
            yield problem(114, first, "", f"{name!r} is no name of the schema.", "Rename the class.")
        if others or (node is not None and not of_a_block) or name in RESERVED:
            where = ", ".join(f"{cls.__module__}.{cls.__name__}" for cls in others) or (
                "the schema itself" if name in RESERVED else "a file of types"
            )
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
            if definition.arguments:
                yield problem(
                    114, cls, entry.name, "a field of a block has no arguments.", "Leave the arguments out."
                )
            field, word, required = entry.name, named_in(definition), entry.signature.rstrip().endswith("!")
            open_, listed = False, "[" in print_ast(definition.type)
            source = entry.source
        else:
            made, built = built_by(entry)
            shape = built_shape(built.type)
            field, word, required = to_camel_case(made.field_name), shape.name, shape.required
            open_, listed = word in _OPEN, shape.listed and word != "BlockInterface"
            source = made.field_source if made.field_source != made.field_name else None
        child = children.get(field)
        if source and source not in getattr(cls, "base_blocks", {}) and not hasattr(cls, source):
            text = f"nothing answers it: the block has no “{source}”."
            yield problem(111, cls, field, text, "Name a child block or a method of the class.")
        elif child is not None and f"{owner}.{field}" not in registered:
            exact = isinstance(entry, ExposedField)
            for number, text, hint in _unlike(
                child.type, Shape("" if open_ else word, listed, required), exact
            ):
                yield problem(number, cls, field, text, hint)


def _unlike(child: str, said: Shape, exact: bool) -> Iterator[tuple[int, str, str]]:
    """Yield how the type of a ``child`` differs from what is declared; words of grapple leave it open whether it is a
    list, a signature is ``exact``.
    """
    own = child.strip("[]!")
    if said.name and said.name != own:
        text = f"the child block is {own} and the field is declared as {said.name}."
        yield (
            102,
            text,
            "Declare the type that follows from the child block, or register a resolver with @graph.field.",
        )
    elif said.listed != child.startswith("[") and (said.listed or exact):
        yield (
            102,
            f"the child block is {child}: one of the two is a list.",
            "Declare a list where the block is one.",
        )
    elif said.required and not child.endswith("!"):
        text = "the child block may be empty and the field is declared never to be."
        yield 101, text, "Leave out “!” or required=True, or make the child block required."
