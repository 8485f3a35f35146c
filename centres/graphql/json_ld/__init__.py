"""schema.org data of the domain's pages and editions.

All that stands in it comes from the resolvers of the graph: it is loaded for all rows of a list at once,
passes the same gate and is in the same language.
"""

from centres.graphql.graph import graph
from centres.graphql.json_ld import editions, organisations, programmes

__all__ = ["editions", "graph", "organisations", "programmes"]
