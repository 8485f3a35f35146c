"""The domain's share of the graph."""
