"""The addresses of the endpoint and of what explains it."""

from django.urls import path

from cms.graphql.serving import developers, draft_mode
from cms.graphql.serving.view import graphql

urlpatterns = [
    path("", graphql, name="graphql"),
    path("draft-mode/", draft_mode.exchange, name="graphql_draft_mode"),
    path("docs/", developers.page, name="graphql_docs"),
    path("schema.graphql", developers.schema, name="graphql_schema"),
]
