"""Which objects a normalising client must not keep under their id: values of the object that shows them."""

import json

from graphql import GraphQLObjectType, GraphQLSchema


def cache_keys(schema: GraphQLSchema) -> str:
    """Return the names of these types as JSON; docs/clients.md says what clients do with it.

    The id of a change is that of what changed, so it is none of the change itself.
    """
    names = sorted(
        type_.name
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLObjectType)
        and type_ is not schema.query_type
        and not type_.name.startswith("__")
        and "Node" not in {interface.name for interface in type_.interfaces}
    )
    return json.dumps({"values": names}, indent=2) + "\n"
