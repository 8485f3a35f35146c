"""Operations compiled into functions: graphql-core decides for each field of each object what is decided here once.

A plan gives the same result as `graphql.execute`. A `UserError` of a root field becomes the error of that field. On any
other error (a resolver raises, a value is null that must not be, a type does not fit) the plan raises `Unplanned`, and
the caller executes the operation with graphql-core on a fresh context. Source: GraphQL specification (September
2025), 6 Execution.
`CMS_GRAPHQL_COMPILED` switches plans off.
"""

from collections.abc import Callable, Mapping
from itertools import count
from time import monotonic
from types import MappingProxyType
from typing import Any

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    default_field_resolver,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    located_error,
    visit,
)
from graphql.execution.collect_fields import collect_fields, collect_sub_fields
from graphql.execution.values import get_argument_values

from cms.graphql.protocol.errors import DeadlineExceeded, UserError
from cms.graphql.protocol.left_out import LeftOut, possible_type

# Together with the values of variables that switch fields on and off; nobody writes more such variants of one document.
_MOST_VARIANTS = 16
_NONE: dict[str, Any] = {}


class Unplanned(Exception):
    """The plan can't execute this operation; graphql-core can."""


class Info:
    """What a resolver gets: the part of graphql-core's GraphQLResolveInfo that resolvers here read."""

    __slots__ = ("context", "errors", "field_name")

    def __init__(self, context: Any, field_name: str, errors: list[GraphQLError] | None = None) -> None:
        self.context = context
        self.field_name = field_name
        self.errors = [] if errors is None else errors  # those of the operation so far


class Run:
    """One execution of a plan: the context, and for each field of the plan its info and arguments."""

    __slots__ = ("arguments", "context", "deadline", "errors", "infos", "variables")

    def __init__(self, context: Any, variables: dict[str, Any]) -> None:
        self.context = context
        self.deadline = context.deadline
        self.variables = variables
        self.infos: dict[int, Info] = {}
        self.arguments: dict[int, dict[str, Any]] = {}
        self.errors: list[GraphQLError] = []


Complete = Callable[[Run, Any], Any]
Resolve = Callable[..., Any]


class Plans:
    """The plans of one operation, made when they are first needed."""

    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
    ) -> None:
        self._schema = schema
        self._operation = operation
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._switches = _switches(document)
        self._plans: dict[tuple[Any, ...], Complete] = {}

    def execute(self, variables: dict[str, Any], context: Any) -> ExecutionResult:
        """Return the result for coerced ``variables``. Raises `Unplanned` or `DeadlineExceeded`."""
        variant = tuple(variables.get(name) for name in self._switches)
        run = Run(context, variables)
        try:
            plan = self._plans.get(variant) or self._new(variant, variables)
            data = plan(run, None)
        except Unplanned:
            raise
        except Exception as error:
            raise Unplanned from error
        return ExecutionResult(data, run.errors or None)

    def _new(self, variant: tuple[Any, ...], variables: dict[str, Any]) -> Complete:
        if len(self._plans) >= _MOST_VARIANTS:
            raise Unplanned
        plan = _Compiler(self._schema, self._fragments, variables).operation(self._operation)
        self._plans[variant] = plan
        return plan


def _switches(document: DocumentNode) -> tuple[str, ...]:
    """Return the names of the variables on which it depends what is selected."""

    found: set[str] = set()

    class Switches(Visitor):
        def enter_directive(self, node: Any, *_: Any) -> None:
            for argument in node.arguments:
                if isinstance(argument.value, VariableNode):
                    found.add(argument.value.name.value)

    visit(document, Switches())
    return tuple(sorted(found))


