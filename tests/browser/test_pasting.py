"""What is pasted from Word keeps its structure, without tracking and invisible letters, and one step undoes it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.django_db

WORD = """<html xmlns:o="urn:o"><head><style>p {margin: 0}</style></head><body><!--StartFragment-->
<h1>Lutke<o:p></o:p></h1>
<p class=MsoNormal>Be\u00adse\u00addilo, <b>krepko</b>, 25 m<sup>2</sup> in H<sub>2</sub>O,
<a href="https://www.example.si/a?utm_source=x&amp;id=3&amp;fbclid=y">povezava</a>.</p>
<h2>Oder</h2>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>prva<o:p></o:p></p>
<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp;</span></span>globlje</p>
<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;</span></span>druga</p>
<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>ena</p>
<table><tr><td><p>Ura</p></td><td><p>Soba</p></td></tr><tr><td>10.00</td><td>A1</td></tr></table>
<!--EndFragment--></body></html>"""

PASTE = """(place, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "navadno besedilo");
  place.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""
BLOCKS = """place => [...place.querySelectorAll("[data-block]")].map(
  (one) => `${one.localName === "li" ? one.parentElement.localName : one.localName}: ${one.innerText}`)"""


def blocks(place: Locator) -> list[str]:
    return list(place.evaluate(BLOCKS))


def test_words_from_word_keep_their_structure(visit: Callable[..., Visitor]) -> None:
    editor = visit(own_clock=True)
    editor.sign_in()
    page = editor.open("/admin/snippets/cms/sharedtext/add/")
    place = page.locator(".DraftEditor-root [contenteditable=true]").first
    place.click()
    place.evaluate(PASTE, WORD)
    expect(place).to_contain_text("Lutke")
    assert blocks(place) == [
        "h3: Lutke",
        "div: Besedilo, krepko, 25 m² in H₂O, povezava.",
        "h4: Oder",
        "ul: prva",
        "ul: globlje",
        "ul: druga",
        "ol: ena",
        "div: Ura | Soba",
        "div: 10.00 | A1",
    ]
    assert place.locator("a").get_attribute("href") == "https://www.example.si/a?id=3"
    page.keyboard.press("Control+Z")
    expect(place).not_to_contain_text("Lutke")
    assert "".join(blocks(place)).removeprefix("div:").strip() == ""
