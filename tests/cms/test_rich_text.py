"""Rich text from the database to the public."""

import json

import pytest
from markdown_it import MarkdownIt
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import features

from cms.body.rich_text import (
    FEATURES,
    LinkTarget,
    RichTextLink,
    RichTextValue,
    is_safe_href,
    plain_text,
    referenced_ids,
)

pytestmark = pytest.mark.one_database

PAGES = {3: LinkTarget("/sl/pionirska/", page="Pionirska"), 4: None}
DOCUMENTS = {9: LinkTarget("https://example.si/documents/9/a.pdf", document="Priročnik")}


def value(source: str) -> RichTextValue:
    return RichTextValue(source, PAGES, DOCUMENTS)


def test_link_to_a_page_leads_to_its_address():
    text = value('<p>Glej <a linktype="page" id="3">Pionirsko &amp; več</a>.</p>')
    assert text.html == '<p>Glej <a href="/sl/pionirska/">Pionirsko &amp; več</a>.</p>'
    assert text.links == [RichTextLink("Pionirsko & več", "/sl/pionirska/", page="Pionirska")]


@pytest.mark.parametrize("page_id", ["4", "5", "x", ""])
def test_link_to_what_the_reader_may_not_see_loses_the_link_and_keeps_the_words(page_id):
    text = value(f'<p>Glej <a id="{page_id}" linktype="page"><b>osnutek</b></a>.</p>')
    assert text.html == "<p>Glej <b>osnutek</b>.</p>"
    assert text.markdown == "Glej **osnutek**."
    assert text.text == "Glej osnutek."
    assert text.links == []


def test_links_come_in_order_with_pages_documents_and_addresses_elsewhere():
    text = value(
        '<p><a href="https://mklj.si/?a=1&amp;b=2">ven</a> '
        '<a linktype="document" id="9">PDF</a> '
        '<a href="mailto:info@mklj.si">pišite</a> '
        '<a href="#sklep">sklep</a> <a linktype="page" id="3">p</a></p>'
    )
    assert [(link.text, link.href) for link in text.links] == [
        ("ven", "https://mklj.si/?a=1&b=2"),
        ("PDF", "https://example.si/documents/9/a.pdf"),
        ("pišite", "mailto:info@mklj.si"),
        ("sklep", "#sklep"),
        ("p", "/sl/pionirska/"),
    ]
    assert text.links[1].document == "Priročnik"
    assert 'href="https://mklj.si/?a=1&amp;b=2"' in text.html


@pytest.mark.parametrize(
    "source",
    [
        '<p><a href="javascript:alert(1)">zlo</a></p>',
        '<p><a href=" JaVaScRiPt:alert(1)">zlo</a></p>',
        '<p><a href="java\nscript:alert(1)">zlo</a></p>',
        '<p><a href="java&#10;script:alert(1)">zlo</a></p>',
        '<p><a href="data:text/html;base64,PHNjcmlwdD4=">zlo</a></p>',
        '<p><a href="vbscript:x">zlo</a></p>',
        '<p><a linktype="evil" id="3" href="javascript:alert(1)">zlo</a></p>',
        '<p><a linktype="page" id="3 onclick=alert(1)">zlo</a></p>',
    ],
)
def test_dangerous_address_leads_nowhere(source):
    assert value(source).html == "<p>zlo</p>"
    assert value(source).markdown == "zlo"
    assert value(source).links == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>a<script>alert(1)</script></p>",
        '<p onclick="alert(1)">a</p>',
        '<p>a<img src=x onerror="alert(1)"></p>',
        '<p>a<embed embedtype="image" id="3" format="left"/></p>',
        '<p style="position:fixed">a</p>',
        "<p>a<style>p{}</style></p>",
        "<p>a<iframe src='https://evil.example'></iframe></p>",
        '<p data-block-key="x1">a</p>',
        "<p>a<!-- x --></p>",
    ],
)
def test_html_has_only_what_editors_can_write(source):
    assert value(source).html == "<p>a</p>"
    assert value(source).text == "a"


@pytest.mark.parametrize(
    "source",
    [
        '<a href="x"><a linktype="page" id="4">b</a></a>',
        '<a linktype="page" id="4">a<a href="https://e.si">b</a>',
        '<a linktype="page" id="4" href="javascript:alert(1)">b',
        "<a <a href=javascript:alert(1)>b</a>",
        '<p title="<a linktype=page>">b</p>',
    ],
)
def test_broken_markup_never_lets_a_link_through(source):
    html = value(source).html
    assert "javascript" not in html.replace("&lt;a href=javascript:alert(1)&gt;", "")
    assert "linktype" not in html.replace("&lt;a linktype=page&gt;", "")


