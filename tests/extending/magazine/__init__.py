"""Models of a project that knows grapple and nothing of this one: those of grapple's documentation and example."""
