"""System checks: what models declare is compared with their columns and with the schema before anything is served.

Each problem has an id, the model and the field, and a hint; docs/extending.md lists them. `problems` looks before the
schema is built, so a mistake never becomes a traceback or an answer that is null as a whole.
"""

import inspect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import models
from django.utils.module_loading import import_string
from graphql import (
    BreakingChangeType,
    EnumTypeDefinitionNode,
    build_schema,
    find_breaking_changes,
)
from grapple.registry import registry
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from cms.graphql.graph import Graph
from cms.graphql.schema import blocks
from cms.graphql.schema.block_checks import problems_of_blocks
from cms.graphql.schema.built_checks import problems_of_schema
from cms.graphql.schema.columns import Shape, column_of, enum_of, many, shape_of_column
from cms.graphql.schema.declarations import Declaration, declarations, field_definition, unreadable
from cms.graphql.schema.evolution import unannounced
from cms.graphql.schema.refusals import Names, SchemaRefused, problem, type_name, unreadable_entries
from cms.graphql.schema.signature_checks import (
    has_value,
    not_taken,
    problems_of_enums,
    problems_of_interfaces,
    problems_of_names,
)
from cms.publishing.registry import entry_of

# Scalars that a column of another kind can be written as.
_ALSO = {
    "String": {"ID", "Int", "Float", "Boolean"},
    "ID": {"Int", "String", "Float"},
    "Float": {"Int", "Decimal"},
    "Date": {"DateTime", "PartialDate"},
    "RichText": {"String"},
    "BlockInterface": {"BodyBlock"},
}


_ANSWER_HINT = "Write a method with self, info and the arguments, or register a resolver with @graph.field."
_NO_PRICE = "a list without a price, since nothing says how long a part is."
_PRICE_HINT = "Give the field the argument first: Int = 20, or declare a List on the model."


def check_graph(**_kwargs: Any) -> list[CheckMessage]:
    """Return what is wrong with the declarations of the served schema."""
    try:
        schema = import_string(settings.CMS_GRAPHQL_SCHEMA)
    except SchemaRefused as refused:
        return refused.problems
    except Exception as error:  # noqa: BLE001  # a mistake in a declaration is said, never shown as a traceback
        cause = error.__cause__ if isinstance(error, ImportError) and error.__cause__ else error
        text = f"the schema cannot be built: {type(cause).__name__}: {cause}"
        return [Error(text, hint="Look at what was declared last.", id="cms.E100")]
    return [*_removed_values(schema), *problems_of_schema(schema)]


def _removed_values(schema: Any) -> Iterator[CheckMessage]:
    """Yield values of enums that the committed schema has and the served one has not, unless that is announced."""
    path, changelog = Path(settings.CMS_GRAPHQL_SCHEMA_FILE), Path(settings.CMS_CHANGELOG)
    if not path.exists():
        return
    before = build_schema(path.read_text("utf-8"), assume_valid=True)
    gone = [
        change.description
        for change in find_breaking_changes(before, schema)
        if change.type is BreakingChangeType.VALUE_REMOVED_FROM_ENUM
    ]
    told = changelog.read_text("utf-8") if changelog.exists() else ""
    for sentence in unannounced(gone, told):
        yield Error(
            sentence,
            hint="Put the value back, or write this sentence under “### Schema” in the changelog.",
            id="cms.E110",
        )


def problems(graphs: tuple[Graph, ...], definitions: list[Any], found: dict[str, Any]) -> list[CheckMessage]:
    """Return the problems of fields and blocks; ``definitions`` are the written types, ``found`` grapple's by name."""
    registered = {name for graph in graphs for name in graph.resolvers}
    written = {node.name.value: node for node in definitions}
    names = Names.of(definitions, {*found, *blocks.block_classes(), "BodyBlock"})
    shown = [node._meta.model for node in found.values()]
    result: list[CheckMessage] = [*_left_out(), *_same_names(written), *_no_types(names)]
    for name, node in found.items():
        model = node._meta.model
        interfaces = [*getattr(model, "graphql_interface_names", ()), *_page_interface(model)]
        result += unreadable_entries(model, unreadable(model))
        result += problems_of_names(model, getattr(model, "graphql_interface_names", ()))
        result += problems_of_interfaces(model, registered, written)
        for declared in declarations(model).values():
            answered = any(f"{owner}.{declared.name}" in registered for owner in (name, *interfaces))
            result += _field_problems(model, declared, answered, names, written)
    result += problems_of_enums(shown, written)
    result += _unwatched(shown)
    result += problems_of_blocks(registered, written, names)
    result += _signature_problems(graphs, names)
    return result


def _page_interface(model: type[models.Model]) -> tuple[str, ...]:
    return ("PageInterface",) if issubclass(model, Page) else ()


