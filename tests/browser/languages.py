"""Which words of the admin are of which language, by the catalogues of Wagtail, Django and this project."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import django
import polib
import wagtail

_ROOT = Path(__file__).parent.parent.parent
_PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|%%")
# A sentence with places is told by its own words, if it has as many letters.
_ENOUGH = 12


@cache
def _pairs() -> tuple[frozenset[str], dict[str, str]]:
    """Return all English texts, and those with a Slovenian translation with it."""
    packages = [Path(wagtail.__file__).parent, Path(django.__file__).parent]
    english: set[str] = set()
    slovenian: dict[str, str] = {}
    ours = [path for path in _ROOT.glob("*/**/locale/sl/LC_MESSAGES/*.po") if ".venv" not in path.parts]
    theirs = [path for folder in packages for path in folder.rglob("locale/sl/LC_MESSAGES/*.po")]
    known = [
        path for path in packages[0].rglob("locale/en/LC_MESSAGES/*.po") if path.parent.parent.name == "en"
    ]
    for path in (*known, *theirs, *ours):  # ours come last, as they do where the admin is drawn
        for entry in polib.pofile(str(path)):
            if entry.obsolete or "fuzzy" in entry.flags:
                continue
            texts = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
            english.update(texts)
            for text in (entry.msgstr, *entry.msgstr_plural.values()):
                if text and "/en/" not in str(path):
                    slovenian[text] = entry.msgid
    return frozenset(english), slovenian


def _matcher(texts: Iterable[str]) -> re.Pattern[str]:
    plain, patterns = [], []
    for text in texts:
        bare = " ".join(text.split())
        if not _PLACES.search(bare):
            plain.append(re.escape(bare))
        elif sum(letter.isalpha() for letter in _PLACES.sub("", bare)) >= _ENOUGH:
            patterns.append(".+".join(re.escape(part) for part in _PLACES.split(bare)))
    return re.compile("|".join(sorted(plain + patterns, key=len, reverse=True)), re.IGNORECASE)


@cache
def _english() -> re.Pattern[str]:
    english, slovenian = _pairs()
    same = {text.lower() for text in slovenian}
    return _matcher(text for text in english if text.lower() not in same)


@cache
def _slovenian() -> re.Pattern[str]:
    english, slovenian = _pairs()
    same = {text.lower() for text in english}
    return _matcher(text for text in slovenian if text.lower() not in same)


def english_in(texts: Iterable[str]) -> list[str]:
    """Return those of ``texts``, as they stand on a screen, that the catalogues know as English alone."""
    return sorted(text for text in texts if _english().fullmatch(text))


def slovenian_in(texts: Iterable[str]) -> list[str]:
    """Return those of ``texts`` that the catalogues know as Slovenian alone."""
    return sorted(text for text in texts if _slovenian().fullmatch(text))
