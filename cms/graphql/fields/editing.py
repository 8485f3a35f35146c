"""Addresses in the admin, for the holder of a preview: a click in the draft opens its form."""

from typing import Any

from django.conf import settings
from wagtail.admin.admin_url_finder import AdminURLFinder

from cms.graphql.fields.blocks import Block
from cms.graphql.fields.pages import graph
from cms.graphql.loading.context import Info
from cms.graphql.loading.identity import shows_drafts


@graph.field("PageInterface.editUrl")
def edit_url(row: Any, info: Info) -> str | None:
    """Return the address of the form of a row; None outside of previews, and for what was never saved."""
    if not shows_drafts(info.context) or row.pk is None:
        return None
    address = AdminURLFinder().get_edit_url(row)
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{address}" if address else None


@graph.field("BlockInterface.editUrl")
def edit_url_of_block(block: Block, info: Info) -> str | None:
    """Return the address of the form at the place of a block."""
    address = edit_url(block.body.owner, info)
    # Wagtail's form gives this id to each block of a stream.
    key = block.key.partition(":")[2].partition("/")[0]
    return f"{address}#block-{key}-section" if address and key else address
