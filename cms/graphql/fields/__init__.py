"""Resolvers of the platform's own types."""
