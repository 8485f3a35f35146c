"""What `manage.py check` says of lists: what is no list, names that are taken, no order, rows nobody can be below."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage
from django.core.exceptions import FieldDoesNotExist
from graphql import (
    GraphQLError,
    GraphQLSchema,
    InterfaceTypeDefinitionNode,
    UnionTypeDefinitionNode,
)
from wagtail.models import Page

from cms.graphql.loading.connections import MAX_PAGE_SIZE
from cms.graphql.schema.columns import column_of
from cms.graphql.schema.declarations import declarations, field_definition, model_types
from cms.graphql.schema.list_columns import cannot_filter, cannot_order, same_kind
from cms.graphql.schema.lists import Listed
from cms.graphql.schema.refusals import is_name, problem
from cms.graphql.schema.signature_checks import not_taken
from cms.graphql_fields import Below, By, List, Where, list_of
from cms.publishing.registry import entry_of

_NO_COLUMN = "the model has no column “{}”."
_JOINING = frozenset({"and", "or", "not"})
_OWN_ARGUMENTS = frozenset({"first", "after", "last", "before", "orderBy", "locale", "fallback"})
_COMPUTED = "Say COMPUTED and register a function with {}, or take another column."


def problems_of_lists(
    lists: list[Listed], written: Mapping[str, Any], taken: Collection[str]
) -> Iterator[CheckMessage]:
    """Yield the problems of all lists.

    ``written`` are the types in files of types, by name; ``taken`` the names of root fields that apps registered.
    """
    for model in apps.get_models():
        if (declared := list_of(model)) is not None and not isinstance(declared, List):
            yield problem(
                114, model, "graphql_list", "it is not a List.", "Write List(…) of cms.graphql_fields."
            )
    owners: dict[str, list[Listed]] = defaultdict(list)
    for one in lists:
        if bad := list(_shape(one)) or [*_names(one), *_doubles(one), *_arguments(one)]:
            yield from bad
            continue
        for name in (f"{one.prefix}Connection", one.declared.name, *_fields_below(one)):
            owners[name].append(one)
        if one.declared.name in taken:
            yield _taken(one, one.declared.name, "a root field that is registered")
        yield from (
            *_types(one, written),
            *_orders(one),
            *_filters(one),
            *_computed(one),
            *_below(one, written),
        )
    for name, holders in owners.items():
        if len(holders) > 1:
            others = ", ".join(other.model._meta.label for other in holders[1:])
            yield _taken(holders[0], name, f"in the list of {others}")


def below_nothing(lists: list[Listed], schema: GraphQLSchema) -> Iterator[CheckMessage]:
    """Yield lists below types that no query of ``schema`` reaches."""
    for one in lists:
        for parent in one.declared.below:
            if parent not in schema.type_map:
                text = f"no query reaches {parent}."
                yield problem(106, one.model, "graphql_list.below", text, "Name a type that a field gives.")


def _taken(one: Listed, name: str, where: str) -> CheckMessage:
    return problem(
        105,
        one.model,
        "graphql_list",
        f"the name {name} is also {where}.",
        "Give one of them another name or prefix.",
    )


def _fields_below(one: Listed) -> Iterator[str]:
    for parent, below in one.declared.below.items():
        yield f"{parent}.{below.name or one.declared.name}"


def _shape(one: Listed) -> Iterator[CheckMessage]:
    """Yield parts of a list that are not what a `List` takes."""
    declared: Any = one.declared
    filters, order, below = declared.filters, declared.order, declared.below
    fitting = {
        "name": isinstance(declared.name, str),
        "order": isinstance(order, Mapping)
        and all(isinstance(by, (str, By, type(None))) for by in order.values()),
        "filters": isinstance(filters, list)
        or (
            isinstance(filters, Mapping)
            and all(isinstance(where, (str, Where, type(None))) for where in filters.values())
        ),
        "below": isinstance(below, Mapping) and all(isinstance(one, Below) for one in below.values()),
        **{
            name: isinstance(getattr(declared, name), str)
            for name in ("prefix", "node", "description", "arguments")
        },
    }
    for part, fits in fitting.items():
        if not fits:
            yield problem(
                114, one.model, f"graphql_list.{part}", "it cannot be read.",
                "Write what List takes (cms.graphql_fields): order={\"TITLE\": \"sort_key\"}, filters=[\"date\"], "
                "below={\"HomePage\": Below()}.",
            )  # fmt: skip
    if type(declared.first) is not int or not 1 <= declared.first <= MAX_PAGE_SIZE:
        yield problem(
            116, one.model, "graphql_list.first", f"{declared.first!r} is no length of a part.",
            f"Take a number from 1 to {MAX_PAGE_SIZE}.",
        )  # fmt: skip


def _names(one: Listed) -> Iterator[CheckMessage]:
    """Yield names that the schema cannot have, or that stand for something else."""
    declared = one.declared
    fields_below = [below.name or declared.name for below in declared.below.values()]
    for part, names in (
        ("name", [declared.name]), ("prefix", [one.prefix]), ("order", declared.order),
        ("filters", [*one.declared.filters]), ("below", fields_below),
    ):  # fmt: skip
        for name in names:
            if not is_name(name) or name in ("true", "false", "null"):
                yield problem(
                    114, one.model, f"graphql_list.{part}", f"{name!r} is no name of the schema.",
                    "Write letters, digits and underscores.",
                )  # fmt: skip


def _doubles(one: Listed) -> Iterator[CheckMessage]:
    """Yield conditions that are called like what joins them, and names that are there twice."""
    for name in _JOINING & {*one.filters}:
        yield problem(
            105, one.model, "graphql_list.filters", f"“{name}” joins the conditions of a filter.",
            "Give the condition another name: filters={\"other\": \"column\"}.",
        )  # fmt: skip
    for part, given in (("filters", map(_snake, one.filters)), ("order", _stems(one.declared.order))):
        for name, times in Counter(given).items():
            if times > 1:
                yield problem(
                    105, one.model, f"graphql_list.{part}", f"{name} is there {times} times.", "Take one out."
                )


def _arguments(one: Listed) -> Iterator[CheckMessage]:
    """Yield further arguments that cannot be read, that every list has, or that nobody takes."""
    declared = one.declared
    try:
        definition = field_definition(f"a({declared.arguments or 'b: Int'}): Int")
    except GraphQLError as error:
        yield problem(
            114, one.model, "graphql_list.arguments", f"they cannot be read: {error.message}",
            "Write them as in the schema: \"name: Type, other: Type\".",
        )  # fmt: skip
        return
    names = [argument.name.value for argument in definition.arguments] if declared.arguments else []
    own = _OWN_ARGUMENTS | ({"filter"} if declared.filters else set())
    for name, times in Counter(names).items():
        if times > 1 or name in own or not is_name(name):
            yield problem(
                105, one.model, "graphql_list.arguments", f"every list has the argument {name}, or it is there twice.",
                "Give the argument another name.",
            )  # fmt: skip
    rows = one.registered("rows", one.prefix)
    wrong = "" if rows or not names else "no function is registered for the rows."
    if wrong := not_taken(rows[1], 2, names) if rows else wrong:
        yield problem(
            103, one.model, "graphql_list.arguments", f"nothing takes {', '.join(names)}: {wrong}",
            f"Register a function that does with @graph.rows_of(\"{one.prefix}\").",
        )  # fmt: skip


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _stems(names: Collection[str]) -> Iterator[str]:
    for name in names:
        stem = name.removesuffix("_ASC").removesuffix("_DESC")
        yield from (f"{stem}_{side}" for side in ("ASC", "DESC") if name in (stem, f"{stem}_{side}"))


def _types(one: Listed, written: Mapping[str, Any]) -> Iterator[CheckMessage]:
    """Yield types of the list that are there already, and a type of its rows that is not theirs."""
    for part in ("Connection", "Edge", "Filter", "Order"):
        if (name := f"{one.prefix}{part}") in written or name in model_types():
            yield _taken(one, name, "a type")
    own = entry_of(one.model).type
    if one.node == own and (own in model_types() or own in written):
        return
    if one.node not in model_types() and one.node not in written:
        yield problem(
            106, one.model, "graphql_list.node", f"the schema has no type {one.node}.",
            "Declare graphql_fields on the model, or correct the name.",
        )  # fmt: skip
    elif not isinstance(written.get(one.node), (InterfaceTypeDefinitionNode, UnionTypeDefinitionNode)):
        yield problem(
            102, one.model, "graphql_list.node", f"its rows are {own} and the list is declared as one of {one.node}.",
            "Leave node out, or name an interface of the type.",
        )  # fmt: skip


def _orders(one: Listed) -> Iterator[CheckMessage]:
    model = one.model
    if not one.declared.order:
        yield problem(
            108, model, "graphql_list", "a list without an order: parts of it would overlap.",
            "Name at least one column: order={\"TITLE\": \"sort_key\"}.",
        )  # fmt: skip
    for by in one.declared.order.values():
        path = by if isinstance(by, str) else by.column if by else None
        column = column_of(model, path) if path else None
        if path is not None and (column is None or not getattr(column, "concrete", False)):
            yield problem(
                103, model, "graphql_list.order", _NO_COLUMN.format(path),
                "Name a column of the model itself, or say COMPUTED and register a function.",
            )  # fmt: skip
        elif column is not None and (wrong := cannot_order(model, column)):
            hint = "Give the column db_index=True." if "index" in wrong else _COMPUTED.format("@graph.order")
            yield problem(118, model, "graphql_list.order", f"{path}: {wrong}", hint)


def _filters(one: Listed) -> Iterator[CheckMessage]:
    model = one.model
    for name, where in one.filters.items():
        if where and not _has_path(model, where.column):
            yield problem(
                103, model, "graphql_list.filters", _NO_COLUMN.format(where.column),
                "Correct the name; relations are followed with two underscores.",
            )  # fmt: skip
        elif where and (wrong := cannot_filter(model, name, where)):
            yield problem(
                117, model, "graphql_list.filters", f"{name}: {wrong}", _COMPUTED.format("@graph.condition")
            )


def _computed(one: Listed) -> Iterator[CheckMessage]:
    model, declared = one.model, one.declared
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


def _below(one: Listed, written: Mapping[str, Any]) -> Iterator[CheckMessage]:
    names = [*_stems(one.declared.order)]
    for parent, below in one.declared.below.items():
        node = model_types().get(parent)
        if node is None:
            yield problem(
                106, one.model, "graphql_list.below", f"the graph shows no model {parent}.",
                "Name the class of a model that the graph shows.",
            )  # fmt: skip
            continue
        owner, field = node._meta.model, below.name or one.declared.name
        inherited = [
            *getattr(owner, "graphql_interface_names", ()),
            *(["PageInterface"] if _is_page(owner) else []),
        ]
        known = {entry.name.value for name in inherited for entry in getattr(written.get(name), "fields", ())}
        if field in {*declarations(owner), *known}:
            yield problem(
                105, one.model, "graphql_list.below", f"{parent} has a field {field} already.",
                "Give the list another name there: Below(…, name=\"other\").",
            )  # fmt: skip
        yield from _joined(one, owner, below)
        if below.order and below.order not in names:
            yield problem(
                108, one.model, "graphql_list.below", f"the list has no order {below.order}.",
                f"Take one of {', '.join(names)}.",
            )  # fmt: skip


def _joined(one: Listed, parent: Any, below: Below) -> Iterator[CheckMessage]:
    """Yield what is wrong with how the rows of a list are found below ``parent``."""
    if not below.column and not (_is_page(one.model) and _is_page(parent)):
        yield problem(
            103, one.model, "graphql_list.below", "only pages stand below others without a column.",
            "Name the column that holds the key of the parent: Below(\"centre_key\").",
        )  # fmt: skip
    column = column_of(one.model, below.column) if below.column else None
    if below.column and (column is None or not getattr(column, "concrete", False)):
        yield problem(
            103, one.model, "graphql_list.below", _NO_COLUMN.format(below.column),
            "Name a column of the model itself; it holds the key of the parent.",
        )  # fmt: skip
    elif below.column and not hasattr(parent, below.key):
        yield problem(
            103, one.model, "graphql_list.below", f"{parent.__name__} has no attribute “{below.key}”.",
            "Correct key=….",
        )  # fmt: skip
    elif column is not None and not same_kind(column, column_of(parent, below.key)):
        yield problem(
            102, one.model, "graphql_list.below",
            f"“{below.column}” cannot hold “{below.key}” of {parent.__name__}: they are columns of two kinds.",
            "Name the column that holds the key of the parent, and the key: Below(\"centre_key\", key=\"…\").",
        )  # fmt: skip


def _is_page(model: Any) -> bool:
    return issubclass(model, Page)


def _has_path(model: Any, path: str) -> bool:
    for name in path.split("__"):
        try:
            model = model._meta.get_field(name).related_model
        except (FieldDoesNotExist, AttributeError):
            return False
    return True
