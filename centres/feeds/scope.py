"""Of what a feed is: of all centres or of one, in one language."""

from dataclasses import dataclass
from typing import Any, Self

from django.http import Http404

from centres.models import CentreIndexPage, CentrePage
from cms.graphql.loading.context import Context
from cms.graphql.loading.pages import by_key, find_by_slug, in_chain, visible
from cms.languages.locales import LocaleChain
from cms.site import absolute_url


@dataclass(frozen=True, slots=True)
class Scope:
    """The language of a feed, with those that stand in for it, and its centre; None: all centres.

    ``page`` is where a reader finds the same in the frontend.
    """

    chain: LocaleChain
    centre: CentrePage | None
    page: Any

    @classmethod
    def of(cls, context: Context, locale: str, slug: str | None) -> Self:
        """Return the scope that an address names; a slug may be that of any language. Raises `Http404`."""
        chain = LocaleChain.of(locale)
        if slug is None:
            index = in_chain(context, visible(context, CentreIndexPage), chain)
            return cls(chain, None, index.order_by("path").first())
        keys = find_by_slug(context, CentrePage, [slug], chain)[:1]
        centre = next(iter(by_key(context, CentrePage, keys, chain).values()), None)
        if centre is None:
            raise Http404
        return cls(chain, centre, centre)

    @property
    def url(self) -> str:
        """The address of the page in the frontend."""
        return absolute_url(self.page.url_path if self.page is not None else f"/{self.chain.requested}/")

    def title(self, what: str) -> str:
        """Return ``what``, with the name of the centre if the feed is of one."""
        return f"{self.centre.short_name}: {what}" if self.centre is not None else what
