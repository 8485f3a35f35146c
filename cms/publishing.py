"""Publishing as one change: whoever reads meanwhile sees all of it or nothing."""

from typing import Any

from django.db import transaction


class PublishedAtOnce:
    """Lets a page or snippet of Wagtail be published in one transaction, wherever it is published from.

    What follows from it (facts of translations, search index, log of changes, content version) is committed with
    it. Without, an answer made between two of these would be kept under the version of the last of them.
    """

    @transaction.atomic
    def publish(self, *args: Any, **kwargs: Any) -> Any:
        return super().publish(*args, **kwargs)  # type: ignore[misc]

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        return super().unpublish(*args, **kwargs)  # type: ignore[misc]
