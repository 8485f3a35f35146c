"""What the resolvers of one operation share: who asks, when, and what was already loaded."""

import logging
import time
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import DraftStateMixin

from cms.graphql.loading.batching import is_shown_in_draft, shown_in_draft
from cms.graphql.protocol.errors import DeadlineExceeded, ErrorCode, RowLimitExceeded, UserError
from cms.publishing.preview import Preview
from cms.publishing.version import present_version
from cms.publishing.visibility import PUBLIC, Gate, Viewer
from cms.publishing.visitors import UnknownToken, WrongScope, shown_credentials, viewer_of
from cms.running.rows_read import RowsRead, counted

logger = logging.getLogger(__name__)


@dataclass
class Context:
    """The context value of an execution.

    ``boundary`` is the time at which the response may change without any edit; resolvers that look at the clock
    move it closer with `valid_until`. ``store`` keeps what was loaded, by a key of the loader's choice. ``tags`` name
    the contents of the response, for caches that purge by tag. ``selected`` are the names of all fields that the
    document asks for, None where a draft may be shown or nobody has looked. ``session``: the request named one, be it
    over or empty, so the response may carry a cookie.

    Resolvers change a context in these ways and in no others: `show_preview`, `as_seen`, `valid_until`, `after_answer`,
    `deprecate`, ``tags`` and ``store``. `fresh` takes all of them back.
    """

    viewer: Viewer = PUBLIC
    now: datetime = field(default_factory=timezone.now)
    version: int = field(default_factory=present_version)
    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    boundary: datetime | None = None
    store: dict[Any, Any] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    privileged: bool = False
    session: bool = False
    selected: frozenset[str] | None = None
    drafts: dict[Any, Any] = field(default_factory=dict)
    deadline: float = field(default_factory=lambda: time.monotonic() + settings.CMS_GRAPHQL_TIMEOUT)
    effects: list[Callable[[], None]] = field(default_factory=list)
    deprecations: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._asked_by = self.viewer
        self._rows = RowsRead(RowLimitExceeded)
        self.gate = Gate(self.viewer, now=self.now, version=self.version)
        self.valid_until(self.gate.next_time())

    @classmethod
    def for_request(cls, request: HttpRequest) -> "Context":
        """Return the context for an HTTP request. Raises `UserError` for a token that opens nothing."""
        try:
            viewer = viewer_of(request)
        except WrongScope as error:
            raise UserError(ErrorCode.FORBIDDEN, str(error)) from error
        except UnknownToken as error:
            raise UserError(ErrorCode.UNAUTHENTICATED, str(error)) from error
        return cls(
            viewer,
            request_id=getattr(request, "request_id", None) or uuid.uuid4().hex,
            privileged=bool(shown_credentials(request)),
            session=settings.SESSION_COOKIE_NAME in request.COOKIES,
        )

    def fresh(self) -> "Context":
        """Return a context for the same request in which nothing was executed yet."""
        other = copy(self)
        other.viewer, other.selected, other.boundary = self._asked_by, None, None
        other.store, other.tags, other.drafts, other.effects = {}, set(), {}, []
        other.deprecations = {}
        other.__post_init__()
        other.allow_rows(self._rows.allowed)
        return other

    def allow_rows(self, allowed: int | None) -> None:
        """Say how many rows an execution may read; None is any number."""
        self._rows = RowsRead(RowLimitExceeded, allowed)

    def counted(self) -> AbstractContextManager[None]:
        """Count the rows that are read meanwhile. More than allowed raise `RowLimitExceeded`."""
        return counted(self._rows)

    @property
    def rows_read(self) -> int:
        """The number of rows that the execution read."""
        return self._rows.used

    def after_answer(self, effect: Callable[[], None]) -> None:
        """Call ``effect`` once the response of this context is complete; never if it fails."""
        self.effects.append(effect)

    def deprecate(self, argument: str, message: str) -> None:
        """Tell the caller that what was given for ``argument`` will not be accepted for long."""
        self.deprecations[argument] = message

    def settle(self) -> None:
        """Call the effects that wait for the response; the endpoint does it once."""
        for effect in self.effects:
            effect()
        self.effects = []

    def show_preview(self, preview: Preview) -> None:
        """From here on, show public content, and drafts of what belongs to the preview."""
        self.viewer = Viewer(drafts=preview.drafts)
        self.gate = Gate(self.viewer, now=self.now)
        self.selected = None
        self.drafts[type(preview.instance), preview.instance.pk] = shown_in_draft(preview.instance)

    def as_seen(self, value: Any) -> Any:
        """Return the draft of a row where the visitor sees drafts, else the row."""
        if self.viewer.drafts is None or not isinstance(value, DraftStateMixin) or is_shown_in_draft(value):
            return value
        key = (type(value), value.pk)
        if key not in self.drafts:
            self.drafts[key] = self._draft(value)
        return self.drafts[key] or value

    def _draft(self, row: Any) -> Any:
        if not self.gate.shows_draft(row) or not row.has_unpublished_changes or row.latest_revision is None:
            return None
        try:
            draft = row.latest_revision.as_object()
        except Exception:
            # Its content fits the model no longer: a column or a row it points at is gone.
            place = f"{type(row).__name__} {row.pk}, revision {row.latest_revision_id}"
            logger.exception("A draft cannot be read, so the row is shown without it: %s", place)
            return None
        return shown_in_draft(draft)

    @property
    def public(self) -> bool:
        """Whether everybody gets this answer, so that it may be kept and shared."""
        return self.viewer.is_public

    def valid_until(self, moment: datetime | None) -> None:
        """Note that the response may change at ``moment`` without any edit."""
        if moment is not None and (self.boundary is None or moment < self.boundary):
            self.boundary = moment

    def check_deadline(self) -> None:
        """End the operation where its time is used up; loaders call it before each statement."""
        if time.monotonic() > self.deadline:
            raise DeadlineExceeded


class Info(Protocol):
    """What a resolver gets beside its object: the context of the operation and the name of the field.

    graphql-core's `GraphQLResolveInfo` has these, and so has the lighter one of compiled plans.
    """

    @property
    def context(self) -> Context: ...

    @property
    def field_name(self) -> str: ...
