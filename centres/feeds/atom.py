"""Programmes as an Atom feed, those that changed last first (RFC 4287)."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext, override

from centres.feeds.narrowing import OF_PROGRAMMES, Narrowing
from centres.feeds.scope import Scope
from centres.models import CentrePage, ProgrammePage
from cms.feeds.serving import file_view, printable
from cms.graphql.loading.batching import related
from cms.graphql.loading.context import Context
from cms.graphql.loading.localised import mark, words
from cms.graphql.loading.orders import on_order
from cms.graphql.loading.pages import by_key, in_chain, visible
from cms.graphql.schema.lists import listed
from cms.media.images import backend_url
from cms.site import absolute_url

MEDIA_TYPE = "application/atom+xml; charset=utf-8"

_MOST = 100
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class _Feed(Atom1Feed):
    """Django's writer of Atom, for entries that may be in another language than the feed."""

    def latest_post_date(self) -> datetime:
        """Return when the newest entry changed: the same for the same entries, also where there are none."""
        return max((item["updateddate"] for item in self.items), default=_LONG_AGO)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}


@file_view(MEDIA_TYPE, narrowed_by=("kind", "topic", "audience", *OF_PROGRAMMES))
def programmes(context: Context, locale: str, asked: Mapping[str, str], centre: str | None = None) -> bytes:
    """Return the programmes of all centres or of one, narrowed to what is ``asked``."""
    scope = Scope.of(context, locale, centre)
    own_slug = {"centre": scope.centre.slug} if scope.centre is not None else {}
    with override(locale):
        narrowing = Narrowing.of(asked, OF_PROGRAMMES, scope.chain)
        address = backend_url(reverse(f"programmes-{locale}", kwargs=own_slug)) + narrowing.query
        feed = _Feed(
            title=printable(narrowing.title(scope.title(gettext("Programmes")))),
            link=scope.url,
            description=None,
            author_name=gettext("Competence centres"),
            language=locale,
            feed_url=address,
            feed_guid=address,
        )
        for page, owner in _programmes(context, scope, narrowing):
            _add(feed, context, page, owner)
    return feed.writeString("utf-8").encode()


def _programmes(
    context: Context, scope: Scope, narrowing: Narrowing
) -> list[tuple[ProgrammePage, CentrePage | None]]:
    met = listed(ProgrammePage).conditions.of(context, scope.chain, narrowing.conditions)
    rows = in_chain(context, visible(context, ProgrammePage), scope.chain).filter(met)
    if scope.centre is not None:
        rows = rows.filter(centre_key=scope.centre.translation_key)
    rows, order = on_order(ProgrammePage, "last_published_at", descending=True).of(context, rows, "published")
    pages = [mark(page, scope.chain) for page in rows.order_by(*order.terms())[:_MOST]]
    centres = by_key(context, CentrePage, {page.centre_key for page in pages}, scope.chain)
    return [(page, centres.get(page.centre_key)) for page in pages]


def _add(feed: _Feed, context: Context, page: ProgrammePage, centre: CentrePage | None) -> None:
    language = context.gate.boundaries.locales[page.locale_id]
    feed.add_item(
        title=printable(page.title),
        link=absolute_url(page.url_path),
        description=escape(printable(page.summary)),  # Django declares summaries to be HTML
        # The same entry after a change of its address, another one for each language.
        unique_id=f"urn:uuid:{uuid.uuid5(page.translation_key, language)}",
        pubdate=page.first_published_at,
        updateddate=page.last_published_at or _LONG_AGO,
        author_name=printable(centre.official_name) if centre is not None else None,
        author_link=absolute_url(centre.url_path) if centre is not None else None,
        categories=[printable(words(topic.name, page)) for topic in related(page, "topics")],
        language=language,
    )
