"""About how many rows an operation reads, known before it is executed: the estimate.

A field that returns an object costs a row, a connection its ``first`` times its contents, any other list
ten times its contents; a scalar costs nothing, and fifteen rows each further time in the same object: else fifty
aliases would be free. A field of the schema says otherwise by
``extensions={"rows": n}``: how many rows its list has, what its object costs, or what a connection or a list of
it costs beside its rows. See docs/limits.md.

An operation is priced once, when its document is prepared. What depends on variables stays a function of
them, so that a known document costs next to nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NamedTypeNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_composite_type,
)
from graphql.type import SchemaMetaFieldDef, TypeMetaFieldDef

Variables = Mapping[str, Any]
Rows = int | Callable[[Variables], int]
# True, or whether the variables switch it on; False is left out at once.
Condition = bool | Callable[[Variables], bool]

ABSTRACT = (GraphQLInterfaceType, GraphQLUnionType)
LIST_ROWS = 10
REPEATED_ROWS = 15  # making a value again is work, if no reading
MAX_PAGE_SIZE = 100
MOST_PARENTS = 50  # lists below objects are read for all these at once
_META_FIELDS = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}


def total(parts: Iterable[Rows]) -> Rows:
    """Return the sum of ``parts``; a number if all of them are."""
    fixed, moving = 0, []
    for part in parts:
        if isinstance(part, int):
            fixed += part
        else:
            moving.append(part)
    return (lambda variables: fixed + sum(part(variables) for part in moving)) if moving else fixed


def times(factor: Rows, rows: Rows) -> Rows:
    """Return the product of ``factor`` and ``rows``."""
    if isinstance(factor, int) and isinstance(rows, int):
        return factor * rows
    return lambda variables: evaluate(factor, variables) * evaluate(rows, variables)


def highest(parts: Sequence[Rows]) -> Rows:
    """Return the largest of ``parts``: a value has one type only, whatever types are selected."""
    fixed = [part for part in parts if isinstance(part, int)]
    moving = [part for part in parts if not isinstance(part, int)]
    floor = max(fixed, default=0)
    return (lambda variables: max(floor, *(part(variables) for part in moving))) if moving else floor


def evaluate(rows: Rows, variables: Variables) -> int:
    """Return ``rows`` for coerced ``variables``."""
    return rows if isinstance(rows, int) else rows(variables)


@dataclass(frozen=True, slots=True)
class Weights:
    """What fields cost that say nothing themselves.

    ``lists`` gives the length of list fields by ``Type.field``, ``leaf`` the price of a scalar, ``node`` that
    of an object.
    """

    lists: Mapping[str, int] = field(default_factory=dict)
    leaf: int = 0
    node: int = 1


ROWS = Weights()


@dataclass(slots=True)
class _Occurrence:
    node: FieldNode
    condition: Condition


class Pricing:
    """Prices the operations of one document."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, weights: Weights = ROWS) -> None:
        self.schema = schema
        self.weights = weights
        self._priced: dict[tuple[str, tuple[int, ...]], Rows] = {}
        self.fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }

    def rows(self, operation: OperationDefinitionNode) -> Rows:
        """Return what a valid ``operation`` costs, introspection left out."""
        return self._root(operation, introspection=False)

    def introspection(self, operation: OperationDefinitionNode) -> Rows:
        """Return what the introspection in a valid ``operation`` costs; 0 where there is none."""
        return self._root(operation, introspection=True)

    def _root(self, operation: OperationDefinitionNode, *, introspection: bool) -> Rows:
        root = self.schema.get_root_type(operation.operation)
        if root is None:
            return 0
        fields = self.collect(root, [operation.selection_set])
        return total(
            self.price_of(root, occurrences)
            for occurrences in fields.values()
            if (occurrences[0].node.name.value in _META_FIELDS) == introspection
        )

    def _selections(self, parent: GraphQLNamedType, sets: list[SelectionSetNode]) -> Rows:
        if isinstance(parent, ABSTRACT):
            return highest(
                [self.object_price(type_, sets) for type_ in self.schema.get_possible_types(parent)]
            )
        return self.object_price(parent, sets)

    def object_price(self, parent: GraphQLNamedType, sets: list[SelectionSetNode]) -> Rows:
        """Return what an object costs. Each is priced once, or nested interfaces multiply their types."""
        key = (parent.name, tuple(map(id, sets)))
        if key not in self._priced and isinstance(parent, GraphQLObjectType):
            self._priced[key] = total(self._fields(parent, self.collect(parent, sets).values()))
        return self._priced[key]

    def _fields(self, parent: GraphQLObjectType, fields: Iterable[list[_Occurrence]]) -> Iterator[Rows]:
        """Yield what each field of an object costs."""
        seen: set[str] = set()
        for found in fields:
            name = found[0].node.name.value
            price = self.price_of(parent, found)
            if name in seen and price == 0:
                price = _conditional(REPEATED_ROWS, [occurrence.condition for occurrence in found])
            seen.add(name)
            yield price

    def price_of(self, parent: GraphQLObjectType, occurrences: list[_Occurrence]) -> Rows:
        """Return what a field costs that an object of type ``parent`` answers."""
        node = occurrences[0].node
        name = node.name.value
        definition = _META_FIELDS.get(name) or parent.fields.get(name)
        if definition is None:  # __typename
            return 0
        below = [found.node.selection_set for found in occurrences if found.node.selection_set]
        price = self._price(parent, definition, node, below)
        return _conditional(price, [found.condition for found in occurrences])

    def _price(
        self,
        parent: GraphQLObjectType,
        definition: GraphQLField,
        node: FieldNode,
        below: list[SelectionSetNode],
    ) -> Rows:
        declared: int | None = definition.extensions.get("rows")
        target = get_named_type(definition.type)
        if not is_composite_type(target):
            return self.weights.leaf if declared is None else declared
        if is_connection(definition) and isinstance(target, GraphQLObjectType):
            is_whole = parent is self.schema.query_type
            per_row, once = self._connection(target, below, 1 if is_whole else MOST_PARENTS)
            rows = times(page_size(definition, node), total([1, per_row])) if per_row is not None else 1
            return total([declared or 0, once, rows])
        children = self._selections(target, below)
        if _is_list(definition):
            usual = self.weights.lists.get(f"{parent.name}.{node.name.value}", LIST_ROWS)
            length: Rows = usual if declared is None else declared
            if "ids" in definition.args:
                length = _number_of_ids(node)
            return times(length, total([self.weights.node, children]))
        return total([self.weights.node if declared is None else declared, children])

    def _connection(
        self, connection: GraphQLObjectType, below: list[SelectionSetNode], parts: int
    ) -> tuple[Rows | None, Rows]:
        """Return what each row costs (None if no rows are selected), and what is paid once.

        A list beside the rows that has a price counts all rows of the list, of which each of ``parts`` lists has some.
        """
        per_row: list[Rows] = []
        once: list[Rows] = []
        for occurrences in self.collect(connection, below).values():
            definition = connection.fields.get(occurrences[0].node.name.value)
            if definition is None:
                continue
            sets = [found.node.selection_set for found in occurrences if found.node.selection_set]
            target = get_named_type(definition.type)
            if _is_list(definition) and (declared := definition.extensions.get("rows")) is not None:
                once.append(declared // parts)
            elif not _is_list(definition):
                once.append(definition.extensions.get("rows", 0))
                if sets:
                    once.append(self._selections(target, sets))
            elif isinstance(target, GraphQLObjectType) and "node" in target.fields:
                per_row.append(self._edge(target, sets))
            else:
                per_row.append(self._selections(target, sets))
        return (total(per_row) if per_row else None), total(once)

    def _edge(self, edge: GraphQLObjectType, below: list[SelectionSetNode]) -> Rows:
        """Return the cost of the edge's node; the node itself is the connection's row."""
        nodes: list[Rows] = []
        others: list[list[_Occurrence]] = []
        for found in self.collect(edge, below).values():
            if found[0].node.name.value == "node":
                sets = [one.node.selection_set for one in found if one.node.selection_set]
                nodes.append(self._selections(get_named_type(edge.fields["node"].type), sets))
            else:
                others.append(found)
        return total([*nodes, *self._fields(edge, others)])

    def collect(
        self, parent: GraphQLObjectType, sets: list[SelectionSetNode]
    ) -> dict[str, list[_Occurrence]]:
        """Return the fields that an object of type ``parent`` answers, by response name (CollectFields)."""
        found: dict[str, list[_Occurrence]] = {}
        for selections in sets:
            self._gather(parent, selections, True, found)
        return found

    def _gather(
        self,
        parent: GraphQLObjectType,
        selections: SelectionSetNode,
        outer: Condition,
        found: dict[str, list[_Occurrence]],
    ) -> None:
        for selection in selections.selections:
            condition = _both(outer, _condition(selection.directives))
            if condition is False:
                continue
            if isinstance(selection, FieldNode):
                name = (selection.alias or selection.name).value
                found.setdefault(name, []).append(_Occurrence(selection, condition))
                continue
            fragment = self._fragment(selection)
            if self._applies(fragment, parent):
                self._gather(parent, fragment.selection_set, condition, found)

    def _fragment(self, selection: SelectionNode) -> InlineFragmentNode | FragmentDefinitionNode:
        if isinstance(selection, FragmentSpreadNode):
            return self.fragments[selection.name.value]
        return cast("InlineFragmentNode", selection)

    def _applies(
        self, fragment: InlineFragmentNode | FragmentDefinitionNode, parent: GraphQLObjectType
    ) -> bool:
        narrowing: NamedTypeNode | None = fragment.type_condition
        if narrowing is None:
            return True
        condition = self.schema.type_map[narrowing.name.value]
        return condition is parent or (
            isinstance(condition, ABSTRACT) and self.schema.is_sub_type(condition, parent)
        )


def is_connection(definition: GraphQLField) -> bool:
    """Return whether a field is a Relay connection: one object with a page of rows, ``first`` of them."""
    target = definition.type.of_type if isinstance(definition.type, GraphQLNonNull) else definition.type
    return (
        "first" in definition.args
        and isinstance(target, GraphQLObjectType)
        and ("nodes" in target.fields or "edges" in target.fields)
    )


def _is_list(definition: GraphQLField) -> bool:
    kind = definition.type.of_type if isinstance(definition.type, GraphQLNonNull) else definition.type
    return isinstance(kind, GraphQLList)


def _number_of_ids(node: FieldNode) -> Rows:
    """Return how many objects a list is asked for by their ids."""
    value = next((one.value for one in node.arguments if one.name.value == "ids"), None)
    if isinstance(value, VariableNode):
        name = value.name.value
        return lambda variables: _length(variables.get(name))
    return len(value.values) if isinstance(value, ListValueNode) else 1


def _length(value: Any) -> int:
    return len(value) if isinstance(value, (list, tuple)) else 1


def page_size(definition: GraphQLField, node: FieldNode) -> Rows:
    """Return how many rows a page will count as: one that the resolver refuses counts as the largest allowed.

    Where ``last`` is given, ``first`` does not count.
    """
    default = definition.args["first"].default_value
    default = default if isinstance(default, int) else MAX_PAGE_SIZE
    given = {argument.name.value: argument.value for argument in node.arguments}
    first = _size_argument(given.get("first"), default)
    if "last" not in given:
        return first if first is not None else default
    last = _size_argument(given["last"], None)

    def size(variables: Variables) -> int:
        asked = last(variables) if callable(last) else last
        if asked is None:
            asked = first(variables) if callable(first) else first
        return asked if asked is not None else default

    return size if callable(last) or callable(first) else size({})


def _size_argument(value: ValueNode | None, default: int | None) -> Any:
    """Return the size that an argument gives, as a number or a function of the variables; None where it gives none."""
    if isinstance(value, IntValueNode):
        return _clamped(int(value.value))
    if isinstance(value, VariableNode):
        name = value.name.value

        def size(variables: Variables) -> int | None:
            if name not in variables:
                return default
            found = variables[name]
            return _clamped(found) if found is not None or default is not None else None

        return size
    return default


def _clamped(size: int | None) -> int:
    return min(max(size or 1, 1), MAX_PAGE_SIZE)


def _conditional(rows: Rows, conditions: list[Condition]) -> Rows:
    """Return ``rows`` if any of the conditions under which the field is selected holds, else 0."""
    moving = [condition for condition in conditions if not isinstance(condition, bool)]
    if len(moving) < len(conditions) or rows == 0:
        return rows
    return lambda variables: evaluate(rows, variables) if any(test(variables) for test in moving) else 0


def _condition(directives: Iterable[DirectiveNode]) -> Condition:
    condition: Condition = True
    for directive in directives:
        if directive.name.value in {"skip", "include"} and directive.arguments:
            condition = _both(condition, _switch(directive))
    return condition


def _switch(directive: DirectiveNode) -> Condition:
    wanted = directive.name.value == "include"
    value = directive.arguments[0].value
    if isinstance(value, BooleanValueNode):
        return value.value is wanted
    if isinstance(value, VariableNode):
        name = value.name.value
        return lambda variables: variables.get(name) is wanted
    return True


def _both(one: Condition, other: Condition) -> Condition:
    if one is True or other is False:
        return other
    if other is True or one is False:
        return one
    return lambda variables: _holds(one, variables) and _holds(other, variables)


def _holds(condition: Condition, variables: Variables) -> bool:
    return condition if isinstance(condition, bool) else condition(variables)
