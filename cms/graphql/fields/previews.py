"""Drafts in the graph, for the holder of a preview token."""

from typing import Any

from wagtail.models import Page

from cms.graphql.fields.pages import graph, locale_of
from cms.graphql.loading.context import Info
from cms.graphql.loading.localised import chain_for, mark
from cms.graphql.loading.pages import specific_by_key
from cms.graphql.protocol.errors import ErrorCode, UserError
from cms.publishing import preview as previews


@graph.query(
    'preview("Signed token from the preview address that the admin opened." token: String!): PageInterface'
)
def preview(_root: Any, info: Info, token: str) -> Any:
    """Draft that a preview token belongs to. Pages reached from it are drafts too if the editor may see them."""
    context = info.context
    try:
        opened = previews.open_preview(token)
    except previews.PreviewExpired as error:
        raise UserError(
            ErrorCode.PREVIEW_TOKEN_EXPIRED,
            "The preview has expired. Open it again in the editor.",
        ) from error
    except previews.PreviewInvalid as error:
        raise UserError(
            ErrorCode.PREVIEW_TOKEN_INVALID,
            "The preview token is invalid, or its editor may no longer see the draft. Open the preview again.",
        ) from error
    context.show_preview(opened)
    if isinstance(opened.instance, Page):
        return mark(opened.instance, chain_for(locale_of(context, opened.instance)))
    return _page_showing(context, opened.instance)


def _page_showing(context: Any, instance: Any) -> Any:
    """Return the page on which a draft that is no page is shown: that of ``preview_page_key``, else the home page."""
    key = getattr(instance, "preview_page_key", None)
    chain = chain_for(getattr(instance, "locale", None) and instance.locale.language_code)
    if key is None:
        home = Page.objects.filter(depth=2).order_by("path").values_list("translation_key", flat=True)
        key = home.first()
    return specific_by_key(context, [key], chain).get(key)