# ---------------------------------------------------------------- models


def _left_out() -> Iterator[CheckMessage]:
    for model in apps.get_models():
        if hasattr(model, "graphql_fields") and model not in registry.models:
            yield problem(
                109, model, "graphql_fields", "its app is in no graph, so the type is served nowhere.",
                f"Add “{model._meta.app_label}” to GRAPPLE[\"APPS\"] in the settings.",
            )  # fmt: skip


def _no_types(names: Names) -> Iterator[CheckMessage]:
    for model in apps.get_models():
        name = getattr(model, "graphql_type", None)
        if hasattr(model, "graphql_fields") and name is not None and name not in names.outputs:
            yield problem(
                106, model, "graphql_type", f"the schema has no type {name}.",
                "Correct the name, or write the type in a file of types.",
            )  # fmt: skip


def _same_names(written: dict[str, Any]) -> Iterator[CheckMessage]:
    owners: dict[str, list[Any]] = defaultdict(list)
    for model in registry.models:
        is_model = isinstance(model, type) and issubclass(model, models.Model)
        if is_model and hasattr(model, "graphql_fields") and not hasattr(model, "graphql_type"):
            owners[model.__name__].append(model)
    classes = set(blocks.registered())
    for name, holders in owners.items():
        others = [model._meta.label for model in holders[1:]]
        others += [
            f"block {cls.__module__}.{cls.__name__}" for cls in classes if blocks.type_name(cls) == name
        ]
        node = written.get(name)
        if node is not None and name not in blocks.VALUES:
            others.append("a file of types")
        if others:
            yield problem(
                105, holders[0], "", f"the type {name} is also that of {', '.join(others)}.",
                "Rename one of the two classes: a type of the graph has the name of its class.",
            )  # fmt: skip


def _field_problems(
    model: Any, declared: Declaration, answered: bool, names: Names, written: dict[str, Any]
) -> Iterator[CheckMessage]:
    if missing := _missing(declared, names):
        yield problem(
            106, model, declared.name, missing,
            "Correct the name, or add the model's app to GRAPPLE[\"APPS\"], or write the type in a file of types.",
        )  # fmt: skip
        return
    if declared.signature is not None and _has_no_price(declared.signature):
        yield problem(113, model, declared.name, _NO_PRICE, _PRICE_HINT)
        return
    if answered:
        return
    column = column_of(model, declared.source, declared.keys)
    if column is None:
        if declared.keys or not has_value(model, declared.source):
            path = ".".join((declared.source, *declared.keys))
            yield problem(
                103, model, declared.name, f"the model has no column and no attribute “{path}”.",
                "Correct the name, give source=…, or register a resolver with @graph.field.",
            )  # fmt: skip
        else:
            yield from _method_problems(model, declared)
        return
    if declared.signature is not None and declared.signature.arguments:
        yield problem(103, model, declared.name, "a column takes no arguments.", _ANSWER_HINT)
    yield from _null_problems(model, declared, column)
    own, said = shape_of_column(column), Shape(declared.word, declared.listed)
    if not _fits(declared, own, column, model):
        yield problem(
            102, model, declared.name,
            f"the column is {_words(own)} and the field is declared as {_words(said)}.",
            "Declare the type that follows from the column, or register a resolver with @graph.field.",
        )  # fmt: skip
    choices = enum_of(column)
    enum = written.get(choices.__name__ if choices else declared.word)
    if isinstance(enum, EnumTypeDefinitionNode) and (differing := _differing(enum, column, choices)):
        yield problem(
            110, model, declared.name,
            f"{', '.join(differing)} stands in one of the column's choices and the written {enum.name.value} alone.",
            "Put the value back, or write the same values in both places and announce what is gone in the changelog.",
        )  # fmt: skip


def _null_problems(model: Any, declared: Declaration, column: Any) -> Iterator[CheckMessage]:
    """Yield that a field is declared never to be null, and what is behind it may be."""
    if not declared.required or declared.always:
        return
    always = "where the public never sees such a row, say always=True."
    if not declared.listed and _may_be_null(model, declared, column):
        yield problem(
            101, model, declared.name, "the column may be null and the field is declared never to be.",
            f"Declare it without “!” or required=True, or make the column null=False; {always}",
        )  # fmt: skip
    elif _may_be_hidden(model, declared, column):
        yield problem(
            101, model, declared.name, "what it points at may be hidden, and the field is declared never to be null.",
            f"Declare it without “!” or required=True; {always}",
        )  # fmt: skip