def test_language_inside_a_text_is_kept_in_html():
    text = value('<p>Beseda <span lang="en" class="x">library</span>.</p>')
    assert text.html == '<p>Beseda <span lang="en">library</span>.</p>'
    assert text.text == "Beseda library."


def test_plain_text_has_a_line_for_each_block_and_no_doubled_blanks():
    source = (
        "<h3>Naslov</h3><p>Prva   vrstica<br/>druga\n vrstica</p>"
        "<ul><li>ena<ul><li>dve</li></ul></li><li>tri</li></ul>"
        "<p></p><p>1.\xa0maj &amp; &lt;b&gt;</p>"
    )
    assert value(source).text.split("\n") == [
        "Naslov",
        "Prva vrstica",
        "druga vrstica",
        "ena",
        "dve",
        "tri",
        "1.\xa0maj & <b>",
    ]


def test_plain_text_without_markup_is_returned_as_it_is():
    assert plain_text("  Berimo   z malčki ") == "Berimo z malčki"


def test_markdown_says_the_same_in_commonmark():
    source = (
        "<h3>Kdo?</h3><p>Vsi <b>krepko</b> in <i>ležeče</i>, m<sup>2</sup>.</p><ol><li>ena</li><li>dve"
        '<ul><li>a</li></ul></li></ol><p><a linktype="page" id="3">stran</a></p>'
    )
    assert value(source).markdown == (
        "### Kdo?\n\nVsi **krepko** in *ležeče*, m<sup>2</sup>.\n\n"
        "1. ena\n2. dve\n   - a\n\n[stran](/sl/pionirska/)"
    )


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "*ne* _krepko_ `koda`",
        "1. maj",
        "# ni naslov",
        "- ni alineja",
        "[ni](povezava)",
        "&amp; ostane",
        "a\\b",
        "> ni citat",
        "~~~",
        "+ plus",
        "![x](y)",
        "<https://e.si>",
    ],
)
def test_markdown_keeps_words_words(words):
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    rendered = MarkdownIt("commonmark").render(value(f"<p>{escaped}</p>").markdown)
    assert plain_text(rendered) == words
    assert rendered.count("<") == 2


def test_markdown_address_cannot_carry_another_link():
    source = '<p><a href="https://e.si/) [x](javascript:alert(1)">a</a></p>'
    rendered = MarkdownIt("commonmark").render(value(source).markdown)
    assert rendered.count("<a ") == 1
    assert 'href="javascript' not in rendered


def test_text_is_computed_without_the_other_forms():
    text = value("<p>a</p>")
    assert text.text == "a"
    assert set(vars(text)) == {"source", "pages", "documents", "text"}


def test_empty_text_is_empty_in_every_form():
    text = RichTextValue("")
    assert (text.html, text.markdown, text.text, text.links, bool(text)) == ("", "", "", [], False)


def test_referenced_ids_are_found_in_one_pass_in_any_order_of_attributes():
    found = referenced_ids(
        "<p><a linktype=\"page\" id=\"3\">a</a><a id='4' linktype='page'>b</a>"
        '<a linktype="document" id="9">c</a>'
        '<a href="https://e.si" id="7">d</a><embed alt="x" embedtype="image" id="5"/>'
        '<a linktype="page">e</a></p>'
    )
    assert found == ({3, 4}, {9}, {5})
    assert referenced_ids("<p>Brez povezav</p>") == (set(), set(), set())


@pytest.mark.parametrize("href", ["https://e.si", "mailto:a@e.si", "tel:+38612345678", "/sl/", "#a", "a/b"])
def test_ordinary_addresses_are_safe(href):
    assert is_safe_href(href)


@pytest.mark.parametrize("href", ["", "  ", "javascript:x", "data:x", "file:///etc/passwd", "java\tscript:x"])
def test_other_addresses_are_not(href):
    assert not is_safe_href(href)


def test_editor_marks_words_of_another_language_and_finds_them_marked_again():
    converter = ContentstateConverter(FEATURES)
    stored = '<p data-block-key="a">Beseda <span lang="en">library</span>.</p>'
    state = json.loads(converter.from_database_format(stored))
    assert state["blocks"][0]["inlineStyleRanges"] == [{"offset": 7, "length": 7, "style": "LANGUAGE-en"}]
    assert converter.to_database_format(json.dumps(state)) == stored


def test_every_feature_of_the_editor_is_known():
    assert [name for name in FEATURES if features.get_editor_plugin("draftail", name) is None] == []
