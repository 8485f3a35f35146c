"""The served schema: the graphs of all apps, joined once when the process starts."""

from centres.graphql import books, centres, commission, contacts, editions, programmes, search
from cms.graphql import blocks, changes, json_ld, media, previews, queries, rich_text
from cms.graphql.schema import build_schema
from home.graphql import pages as home_pages

PLATFORM = (blocks, changes, json_ld, media, previews, queries, rich_text)
SITE = (home_pages,)
DOMAIN = (books, centres, commission, contacts, editions, programmes, search)

schema = build_schema(*dict.fromkeys(module.graph for module in (*PLATFORM, *SITE, *DOMAIN)))
