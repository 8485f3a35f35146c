"""Nothing in the served schema leads past the gate, and types show what was declared and nothing else."""

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
)

from cms.graphql.schema.declarations import declarations, model_types
from cms.graphql.schema.lists import lists_of
from config.schema import schema

OBJECTS = [
    type_
    for type_ in schema.type_map.values()
    if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__")
]
# What Wagtail's and Django's rows have beside their content.
INTERNAL = {
    "draftTitle", "hasUnpublishedChanges", "latestRevision", "latestRevisionCreatedAt", "liveRevision", "goLiveAt",
    "expireAt", "expired", "live", "locked", "lockedAt", "lockedBy", "owner", "numchild", "depth", "urlPath", "aliasOf",
    "aliases", "contentType", "rawValue", "pk", "user", "users", "password", "internalNote", "selfReport", "reviewers",
    "onlineUrl", "jury", "decisionNumber", "consent", "publicationConsent", "emailConsent", "uploadedByUser",
    "collection", "file", "viewRestrictions", "comments", "revisions", "workflowStates", "employer", "predecessor",
}  # fmt: skip


def test_every_field_that_leads_to_objects_is_guarded() -> None:
    escaped = [
        f"{type_.name}.{name}"
        for type_ in OBJECTS
        for name, field in type_.fields.items()
        if is_composite_type(get_named_type(field.type)) and not getattr(field.resolve, "is_guarded", False)
    ]
    assert not escaped


def test_no_type_shows_a_field_that_its_model_does_not_declare() -> None:
    for name, node in model_types().items():
        if name not in schema.type_map:
            continue
        type_ = schema.type_map[name]
        assert isinstance(type_, GraphQLObjectType)
        declared = set(declarations(node._meta.model))
        declared |= {
            below.name or found.declared.name
            for found in lists_of(())
            for parent, below in found.declared.below.items()
            if parent == name
        }
        inherited = {field for interface in type_.interfaces for field in interface.fields}
        assert set(type_.fields) == declared | inherited


def test_no_type_shows_what_only_the_admin_knows() -> None:
    shown = {(type_.name, name) for type_ in OBJECTS for name in type_.fields}
    assert not {(name, field) for name, field in shown if field in INTERNAL}


def test_the_schema_reads_and_does_nothing_else() -> None:
    assert schema.mutation_type is None
    assert schema.subscription_type is None


def test_the_types_of_users_and_of_the_server_are_not_in_the_schema() -> None:
    named = {
        "User",
        "Group",
        "Permission",
        "APIToken",
        "Site",
        "Revision",
        "Collection",
        "PageViewRestriction",
    }
    assert not named & set(schema.type_map)


@pytest.mark.parametrize("argument", ["order", "searchQuery", "limit", "offset", "contentType", "token"])
def test_no_list_takes_an_argument_that_names_columns_or_skips_rows(argument: str) -> None:
    takers = {
        f"{type_.name}.{name}"
        for type_ in OBJECTS
        for name, field in type_.fields.items()
        if argument in field.args
    }
    assert takers <= {"Query.preview"}


def test_every_abstract_type_says_what_it_stands_for() -> None:
    for type_ in schema.type_map.values():
        if isinstance(type_, (GraphQLInterfaceType, GraphQLUnionType)):
            assert type_.resolve_type is not None
            assert schema.get_possible_types(type_)
