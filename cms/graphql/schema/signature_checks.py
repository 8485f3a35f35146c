"""What `manage.py check` says of names and signatures: names the schema cannot have, doubles, arguments."""

import inspect
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.core.checks import CheckMessage
from django.db import models
from graphql import (
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InterfaceTypeDefinitionNode,
    print_ast,
    specified_scalar_types,
)
from graphql.pyutils import camel_to_snake
from wagtail.models import Page

from cms.graphql.schema import blocks
from cms.graphql.schema.columns import choices_of, column_of, enum_of
from cms.graphql.schema.declarations import declarations, declared_twice, unreadable
from cms.graphql.schema.refusals import is_name, problem

# Types that the build itself makes.
RESERVED = frozenset({*specified_scalar_types, "Query", "Mutation", "Subscription", "BodyBlock"})
_LETTERS = "Write letters a to z, digits and underscores, and begin with a letter."


def problems_of_names(model: Any, interfaces: Iterable[Any]) -> Iterator[CheckMessage]:
    """Yield names of a model's type and fields that the schema cannot have, and fields that are declared twice."""
    name = model.__name__
    if not is_name(name):
        yield problem(114, model, "", f"{name!r} is no name of the schema.", _LETTERS)
    if name in RESERVED:
        yield problem(105, model, "", f"the type {name} is one of the schema's own.", "Rename the class.")
    declared = declarations(model)
    if not declared and not unreadable(model) and not any(interfaces) and not issubclass(model, Page):
        yield problem(
            120,
            model,
            "graphql_fields",
            "a type without a field.",
            "Declare a field, or no graphql_fields at all.",
        )
    for field in declared.values():
        if not is_name(field.name):
            yield problem(114, model, field.name, f"{field.name!r} is no name of the schema.", _LETTERS)
        if field.signature is not None:
            yield from problems_of_arguments(model, field.name, field.signature)
    for field_name in declared_twice(model):
        yield problem(
            105,
            model,
            field_name,
            "the field is declared twice.",
            "Take one of the two out of graphql_fields.",
        )


def problems_of_arguments(owner: Any, field: str, definition: FieldDefinitionNode) -> Iterator[CheckMessage]:
    """Yield arguments that the schema cannot have, or has twice."""
    given = Counter(argument.name.value for argument in definition.arguments)
    for name, times in given.items():
        if not is_name(name):
            yield problem(114, owner, field, f"{name!r} is no name of an argument.", _LETTERS)
        if times > 1:
            yield problem(105, owner, field, f"the argument {name} is there twice.", "Take one out.")


def not_taken(function: Callable[..., Any], given: int, names: Iterable[str]) -> str:
    """Return why ``function`` cannot be called with ``given`` values and arguments by name, empty if it can."""
    try:
        signature = inspect.signature(function)
        signature.bind(*[None] * given, **{camel_to_snake(name): None for name in names})
    except TypeError as error:
        return str(error)
    except ValueError:  # a function of C, which does not say what it takes
        return ""
    return ""


def problems_of_enums(shown: Collection[Any], written: dict[str, Any]) -> Iterator[CheckMessage]:
    """Yield columns with choices that can be no enum of the graph, and enums whose name is another type's."""
    owners: dict[str, list[tuple[Any, str, Any]]] = defaultdict(list)
    for model in shown:
        for declared in declarations(model).values():
            column = column_of(model, declared.source, declared.keys)
            if column is None:
                continue
            if (enum := enum_of(column)) is not None:
                owners[enum.__name__].append((model, declared.name, enum))
            elif declared.signature is None and (choices := choices_of(column)) is not None:
                yield problem(
                    121, model, declared.name,
                    f"values of {choices.__name__} are no names of the schema: "
                    f"{', '.join(value for value in choices.values if not is_name(value))}.",
                    "Write values of letters, digits and underscores, or declare the column as words: "
                    f"field(\"{declared.name}: String!\", \"…\").",
                )  # fmt: skip
    taken = {*(model.__name__ for model in shown), *blocks.block_classes(), *RESERVED}
    taken |= {name for name, node in written.items() if not isinstance(node, EnumTypeDefinitionNode)}
    for name, holders in owners.items():
        model, field, enum = holders[0]
        if name in taken:
            yield problem(
                105, model, field, f"the enum {name} is also a type.", "Rename the class of choices."
            )
        others = [other for other in holders if other[2].values != enum.values]
        for other, where, _enum in others:
            yield problem(
                105, other, where, f"the enum {name} is also that of {model._meta.label}.{field}, with other values.",
                "Rename one of the two classes of choices.",
            )  # fmt: skip


def problems_of_interfaces(
    model: Any, registered: Collection[str], written: dict[str, Any]
) -> Iterator[CheckMessage]:
    """Yield interfaces of a model that do not exist, and their fields that nothing answers or that differ."""
    own = declarations(model)
    names = [
        *getattr(model, "graphql_interface_names", ()),
        *(["PageInterface"] if issubclass(model, Page) else []),
    ]
    for name in names:
        node = written.get(name)
        if not isinstance(node, InterfaceTypeDefinitionNode):
            yield problem(
                106, model, "graphql_interface_names", f"the schema has no interface {name}.",
                "Correct the name, or write the interface in a file of types.",
            )  # fmt: skip
            continue
        for field in node.fields:
            known = own.get(field.name.value)
            if known is not None and known.signature is not None and not _alike(known.signature, field):
                yield problem(
                    102, model, known.name, f"{name} declares this field with another type.",
                    "Take its type, or give the field another name.",
                )  # fmt: skip
            answered = {f"{model.__name__}.{field.name.value}", f"{name}.{field.name.value}"} & {*registered}
            source = camel_to_snake(field.name.value)
            if known is None and not answered and not has_value(model, source):
                yield problem(
                    103, model, field.name.value, f"{name} has this field, and nothing answers it.",
                    f"Add an attribute “{source}”, or register a resolver with @graph.field.",
                )  # fmt: skip


def _alike(one: FieldDefinitionNode, other: FieldDefinitionNode) -> bool:
    """Return whether two fields name the same type, which may be never null in one of them alone."""
    return print_ast(one.type).rstrip("!") == print_ast(other.type).rstrip("!")


def has_value(model: Any, source: str) -> bool:
    """Return whether rows of ``model`` have a column, a property or a method of that name."""
    if column_of(model, source) is not None:
        return True
    found = inspect.getattr_static(model, source, None)
    return (
        found is not None and not isinstance(found, (type, models.Manager)) and not _is_manager(model, source)
    )


def _is_manager(model: Any, source: str) -> bool:
    return source in {manager.name for manager in model._meta.managers}
