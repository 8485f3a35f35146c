"""Which pages answer a query, and in which order: set algebra over page ids.

A page's score is the sum of whole numbers that depend on the page and the query alone, never on other
pages. So the order is the same on every database, and a cursor stays right when pages come and go between
two requests.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyroaring import BitMap

from cms.search.entries import FORM
from cms.search.postings import LENT_LEVELS, Level, Levels
from cms.search.questions import Clause, Phrase, Question, Word

# Title above text, what was typed above its synonyms, a title that says nothing else above all.
_WEIGHTS = {
    Level.ANYWHERE: 1,
    Level.OFTEN: 1,
    Level.LEAD: 2,
    Level.TITLE: 8,
    Level.SHORT_TITLE: 2,
    Level.EXTRA: 2,
    Level.BORROWED: 1,
}
_SMALL_WEIGHTS = {Level.TITLE: 1}
_SYNONYM_WEIGHTS = {Level.ANYWHERE: 1, Level.TITLE: 3, Level.EXTRA: 1, Level.BORROWED: 1}
# The query is the whole of a title, of a name, of any short text.
_NAME_WEIGHTS = {
    Level.TITLE: 10,
    Level.LEAD: 10,
    Level.ANYWHERE: 2,
    Level.EXTRA: 2,
    Level.BORROWED: 2,
}

# From three words on, a page may lack some of them where no page has all; never more than these parts of ten.
_FORGIVING_FROM = 3
_NEEDED_TENTHS = 6

type Postings = Mapping[str, Levels]
type Buckets = dict[int, BitMap]


@dataclass(frozen=True, slots=True)
class Answer:
    """Pages by score, and those of them in whose EXTRA text the words were found."""

    buckets: Buckets
    extra: BitMap

    @property
    def pages(self) -> BitMap:
        """All pages that answer."""
        return BitMap.union(*self.buckets.values()) if self.buckets else BitMap()

    def within(self, pages: BitMap) -> "Answer":
        """Return the part of the answer that is among ``pages``."""
        return Answer(
            {score: ids & pages for score, ids in self.buckets.items() if ids & pages}, self.extra & pages
        )


def answer(question: Question, postings: Postings, visible: BitMap) -> Answer:
    """Return the visible pages that answer ``question``."""
    required = question.required
    matches = [_clause_pages(clause, postings) & visible for clause in required]
    pages = _enough(matches)
    if not pages:
        return Answer({}, BitMap())
    buckets: Buckets = {0: pages}
    for clause in question.clauses:
        for ids, weight in _weights(clause, postings):
            buckets = _raise(buckets, ids, weight)
    for name in question.names:
        for level, weight in _NAME_WEIGHTS.items():
            buckets = _raise(buckets, _at(postings, name, [level]), weight)
    return Answer(buckets, _extra(required, postings) & pages)


def known(word: Word, postings: Postings, visible: BitMap) -> BitMap:
    """Return the visible pages that have a word."""
    return _word_pages(word, postings) & visible


def merged(answers: Iterable[Answer]) -> Answer:
    """Return answers of several locales as one; no page is in two of them."""
    buckets: Buckets = {}
    extra = BitMap()
    for one in answers:
        extra |= one.extra
        for score, ids in one.buckets.items():
            buckets[score] = buckets.get(score, BitMap()) | ids
    return Answer(buckets, extra)


def _enough(matches: list[BitMap]) -> BitMap:
    if not matches:
        return BitMap()
    pages = BitMap.intersection(*matches)
    if pages or len(matches) < _FORGIVING_FROM:
        return pages
    counted: Buckets = {0: BitMap.union(*matches)}
    for ids in matches:
        counted = _raise(counted, ids, 1)
    most = max((count for count, ids in counted.items() if ids), default=0)
    return counted[most] if most * 10 >= len(matches) * _NEEDED_TENTHS else BitMap()


def _raise(buckets: Buckets, ids: BitMap, weight: int) -> Buckets:
    raised: Buckets = {}
    for score, pages in buckets.items():
        inside = pages & ids
        for new_score, part in ((score, pages - inside), (score + weight, inside)):
            if part:
                raised[new_score] = raised[new_score] | part if new_score in raised else part
    return raised


def _weights(clause: Clause, postings: Postings) -> Iterable[tuple[BitMap, int]]:
    for number, phrase in enumerate(clause.phrases):
        pages = _phrase_pages(phrase, postings)
        weights = _SYNONYM_WEIGHTS if number else _SMALL_WEIGHTS if clause.small else _WEIGHTS
        for word in phrase if pages else ():
            for level, weight in weights.items():
                if ids := pages & _word_at(word, postings, [level]):
                    yield ids, weight


def _clause_pages(clause: Clause, postings: Postings) -> BitMap:
    return BitMap.union(*(_phrase_pages(phrase, postings) for phrase in clause.phrases))


def _phrase_pages(phrase: Phrase, postings: Postings) -> BitMap:
    return BitMap.intersection(*(_word_pages(word, postings) for word in phrase))


def _word_pages(word: Word, postings: Postings) -> BitMap:
    pages = _word_at(word, postings, [Level.ANYWHERE, *LENT_LEVELS])
    return pages & _at(postings, FORM + word.form, [Level.ANYWHERE]) if word.exact else pages


def _word_at(word: Word, postings: Postings, levels: list[Level]) -> BitMap:
    found = BitMap()
    for stem in word.stems:
        found |= _at(postings, stem, levels)
    return found


def _at(postings: Postings, key: str, levels: Iterable[Level]) -> BitMap:
    found = BitMap()
    for level in levels:
        if ids := postings.get(key, {}).get(level):
            found |= ids
    return found


def _extra(clauses: list[Clause], postings: Postings) -> BitMap:
    # Found in what belongs to a page: at least one word there, and the others there or in the page's title.
    somewhere, everywhere = [], []
    for clause in clauses:
        words = [word for phrase in clause.phrases for word in phrase]
        extra = BitMap.union(*(_word_at(word, postings, [Level.EXTRA]) for word in words))
        somewhere.append(extra)
        everywhere.append(extra | BitMap.union(*(_word_at(word, postings, [Level.TITLE]) for word in words)))
    return BitMap.union(*somewhere) & BitMap.intersection(*everywhere)
