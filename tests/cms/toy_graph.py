"""A small schema behind the real endpoint, for tests of what stands between HTTP and resolvers."""

import time
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.db import OperationalError
from django.urls import include, path
from graphql import GraphQLResolveInfo, build_schema

from cms.graphql.protocol.errors import ErrorCode, UserError

urlpatterns = [path("graphql/", include("cms.graphql.serving.urls"))]

calls: list[str] = []

schema = build_schema("""
type Query {
  hello(name: String = "world"): String!
  echo(number: Int! = 1, text: String, list: [Int!], order: Order, deep: Deep): String
  items(first: Int = 20, after: String): ItemConnection!
  search(query: String!, first: Int = 20): ItemConnection!
  things: [Thing!]!
  thing(id: ID!): Thing
  boom: String
  strictBoom: String!
  emptyPromise: String!
  tooMuch: String
  sluggish: [Item!]!
  statement: String
  untilLater: String
  private: String
  hiddenTreasure: String
}
enum Order { NAME_ASC NAME_DESC }
input Deep { text: String, list: [String!], deep: Deep }
interface Thing { id: ID! }
type Item implements Thing {
  id: ID!
  name: String!
  parent: Item
  other: Thing
  children(first: Int = 20, after: String): ItemConnection!
  tags: [Tag!]!
  words: [String!]!
}
type Box implements Thing { id: ID! items: [Item!]! label: String }
type Tag { name: String! }
type ItemConnection { edges: [ItemEdge!]! nodes: [Item!]! pageInfo: PageInfo! totalCount: Int! }
type ItemEdge { cursor: String! node: Item! }
type PageInfo { hasNextPage: Boolean! }
""")

SECRET = "SELECT secret FROM wagtailcore_page -- /srv/secret/path.py"


def _field(name: str) -> Any:
    def register(resolve: Any) -> Any:
        assert schema.query_type
        schema.query_type.fields[name].resolve = resolve
        return resolve

    return register


def item(number: int) -> SimpleNamespace:
    return SimpleNamespace(
        id=number, name=f"Čebela {number}", parent=None, tags=[], words=[], __typename="Item"
    )


@_field("hello")
def hello(_root: Any, _info: GraphQLResolveInfo, name: str) -> str:
    calls.append(name)
    return f"Hello, {name}"


@_field("echo")
def echo(_root: Any, _info: GraphQLResolveInfo, number: int, **rest: Any) -> str:
    return f"{number} {rest}"


@_field("items")
def items(_root: Any, _info: GraphQLResolveInfo, first: int, after: str | None = None) -> SimpleNamespace:
    nodes = [item(number) for number in range(first)]
    edges = [SimpleNamespace(cursor=str(node.id), node=node) for node in nodes]
    return SimpleNamespace(nodes=nodes, edges=edges, pageInfo={"hasNextPage": False}, totalCount=first)


@_field("things")
def things(_root: Any, _info: GraphQLResolveInfo) -> list[Any]:
    return [{"__typename": "Item", "id": "1", "name": "one"}, {"__typename": "Box", "id": "2", "items": []}]


@_field("boom")
@_field("strictBoom")
def boom(_root: Any, _info: GraphQLResolveInfo) -> str:
    raise ZeroDivisionError(SECRET)


@_field("tooMuch")
def too_much(_root: Any, _info: GraphQLResolveInfo) -> str:
    raise UserError(ErrorCode.PAGE_SIZE, "Ask for 1 to 100 rows.")


@_field("sluggish")
def sluggish(_root: Any, _info: GraphQLResolveInfo) -> Any:
    for number in range(1000):
        time.sleep(0.02)
        yield item(number)


class QueryCanceled(Exception):
    """What psycopg raises when PostgreSQL's statement_timeout ends a statement."""

    sqlstate = "57014"


@_field("statement")
def statement(_root: Any, _info: GraphQLResolveInfo) -> str:
    raise OperationalError(SECRET) from QueryCanceled(SECRET)


@_field("untilLater")
def until_later(_root: Any, info: GraphQLResolveInfo) -> str:
    calls.append("untilLater")
    info.context.valid_until(info.context.now + timedelta(seconds=10))
    return "now"


@_field("private")
def private(_root: Any, info: GraphQLResolveInfo) -> str:
    from django.contrib.auth.models import User

    from cms.publishing.visibility import Viewer

    info.context.viewer = Viewer(user=User(pk=1))
    return "for one person"


assert schema.query_type
schema.query_type.fields["search"].extensions = {"rows": 8000}
