"""Words to keys: what a text is found by, in whatever form a word is in it and in the query.

The same function makes the keys of a text when it is indexed and of a query when it is asked, so both
databases only ever compare plain strings and agree on every hit. Word forms come from LemmaGen (Juršič et
al. 2010), which maps unknown words by rules instead of leaving them as they are.
"""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version

from lemmagen3 import Lemmatizer

from cms.search.stop_words import STOP_WORDS

# Move this whenever the same text would get other keys than before; the check cms_search.W001 then asks
# for a rebuild.
PIPELINE = 3

# LemmaGen cuts words of more than 255 bytes, and nothing that long is a word.
MAX_WORD = 64

# How many answers each function below remembers. A large site has more words, but those are rare ones; what strangers
# type must not fill the memory.
_WORDS_KEPT = 20_000

_JOINTS = "-‐‑'’"
_WORD = re.compile(rf"[^\W_]+(?:[{_JOINTS}][^\W_]+)*")
_JOINT = re.compile(f"[{_JOINTS}]")
# Endings that Slovenian hangs on acronyms with a hyphen: NUK-a, IZUM-om, JSKD-ja.
_ACRONYM_ENDINGS = ("a", "u", "om", "em", "ja", "ju", "jem")
_ACRONYM_WITH_ENDING = re.compile(
    rf"([^\W\d_]{{2,8}})[{_JOINTS}](?:{'|'.join(_ACRONYM_ENDINGS)}|i|ov|jev)", re.IGNORECASE
)
# Hyphens that show only at the end of a line, and letters without width: they come with pasted words.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
# Letters that people leave without their sign when they type; what a word without signs may have been.
_SIGNS = {"sl": {"c": "cč", "s": "sš", "z": "zž"}}
_MAX_SIGNS = 7
_SHORTEST_CUT = 4
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text and where it stands."""

    start: int
    end: int
    text: str


def engine(locales: tuple[str, ...]) -> str:
    """Return what an index was made with; an index of another engine misses words of queries silently."""
    return f"keys {PIPELINE}, lemmagen3 {version('lemmagen3')}, {' '.join(sorted(locales))}"


def clean(text: str) -> str:
    """Return ``text`` in NFC without invisible letters, with control characters and lone surrogates as blanks."""
    if not text.isascii():
        text = _INVISIBLE.sub("", text.encode("utf-8", "replace").decode())
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", text))


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a cleaned text; a compound with hyphens is one of them, signs and blanks are
    none."""
    for match in _WORD.finditer(text):
        yield Token(match.start(), match.end(), match.group())


def words(text: str) -> Counter[str]:
    """Return the different words of a cleaned text, and how often each occurs."""
    return Counter(_WORD.findall(text))


def fold(word: str) -> str:
    """Return ``word`` without case and without the signs on its letters: ``Žička`` → ``zicka``."""
    word = word.casefold()
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word.replace("đ", "d").replace("ł", "l").replace("ø", "o"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def parts(token: str) -> list[str]:
    """Return the words that a token is made of, without the ending on an acronym or the English genitive."""
    if match := _ACRONYM_WITH_ENDING.fullmatch(token):
        return [match.group(1)]
    found = _JOINT.split(token)
    if len(found) > 1 and found[-1].casefold() == "s":
        found.pop()
    return [part for part in found if len(part) <= MAX_WORD]


@lru_cache(maxsize=_WORDS_KEPT)
def lemma(word: str, locale: str) -> str:
    """Return the form under which a dictionary of the language of ``locale`` has a word, in lower case."""
    word = word.lower()
    lemmatizer = _lemmatizer(locale)
    return str(lemmatizer.lemmatize(word)) if lemmatizer else word


@lru_cache(maxsize=_WORDS_KEPT)
def stem(word: str, locale: str) -> str:
    """Return the key that all forms of a word share in the language of ``locale``."""
    key = fold(lemma(word, locale))
    return (_light(key) if locale in _SIGNS else key)[:MAX_WORD]


def _light(key: str) -> str:
    """Return a Slovenian key without what words that belong together most often differ in.

    Forms that the lemmatizer guesses wrong mostly have another last vowel (hruski, hruska), and an adverb has
    its adjective's stem without the fleeting e (splosno, splosen).
    """
    if len(key) > _SHORTEST_CUT and key[-1] in _VOWELS:
        key = key[:-1]
    if len(key) > _SHORTEST_CUT + 1 and key.endswith("en") and key[-3] not in _VOWELS:
        key = f"{key[:-2]}n"
    return key


@lru_cache(maxsize=_WORDS_KEPT)
def text_stems(token: str, locale: str) -> tuple[str, ...]:
    """Return the keys under which a token of a text is found: those of its parts and of the whole.

    Stop words keep their key here; the index decides where they count.
    """
    words = parts(token)
    found = [stem(word, locale) for word in words]
    if len(words) > 1:
        found.append(stem("".join(words)[:MAX_WORD], locale))
    elif locale in _SIGNS and len(words) == 1 and is_acronym(words[0]):
        # People type nuka and nukom for NUK-a and NUK-om.
        found += [stem(words[0].lower() + ending, locale) for ending in _ACRONYM_ENDINGS]
    return tuple(dict.fromkeys(key for key in found if key))


@dataclass(frozen=True, slots=True)
class IndexedWord:
    """What the index notes of a word of a text: its keys, and how its parts are written (form and lemma)."""

    stems: tuple[str, ...]
    is_small: bool
    spellings: tuple[tuple[str, str, str, str], ...]  # form, written, stem, lemma


@lru_cache(maxsize=_WORDS_KEPT)
def indexed_word(token: str, locale: str) -> IndexedWord:
    """Return what the index notes of a word; a small one has stop words for all its parts."""
    found = parts(token)
    return IndexedWord(
        text_stems(token, locale),
        all(is_stop_word(part, locale) for part in found),
        tuple(
            (form, part.lower()[:MAX_WORD], stem(part, locale), lemma(part, locale)[:MAX_WORD])
            for part in found
            if (form := fold(part)[:MAX_WORD])
        ),
    )


@lru_cache(maxsize=_WORDS_KEPT // 2)
def query_stems(word: str, locale: str) -> frozenset[str]:
    """Return the keys of one word of a query: of each word that it may be, had its letters their signs.

    The answer depends on the folded word alone, so a query finds the same with and without č, š and ž.
    """
    plain = fold(word)[:MAX_WORD]
    if locale not in _SIGNS:
        return frozenset((stem(word[:MAX_WORD], locale), stem(plain, locale))) - {""}
    return frozenset(stem(spelling, locale) for spelling in _spellings(plain, _SIGNS[locale])) - {""}


def is_acronym(word: str) -> bool:
    """Return whether a word of a text is written as an acronym."""
    return 3 <= len(word) <= 5 and word.isupper() and word.isalpha()


def is_stop_word(word: str, locale: str) -> bool:
    """Return whether a word says nothing about what a text is about."""
    return fold(word) in STOP_WORDS.get(locale, frozenset())


def _spellings(plain: str, signs: dict[str, str]) -> Iterator[str]:
    places = [place for place, letter in enumerate(plain) if letter in signs][:_MAX_SIGNS]
    for letters in itertools.product(*(signs[plain[place]] for place in places)):
        spelling = list(plain)
        for place, letter in zip(places, letters, strict=True):
            spelling[place] = letter
        yield "".join(spelling)


@cache
def _lemmatizer(locale: str) -> Lemmatizer | None:
    language = locale.split("-", maxsplit=1)[0]
    return Lemmatizer(language) if language in Lemmatizer.list_supported_languages() else None
