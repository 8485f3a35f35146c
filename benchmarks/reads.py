"""The six reads, as each system is asked for the same things."""

# ruff: noqa: E501
import json
from dataclasses import dataclass

BLOCKS = """
  __typename
  ... on HeadingBlock { id text level }
  ... on ParagraphBlock { id words: text { html } }
  ... on FigureBlock { id image { alt responsive(preset: CONTENT) { src width height sources { type srcset } } } caption }
  ... on QuoteBlock { id quote attribution }
  ... on AccordionBlock { id items { heading text { html } } }
  ... on CallToActionBlock { id label href }
"""
OURS = {
    "list": """{ programmes(first: 20) { nodes {
        id title path kind summary centre { id shortName path } audiences { code name } } } }""",
    "page": """{ page(path: "%(path)s") { id title path ... on ProgrammePage { summary kind cadence
        seo { title description canonical } breadcrumbs { title path }
        leadImage { alt responsive(preset: CARD) { src width height sources { type srcset } } }
        centre { id shortName path } topics { code name } audiences { code name }
        body { %(blocks)s } } } }""",
    "nested": """{ centres(first: 20) { nodes { id shortName path
        programmes(first: 5) { nodes { id title path kind summary } } } } }""",
    "filtered": """{ programmes(filter: {centre: "%(centre)s"}, orderBy: TITLE_ASC, first: 20) {
        totalCount nodes { id title path kind } } }""",
    "search": """{ search(query: "%(word)s", first: 20) { totalCount nodes { page { id title path } } } }""",
    "navigation": """{ navigation(depth: 2) { title path children { title path } } }""",
}
BARE_BLOCKS = """
  __typename
  ... on HeadingBlock { id text level }
  ... on ParagraphBlock { id words: text }
  ... on FigureBlock { id image { title srcSet(sizes: [480, 960], format: "webp") } caption }
  ... on QuoteBlock { id quote attribution }
  ... on AccordionBlock { id items { ... on AccordionItemBlock { heading text } } }
  ... on CallToActionBlock { id page { url } }
"""
BARE = {
    "list": """{ pages(contentType: "centres.ProgrammePage", limit: 20, order: "title") {
        id title url ... on ProgrammePage { kind summary
        parent { id url ... on CentrePage { shortName } }
        programmeAudiences { audience { code name } } } } }""",
    "page": """{ page(urlPath: "%(path)s") { id title url seoTitle searchDescription
        ancestors { title url } parent { id url ... on CentrePage { shortName } }
        ... on ProgrammePage { summary kind cadence
        leadImage { title srcSet(sizes: [480, 960], format: "webp") }
        topics { code name } programmeAudiences { audience { code name } }
        body { %(bare_blocks)s } } } }""",
    "nested": """{ pages(contentType: "centres.CentrePage", limit: 20, order: "title") {
        id url ... on CentrePage { shortName }
        children(limit: 5, order: "title") { id title url ... on ProgrammePage { kind summary } } } }""",
    "filtered": """{ pages(contentType: "centres.ProgrammePage", parent: %(centre_id)s, limit: 20, order: "title") {
        id title url ... on ProgrammePage { kind } } }""",
    "search": """{ pages(searchQuery: "%(word)s", limit: 20) { id title url } }""",
    "navigation": """{ page(urlPath: "/sl/") { children(limit: 20) { title url children(limit: 20) { title url } } } }""",
}
REST = {
    "list": "type=centres.ProgrammePage&order=title&limit=20&fields=kind,summary,programme_audiences(audience(code,name))",
    "page": "",
    "nested": "type=centres.CentrePage&order=title&limit=20&fields=short_name",
    "filtered": "type=centres.ProgrammePage&child_of=%(centre_id)s&order=title&limit=20&fields=kind",
    "search": "search=%(word)s&limit=20",
    "navigation": "show_in_menus=true&limit=20",
}
NAMES = {
    "list": "20 programmes with centre and audiences",
    "page": "one full page, six blocks",
    "nested": "20 centres, 5 programmes each",
    "filtered": "filtered, sorted, with total",
    "search": "search",
    "navigation": "navigation",
}


@dataclass(frozen=True, slots=True)
class Target:
    """What the reads ask for: addresses and ids that the content happens to have."""

    path: str
    page_id: int
    centre: str
    centre_id: int
    word: str

    def fill(self, text: str) -> str:
        """Return ``text`` with what is asked for in it, on one line."""
        known = {name: getattr(self, name) for name in self.__slots__}
        return " ".join((text % {**known, "blocks": BLOCKS, "bare_blocks": BARE_BLOCKS}).split())

    def ours(self, read: str) -> str:
        """Return the body of a request to us."""
        return json.dumps({"query": self.fill(OURS[read])})

    def bare(self, read: str) -> str:
        """Return the body of a request to wagtail-grapple."""
        return json.dumps({"query": self.fill(BARE[read])})

    def rest(self, read: str) -> str:
        """Return the path of a request to Wagtail's REST API."""
        if read == "page":
            return f"/api/v2/pages/{self.page_id}/?fields=*"
        return f"/api/v2/pages/?{self.fill(REST[read])}"
