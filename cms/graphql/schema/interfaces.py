"""The interfaces that wagtail-grapple gives to its generated types; their fields are in the folder ``types``."""

import graphene


class PageInterface(graphene.Interface):
    """What every page has."""

    id = graphene.ID(required=True)


class SnippetInterface(graphene.Interface):
    """A marker that wagtail-grapple asks for; it is not part of the served schema."""

    id = graphene.ID()
