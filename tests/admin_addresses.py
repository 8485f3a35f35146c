"""Every address of the admin, read from the URL resolver, so that a new one is known by itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One address: its pattern as it is written, its full name, its view and its converters by argument."""

    pattern: str
    name: str
    view: Callable[..., Any]
    arguments: tuple[str, ...]

    @property
    def view_class(self) -> Any:
        return getattr(self.view, "view_class", None)


def addresses() -> Iterator[Address]:
    """Yield the addresses of the admin, each pattern once: the first one answers."""
    start = settings.CMS_ADMIN_PATH.removeprefix("/")
    seen = set()
    for found in _below(get_resolver(), "", ()):
        if found.pattern.startswith(start) and found.pattern not in seen:
            seen.add(found.pattern)
            yield found


def _below(resolver: URLResolver, before: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = ":".join((*spaces, entry.name or ""))
            yield Address(pattern, name, entry.callback, tuple(entry.pattern.regex.groupindex))
        else:
            yield from _below(entry, pattern, (*spaces, entry.namespace) if entry.namespace else spaces)
