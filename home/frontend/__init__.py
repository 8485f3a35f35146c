"""The reference frontend: what the public sees at the root of the site, read from the GraphQL endpoint alone."""
