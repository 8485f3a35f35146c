"""All forms of Slovenian words, made from stems and the endings of their declensions.

Source of the endings: Toporišič, Slovenska slovnica (1976 and later): first female, first male and first
neuter declension, with the male stems that lose their e (center, centra) or take a j (knjižničar, knjižničarja).
Each table has singular, dual and plural in the order nominative, genitive, dative, accusative, locative,
instrumental.
"""

from dataclasses import dataclass

_FEMALE = (
    ("a", "e", "i", "o", "i", "o"),
    ("i", "", "ama", "i", "ah", "ama"),
    ("e", "", "am", "e", "ah", "ami"),
)
_MALE = (
    ("", "a", "u", "", "u", "om"),
    ("a", "ov", "oma", "a", "ih", "oma"),
    ("i", "ov", "om", "e", "ih", "i"),
)
# Alive, with a soft stem: the accusative is the genitive, and o becomes e.
_MALE_SOFT = (
    ("", "a", "u", "a", "u", "em"),
    ("a", "ev", "ema", "a", "ih", "ema"),
    ("i", "ev", "em", "e", "ih", "i"),
)
_NEUTER_SOFT = (
    ("e", "a", "u", "e", "u", "em"),
    ("i", "", "ema", "i", "ih", "ema"),
    ("a", "", "em", "a", "ih", "i"),
)
_ADJECTIVE = ("i", "a", "o", "e", "ega", "emu", "em", "im", "ih", "ima", "imi")

type Table = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Noun:
    """A noun: its dictionary form, and the stem and endings of all others."""

    nominative: str
    stem: str
    table: Table

    @property
    def forms(self) -> list[str]:
        """All eighteen places of the declension, each form once."""
        singular, dual, plural = self.table
        made = [self.stem + ending for ending in (*singular[1:], *dual, *plural)]
        if self.table is _MALE:
            made[2] = self.nominative  # the accusative of what is not alive
        return list(dict.fromkeys([self.nominative, *made]))


NOUNS = {
    noun.nominative: noun
    for noun in (
        Noun("knjižnica", "knjižnic", _FEMALE),
        Noun("hruška", "hrušk", _FEMALE),
        Noun("knjižničar", "knjižničarj", _MALE_SOFT),
        Noun("center", "centr", _MALE),
        Noun("izobraževanje", "izobraževanj", _NEUTER_SOFT),
        Noun("branje", "branj", _NEUTER_SOFT),
    )
}
ADJECTIVES = {
    "splošni": ["splošen", *("splošn" + ending for ending in _ADJECTIVE)],
    "zlati": ["zlat", *("zlat" + ending for ending in _ADJECTIVE)],
    "kompetenčni": ["kompetenčn" + ending for ending in _ADJECTIVE],
    "mladinski": ["mladinsk" + ending for ending in _ADJECTIVE],
}


def without_signs(text: str) -> str:
    """Return ``text`` as people type it on a foreign keyboard."""
    return text.translate(str.maketrans("čšžćđČŠŽĆĐ", "cszcdCSZCD"))
