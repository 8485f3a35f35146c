"""The served schema: generated types, written types and resolvers, joined and guarded once at start."""

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

import graphene
from django.utils.text import capfirst
from django.utils.translation import override
from graphql import (
    DocumentNode,
    FieldDefinitionNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    NamedTypeNode,
    NameNode,
    ObjectTypeDefinitionNode,
    StringValueNode,
    TypeExtensionNode,
    assert_valid_schema,
    build_ast_schema,
    extend_schema,
    parse,
    print_type,
)
from graphql.pyutils import camel_to_snake

from cms.graphql.fields.blocks import serve_blocks
from cms.graphql.fields.nodes import serve_nodes
from cms.graphql.graph import Graph
from cms.graphql.loading.connections import DefaultSize
from cms.graphql.loading.context import Info
from cms.graphql.loading.facets import ROWS_PRICE
from cms.graphql.loading.guard import guard
from cms.graphql.schema import blocks, scalars
from cms.graphql.schema.checks import problems
from cms.graphql.schema.columns import graphene_enum
from cms.graphql.schema.declarations import declarations, field_definition, model_types
from cms.graphql.schema.labels import Labels
from cms.graphql.schema.list_checks import below_nothing, problems_of_lists
from cms.graphql.schema.lists import Listed, lists_of
from cms.graphql.schema.refusals import refuse
from cms.graphql.schema.resolvers import Resolvers
from cms.publishing.identity import has_id
from cms.publishing.registry import entries

# Arguments that mean the same in every field.
_ARGUMENTS = {
    "first": "Number of entries to read, from 1 to 100.",
    "after": "Cursor after which to start. Pass `endCursor` to read the next part.",
    "last": "Number of entries to read from the end, from 1 to 100. Use it instead of `first`.",
    "before": "Cursor before which to stop. Pass `startCursor` to read the previous part.",
    "locale": "Code of the requested locale. The default is the site's default locale.",
    "fallback": "Codes of locales to try in order if the requested locale has no text. The default is the site's own "
    "order; an empty list turns fallback off.",
    "filter": "Conditions that every entry of the list must meet.",
    "orderBy": "Order in which the entries are returned.",
}


def build_schema(*graphs: Graph) -> GraphQLSchema:
    """Return the schema of all ``graphs`` together, with every object-valued field behind the visibility gate.

    Raises `SchemaRefused` where declarations do not fit their columns or each other, TypeError where one is not valid
    GraphQL or a resolver names a field that does not exist.
    """
    lists = lists_of(graphs)
    written = [definition for graph in graphs for definition in _read(graph)]
    definitions = [node for node in written if not isinstance(node, TypeExtensionNode)]
    of_lists = list(
        problems_of_lists(lists, {node.name.value: node for node in definitions}, _root_fields(graphs))
    )
    wrong = {found.obj for found in of_lists}
    sound = [found for found in lists if found.model not in wrong]
    labels = Labels(graphs)
    graphs = (*graphs, _lists_graph(sound), labels.graph())
    texts = [found.types() if found in sound else found.stand_ins() for found in lists]
    definitions += [node for text in texts for node in parse(text, no_location=True).definitions]
    refuse([*of_lists, *problems(graphs, definitions, model_types())])
    text = blocks.types({node.name.value for node in definitions})
    definitions += parse(f"{blocks.union()}\n{text}", no_location=True).definitions
    names = {node.name.value for node in definitions}
    generated = [node for node in _generated(sound) if node.name.value not in names]
    _add_below([*definitions, *generated], lists)
    document = DocumentNode(definitions=tuple(_complete([*definitions, *generated, _query(graphs)])))
    extensions = DocumentNode(
        definitions=tuple(node for node in written if isinstance(node, TypeExtensionNode))
    )
    schema = build_ast_schema(document, assume_valid_sdl=True)
    schema = _reachable(extend_schema(schema, extensions) if extensions.definitions else schema)
    refuse(below_nothing(lists, schema))
    _name_arguments(schema)
    scalars.attach(schema)
    _attach(schema, graphs)
    labels.read(schema)
    assert_valid_schema(schema)
    return schema


def _root_fields(graphs: tuple[Graph, ...]) -> set[str]:
    return {field_definition(signature).name.value for graph in graphs for signature in graph.queries}


