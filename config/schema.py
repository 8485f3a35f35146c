"""The served schema: the graphs of all apps, joined once when the process starts."""

from centres.graphql import blocks as domain_blocks
from centres.graphql import books, centres, commission, contacts, editions, facets, orders, programmes, search
from centres.graphql import json_ld as domain_json_ld
from centres.graphql import labels as domain_labels
from cms.graphql.fields import (
    blocks,
    changes,
    editing,
    json_ld,
    labels,
    media,
    moved,
    nodes,
    page_list,
    previews,
    queries,
    rich_text,
)
from cms.graphql.schema.build import build_schema
from home.graphql import pages as home_pages

PLATFORM = (
    blocks,
    changes,
    editing,
    json_ld,
    labels,
    media,
    moved,
    nodes,
    page_list,
    previews,
    queries,
    rich_text,
)
SITE = (home_pages,)
DOMAIN = (
    books,
    centres,
    commission,
    contacts,
    domain_blocks,
    domain_json_ld,
    domain_labels,
    editions,
    facets,
    orders,
    programmes,
    search,
)

schema = build_schema(*dict.fromkeys(module.graph for module in (*PLATFORM, *SITE, *DOMAIN)))
