"""Rich text between Wagtail's database and the public: clean HTML, Markdown, plain text and links.

The database keeps links as ``<a linktype="page" id="3">``; what they lead to, and whether the public may go
there, is the caller's to say.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape, unescape
from typing import Any, NamedTuple

import nh3
from markdownify import MarkdownConverter

# What editors can use; headings of the second level are blocks of their own, images and videos too.
FEATURES = [
    "h3",
    "h4",
    "bold",
    "italic",
    "superscript",
    "ol",
    "ul",
    "link",
    "document-link",
    "inline-language",
]

TAGS = {
    "p",
    "br",
    "hr",
    "h2",
    "h3",
    "h4",
    "b",
    "strong",
    "i",
    "em",
    "sup",
    "sub",
    "ol",
    "ul",
    "li",
    "blockquote",
    "a",
    "span",
}
ATTRIBUTES = {"a": {"href"}, "*": {"lang"}}
URL_SCHEMES = {"http", "https", "mailto", "tel"}

_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
_REFERENCE = re.compile(r"<(?:a|embed)\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|blockquote)\s*>|<(?:br|hr|ul|ol)\b[^>]*>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_DOUBLED = re.compile(r" {2,}")
_LINES = re.compile(r" ?\n[ \n]*")
# Browsers drop these inside an address, so that "java\nscript:" would be a scheme again (URL Standard, 4.4).
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_ID = 18
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class References(NamedTuple):
    """The rows that a rich text points at."""

    page_ids: set[int]
    document_ids: set[int]
    image_ids: set[int]


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Where a link leads: an address, and the page or document behind it."""

    href: str
    page: Any = None
    document: Any = None


@dataclass(frozen=True, slots=True)
class RichTextLink:
    """One link of a text, with its words."""

    text: str
    href: str
    page: Any = None
    document: Any = None


Targets = Mapping[int, LinkTarget | None]


def referenced_ids(html: str) -> References:
    """Return the ids of the pages, documents and images that the database's ``html`` points at."""
    references = References(set(), set(), set())
    if "linktype" not in html and "embedtype" not in html:
        return references
    kinds = {"page": references.page_ids, "document": references.document_ids, "image": references.image_ids}
    for match in _REFERENCE.finditer(html):
        attributes = _attributes(match[1])
        ids = kinds.get(attributes.get("linktype") or attributes.get("embedtype") or "")
        if ids is not None and (number := _row_id(attributes)) is not None:
            ids.add(number)
    return references


@dataclass(frozen=True)
class RichTextValue:
    """A rich text as the public gets it; each form is computed when it is first used.

    ``pages`` and ``documents`` say by id where links lead. A link to a row that is not there, or is ``None``
    because the reader may not see it, is left out and its words stay.
    """

    source: str
    pages: Targets = field(default_factory=dict)
    documents: Targets = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.source)

    @cached_property
    def html(self) -> str:
        """The text as HTML of few elements, safe to put into a page."""
        return nh3.clean(
            self._linked[0],
            tags=TAGS,
            attributes=ATTRIBUTES,
            url_schemes=URL_SCHEMES,
            link_rel=None,
        )

    @cached_property
    def markdown(self) -> str:
        """The text in CommonMark; an inline language, which Markdown does not know, is lost."""
        return re.sub(r"\n{3,}", "\n\n", _CommonMark().convert(self.html)).strip()

    @cached_property
    def text(self) -> str:
        """The words alone, one line per paragraph, heading or entry of a list."""
        return plain_text(self.source)

    @property
    def links(self) -> list[RichTextLink]:
        """The links that lead somewhere, in order."""
        return self._linked[1]

    @cached_property
    def _linked(self) -> tuple[str, list[RichTextLink]]:
        """The source with real addresses, and the links found on the way."""
        links: list[RichTextLink] = []

        def replace(match: re.Match[str]) -> str:
            target = self._target(_attributes(match[1]))
            if target is None:
                return match[2]
            links.append(RichTextLink(plain_text(match[2]), target.href, target.page, target.document))
            return f'<a href="{escape(target.href)}">{match[2]}</a>'

        return _LINK.sub(replace, self.source), links

    def _target(self, attributes: Mapping[str, str]) -> LinkTarget | None:
        kind = attributes.get("linktype")
        if kind is None:
            href = attributes.get("href", "")
            return LinkTarget(href) if is_safe_href(href) else None
        targets = {"page": self.pages, "document": self.documents}.get(kind, {})
        number = _row_id(attributes)
        return None if number is None else targets.get(number)


class _CommonMark(MarkdownConverter):
    """Markdown in which words stay words: CommonMark 0.31, 2.4 (backslash escapes)."""

    class Options:
        heading_style = "atx"
        bullets = "-"
        sup_symbol = "<sup>"
        sub_symbol = "<sub>"

    def escape(self, text: str, _parent_tags: Any) -> str:
        text = re.sub(r"([\\`*_\[\]<]|&(?=#?\w+;))", r"\\\1", text)
        text = re.sub(r"^(\s*)([-+>#=~])", r"\1\\\2", text)
        return re.sub(r"^(\s*\d{1,9})([.)])(?=\s)", r"\1\\\2", text)

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        # A bracket or blank in an address would end the link early.
        el["href"] = re.sub(r"[\s()<>]", lambda sign: f"%{ord(sign[0]):02X}", el.get("href", ""))
        return str(super().convert_a(el, text, parent_tags))  # type: ignore[misc]  # made of **kwargs there


def plain_text(html: str) -> str:
    """Return the words of ``html``, a line for each block, without doubled blanks."""
    if "<" not in html and "&" not in html:
        return _BLANKS.sub(" ", html).strip()
    lines = _BLOCK_END.sub("\n", _BLANKS.sub(" ", html))
    words = unescape(nh3.clean(lines, tags=set()))
    return _LINES.sub("\n", _DOUBLED.sub(" ", words)).strip()


def is_safe_href(href: str) -> bool:
    """Return whether a link may point to ``href``: the web, mail, telephone, or a place on this site."""
    if not href.strip() or _CONTROL.search(href):
        return False
    scheme = _SCHEME.match(href)
    return scheme is None or scheme[1].lower() in URL_SCHEMES


def heading_levels(html: str) -> Iterable[int]:
    """Yield the levels of the headings in ``html``, in order."""
    return (int(level) for level in re.findall(r"<h([2-6])\b", html, re.IGNORECASE))


def _row_id(attributes: Mapping[str, str]) -> int | None:
    """Return the id that a link names; None for what is none, or a number that no column holds."""
    number = attributes.get("id", "")
    return int(number) if number.isdecimal() and len(number) <= _LONGEST_ID else None


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): unescape(double or single) for name, double, single in _ATTRIBUTE.findall(tag)}
