"""Without a script every fact that the graph has of a page is in its HTML.

For each type of page all fields of the schema are asked for, and the leaves of the answer are looked for one by one, on
all pages of the demo. What visitors are not shown is listed here, with the reason.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)
from wagtail.models import Page

from centres.site.asking import Reading
from centres.site.facts import PAST, Facts
from centres.site.formats import Formats
from centres.site.words import WORDS, name
from cms.graphql.protocol.documents import hash_of
from cms.models.trusted_document import TrustedDocument
from tests.graph import ask
from tests.kept_databases import ROOT

LISTS = (
    "/sl/", "/en/", "/sl/koledar/", "/en/calendar/", "/sl/koledar/?month=2027-03", "/sl/programi/", "/en/programmes/",
    "/sl/iskanje/?q=knjižnica", "/en/search/?q=library",
)  # fmt: skip
# Ids, codes, sizes, identifiers in other systems, and what says how the rest is to be read.
FOR_PROGRAMS = {
    "__typename", "id", "translationKey", "slug", "code", "locale", "requestedLocale", "isFallback", "editUrl",
    "blockType", "jsonLd", "anchor", "level HeadingBlock", "ownTitleLocale", "sameAs", "isil", "cobissId", "latitude",
    "longitude", "endCursor", "hasNextPage", "totalCount", "width", "height", "sizes", "highlight", "type", "enum",
    "language Book", "kind CompetenceField", "kind ProgrammePage", "firstPublishedAt", "url page", "url edition",
}  # fmt: skip
# In other words or in another place of the page: languages, crumbs, menu; the parts of an address; spellings that only
# the search needs; taken places beside those that are left; the present decision, which is one of them all; the heading
# above programmes that are all on the page already.
SAID_OTHERWISE = {
    "translations", "seo", "parent", "children", "city", "acronym", "partnerOf", "nameVariants", "seatsTaken",
    "seatsLeft", "waitlist", "currentAppointment", "awards Book", "number EventEdition", "description Network",
    "year EventEdition", "status PublicationEdition", "programme", "edition Session", "centre Review", "title Crumb",
    "url Organisation", "role Contributor", "cycle Review", "email Person", "page CallToActionBlock",
    "heading ProgrammesBlock",
}  # fmt: skip
NOT_SHOWN = FOR_PROGRAMS | SAID_OTHERWISE
ATOMS = {"RichText": "{ html }", "PartialDate": "{ date precision }", "Image": "{ alt }"}
# Of what is over nobody is told when one could apply; the form is linked while it takes applications.
APPLYING = {"EventEdition_applicationsOpen", "EventEdition_applicationsClose"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema((ROOT / "config" / "schema.graphql").read_text("utf-8"))


def selection(schema: GraphQLSchema, kind: Any, trail: tuple[str, ...] = ()) -> str:
    """Return all that can be asked for of a type, each field with the name of its type before its own."""
    if kind.name in ATOMS:
        return ATOMS[kind.name]
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        each = (
            f"... on {one.name} {selection(schema, one, trail)}" for one in schema.get_possible_types(kind)
        )
        return f"{{ {' '.join(each)} }}"
    above = {interface.name for interface in kind.interfaces}
    if trail and "PageInterface" in above:
        return "{ path title }"
    if "Review" in trail and kind.name in ("Goal", "ExpectedEffect"):
        # The rest of what was assessed is among the goals and effects of the centre.
        return f"{{ {kind.name}_text: text }}"
    kinds = {kind.name} | ({"page"} if "PageInterface" in above else set()) | (
        {"edition"} if "EditionInterface" in above else set()
    )  # fmt: skip
    said = []
    for field_name, field in kind.fields.items():
        below = get_named_type(field.type)
        hidden = {field_name, *(f"{field_name} {one}" for one in kinds)} & NOT_SHOWN
        looped = below.name in trail and not below.name.endswith("Page")
        if hidden or looped or any(map(is_required_argument, field.args.values())):
            continue
        asked = f"{kind.name}_{field_name}: {field_name}"
        if is_leaf_type(below):
            said.append(asked)
        elif below.name.endswith("Connection"):
            node = get_named_type(below.fields["nodes"].type)
            # As many years of an award as its page shows at first.
            first = 4 if field_name == "editions" else 50
            said.append(f"{asked}(first: {first}) {{ nodes {selection(schema, node, (*trail, kind.name))} }}")
        else:
            said.append(f"{asked} {selection(schema, below, (*trail, kind.name))}")
    return f"{{ {' '.join(said)} }}"


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each leaf of an answer with the names of its type and field; partial dates are leaves."""
    if isinstance(value, list):
        for one in value:
            yield from leaves(one, key)
    elif isinstance(value, dict) and "precision" not in value:
        status = value.get("EventEdition_status")
        for name_of, one in value.items():
            closed = name_of == "EventEdition_applicationUrl" and status != "OPEN"
            if not closed and not (status in PAST and name_of in APPLYING):
                yield from leaves(one, name_of)
    elif value not in (None, "") and not isinstance(value, bool):
        yield key, value


def plain(html: str) -> str:
    """Return what one reads: once as it stands, once with a space for each tag."""
    return " | ".join(
        re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", space, html)).replace("\xa0", " "))
        for space in ("", " ")
    )


