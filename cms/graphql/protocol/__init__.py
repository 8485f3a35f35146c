"""GraphQL over HTTP: documents, limits, cost, execution. Knows no Django."""
