"""What somebody may have meant: the words of the site that are nearest to a word that it does not have.

Nearness is the number of letters to insert, delete, change or swap with a neighbour (optimal string
alignment), over words without case and signs. Candidates are words that begin alike; only where none is
near, also those whose beginning is one edit away, so that most queries compare few words.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from string import ascii_lowercase

from django.db.models.functions import Length
from pyroaring import BitMap
from rapidfuzz import process
from rapidfuzz.distance import OSA

from cms.search import keys, ranking
from cms.search.entries import FORM
from cms.search.models import SearchPosting
from cms.search.postings import Levels
from cms.search.questions import Question, Word

type Read = Callable[[Mapping[str, AbstractSet[str]]], Mapping[str, Mapping[str, Levels]]]

_MIN_LENGTH = 3
_SHORT = 4
_MOST_CANDIDATES = 40
_MOST_UNKNOWN = 3


@dataclass(frozen=True, slots=True)
class _Candidate:
    distance: int
    form: str
    word: str


def suggest(one: Question, visible: BitMap, generation_id: int, read: Read) -> str | None:
    """Return the query with its unknown words mended, if visible pages then answer it; else None.

    ``read`` reads keys and returns the postings of all keys read so far, both by locale.
    """
    postings = read({}).get(one.locale, {})
    unknown = [
        (place, clause.typed[0])
        for place, clause in enumerate(one.clauses)
        if clause.required and not ranking.known(clause.typed[0], postings, visible)
    ]
    if not unknown or len(unknown) > _MOST_UNKNOWN:
        return None
    mended = one
    for place, word in unknown:
        groups = _nearest(word.form, one.locale, generation_id)
        # A word of hidden pages that is nearer must not show itself by keeping those away that are farther.
        found = (_best(group, one.locale, visible, read) for group in groups)
        best = next((known for known in found if known is not None), None)
        if best is None:
            return None
        mended = mended.with_word(place, best)
    if not ranking.answer(mended, read({}).get(one.locale, {}), visible).buckets:
        return None
    return " ".join(word.typed for clause in mended.clauses for word in clause.typed if word.typed)


def _best(nearest: list[_Candidate], locale: str, visible: BitMap, read: Read) -> Word | None:
    """Return the nearest word that a visible page has; of several the one that most of these have."""
    words = [_word(candidate, locale) for candidate in nearest]
    postings = read({locale: {stem for known in words for stem in known.stems}}).get(locale, {})
    pages = [len(ranking.known(known, postings, visible)) for known in words]
    order = sorted(range(len(words)), key=lambda i: (nearest[i].distance, -pages[i], nearest[i].form))
    return next((words[i] for i in order if pages[i]), None)


def _word(candidate: _Candidate, locale: str) -> Word:
    return Word(candidate.form, keys.query_stems(candidate.form, locale), typed=candidate.word)


def _nearest(form: str, locale: str, generation_id: int) -> Iterator[list[_Candidate]]:
    """Yield words of all pages: those that begin alike, then those whose beginning is one edit away."""
    if len(form) < _MIN_LENGTH:
        return
    most = 1 if len(form) <= _SHORT else 2
    rows = (
        SearchPosting.objects.filter(generation_id=generation_id, locale=locale)
        .alias(length=Length("word"))
        .filter(length__gte=max(1, len(form) - most), length__lte=len(form) + most)
        .values_list("word", flat=True)
    )
    yield _near(form, rows.filter(head__in=[FORM + form[:2], form[:3]]), most)
    yield _near(form, rows.filter(head__in=_beginnings(form)), most)


def _near(form: str, words: Iterable[str], most: int) -> list[_Candidate]:
    spelling = {keys.fold(word): word for word in sorted(words)}
    # Ties are cut in alphabetical order, whatever order the database gave.
    choices = sorted(spelling)
    found = process.extract(form, choices, scorer=OSA.distance, score_cutoff=most, limit=_MOST_CANDIDATES)
    return [_Candidate(int(distance), near, spelling[near]) for near, distance, _index in found]


def _beginnings(form: str) -> set[str]:
    first, second = form[0], form[1]
    changed = {other + second for other in ascii_lowercase} | {first + other for other in ascii_lowercase}
    inserted = {other + first for other in ascii_lowercase}
    return {FORM + start for start in changed | inserted | {second + first, form[1:3]}}
