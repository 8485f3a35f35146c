"""The addresses of the endpoint and of what explains it."""

from django.urls import path

from cms.graphql.serving import developers, draft_mode, registration
from cms.graphql.serving.view import graphql

urlpatterns = [
    path("", graphql, name="graphql"),
    path("documents/", registration.register, name="graphql_documents"),
    path("draft-mode/", draft_mode.exchange, name="graphql_draft_mode"),
    path("docs/", developers.page, name="graphql_docs"),
    path("schema.graphql", developers.schema, name="graphql_schema"),
]
