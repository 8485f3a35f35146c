"""What `manage.py check` says of lists: names without a column or a function, no order, names that are taken."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage
from django.core.exceptions import FieldDoesNotExist
from graphql import GraphQLError
from wagtail.models import Page

from cms.graphql.schema.columns import column_of
from cms.graphql.schema.declarations import field_definition, model_types
from cms.graphql.schema.lists import Listed
from cms.graphql.schema.refusals import is_name, problem
from cms.graphql_fields import List

_NO_COLUMN = "the model has no column “{}”."


def problems_of_lists(
    lists: list[Listed], parents: Collection[str], taken: Collection[str]
) -> Iterator[CheckMessage]:
    """Yield the problems of all lists.

    ``parents`` are the types that may have a list; ``taken`` the names of root fields that apps registered.
    """
    for model in apps.get_models():
        if (declared := vars(model).get("graphql_list")) is not None and not isinstance(declared, List):
            yield problem(
                114, model, "graphql_list", "it is not a List.", "Write List(…) of cms.graphql_fields."
            )
    owners: dict[str, list[Listed]] = defaultdict(list)
    for one in lists:
        owners[f"{one.prefix}Connection"].append(one)
        owners[one.declared.name].append(one)
        if one.declared.name in taken:
            yield _taken(one, one.declared.name, "a root field that is registered")
        bad = list(_names(one))
        yield from bad or _columns(one)
        yield from _below(one, parents)
    for name, holders in owners.items():
        if len(holders) > 1:
            others = ", ".join(other.model._meta.label for other in holders[1:])
            yield _taken(holders[0], name, f"in the list of {others}")


def _taken(one: Listed, name: str, where: str) -> CheckMessage:
    return problem(
        105,
        one.model,
        "graphql_list",
        f"the name {name} is also {where}.",
        "Give one of them another name or prefix.",
    )


def _names(one: Listed) -> Iterator[CheckMessage]:
    """Yield names that the schema cannot have."""
    declared = one.declared
    for part, names in (
        ("name", [declared.name]), ("prefix", [one.prefix]), ("order", declared.order), ("filters", _filters(one)),
    ):  # fmt: skip
        for name in names:
            if not is_name(name):
                yield problem(
                    114, one.model, f"graphql_list.{part}", f"{name!r} is no name of the schema.",
                    "Write letters, digits and underscores.",
                )  # fmt: skip
    try:
        field_definition(f"a({one.declared.arguments or 'b: Int'}): Int")
    except GraphQLError as error:
        yield problem(
            114, one.model, "graphql_list.arguments", f"they cannot be read: {error.message}",
            "Write them as in the schema: \"name: Type, other: Type\".",
        )  # fmt: skip


def _filters(one: Listed) -> list[Any]:
    given: Any = one.declared.filters
    return list(given)


def _columns(one: Listed) -> Iterator[CheckMessage]:
    model, declared = one.model, one.declared
    for by in declared.order.values():
        path = by if isinstance(by, str) else by.column if by else None
        column = column_of(model, path) if path else None
        if path is not None and (column is None or not getattr(column, "concrete", False)):
            yield problem(
                103, model, "graphql_list.order", _NO_COLUMN.format(path),
                "Name a column of the model itself, or say COMPUTED and register a function.",
            )  # fmt: skip
    for where in one.filters.values():
        if where and not _has_path(model, where.column):
            yield problem(
                103, model, "graphql_list.filters", _NO_COLUMN.format(where.column),
                "Correct the name; relations are followed with two underscores.",
            )  # fmt: skip
    for kind, suffix, computed in (
        ("conditions", "Filter", [name for name, where in one.filters.items() if where is None]),
        ("orders", "Order", [name for name, by in declared.order.items() if by is None]),
    ):
        for name in computed:
            if one.registered(kind, f"{one.prefix}{suffix}.{name}") is None:
                yield problem(
                    103, model, f"graphql_list.{name}", "it is COMPUTED, and no function is registered for it.",
                    f"Register one with @graph.{kind.removesuffix('s')}(\"{one.prefix}{suffix}.{name}…\").",
                )  # fmt: skip
    if not declared.order:
        yield problem(
            108, model, "graphql_list", "a list without an order: parts of it would overlap.",
            "Name at least one column: order={\"TITLE\": \"sort_key\"}.",
        )  # fmt: skip


def _below(one: Listed, parents: Collection[str]) -> Iterator[CheckMessage]:
    names = [*one.declared.order]
    names = [
        f"{name.removesuffix('_ASC').removesuffix('_DESC')}_{side}"
        for name in names
        for side in ("ASC", "DESC")
    ]
    for parent, below in one.declared.below.items():
        if parent not in parents:
            yield problem(
                106, one.model, "graphql_list.below", f"the schema has no type {parent}.",
                "Name the class of a model that the graph shows.",
            )  # fmt: skip
        if below.column and not _has_path(one.model, below.column):
            yield problem(
                103, one.model, "graphql_list.below", _NO_COLUMN.format(below.column),
                "Correct the name; relations are followed with two underscores.",
            )  # fmt: skip
        if not below.column and not issubclass(one.model, Page):
            yield problem(
                103, one.model, "graphql_list.below", "only pages stand below others without a column.",
                "Name the column that holds the key of the parent: Below(\"centre_key\").",
            )  # fmt: skip
        node = model_types().get(parent)
        if below.column and node is not None and not hasattr(node._meta.model, below.key):
            yield problem(
                103, one.model, "graphql_list.below", f"{parent} has no attribute “{below.key}”.",
                "Correct key=….",
            )  # fmt: skip
        if below.order and below.order not in names:
            yield problem(
                108, one.model, "graphql_list.below", f"the list has no order {below.order}.",
                f"Take one of {', '.join(names)}.",
            )  # fmt: skip


def _has_path(model: Any, path: str) -> bool:
    for name in path.split("__"):
        try:
            model = model._meta.get_field(name).related_model
        except (FieldDoesNotExist, AttributeError):
            return False
    return True
