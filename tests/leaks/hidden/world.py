"""What is hidden, each secret with a word of its own, and what it is hidden behind."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from wagtail.models import Page

MARKER = re.compile(r"zq[a-v]{3}x", re.IGNORECASE)
DOORS = ("draft", "unpublished", "expired", "scheduled", "password", "login", "group", "ancestor")
PASSWORD = "geslo-za-branje"
DECIDED = {"state": "DECIDED", "adequacy": "ADEQUATE", "outcome": "RENEW", "decided_on": date(2025, 1, 7)}
RESTRICTIONS = {"password": {"password": PASSWORD}, "login": {}, "group": {}}


@dataclass
class World:
    """What was hidden: words that a field could show if nothing stood before it, and words that no field has."""

    gated: dict[str, str] = field(default_factory=dict)
    consent: dict[str, str] = field(default_factory=dict)
    never: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    queries: list[str] = field(default_factory=list)
    users: dict[str, User] = field(default_factory=dict)
    people: list[Any] = field(default_factory=list)
    images: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, Any] = field(default_factory=dict)
    pending: dict[int, str] = field(default_factory=dict)
    organisation: Any = None
    partner: Any = None
    network: Any = None
    made: int = 0

    def word(self, kind: str, what: str) -> str:
        letters = "".join(chr(ord("a") + self.made // 22**place % 22) for place in (2, 1, 0))
        self.made += 1
        marker = f"zq{letters}x"
        getattr(self, kind)[marker] = what
        return marker

    def secret(self, what: str) -> str:
        return self.word("gated", what)


def stream(*blocks: tuple[str, Any]) -> list[dict[str, Any]]:
    return [
        {"type": name, "value": value, "id": f"00000000-0000-4000-8000-{number:012}"}
        for number, (name, value) in enumerate(blocks)
    ]


def link(kind: str, pk: int, words: str = "povezava") -> str:
    return f'<p><a linktype="{kind}" id="{pk}">{words}</a></p>'
