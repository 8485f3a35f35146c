"""Fetches related rows for all rows of a result at once. A reference to a row that is gone counts as empty."""

import logging
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models.fetch_modes import FetchPeers
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor

from cms.graphql.protocol.left_out import FAULTS

logger = logging.getLogger(__name__)
FAULTS.append(ObjectDoesNotExist)


class _WholePeers(FetchPeers):
    """Django's FETCH_PEERS, which also leaves a nullable reference of a single row empty where its target is gone.

    Django does so for several rows and raises ObjectDoesNotExist for one. That is raised here where the reference must
    not be missing. Each reference whose target is gone is logged.
    """

    __slots__ = ()

    def fetch(self, fetcher: Any, instance: Any) -> None:
        try:
            super().fetch(fetcher, instance)
        except ObjectDoesNotExist:
            if not isinstance(fetcher, ForwardManyToOneDescriptor) or not fetcher.field.null:
                raise
            fetcher.field.set_cached_value(instance, None)
        if isinstance(fetcher, ForwardManyToOneDescriptor) and _points_nowhere(fetcher.field, instance):
            logger.error(
                "%s %s, %s: the row %s is gone",
                type(instance).__name__,
                instance.pk,
                fetcher.field.name,
                getattr(instance, fetcher.field.attname),
            )

    def __reduce__(self) -> str:
        return "FETCH_PEERS"


def _points_nowhere(key: Any, instance: Any) -> bool:
    return (
        getattr(instance, key.attname, None) is not None
        and key.get_cached_value(instance, default=None) is None
    )


FETCH_PEERS = _WholePeers()


def referred(instance: Any, name: str) -> Any:
    """Return what a foreign key of ``instance`` refers to; None where that row is gone, whatever the key allows."""
    try:
        return getattr(instance, name)
    except ObjectDoesNotExist:
        return None