def _read(graph: Graph) -> Iterator[Any]:
    for path in sorted(graph.types.glob("*.graphql")) if graph.types else ():
        yield from parse(path.read_text("utf-8"), no_location=True).definitions
    for make in graph.made_types:
        yield from parse(make(), no_location=True).definitions


def _generated(lists: list[Listed]) -> Iterator[Any]:
    """Yield the types that wagtail-grapple generated, with the fields that their models declare and no others.

    The enums of their columns come with them, and those by which lists are filtered.
    """
    found = model_types()
    declared = {name: declarations(node._meta.model) for name, node in found.items()}
    enums = {graphene_enum(enum) for one in lists for enum in one.enums()}
    placeholder = type("Query", (graphene.ObjectType,), {"ok": graphene.Boolean()})
    built = graphene.Schema(query=placeholder, types=[*found.values(), *enums]).graphql_schema
    for type_ in built.type_map.values():
        if isinstance(type_, GraphQLEnumType) and not type_.name.startswith("__"):
            yield parse(print_type(type_), no_location=True).definitions[0]
    for name, node in found.items():
        model = node._meta.model
        printed = parse(print_type(built.type_map[name]), no_location=True).definitions[0]
        assert isinstance(printed, ObjectTypeDefinitionNode)
        printed.description = StringValueNode(value=_said_of(model))
        printed.interfaces = tuple(
            interface
            for interface in (*printed.interfaces, *_own_interfaces(model))
            if interface.name.value != "SnippetInterface"
        )
        printed.fields = tuple(field for field in printed.fields if field.name.value in declared[name])
        for field in printed.fields:
            signature = declared[name][field.name.value].signature
            field.arguments = signature.arguments if signature else ()
        yield printed


def _said_of(model: Any) -> str:
    """Return the first paragraph of a model's docstring, its name in words where it has only the one of Django."""
    names = ", ".join(column.name for column in model._meta.fields)
    if not model.__doc__ or model.__doc__ == f"{model.__name__}({names})":
        with override("en"):
            return f"{capfirst(str(model._meta.verbose_name))}."
    return inspect.cleandoc(model.__doc__).partition("\n\n")[0]


def _lists_graph(lists: list[Listed]) -> Graph:
    """Return the root fields of all lists and their fields below other types."""
    graph = Graph()
    for found in lists:
        arguments = found.arguments(extra=found.declared.arguments, locale=True)
        graph.query(f"{found.declared.name}({arguments}): {found.prefix}Connection!")(found.root())
        for parent, below in found.declared.below.items():
            graph.field(f"{parent}.{below.name or found.declared.name}")(found.below(below))
        if found.facets:
            graph.field(f"{found.prefix}Connection.facets")(_facets)
            graph.price(ROWS_PRICE, f"{found.prefix}Connection.facets")
    return graph


def _facets(connection: Any, _info: Info, names: list[str] | None = None) -> Any:
    return connection.count_facets(names)


def _add_below(definitions: list[Any], lists: list[Listed]) -> None:
    """Give types the fields for the lists below them."""
    by_name = {node.name.value: node for node in definitions}
    for found in lists:
        for parent, below in found.declared.below.items():
            field = field_definition(
                f"{below.name or found.declared.name}({found.arguments(below.order)}): {found.prefix}Connection!"
            )
            with override("en"):
                plural = str(found.model._meta.verbose_name_plural)
            field.description = StringValueNode(
                value=below.description or f"The {plural} that belong to this object."
            )
            by_name[parent].fields = (*by_name[parent].fields, field)


def _own_interfaces(model: Any) -> tuple[Any, ...]:
    names = getattr(model, "graphql_interface_names", ())
    if not names:
        return ()
    node = parse(f"type T implements {' & '.join(names)} {{ f: Int }}", no_location=True).definitions[0]
    assert isinstance(node, ObjectTypeDefinitionNode)
    return node.interfaces


def _query(graphs: tuple[Graph, ...]) -> ObjectTypeDefinitionNode:
    fields = []
    for graph in graphs:
        for signature, resolve in graph.queries.items():
            field = field_definition(signature)
            field.description = StringValueNode(
                value=inspect.cleandoc(resolve.__doc__ or "").partition("\n\n")[0]
            )
            fields.append(field)
    query = parse(
        '"Entry points of the API. Every query starts with one of these fields." type Query { f: Int }',
        no_location=True,
    ).definitions[0]
    assert isinstance(query, ObjectTypeDefinitionNode)
    query.fields = tuple(fields)
    return query


