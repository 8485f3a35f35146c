"""Answers a query.

Statements: one for the words (two where the last one is unfinished), one for the texts of the hits when a
snippet is selected, one for facets and what the site takes to name their values, three for a suggestion.
Once per content version: the generation, the synonyms of each locale and the visible pages. None of it
depends on the number of pages.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial

from django.db.models import Q, QuerySet
from pyroaring import BitMap

from cms.languages.locales import LocaleChain
from cms.languages.sorting import sort_key
from cms.publishing.version import content_version
from cms.publishing.visibility import Gate
from cms.search import ranking
from cms.search.catalogue import catalogue
from cms.search.entries import FACET, extra_key, facet_key, head
from cms.search.models import SearchDocument, SearchPosting
from cms.search.postings import LENT_LEVELS, Level, Levels, unpack
from cms.search.questions import Question, Word, question
from cms.search.report import record
from cms.search.results import FacetCount, FacetResult, Part, SearchResult
from cms.search.snapshot import Snapshot, snapshot
from cms.search.snippets import SnippetPart, Wanted, snippet
from cms.search.suggestions import suggest
from cms.search.synonyms import expand

# An unfinished word matches at most this many keys that begin like it.
_MOST_KEYS = 100
_MIN_UNFINISHED = 3


def search(
    text: str,
    *,
    gate: Gate,
    chain: LocaleChain,
    first: int,
    after: str | None = None,
    before: str | None = None,
    backwards: bool = False,
    filters: Mapping[str, Sequence[str]] | None = None,
    version: int | None = None,
    afterwards: Callable[[Callable[[], None]], None] | None = None,
) -> SearchResult:
    """Return ``first`` hits for ``text`` behind the cursor ``after`` and before ``before``, the last if ``backwards``.

    ``filters`` maps names of facets to codes: values of one facet are joined by OR, facets by AND; an
    unknown code finds nothing. ``version`` is the content version, where the caller has read it. ``afterwards`` takes
    what counts the query and calls it once it is answered; without, it is counted here. Any text
    is a query: one of signs finds nothing, and asks the database nothing; one of blanks finds all pages, in the
    order in which they were made. Raises `cms.search.results.InvalidCursorError`, and `LookupError` for a facet that
    the site does not have.
    """
    found = _Search(text, gate, chain, version)
    result = SearchResult(found, found.answer(filters or {}), Part(first, after, before, backwards))
    if gate.viewer.is_public and after is None and before is None and not filters and text.strip():
        count = partial(record, text, chain.requested, result.total)
        if afterwards:
            afterwards(count)
        else:
            count()
    return result


class _Search:
    """One query on its way: what was read for it so far."""

    def __init__(self, text: str, gate: Gate, chain: LocaleChain, version: int | None) -> None:
        self.text, self.gate, self.chain = text, gate, chain
        self.postings: dict[str, dict[str, Levels]] = {}
        self.snapshot = Snapshot(None, {}, {}, BitMap(), gate.now, None)
        self.questions = [one for code in chain.codes if (one := question(text, code)).clauses]
        self.browses = not text.strip()
        if self.questions or self.browses:
            self.snapshot = snapshot(gate, chain, content_version() if version is None else version)
            self.questions = [expand(one, self.snapshot.synonyms[one.locale]) for one in self.questions]

    def answer(self, filters: Mapping[str, Sequence[str]]) -> ranking.Answer:
        """Return all pages that answer, divided by score."""
        keys = {name: self._filter_keys(name, codes) for name, codes in filters.items()}
        if self.snapshot.generation_id is None:
            return ranking.Answer({}, BitMap())
        values = set().union(*keys.values(), {extra_key()} if self.browses else ())
        self._read({one.locale: one.keys for one in self.questions} | {"": values - {""}})
        found = self._all() if self.browses else self._found()
        for wanted in keys.values():
            found = found.within(self._having(wanted, found))
        return found

    def _all(self) -> ranking.Answer:
        pages = BitMap.union(BitMap(), *self.snapshot.pages.values())
        extra = self.postings.get("", {}).get(extra_key(), {}).get(Level.EXTRA, BitMap())
        return ranking.Answer({0: pages} if pages else {}, extra & pages)

    def _found(self) -> ranking.Answer:
        self._finish_last_word()
        return ranking.merged(
            ranking.answer(one, self.postings.get(one.locale, {}), self._pages(one)) for one in self.questions
        )

    def facets(self, answer: ranking.Answer) -> list[FacetResult]:
        """Return how many pages of ``answer`` each facet value has."""
        if not catalogue().facets:
            return []
        pages = answer.pages
        counts: dict[str, dict[str, int]] = {facet.name: {} for facet in catalogue().facets}
        rows = SearchPosting.objects.filter(generation_id=self.snapshot.generation_id, locale="", head=FACET)
        for key, packed in rows.values_list("key", "packed") if pages else ():
            name, _colon, value = key.removeprefix(FACET).partition(":")
            count = pages.intersection_cardinality(unpack(packed).get(Level.ANYWHERE, BitMap()))
            if count and name in counts:
                counts[name][value] = count
        if (extra := catalogue().extra) and answer.extra:
            counts[extra[0]][extra[1]] = len(answer.extra)
        return [self._facet(name, values) for name, values in counts.items()]

    def snippets(self, page_ids: Sequence[int]) -> dict[int, list[SnippetPart]]:
        """Return the snippets of pages; one statement."""
        wanted = {one.locale: self._wanted(one) for one in self.questions}
        found: dict[int, list[SnippetPart]] = {page_id: [] for page_id in page_ids}
        rows = SearchDocument.objects.filter(generation_id=self.snapshot.generation_id, page_id__in=page_ids)
        for page_id, locale, own, borrowed in rows.values_list("page_id", "locale", "text", "borrowed"):
            text = own if page_id in self.snapshot.stale else f"{own}\n{borrowed}".strip()
            found[page_id] = snippet(text, locale, wanted.get(locale, Wanted(frozenset(), frozenset())))
        return found

    def suggestion(self) -> str | None:
        """Return the query with words of the site in place of words that it does not have, if that finds
        something."""
        generation_id = self.snapshot.generation_id
        if generation_id is None:
            return None
        suggestions = (suggest(one, self._pages(one), generation_id, self._read) for one in self.questions)
        return next((found for found in suggestions if found), None)

    def _pages(self, one: Question) -> BitMap:
        return self.snapshot.pages.get(one.locale, BitMap())

    def _read(self, wanted: Mapping[str, AbstractSet[str]]) -> dict[str, dict[str, Levels]]:
        condition = Q()
        for locale, keys in wanted.items():
            if keys:
                condition |= Q(locale=locale, key__in=keys)
        if condition:
            self._keep(SearchPosting.objects.filter(condition, generation_id=self.snapshot.generation_id))
        return self.postings

    def _keep(self, rows: QuerySet[SearchPosting]) -> list[tuple[str, str]]:
        found = []
        for locale, key, packed in rows.values_list("locale", "key", "packed"):
            levels = unpack(packed)
            for lent in LENT_LEVELS if self.snapshot.stale else ():
                if lent in levels:
                    levels[lent] -= self.snapshot.stale
            self.postings.setdefault(locale, {})[key] = levels
            found.append((locale, key))
        return found

    def _finish_last_word(self) -> None:
        """Let a last word that no page has, and that may still be typed, stand for all that begins like
        it."""
        last = [one.clauses[-1].typed[-1] for one in self.questions]
        form = last[0].form
        if len(form) < _MIN_UNFINISHED or last[0].exact or self.text[-1:].isspace():
            return
        for one, word in zip(self.questions, last, strict=True):
            if one.clauses[-1].synonyms or ranking.known(
                word, self.postings.get(one.locale, {}), self._pages(one)
            ):
                return
        rows = SearchPosting.objects.filter(
            generation_id=self.snapshot.generation_id,
            locale__in=[one.locale for one in self.questions],
            head=head(form),
            key__startswith=form,
        )
        found = self._keep(rows.order_by("key")[:_MOST_KEYS])
        for place, one in enumerate(self.questions):
            if stems := frozenset(key for locale, key in found if locale == one.locale):
                whole = Word(form, stems, typed=last[place].typed)
                self.questions[place] = one.with_word(len(one.clauses) - 1, whole)

    def _filter_keys(self, name: str, codes: Sequence[str]) -> set[str]:
        values = set(catalogue().facet(name).resolve(codes, self.chain, self.gate))
        extra = catalogue().extra
        if extra and extra[0] == name and extra[1] in codes:
            values.add(extra[1])
        return {facet_key(name, value) for value in values}

    def _having(self, keys: set[str], found: ranking.Answer) -> BitMap:
        facets = self.postings.get("", {})
        pages = BitMap.union(BitMap(), *(facets.get(key, {}).get(Level.ANYWHERE, BitMap()) for key in keys))
        extra = catalogue().extra
        return pages | found.extra if extra and facet_key(*extra) in keys else pages

    def _facet(self, name: str, counts: dict[str, int]) -> FacetResult:
        labels = catalogue().facet(name).describe(list(counts), self.chain, self.gate) if counts else {}
        values = [
            FacetCount(labels[value].code, labels[value].name, counts[value])
            for value in counts
            if value in labels
        ]
        locale = self.chain.requested
        return FacetResult(
            name, sorted(values, key=lambda one: (-one.count, sort_key(one.label, locale), one.code))
        )

    def _wanted(self, one: Question) -> Wanted:
        words = [word for clause in one.required for phrase in clause.phrases for word in phrase]
        stems = frozenset(stem for word in words if not word.exact for stem in word.stems)
        return Wanted(stems, frozenset(word.form for word in words if word.exact))