class Said:
    """What a page says, and in which words it would say a value."""

    def __init__(self, html: str, locale: str) -> None:
        body = html[html.find("<body") :] if "<body" in html else html  # JSON-LD in the head is for programs
        self.html = unescape(body)
        self.text = plain(body)
        self._f = Formats(locale)
        labels = ask(
            "query ($l: String!) { siteLabels(locale: $l) { free statusLabels { code label } "
            "enumLabels { enum value label } } }",
            l=locale,
        )["siteLabels"]
        self._facts = Facts(self._f, labels)
        self._enums: dict[str, set[str]] = {}
        for row in labels["enumLabels"]:
            self._enums.setdefault(row["value"], set()).add(row["label"])

    def misses(self, key: str, value: Any) -> bool:
        """Return whether a reader looks for the value in vain."""
        forms = self._forms(key, value)
        return not any(re.sub(r"\s+", " ", form.replace("\xa0", " ")).strip() in self.text for form in forms)

    def _forms(self, key: str, value: Any) -> list[str]:  # noqa: PLR0911 - a case each
        formats, facts = self._f, self._facts
        own: dict[str, Any] = {
            "Document_size": lambda: formats.size(value),
            "Document_fileType": str(value).upper,
            "Document_language": lambda: "" if f'lang="{value}"' in self.html else formats.language(value),
            "Document_accessible": lambda: str(WORDS.get(f"accessible_{value.lower()}", "")),
            "EventEdition_languages": lambda: formats.language(value),
            "ProgrammePage_durationHours": lambda: facts.hours(value),
            "CommissionPage_reviewIntervalMonths": lambda: facts.interval(value),
            "Fee_amount": lambda: formats.money(value, "EUR") if float(value) else labels_free(facts),
            "Fee_currency": lambda: "",
            "Review_state": lambda: "" if value == "DECIDED" else name(value),
            "AwardEdition_status": lambda: "" if value in PAST else facts.status_label(value),
            "AwardResult_outcome": lambda: str(WORDS["not_awarded"]) if value == "NOT_AWARDED" else "",
            # It is under the heading of those that are over.
            "EventEdition_status": lambda: "" if value == "FINISHED" else facts.status_label(value),
        }
        if key in own:
            return [own[key]()]
        if key.endswith("_status"):
            return [facts.status_label(value)]
        if isinstance(value, dict):
            return [formats.partial(value)]
        if isinstance(value, int) or re.fullmatch(r"-?\d+\.\d+", value):
            return [str(value), formats.number(value)]
        if MOMENT.match(value):
            if value in self.html or formats.iso_day(value) in self.html:
                return [""]
            return [formats.day(value), formats.short_day(value), formats.time(value)]
        if re.fullmatch(r"[A-Z][A-Z_]+", value):
            return [name(value), value, *self._enums.get(value, ())]
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return [formats.plain_date(value)]
        if unescape(value) in self.html or f'id="{formats.fragment(value)}"' in self.html:
            return [""]  # a link, or a text with links and marks
        return [value, formats.phone(value)]


def labels_free(facts: Facts) -> str:
    return facts.prices({"free": True})[0]


def all_of(client: Client, selected: str, path: str) -> Any:
    """Return what the graph has of a page, by a trusted document: these may be as long as they need to be."""
    source = (
        f"query ($path: String!) {{ route(path: $path) {{ ... on PageRoute {{ page {{ {selected} }} }} }} }}"
    )
    sha256 = hash_of(source)
    TrustedDocument.objects.get_or_create(
        sha256=sha256, defaults={"name": "All", "source": source, "client": "test"}
    )
    body = {"documentId": f"sha256:{sha256}", "variables": {"path": path}}
    answer = client.post("/graphql/", body, content_type="application/json").json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]["route"]["page"]


@pytest.mark.parametrize("locale", ["sl", "en"])
def test_every_fact_of_the_graph_is_in_the_page(
    client: Client, demo: None, schema: GraphQLSchema, locale: str
) -> None:
    pages = [page for page in Page.objects.live().specific() if page.url_path.startswith(f"/{locale}/")]
    assert len(pages) > 20
    missing, seen = [], 0
    for page in pages:
        kind = schema.get_type(type(page).__name__)
        assert isinstance(kind, GraphQLObjectType)
        found = all_of(client, f"... on {kind.name} {selection(schema, kind)}", page.url_path)
        answer = client.get(page.url_path)
        assert answer.status_code == 200
        with translation.override(locale):
            said = Said(answer.content.decode(), locale)
            told = list(leaves(found))
            missing += [(page.url_path, key, value) for key, value in told if said.misses(key, value)]
        seen += len(told)
    assert sorted({(key, str(value)[:60], path) for path, key, value in missing}) == []
    assert seen > 1_000


@pytest.mark.parametrize("path", LISTS)
def test_every_fact_of_a_list_is_in_the_page(
    client: Client, demo: None, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[tuple[str, Any]] = []
    payload = Reading.payload

    def heard(self: Reading, document: str, **variables: Any) -> dict[str, Any]:
        said = payload(self, document, **variables)
        answers.append((document, said["data"]))
        return said

    monkeypatch.setattr(Reading, "payload", heard)
    html = client.get(path).content.decode()
    rows = [
        (key, value)
        for document, data in answers
        if document in ("open", "sessions", "programmes", "search")
        for key, value in leaves(data)
        if key not in {one.partition(" ")[0] for one in NOT_SHOWN} - {"programme", "number"}
        and key not in ("name", "count", "label", "mode", "end", "suggestion", "capacity", "src", "srcset")
    ]
    with translation.override(path[1:3]):
        said = Said(html, path[1:3])
        assert [(key, value) for key, value in rows if said.misses(key, value)] == []
    assert len(rows) > 20


def test_the_walk_would_miss_a_fact(demo: None) -> None:
    said = Said("<p>7. maj 2027, 11:00; 61 €</p>", "sl")
    assert said.misses("ProgrammePage_title", "Skrivnost")
    assert said.misses("EventEdition_start", "2027-04-07T10:00:00+02:00")
    assert said.misses("Fee_amount", "60.00")
    assert not said.misses("Fee_amount", "61.00")
