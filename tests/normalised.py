"""A cache as normalising clients keep it: objects by type name and id, values below the object that shows them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    NamedTypeNode,
    NameNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Undefined,
    VariableNode,
    Visitor,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    parse,
    print_ast,
    value_from_ast_untyped,
    visit,
)
from graphql.execution.collect_fields import collect_fields, collect_sub_fields


def in_locale(
    query: str, variables: Mapping[str, Any], schema: GraphQLSchema, locale: str
) -> tuple[str, dict[str, Any]]:
    """Return a query, with its variables, whose root fields all ask for one locale, where they can."""
    document, given = parse(query), dict(variables)
    assert schema.query_type
    for operation in document.definitions:
        if not isinstance(operation, OperationDefinitionNode):
            continue
        for node in operation.selection_set.selections:
            if isinstance(node, FieldNode) and "locale" in schema.query_type.fields[node.name.value].args:
                others = [one for one in node.arguments if one.name.value != "locale"]
                own = next((one.value for one in node.arguments if one.name.value == "locale"), None)
                if isinstance(own, VariableNode):
                    given[own.name.value] = locale
                    continue
                wanted = ArgumentNode(name=NameNode(value="locale"), value=StringValueNode(value=locale))
                node.arguments = (*others, wanted)
    return print_ast(document), given


def with_ids(query: str, schema: GraphQLSchema) -> str:
    """Return a query that asks for type name and id wherever it can, as clients change it."""
    typed = TypeInfo(schema)
    of_node: Any = schema.type_map["Node"]
    identity = InlineFragmentNode(
        type_condition=NamedTypeNode(name=NameNode(value="Node")),
        directives=(),
        selection_set=SelectionSetNode(
            selections=(FieldNode(name=NameNode(value="id"), arguments=(), directives=()),)
        ),
    )
    type_name = FieldNode(name=NameNode(value="__typename"), arguments=(), directives=())

    class Adding(Visitor):
        def leave_selection_set(self, node: SelectionSetNode, *_: Any) -> Any:
            parent = typed.get_parent_type()
            if parent is None or parent is schema.query_type:
                return None
            kinds = schema.get_possible_types(parent) if is_abstract_type(parent) else [parent]
            may_be_node = any(schema.is_sub_type(of_node, kind) for kind in kinds)
            added = (type_name, identity) if may_be_node else (type_name,)
            return SelectionSetNode(selections=(*node.selections, *added))

    return print_ast(visit(parse(query), TypeInfoVisitor(typed, Adding())))


@dataclass
class Store:
    """What a client knows. ``conflicts`` tell where an answer differs from what was known before."""

    schema: GraphQLSchema
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)

    def take(self, query: str, variables: Mapping[str, Any], data: Mapping[str, Any]) -> None:
        """Note the answer to a query with ids."""
        document = parse(query)
        _Taking(self, document, variables).root(data)

    def put(self, key: str, name: str, value: Any) -> None:
        record = self.records.setdefault(key, {})
        if record.setdefault(name, value) != value:
            self.conflicts.append(f"{key} {name}: {record[name]!r} and {value!r}")

    def meet(self, type_: str, id_: str) -> None:
        if self.types.setdefault(id_, type_) != type_:
            self.conflicts.append(f"{id_} is {self.types[id_]} and {type_}")


class _Taking:
    def __init__(self, store: Store, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self.store, self.schema = store, store.schema
        self.variables: Any = dict(variables)
        self.fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self.operation = next(
            node for node in document.definitions if isinstance(node, OperationDefinitionNode)
        )
        for one in self.operation.variable_definitions:
            if one.default_value is not None:
                self.variables.setdefault(
                    one.variable.name.value, value_from_ast_untyped(one.default_value, None)
                )

    def root(self, data: Mapping[str, Any]) -> None:
        query: Any = self.schema.query_type
        fields = collect_fields(
            self.schema, self.fragments, self.variables, query, self.operation.selection_set
        )
        self._fields("ROOT", query, fields, data)

    def _fields(self, key: str, type_: GraphQLObjectType, fields: Any, data: Mapping[str, Any]) -> None:
        for response_name, nodes in fields.items():
            name = nodes[0].name.value
            if name.startswith("__") or response_name not in data:
                continue
            given = {
                one.name.value: value
                for one in nodes[0].arguments
                if (value := value_from_ast_untyped(one.value, self.variables)) is not Undefined
            }
            told = f"{name}({json.dumps(given, sort_keys=True)})" if given else name
            named = get_named_type(type_.fields[name].type)
            value = data[response_name]
            self.store.put(
                key, told, value if is_leaf_type(named) else self._link(f"{key}.{told}", nodes, value)
            )

    def _link(self, place: str, nodes: Any, value: Any) -> Any:
        """Note an object or a list of them, and return what the parent keeps of it."""
        if value is None:
            return None
        if isinstance(value, list):
            return [self._link(f"{place}.{number}", nodes, one) for number, one in enumerate(value)]
        type_: Any = self.schema.type_map[value["__typename"]]
        key = place
        if "id" in value and type_.name != "Change":  # its id is that of what changed, see docs/clients.md
            key = f"{type_.name}:{value['id']}"
            self.store.meet(type_.name, value["id"])
        fields = collect_sub_fields(self.schema, self.fragments, self.variables, type_, nodes)
        self._fields(key, type_, fields, value)
        return {"ref": key, "type": type_.name}
