"""How many statements the largest answers take, and that what saves them changes no answer."""

from io import StringIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from graphql import OperationDefinitionNode, execute, parse

from cms.graphql.loading.context import Context
from cms.graphql.protocol.compiled import Plans
from cms.graphql.protocol.documents import field_names
from cms.models import Document, Image, SharedText
from config.schema import schema
from tests import factories as make
from tests.cms import pictures
from tests.graph import ask
from tests.selections import everything
from tests.test_statements import ROOTS, Site, named_things

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PAGE = """query ($path: String!) { page(path: $path) { id title ... on ProgrammePage {
  leadImage { alt responsive(preset: CARD) { src } }
  body { __typename
    ... on HeadingBlock { heading: text anchor level }
    ... on ParagraphBlock { words: text { html links { href } } }
    ... on FigureBlock { image { alt responsive(preset: CONTENT) { src } } caption }
    ... on QuoteBlock { quote attribution }
    ... on TableBlock { header rows }
    ... on DocumentBlock { document { title url } description }
    ... on VideoBlock { url title }
    ... on AccordionBlock { parts: items { heading text { html } } }
    ... on CallToActionBlock { label href }
    ... on StatisticsBlock { numbers: items { value label } }
    ... on TimelineBlock { events: items { date { date precision } text } }
    ... on SharedTextBlock { shared: text { html } }
    ... on ProgrammesBlock { above: heading programmes { title path } }
  } } } }"""
LIST = """{ centres(first: 20) { totalCount nodes { id shortName path host { name }
  programmes(first: 5) { totalCount nodes { id title path audiences { name } leadImage { alt } } } } } }"""


def blocks(image: Image, document: Document, text: SharedText, page: Any) -> list[dict[str, Any]]:
    """Return one block of each kind."""
    words = "<p>Besedilo</p>"
    day = {"date": "2027-03-01", "precision": "DAY"}
    values: dict[str, Any] = {
        "heading": {"text": "Naslov", "level": "2"},
        "paragraph": {"text": f'<p><a linktype="page" id="{page.pk}">stran</a></p>'},
        "figure": {"image": image.pk, "decorative": False, "alt_text": "", "caption": "x", "credit": ""},
        "quote": {"quote": "x", "attribution": "y"},
        "table": {"caption": "x", "columns": [{"heading": "a", "type": "text"}], "rows": [{"values": ["1"]}]},
        "document": {"document": document.pk, "description": "x"},
        "video": {"url": "https://youtu.be/x", "title": "x", "transcript": ""},
        "accordion": {"items": [{"heading": "x", "text": words}]},
        "call_to_action": {"label": "x", "page": page.pk, "href": ""},
        "statistics": {"items": [{"value": "1", "label": "x"}]},
        "timeline": {"items": [{"date": day, "text": "x"}]},
        "shared_text": {"text": text.pk},
        "programmes": {
            "heading": "x",
            "programmes": [page.pk],
            "centre": None,
            "kind": "",
            "topic": None,
            "limit": 6,
        },
    }
    return [{"type": name, "value": value, "id": name} for name, value in values.items()]


def statements(query: str, **variables: Any) -> list[str]:
    """Return those of an answer that is not kept, of a document and a content version that are known."""
    ask(query, **variables)
    # A variable that the document does not declare makes another answer of it and changes nothing.
    with CaptureQueriesContext(connection) as seen:
        ask(query, **variables, again=True)
    return [one["sql"] for one in seen.captured_queries]


def test_a_page_with_all_blocks_takes_at_most_twelve() -> None:
    image = Image.objects.create(title="x", file=pictures.jpeg(), alt_text={"sl": "x"})
    document = Document.objects.create(title="x", file=ContentFile(b"x", name="x.txt"))
    text = SharedText.objects.create(name="Uvod", text="<p>Skupno</p>", locale=make.home().locale)
    other = make.programme(title="Drug program")
    page = make.programme(
        other.get_parent().specific, lead_image=image, body=blocks(image, document, text, other)
    )
    answer = ask(PAGE, path=page.url_path)["page"]
    assert len(answer["body"]) == 13
    assert len(statements(PAGE, path=page.url_path)) <= 12


def test_twenty_centres_with_five_programmes_each_take_at_most_ten() -> None:
    for number in range(2):
        centre = make.centre(f"Center {number}")
        for place in range(2):
            make.programme(centre, f"Program {place}")
    assert len(statements(LIST)) <= 10


def test_plans_and_columns_that_stay_unread_change_no_answer() -> None:
    site = Site()
    site.add(0)
    call_command("rebuild_search", stdout=StringIO())
    arguments = {name: given.format(**named_things(site.event.pk)) for name, given in ROOTS.items()}
    for name, query in everything(schema, arguments, depth=2):
        document = parse(query)
        operation = document.definitions[0]
        assert isinstance(operation, OperationDefinitionNode)
        expected = execute(schema, document, context_value=Context())
        plans = Plans(schema, document, operation)
        planned = plans.execute({}, Context(selected=field_names(document))).data
        assert planned == expected.data, name