def _complete(definitions: list[Any]) -> Iterator[Any]:
    """Give types the fields of their interfaces and well-known arguments their description."""
    interfaces = {
        node.name.value: node for node in definitions if isinstance(node, InterfaceTypeDefinitionNode)
    }
    nodes = {entry.type for entry in entries() if has_id(entry.model)} if "Node" in interfaces else set()
    for node in definitions:
        if isinstance(node, ObjectTypeDefinitionNode):
            if node.name.value in nodes:
                node.interfaces = (*node.interfaces, NamedTypeNode(name=NameNode(value="Node")))
            node.interfaces = tuple(_with_their_own(node.interfaces, interfaces))
            own = {field.name.value for field in node.fields}
            inherited = [
                field
                for interface in node.interfaces
                for field in interfaces[interface.name.value].fields
                if field.name.value not in own
            ]
            node.fields = (*inherited, *node.fields)
        for field in getattr(node, "fields", None) or ():
            if isinstance(field, FieldDefinitionNode):
                for argument in field.arguments:
                    _describe(argument)
        yield node


def _with_their_own(names: Iterable[Any], interfaces: dict[str, Any]) -> list[Any]:
    """Return interfaces of a type with those that they implement themselves, each once."""
    found: dict[str, Any] = {}
    for name in names:
        further = interfaces[name.name.value].interfaces if name.name.value in interfaces else ()
        for one in (name, *_with_their_own(further, interfaces)):
            found.setdefault(one.name.value, one)
    return list(found.values())


def _describe(argument: InputValueDefinitionNode) -> None:
    if argument.description is None and (text := _ARGUMENTS.get(argument.name.value)):
        argument.description = StringValueNode(value=text)


def _reachable(schema: GraphQLSchema) -> GraphQLSchema:
    """Return a schema of the types that a query can reach, and of those behind its interfaces.

    That a type is a node makes it no more reachable: there is no id before an object was met.
    """
    bare = GraphQLSchema(query=schema.query_type, directives=schema.directives)
    behind = [
        implementation
        for interface in bare.type_map.values()
        if isinstance(interface, GraphQLInterfaceType) and interface.name != "Node"
        for implementation in schema.get_implementations(interface).objects
    ]
    return GraphQLSchema(query=schema.query_type, types=behind, directives=schema.directives)


def _name_arguments(schema: GraphQLSchema) -> None:
    """Let resolvers take arguments under Python's names.

    The types of the introspection have resolvers of graphql-core and belong to all schemas of the process.
    """
    for type_ in (one for one in schema.type_map.values() if not one.name.startswith("__")):
        if isinstance(type_, GraphQLInputObjectType):
            for name, field in type_.fields.items():
                field.out_name = camel_to_snake(name)
        elif isinstance(type_, GraphQLObjectType):
            for field in type_.fields.values():
                for name, argument in field.args.items():
                    argument.out_name = camel_to_snake(name)
                    if name == "first" and isinstance(argument.default_value, int):
                        argument.default_value = DefaultSize(argument.default_value)


def _attach(schema: GraphQLSchema, graphs: tuple[Graph, ...]) -> None:
    resolvers = Resolvers(graphs)
    serve_blocks(name for name in blocks.block_classes() if name in schema.type_map)
    if isinstance(node := schema.type_map.get("Node"), GraphQLInterfaceType):
        serve_nodes(type_.name for type_ in schema.get_implementations(node).objects)
    for type_ in schema.type_map.values():
        if isinstance(type_, (GraphQLInterfaceType, GraphQLUnionType)):
            type_.resolve_type = _type_name
        elif isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__"):
            for name, field in type_.fields.items():
                field.resolve = guard(resolvers.for_field(type_, name, field), field.type)
    resolvers.refuse_unknown(schema)
    for coordinate, rows in (price for graph in graphs for price in graph.prices.items()):
        type_name, _dot, name = coordinate.partition(".")
        owner: Any = schema.type_map[type_name]
        behind = schema.get_implementations(owner).objects if isinstance(owner, GraphQLInterfaceType) else ()
        for type_ in (owner, *behind):
            type_.fields[name].extensions["rows"] = rows


def _type_name(value: Any, _info: Info, _type: Any) -> str:
    return getattr(value, "graphql_type", None) or type(value).__name__