class _Compiler:
    """Makes the functions of one plan."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: dict[str, FragmentDefinitionNode],
        variables: dict[str, Any],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        # Of these only the switches are looked at; another value of a switch is another plan.
        self._variables = variables
        # Types are also compiled later, by several threads; a counter gives no number twice.
        self._places = count()

    def operation(self, node: OperationDefinitionNode) -> Complete:
        """Return the function of a whole query."""
        query = self._schema.query_type
        if query is None:
            raise Unplanned
        fields = collect_fields(self._schema, self._fragments, self._variables, query, node.selection_set)
        resolvers = {
            name: _or_error(query.fields[nodes[0].name.value], name, nodes)
            for name, nodes in fields.items()
            if nodes[0].name.value in query.fields
        }
        return self._object(query, fields, resolvers)

    def _object(
        self,
        type_: GraphQLObjectType,
        fields: dict[str, list[FieldNode]],
        resolvers: Mapping[str, Resolve] = MappingProxyType({}),
    ) -> Complete:
        """Return what makes an object of ``type_`` of a value: a loop over its fields.

        ``resolvers`` replace those of the fields, by response name.
        """
        constants = {
            name: type_.name for name, nodes in fields.items() if nodes[0].name.value == "__typename"
        }
        steps = self._steps(
            type_, {name: fields[name] for name in fields if name not in constants}, resolvers
        )
        # Every field in its place, also where a constant stands among others.
        template = dict.fromkeys(fields) | constants

        def execute(run: Run, source: Any) -> dict[str, Any]:
            if monotonic() > run.deadline:
                raise DeadlineExceeded
            infos = run.infos
            result = template.copy()
            for name, resolve, place, has_arguments, complete, nullable, is_text, definition, node in steps:
                info = infos.get(place)
                if info is None:
                    info = infos[place] = Info(run.context, node.name.value, run.errors)
                    if has_arguments:
                        run.arguments[place] = get_argument_values(definition, node, run.variables)
                given = run.arguments[place] if has_arguments else _NONE
                value = resolve(source, info, **given)
                if value is None:
                    if not nullable:
                        raise Unplanned
                elif is_text and value.__class__ is str:
                    result[name] = value
                else:
                    result[name] = complete(run, value)
            return result

        return execute

    def _steps(
        self, type_: GraphQLObjectType, fields: dict[str, list[FieldNode]], resolvers: Mapping[str, Resolve]
    ) -> list[tuple[Any, ...]]:
        return [
            (*self._field(type_.fields[nodes[0].name.value], name, nodes, resolvers.get(name)), nodes[0])
            for name, nodes in fields.items()
            if _known(type_, nodes[0])
        ]

    def _field(
        self, definition: GraphQLField, name: str, nodes: list[FieldNode], resolve: Resolve | None
    ) -> tuple[Any, ...]:
        resolve = resolve or definition.resolve or default_field_resolver
        type_, nullable = definition.type, True
        if isinstance(type_, GraphQLNonNull):
            type_, nullable = type_.of_type, False
        is_text = isinstance(type_, GraphQLScalarType) and type_.name in ("String", "ID")
        has_arguments = bool(definition.args)
        complete = self._complete(type_, nodes)
        if nullable and not is_leaf_type(get_named_type(type_)):
            complete = _or_null(complete)
        return (
            name, resolve, next(self._places), has_arguments, complete, nullable, is_text, definition,
        )  # fmt: skip

    def _complete(self, type_: GraphQLOutputType, nodes: list[FieldNode]) -> Complete:
        """Return what turns a value that is not null into data of ``type_``, which is not wrapped in a non-null."""
        if isinstance(type_, GraphQLList):
            return self._list(type_, nodes)
        if is_leaf_type(type_):
            return _leaf(type_)  # type: ignore[arg-type]
        if is_abstract_type(type_):
            return self._abstract(type_, nodes)
        if not isinstance(type_, GraphQLObjectType):
            raise Unplanned
        return self._object(type_, self._below(type_, nodes))

    def _below(self, type_: GraphQLObjectType, nodes: list[FieldNode]) -> dict[str, list[FieldNode]]:
        return collect_sub_fields(self._schema, self._fragments, self._variables, type_, nodes)

    def _list(self, type_: GraphQLList[Any], nodes: list[FieldNode]) -> Complete:
        item, nullable = type_.of_type, True
        if isinstance(item, GraphQLNonNull):
            item, nullable = item.of_type, False
        complete = self._complete(item, nodes)

        def execute(run: Run, values: Any) -> list[Any]:
            if not isinstance(values, (list, tuple)):
                raise Unplanned
            data = []
            for value in values:
                if value is not None:
                    try:
                        data.append(complete(run, value))
                    except LeftOut:
                        continue
                elif nullable:
                    data.append(None)
                else:
                    raise Unplanned
            return data

        return execute

    def _abstract(self, type_: Any, nodes: list[FieldNode]) -> Complete:
        """Return what asks a value for its type; the fields of a type are collected when a value of it first comes."""
        known: dict[str, Complete] = {}

        def execute(run: Run, value: Any) -> dict[str, Any]:
            name = type_.resolve_type(value, None, type_)
            complete = known.get(name)
            if complete is None:
                runtime_type = possible_type(self._schema, type_, name, value)
                complete = known[name] = self._object(runtime_type, self._below(runtime_type, nodes))
            data: dict[str, Any] = complete(run, value)
            return data

        return execute


def _or_null(complete: Complete) -> Complete:
    def completed(run: Run, value: Any) -> Any:
        try:
            return complete(run, value)
        except LeftOut:
            return None

    return completed


def _or_error(definition: GraphQLField, name: str, nodes: list[FieldNode]) -> Resolve:
    """Return the resolver of a nullable root field: what it refuses with a `UserError` is null and an error."""
    resolve = definition.resolve or default_field_resolver
    if isinstance(definition.type, GraphQLNonNull):
        return resolve

    def resolved(source: Any, info: Any, **arguments: Any) -> Any:
        try:
            return resolve(source, info, **arguments)
        except UserError as error:
            info.errors.append(located_error(error, nodes, [name]))
            return None

    return resolved


def _known(type_: GraphQLObjectType, node: FieldNode) -> bool:
    if node.name.value not in type_.fields:
        raise Unplanned  # __schema and __type
    return True


def _leaf(type_: GraphQLLeafType) -> Complete:
    serialize = type_.serialize
    if isinstance(type_, GraphQLEnumType):
        # Enums of a schema that was built from its language have their own names as values.
        names = {name: name for name in type_.values}

        def execute_enum(_run: Run, value: Any) -> Any:
            return names[value] if value.__class__ is str else serialize(value)

        return execute_enum

    def execute(_run: Run, value: Any) -> Any:
        data = serialize(value)
        if data is None:
            raise Unplanned
        return data

    return execute
