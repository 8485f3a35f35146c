"""Alphabetical order that is the same on every database: a key of digits alone."""

import unicodedata

# The Slovenian alphabet with the letters of neighbours in their usual places (ć after č, đ after d, q w x y as in
# bibliographic practice). PostgreSQL's sl-x-icu gives the same order; SQLite has no such collation.
_ALPHABETS = {"sl": "abcčćdđefghijklmnopqrsštuvwxyzž"}
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_SPACE, _FIRST_DIGIT, _FIRST_LETTER, _OTHER = 0, 1, 11, 99

SORT_KEY_LENGTH = 240


def sort_key(text: str, locale: str) -> str:
    """Return a string of digits that orders ``text`` in the alphabet of ``locale``, two digits a letter.

    Digits alone, because every collation of every database agrees on their order. Case and punctuation do not
    count, letters that the alphabet lacks sort as their base letter, and the key is cut at 120 letters.
    """
    alphabet = _ALPHABETS.get(locale, _LATIN)
    ranks: list[int] = []
    for char in unicodedata.normalize("NFC", text).lower():
        if (place := alphabet.find(char)) >= 0:
            ranks.append(_FIRST_LETTER + place)
        elif char.isdecimal():
            ranks.append(_FIRST_DIGIT + unicodedata.decimal(char))
        elif char.isalpha():
            ranks.extend(_base_letters(char, alphabet))
        elif ranks and ranks[-1] != _SPACE:
            ranks.append(_SPACE)
    while ranks and ranks[-1] == _SPACE:
        ranks.pop()
    return "".join(f"{rank:02d}" for rank in ranks)[:SORT_KEY_LENGTH]


def fold(text: str) -> str:
    """Return ``text`` without case and accents, for finding a part of it: "Učni Center" gives "ucni center"."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def _base_letters(char: str, alphabet: str) -> list[int]:
    parts = unicodedata.normalize("NFKD", char).replace("đ", "d")
    places = [alphabet.find(part) for part in parts if not unicodedata.combining(part)]
    return [_FIRST_LETTER + place if place >= 0 else _OTHER for place in places]
