"""The small form of who may see a collection asks before it writes over what others saved, too.

That of who may see a page: `centres.rights.page_addresses`.
"""

from collections.abc import Callable
from typing import Any

from wagtail.admin.views import collection_privacy

from cms.editorial.stale_forms import ask_again

type Form = Callable[..., Any]


def connect() -> None:
    """Put the question in front of the form."""
    collection_privacy.CollectionViewRestrictionForm = _of_restriction(
        collection_privacy.CollectionViewRestrictionForm
    )


def _of_restriction(plain: Form) -> Form:
    def made(*args: Any, instance: Any = None, **_kwargs: Any) -> Any:
        # Wagtail shows "public" where there is no restriction, and compares with nothing when the form is sent.
        initial = {"restriction_type": "none"} if instance is None else None
        return ask_again(plain(*args, instance=instance, initial=initial))

    return made