def _method_problems(model: Any, declared: Declaration) -> Iterator[CheckMessage]:
    """Yield that an attribute does not take what the resolver hands it: the info and the field's arguments."""
    function = inspect.getattr_static(model, declared.source)
    arguments = declared.signature.arguments if declared.signature is not None else ()
    names = [argument.name.value for argument in arguments]
    wrong = "it is no method." if names else ""
    if inspect.isfunction(function):
        wrong = not_taken(function, 2, names)
    if wrong:
        yield problem(
            103, model, declared.name, f"“{declared.source}” cannot be called: {wrong}", _ANSWER_HINT
        )


def _missing(declared: Declaration, names: Names) -> str:
    if declared.signature is not None:
        return names.missing(declared.signature)
    known = declared.word in names.outputs or declared.word in ("PageInterface", "SnippetInterface")
    return "" if known else f"the schema has no type {declared.word}."


def _may_be_null(model: Any, declared: Declaration, column: Any) -> bool:
    first = column_of(model, declared.source)
    if many(first):
        return False
    empty_is_null = enum_of(column) is not None and column.blank
    return bool(getattr(column, "null", False) or getattr(first, "null", False) or empty_is_null)


def _may_be_hidden(model: Any, declared: Declaration, column: Any) -> bool:
    """Return whether the gate may answer with null, where the column always points at something."""
    if column.related_model is None or many(column_of(model, declared.source)):
        return False
    if isinstance(column, ParentalKey):  # a row is shown with what it belongs to
        return False
    return not shape_of_column(column).required


def _fits(declared: Declaration, own: Shape, column: Any, model: Any) -> bool:
    listed = own.listed or many(column_of(model, declared.source))
    if declared.listed != listed and (
        declared.signature is not None or declared.listed or column.is_relation
    ):
        return False
    if declared.word == "PartialDate":
        return own.name == "PartialDate" or hasattr(model, f"{declared.source}_precision")
    if column.is_relation and column.related_model is not None:
        target = column.related_model
        others = (*getattr(target, "graphql_interface_names", ()), *_page_interface(target))
        return declared.word in (own.name, *others)
    if enum_of(column) is not None:
        return declared.word not in ("Int", "Float", "Boolean", "Date", "DateTime", "Decimal")
    of_grapple = declared.word == "String" and declared.signature is None  # which writes anything as words
    return of_grapple or own.name in (declared.word, *_ALSO.get(declared.word, ()))


def _words(shape: Shape) -> str:
    return f"[{shape.name}]" if shape.listed else shape.name


def _differing(enum: EnumTypeDefinitionNode, column: Any, choices: Any) -> list[str]:
    """Return the values that a column may hold and the enum lacks, and those of its class that the enum has alone."""
    values = {value.name.value for value in enum.values}
    given = getattr(column, "options", None) or getattr(column, "choices", None) or ()
    held = {str(value) for value, _label in given if value}
    return sorted(held ^ values if choices else held - values)


def _unwatched(shown: Iterable[Any]) -> Iterator[CheckMessage]:
    """Yield models whose rows answers are made from, in tables whose changes empty no cache."""
    read = {one for model in shown for one in (model, *_tables_of(model))}
    for model in sorted(read, key=lambda one: str(one._meta.label)):
        if entry_of(model._meta.concrete_model).private and model._meta.managed:
            yield problem(
                112, model, "", "the graph shows its rows, and its table is private: answers would stay stale.",
                "Take it out of the private tables (cms/publishing/private.py, private_tables of the AppConfig).",
            )  # fmt: skip


def _tables_of(model: Any) -> Iterator[Any]:
    """Yield the models from whose tables the declared fields of ``model`` are read, beside its own."""
    for declared in declarations(model).values():
        for end in range(len(declared.keys) + 1):
            column = column_of(model, declared.source, declared.keys[:end])
            if column is not None and column.related_model is not None:
                yield column.related_model
                if through := getattr(getattr(column, "remote_field", None), "through", None):
                    yield through


# ---------------------------------------------------------------- root fields


def _signature_problems(graphs: Iterable[Graph], names: Names) -> Iterator[CheckMessage]:
    for graph in graphs:
        for signature, resolve in graph.queries.items():
            definition = field_definition(signature)
            place = f"Query.{definition.name.value}"
            given = [argument.name.value for argument in definition.arguments]
            if wrong := not_taken(resolve, 2, given):
                yield Error(f"{place}: it cannot be called: {wrong}", hint=_ANSWER_HINT, id="cms.E103")
            if missing := names.missing(definition):
                hint = "Correct the name, or write the type in a file of types."
                yield Error(f"{place}: {missing}", hint=hint, id="cms.E106")
            if _has_no_price(definition):
                yield Error(f"{place}: {_NO_PRICE}", hint=_PRICE_HINT, id="cms.E113")


def _has_no_price(definition: Any) -> bool:
    arguments = {argument.name.value for argument in definition.arguments}
    return type_name(definition).endswith("Connection") and "first" not in arguments
