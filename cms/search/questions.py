"""What somebody typed, made into conditions: words that a page must have, in any of their forms."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cms.search import keys
from cms.search.entries import FORM, name_key

MAX_LETTERS = 200
MAX_WORDS = 12
_MAX_NAMES = 8
_QUOTED = re.compile('["„“”»«]([^"„“”»«]*)["„“”»«]')


@dataclass(frozen=True, slots=True)
class Word:
    """One word: a page has it when it has any of ``stems``, or, in quotation marks, exactly ``form``.

    ``typed`` is the word as it is in the query, if it is in the query.
    """

    form: str
    stems: frozenset[str]
    exact: bool = False
    typed: str = field(default="", compare=False)

    @property
    def keys(self) -> frozenset[str]:
        """Every key that is read to answer for this word."""
        return self.stems | {FORM + self.form} if self.exact else self.stems


type Phrase = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """Words as they were typed and their synonyms; all words of one of these are
    needed.

    A ``small`` word is in every other title, so that it says little there as well.
    """

    typed: Phrase
    synonyms: tuple[Phrase, ...] = ()
    required: bool = True
    small: bool = False

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """What was typed and its synonyms."""
        return (self.typed, *self.synonyms)


@dataclass(frozen=True, slots=True)
class Question:
    """A query in the language of one locale."""

    locale: str
    clauses: tuple[Clause, ...]
    names: tuple[str, ...] = ()

    @property
    def keys(self) -> set[str]:
        """Every key that is read to answer the query."""
        words = (word for clause in self.clauses for phrase in clause.phrases for word in phrase)
        return {key for word in words for key in word.keys} | set(self.names)

    @property
    def required(self) -> list[Clause]:
        """The clauses that a page has to meet."""
        return [clause for clause in self.clauses if clause.required]

    def with_word(self, place: int, word: Word) -> "Question":
        """Return the question with another word in the place of the clause at ``place``."""
        clause = replace(self.clauses[place], typed=(word,), synonyms=())
        return replace(self, clauses=(*self.clauses[:place], clause, *self.clauses[place + 1 :]))


def question(text: str, locale: str) -> Question:
    """Return what ``text`` asks for. A text of blanks and signs asks for nothing: no clauses."""
    text = keys.clean(text)[:MAX_LETTERS]
    clauses = list(itertools.islice(_clauses(text, locale), MAX_WORDS))
    if not any(clause.required for clause in clauses):
        clauses = [replace(clause, required=True) for clause in clauses]
    return Question(locale, tuple(clauses), tuple(_names(clauses)))


def phrase(text: str, locale: str) -> Phrase:
    """Return the words of ``text`` without stop words, or with them where it has no others."""
    words = [
        (word, stop) for token in keys.tokens(keys.clean(text)) for word, stop in _words(token.text, locale)
    ]
    found = tuple(word for word, stop in words if not stop)
    return found or tuple(word for word, _stop in words)


def _clauses(text: str, locale: str) -> Iterator[Clause]:
    quoted = [match.span(1) for match in _QUOTED.finditer(text)]
    for token in keys.tokens(text):
        exact = any(start <= token.start < end for start, end in quoted)
        words = list(_words(token.text, locale))
        for word, stop in words:
            yield Clause((replace(word, exact=exact),), required=not stop, small=stop)
        if len(words) > 1:
            # Pages that write the compound as one are the better hits.
            whole = "".join(word.form for word, _stop in words)[: keys.MAX_WORD]
            yield Clause((Word(whole, keys.query_stems(whole, locale)),), required=False)


def _words(token: str, locale: str) -> Iterator[tuple[Word, bool]]:
    parts = keys.parts(token)
    whole: frozenset[str] = keys.query_stems("".join(parts), locale) if len(parts) > 1 else frozenset()
    for part in parts:
        stop = keys.is_stop_word(part, locale) or (len(parts) > 1 and len(part) == 1)
        if stems := keys.query_stems(part, locale):
            yield Word(keys.fold(part)[: keys.MAX_WORD], stems if stop else stems | whole, typed=part), stop


def _names(clauses: Sequence[Clause]) -> Iterable[str]:
    stems = [sorted(clause.typed[0].stems) for clause in clauses if clause.required]
    if not stems:
        return []
    return [name_key(words) for words in itertools.islice(itertools.product(*stems), _MAX_NAMES)]
