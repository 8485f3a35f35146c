"""Applies the editors' synonyms to a query; the index knows nothing of them, so a change holds from the
next query."""

from collections import defaultdict
from dataclasses import replace

from cms.search.models import Synonym
from cms.search.questions import Clause, Phrase, Question, phrase

_MAX_SYNONYMS = 20

# The synonyms of a phrase, by any key of its first word.
type Thesaurus = dict[str, list[tuple[Phrase, tuple[Phrase, ...]]]]


def thesaurus(locale: str) -> Thesaurus:
    """Read the synonyms of a locale; one statement."""
    rules: Thesaurus = defaultdict(list)
    for synonym in Synonym.objects.filter(locale__language_code=locale).order_by("pk"):
        phrases = [words for text in (synonym.word, *synonym.other_words) if (words := phrase(text, locale))]
        sources = phrases if synonym.direction == Synonym.Direction.BOTH else phrases[:1]
        for source in sources:
            others = tuple(other for other in phrases if other != source)
            for stem in source[0].stems if others else ():
                rules[stem].append((source, others))
    for found in rules.values():
        found.sort(key=lambda rule: -len(rule[0]))
    return dict(rules)


def expand(question: Question, rules: Thesaurus) -> Question:
    """Return ``question`` with the synonyms of its words; several words that have one together become one
    clause."""
    if not rules:
        return question
    clauses: list[Clause] = []
    place = 0
    while place < len(question.clauses):
        length, clause = _expanded(question.clauses, place, rules)
        clauses.append(clause)
        place += length
    return replace(question, clauses=tuple(clauses))


def _expanded(clauses: tuple[Clause, ...], place: int, rules: Thesaurus) -> tuple[int, Clause]:
    clause = clauses[place]
    word = clause.typed[0]
    candidates = [rule for stem in sorted(word.stems) for rule in rules.get(stem, ())]
    matching = [rule for rule in candidates if _matches(rule[0], clauses[place : place + len(rule[0])])]
    if word.exact or not matching:
        return 1, clause
    length = max(len(source) for source, _others in matching)
    others = [other for source, found in matching if len(source) == length for other in found]
    typed = tuple(part for run in clauses[place : place + length] for part in run.typed)
    return length, Clause(typed, tuple(dict.fromkeys(others))[:_MAX_SYNONYMS], clause.required)


def _matches(source: Phrase, run: tuple[Clause, ...]) -> bool:
    if len(run) < len(source):
        return False
    pairs = zip(source, run, strict=True)
    return all(word.stems & clause.typed[0].stems and not clause.typed[0].exact for word, clause in pairs)
