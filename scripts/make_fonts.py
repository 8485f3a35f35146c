"""Makes the site's font files, if they are not there: python scripts/make_fonts.py

The package fontpkg-literata has Literata for all scripts and weights, in 955 KB. A page needs the letters of Slovenian
and its neighbours in two weights: 46 KB in two files.
"""

import logging
import os
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).resolve().parent.parent / "centres/site/static/frontend/css/fonts"
# The ranges of the style sheet fonts.css.
LETTERS = {
    "literata-latin.woff2": [
        *range(0x20, 0x100),
        *range(0x2010, 0x2028),
        0x20AC,
        *range(0x2190, 0x2194),
        0x2212,
    ],
    "literata-latin-ext.woff2": [*range(0x100, 0x180), *range(0x218, 0x21C), 0x1E9E],
}
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "pnum", "tnum"]
AXES = {"opsz": 12, "wght": (400, 700)}


def make_fonts() -> None:
    """Write every font file that is missing, whole or not at all."""
    missing = [name for name in LETTERS if not (FOLDER / name).exists()]
    if not missing:
        return
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells every step and every second
    whole = TTFont(str(files("fontpkg_literata") / "files" / "Literata[opsz,wght].ttf"))
    _keep(whole, [letter for letters in LETTERS.values() for letter in letters])
    instantiateVariableFont(whole, AXES, inplace=True)
    source = BytesIO()
    whole.save(source)
    for name in missing:
        source.seek(0)
        font = TTFont(source)
        _keep(font, LETTERS[name])
        font.flavor = "woff2"
        part = FOLDER / f".{name}.{os.getpid()}"
        font.save(str(part))
        part.replace(FOLDER / name)


def _keep(font: TTFont, letters: list[int]) -> None:
    subsetter = Subsetter(Options(layout_features=FEATURES, hinting=False))
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)


if __name__ == "__main__":
    make_fonts()
