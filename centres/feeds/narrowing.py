"""The filters of the calendar and of the list of programmes, behind the question mark of a feed's address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from centres.models import Audience, Topic
from centres.models.choices import ProgrammeKind
from cms.languages.locales import LocaleChain

_TERMS: dict[str, Any] = {"topic": Topic, "audience": Audience}
_ONLINE = ["ONLINE", "BLENDED", "EITHER"]
_LONGEST = 60

type Switch = tuple[dict[str, Any], Promise]

# What `=1` behind a name asks of a session's event, and of a programme.
OF_SESSIONS: dict[str, Switch] = {
    "online": ({"mode": _ONLINE}, gettext_lazy("online")),
    "free": ({"free": True}, gettext_lazy("free of charge")),
    "open": ({"status": ["OPEN"]}, gettext_lazy("open for applications")),
}
OF_PROGRAMMES: dict[str, Switch] = {
    "open": ({"has_open_edition": True}, gettext_lazy("open for applications")),
}
# Whose dates a calendar has, where it does not have all.
WHOSE: dict[str, Promise] = {
    "own": gettext_lazy("of the centres"),
    "others": gettext_lazy("of other providers"),
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Conditions as the lists of the graph take them, their names for a reader, and how an address asks for them."""

    conditions: dict[str, Any] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    query: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str], switches: Mapping[str, Switch], chain: LocaleChain) -> Self:
        """Return what ``asked`` narrows. Raises `Http404` for a value that is not known."""
        conditions: dict[str, Any] = {}
        labels: list[str] = []
        for name, value in asked.items():
            if name in switches and value == "1":
                wanted, label = switches[name]
                conditions |= wanted
                labels.append(str(label))
            elif name == "whose" and value in WHOSE:
                labels.append(str(WHOSE[value]))
            elif name in _TERMS or name == "kind":
                conditions[name] = [value]
                labels.append(_label(name, value, chain))
            else:
                raise Http404
        return cls(conditions, labels, f"?{urlencode(asked)}" if asked else "")

    def title(self, title: str) -> str:
        """Return ``title`` with the names of what it is narrowed to."""
        return f"{title} ({', '.join(self.labels)})" if self.labels else title


def _label(name: str, code: str, chain: LocaleChain) -> str:
    if name == "kind":
        if code not in ProgrammeKind.values:
            raise Http404
        return str(ProgrammeKind(code).label)
    term = _TERMS[name].objects.filter(code=code[:_LONGEST]).first()
    if term is None:
        raise Http404
    return str(term.name.pick(chain.codes)[0])
