"""A page made into keys: what is written into the index for it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from wagtail.models import Page

from cms.search import keys
from cms.search.catalogue import Piece, catalogue
from cms.search.postings import LENT_LEVELS, Level, bits
from cms.search.text import pieces_of

FACET, FORM, NAME = "#", "=", "^"
_OFTEN = 3
_SHORT_TITLE = 3
_NAME = 8  # what has more words is a sentence
_MAX_KEY = 255


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index keeps of a page: keys with their levels, and for keys of words how people write them."""

    page_id: int
    locale: str
    title: str
    text: str
    borrowed: str
    stale_at: datetime | None
    keys: dict[str, int]
    words: dict[str, str]


def entries_of(pages: Sequence[Page]) -> list[Entry]:
    """Return the entries of specific pages as they are in memory."""
    texts = pieces_of(pages)
    facets: dict[int, list[str]] = defaultdict(list)
    for facet in catalogue().facets:
        for page_id, values in facet.values_of(pages).items():
            facets[page_id] += [facet_key(facet.name, value) for value in values if value]
    return [
        make_entry(page.pk, page.locale.language_code, page.title, texts[page.pk], facets[page.pk])
        for page in pages
    ]


def make_entry(
    page_id: int, locale: str, title: str, texts: Iterable[Piece], facets: Iterable[str] = ()
) -> Entry:
    """Return the entry for texts and facet keys."""
    reader = _Reader(locale)
    title = keys.clean(title)
    reader.read(title, Level.TITLE)
    own: list[str] = []
    borrowed: list[str] = []
    ends: list[datetime] = []
    found = {key: bits([Level.ANYWHERE]) for key in facets}
    for piece in texts:
        if piece.level is Level.EXTRA and (extra := extra_key()):
            found[extra] = bits([Level.EXTRA])
        if piece.until is not None:
            ends.append(piece.until)
        if not (text := " ".join(keys.clean(piece.text).split())):
            continue
        lent = piece.level is Level.EXTRA or piece.until is not None
        reader.read(text, Level.BORROWED if lent and piece.level is not Level.EXTRA else piece.level)
        if piece.shown:
            (borrowed if lent else own).append(text)
    found |= reader.keys()
    stale_at = min(ends, default=None)
    return Entry(page_id, locale, title, "\n".join(own), "\n".join(borrowed), stale_at, found, reader.words)


class _Reader:
    """Gathers the keys of one page's texts."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.levels: dict[str, set[Level]] = defaultdict(set)
        self.counts: Counter[str] = Counter()
        self.words: dict[str, str] = {}

    def read(self, text: str, level: Level) -> None:
        where = {level} if level in LENT_LEVELS else {Level.ANYWHERE, level}
        for word, times in keys.words(text).items():
            noted = keys.indexed_word(word, self.locale)
            # Stop words say something in titles alone.
            if noted.is_small and level is not Level.TITLE:
                continue
            for stem in noted.stems:
                self.levels[stem].update(where)
                if level not in LENT_LEVELS:
                    self.counts[stem] += times
            for form, written, stem, lemma in noted.spellings:
                self.words.setdefault(FORM + form, written)
                self.words.setdefault(stem, lemma)
        self._note_whole(name_stems(text, self.locale), level)

    def _note_whole(self, stems: list[str], level: Level) -> None:
        if 0 < len(stems) <= _NAME:
            self.levels[name_key(stems)].add(level)
        if level is Level.TITLE and len(stems) <= _SHORT_TITLE:
            for stem in stems:
                self.levels[stem].add(Level.SHORT_TITLE)

    def keys(self) -> dict[str, int]:
        for stem, count in self.counts.items():
            if count >= _OFTEN:
                self.levels[stem].add(Level.OFTEN)
        found = {key: bits(where) for key, where in self.levels.items()}
        return found | {key: bits([Level.ANYWHERE]) for key in self.words if key.startswith(FORM)}


def name_stems(name: str, locale: str) -> list[str]:
    """Return the key of each word of a name that is no stop word, as far as a name goes."""
    tokens = islice(keys.tokens(name), 2 * _NAME)
    parts = [part for token in tokens for part in keys.parts(token.text)]
    stems = (keys.stem(part, locale) for part in parts if not keys.is_stop_word(part, locale))
    return [stem for stem in stems if stem]


def name_key(stems: Iterable[str]) -> str:
    """Return the key that a title or another name as a whole has."""
    return (NAME + " ".join(stems))[:_MAX_KEY]


def facet_key(name: str, value: str) -> str:
    """Return the key of a facet value."""
    return f"{FACET}{name}:{value}"[:_MAX_KEY]


def extra_key() -> str:
    """Return the key of pages that have EXTRA text, empty where the site counts none."""
    extra = catalogue().extra
    return facet_key(*extra) if extra else ""


def head(key: str) -> str:
    """Return the column by which keys that begin alike are found; all facet values stand under one."""
    return FACET if key.startswith(FACET) else key[:3]
