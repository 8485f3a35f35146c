"""Cache headers of a response (RFC 9111, RFC 5861)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

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
    """For how many seconds a shared cache may serve a public response, for how many more while it revalidates, and
    for how many more where the server fails.
    """

    shared_seconds: int
    stale_seconds: int
    tag_header: str
    error_seconds: int = 0

    def private(self) -> dict[str, str]:
        """Return the headers of a response that must not be cached."""
        return {"Cache-Control": "private, no-store", "Vary": VARY}

    def public(self, answer: Answer, now: datetime, media_type: str) -> dict[str, str]:
        """Return the headers of a public response.

        A browser revalidates each time and mostly gets 304. No cache serves a response past the time at which the
        clock makes it wrong. The two media types are two representations, so their entity tags differ.
        """
        headers = {
            "Cache-Control": cache_control(*self.seconds(answer.until, now)),
            "ETag": f'"{answer.etag}-{"g" if media_type == GRAPHQL else "j"}"',
            "Vary": VARY,
        }
        if answer.tags:
            headers[self.tag_header] = answer.tags
        return headers

    def seconds(self, until: datetime | None, now: datetime) -> tuple[int, int, int]:
        """Return the three times of a response that is right until ``until``; together they don't reach beyond it."""
        if until is None:
            return self.shared_seconds, self.stale_seconds, self.error_seconds
        return within(until - now, self.shared_seconds, self.stale_seconds, self.error_seconds)

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


def within(left: timedelta, shared: int, stale: int, error: int) -> tuple[int, int, int]:
    """Return the three times of a response that stays right for the time that is ``left``.

    The last one is then a power of two: it stays the same while the time runs out, so a response with its headers can
    be cached.
    """
    rest = max(0, int(left.total_seconds()))
    shared = min(shared, rest)
    stale = min(stale, rest - shared)
    rest -= shared + stale
    if rest < error:
        error = 1 << (rest.bit_length() - 1) if rest else 0
    return shared, stale, error


def cache_control(shared: int, stale: int, error: int) -> str:
    """Return the header of a public response: RFC 9111, 5.2.2.10, and RFC 5861, 3 and 4."""
    return f"public, max-age=0, s-maxage={shared}, stale-while-revalidate={stale}, stale-if-error={error}"


def matches(condition: str | None, etag: str) -> bool:
    """Return whether If-None-Match covers ``etag``, weakly: compression weakens tags (RFC 9110, 13.1.2)."""
    if condition is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in condition.split(",")}
    return etag.removeprefix("W/") in tags or "*" in tags
