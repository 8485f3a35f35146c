"""The public site at the root: complete pages made on the server from the GraphQL endpoint's answers alone."""
