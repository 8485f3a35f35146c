"""Cache headers of a response (RFC 9111, RFC 5861)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cms.graphql.protocol.http import GRAPHQL
from cms.graphql.protocol.responses import Answer

# Who may see an answer depends on the token, how it is written on the others. Never on a cookie: an answer
# for a session is private, and nobody else gets it.
VARY = "Accept, Accept-Encoding, Authorization"
# CDNs take headers of 8 to 16 KiB. A response with more tags than fit is purged with all others of its kind.
_MAX_TAGS_LENGTH = 7_000
_TOO_MANY_TAGS = "many"


@dataclass(frozen=True, slots=True)
class Freshness:
    """For how many seconds a shared cache may serve a public response, and for how many more while it revalidates."""

    shared_seconds: int
    stale_seconds: int
    tag_header: str

    def private(self) -> dict[str, str]:
        """Return the headers of a response that must not be cached."""
        return {"Cache-Control": "private, no-store", "Vary": VARY}

    def public(self, answer: Answer, now: datetime, media_type: str) -> dict[str, str]:
        """Return the headers of a public response.

        A browser revalidates each time and mostly gets 304. No cache serves a response past the time at which the
        clock makes it wrong. The two media types are two representations, so their entity tags differ.
        """
        shared, stale = self.shared_seconds, self.stale_seconds
        if answer.until is not None:
            left = max(0, int((answer.until - now).total_seconds()))
            shared = min(shared, left)
            stale = min(stale, left - shared)
        headers = {
            "Cache-Control": f"public, max-age=0, s-maxage={shared}, stale-while-revalidate={stale}",
            "ETag": f'"{answer.etag}-{"g" if media_type == GRAPHQL else "j"}"',
            "Vary": VARY,
        }
        if answer.tags:
            headers[self.tag_header] = answer.tags
        return headers

    def tags(self, tags: Iterable[str]) -> str:
        """Return cache tags as one header value, as CDNs read it."""
        text = self._separator.join(sorted(tags))
        return text if len(text) <= _MAX_TAGS_LENGTH else _TOO_MANY_TAGS

    def tags_in(self, value: str) -> list[str]:
        """Return the cache tags of a header value that `tags` made."""
        return value.split(self._separator) if value else []

    @property
    def _separator(self) -> str:
        return " " if self.tag_header == "Surrogate-Key" else ","


def matches(condition: str | None, etag: str) -> bool:
    """Return whether If-None-Match covers ``etag``, weakly: compression weakens tags (RFC 9110, 13.1.2)."""
    if condition is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in condition.split(",")}
    return etag.removeprefix("W/") in tags or "*" in tags
