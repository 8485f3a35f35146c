"""What nobody publishes without the commission."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from centres.models.claims import claims_to_confirm


def why_not_published_by(user: Any, page: Page) -> str:
    """Return why ``user`` cannot publish ``page`` without the commission, or nothing."""
    if user.is_superuser or not claims_to_confirm(page.specific):
        return ""
    return _(
        "The official name, the field or a goal of “%(page)s” has changed, and the commission confirms that "
        "first. The change is kept as a draft: submit it, and it is published once the secretary has confirmed it."
    ) % {"page": page.get_admin_display_title()}
