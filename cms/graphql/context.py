"""What the resolvers of one operation share: who asks, when, and what was already loaded."""

import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from cms.changes import content_version
from cms.graphql.errors import DeadlineExceeded
from cms.visibility import PUBLIC, Gate, Viewer


@dataclass
class Context:
    """The context value of an execution.

    ``boundary`` is the moment at which the answer may change without any edit; resolvers that look at the clock
    move it closer with `valid_until`. ``store`` keeps what was loaded, by a key of the loader's choice. ``tags`` name
    what stands in the answer, for caches that can forget by tag.
    """

    viewer: Viewer = PUBLIC
    now: datetime = field(default_factory=timezone.now)
    version: int = field(default_factory=content_version)
    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    boundary: datetime | None = None
    store: dict[Any, Any] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    privileged: bool = False
    deadline: float = field(default_factory=lambda: time.monotonic() + settings.CMS_GRAPHQL_TIMEOUT)

    def __post_init__(self) -> None:
        self.gate = Gate(self.viewer, now=self.now, version=self.version)
        self.valid_until(self.gate.next_expiry())

    @classmethod
    def for_request(cls, request: HttpRequest) -> "Context":
        """Return the context for an HTTP request."""
        return cls(request_id=getattr(request, "request_id", None) or uuid.uuid4().hex)

    @property
    def public(self) -> bool:
        """Whether everybody gets this answer, so that it may be kept and shared."""
        return self.viewer.is_public

    def valid_until(self, moment: datetime | None) -> None:
        """Note that the answer may change at ``moment`` by the clock alone."""
        if moment is not None and (self.boundary is None or moment < self.boundary):
            self.boundary = moment

    def check_deadline(self) -> None:
        """End the operation where its time is used up; loaders call it before each statement."""
        if time.monotonic() > self.deadline:
            raise DeadlineExceeded
