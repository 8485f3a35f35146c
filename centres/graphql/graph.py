"""Where the domain's resolvers register."""

from pathlib import Path

from cms.graphql.graph import Graph

graph = Graph(Path(__file__).parent / "types")
