"""The site root's share of the graph."""
