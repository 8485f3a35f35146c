"""Joins the parts: settings, URLs, the GraphQL schema and the WSGI entry. Nothing imports it."""
