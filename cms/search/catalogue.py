"""What a site declares about its search: facets, texts beyond a page's own, and whose change touches which
page.

The platform knows no domain. A site names its `Catalogue` in ``CMS_SEARCH_CATALOGUE`` (dotted path).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string
from wagtail.models import Page

from cms.languages.locales import LocaleChain
from cms.publishing.visibility import Gate
from cms.search.postings import Level


@dataclass(frozen=True, slots=True)
class Piece:
    """A text by which a page is found, and how much it says about the page: TITLE (another name of it), LEAD,
    ANYWHERE or EXTRA.

    ``until`` is the time at which the text leaves the page by itself, where it comes from something that
    expires. A text that is not ``shown`` finds the page, but says nothing to who reads about it: snippets
    leave it out.
    """

    text: str
    level: Level = Level.ANYWHERE
    until: datetime | None = None
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Label:
    """A facet value for people: the code to filter by, and its name in the requested language."""

    code: str
    name: str


type Values = Callable[[Sequence[Page]], Mapping[int, Iterable[str]]]
type Pieces = Callable[[Sequence[Page], Gate], Mapping[int, Iterable[Piece]]]
type Describe = Callable[[Collection[str], LocaleChain, Gate], Mapping[str, Label]]


def _same(codes: Sequence[str], _chain: LocaleChain, _gate: Gate) -> Sequence[str]:
    return codes


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to divide results.

    ``values_of`` gives the values of pages, by id, as the index keeps them; ``describe`` names values in a
    number of statements that does not depend on how many there are, and leaves out those that the visitor
    may not see; ``resolve`` turns the codes of a filter into values, and does not know those of what is hidden.
    """

    name: str
    values_of: Values
    describe: Describe
    resolve: Callable[[Sequence[str], LocaleChain, Gate], Iterable[str]] = _same


def _no_pieces(_pages: Sequence[Page], _gate: Gate) -> Mapping[int, Iterable[Piece]]:
    return {}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that search asks a site.

    ``pieces_of`` gives texts beyond title, summary and rich text fields of pages, by id. Pages come many at
    a time, so that a rebuild needs few statements.  ``extra`` is the facet
    value (facet name, value) under which pages are counted whose EXTRA text has words of the query; where one browses
    without words, pages that have EXTRA pieces, be they empty.
    ``sources`` maps models whose rows lend their words or codes to pages to a function from such a row to
    the ids of those pages. ``prefetch`` names the relations of a page
    type to read for many pages at once.
    """

    facets: tuple[Facet, ...] = ()
    pieces_of: Pieces = _no_pieces
    extra: tuple[str, str] | None = None
    sources: Mapping[type[models.Model], Callable[[Any], Iterable[int]]] = field(default_factory=dict)
    prefetch: Mapping[type[Page], Sequence[str]] = field(default_factory=dict)

    def facet(self, name: str) -> Facet:
        """Return the facet of that name. Raises `LookupError`."""
        for facet in self.facets:
            if facet.name == name:
                return facet
        raise LookupError(name)


@cache
def catalogue() -> Catalogue:
    """Return what the site declared in ``CMS_SEARCH_CATALOGUE``; nothing, where it declared none."""
    path = getattr(settings, "CMS_SEARCH_CATALOGUE", "")
    return import_string(path) if path else Catalogue()
