"""Publishing as one change: concurrent readers see all of it or nothing."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.log_actions import registry as histories
from wagtail.models import Page

from cms.models.changes import ContentVersion
from cms.models.row_keys import KeptRows, settle
from cms.models.unfinished_rows import check_rows_are_whole, unfinished_set_aside

logger = logging.getLogger(__name__)

# What Wagtail calls a publishing for which only the time had come.
BY_THE_CLOCK = "wagtail.publish.scheduled"
REFUSED = "cms.publish.refused"


# What is being published as it was validated.
_being_published: ContextVar[tuple[type[Any], Any] | None] = ContextVar("being_published", default=None)


def take_validation(thing: Any) -> bool:
    """Return whether ``thing`` is being published as it was validated, under the same content version.

    Only the first call of a publication returns true: what is saved after it may have been changed.
    """
    validated = _being_published.get() == (type(thing), thing.pk)
    if validated:
        _being_published.set(None)
    return validated


@contextmanager
def _as_validated(thing: Any, revision: Any) -> Iterator[bool]:
    """Yield whether ``revision`` was validated when it was made, and nothing it is compared with has changed since."""
    known = getattr(revision, "validated", None) == (ContentVersion.current(), _text_of(revision))
    token = _being_published.set((type(thing), thing.pk) if known else None)
    try:
        yield known
    finally:
        _being_published.reset(token)


def _text_of(revision: Any) -> str:
    return json.dumps(revision.content, sort_keys=True, cls=DjangoJSONEncoder)


class NotPublishedError(ValidationError):
    """A draft breaks a rule, often one that came into force after it was saved; it stays as it was.

    ``content`` is the page or snippet as the public has it.
    """

    def __init__(self, content: Any, error: ValidationError) -> None:
        super().__init__(error)
        self.content = content

    @property
    def why(self) -> str:
        """What the editor must correct, in the language of the editor."""
        if not hasattr(self, "error_dict"):
            return " ".join(self.messages)
        return " ".join(self._of_field(name, words) for name, words in self.message_dict.items())

    def _of_field(self, name: str, words: list[str]) -> str:
        try:
            label = "" if name == NON_FIELD_ERRORS else self.content._meta.get_field(name).verbose_name
        except (FieldDoesNotExist, AttributeError):
            label = name
        said = " ".join(words)
        return f"{capfirst(label)}: {said}" if label else said


class PublishedAtOnce(KeptRows):
    """Lets a page or snippet of Wagtail be published in one transaction, wherever it is published from.

    What follows from it (facts of translations, search index, log of changes, content version) is committed with
    it. Without, an answer made between two of these would be kept under the version of the last of them.
    """

    def save(self, *args: Any, **kwargs: Any) -> Any:
        with unfinished_set_aside(self):
            return super().save(*args, **kwargs)

    def full_clean(self, exclude: Any = None, *args: Any, **kwargs: Any) -> None:
        """Validate the whole, with the rows that it has in memory; a form validates its rows by itself."""
        super().full_clean(exclude, *args, **kwargs)  # type: ignore[misc]
        if exclude is None:
            check_rows_are_whole(self)

    def save_revision(self, *args: Any, clean: bool = True, **kwargs: Any) -> Any:
        """Save a draft. Its publication in the same breath does not validate it once more."""
        version = ContentVersion.current()  # before: what others commit meanwhile is another one
        revision = super().save_revision(*args, clean=clean, **kwargs)
        revision.validated = (version, _text_of(revision)) if clean else None
        return revision

    def publish(
        self, revision: Any, user: Any = None, *args: Any, log_action: Any = True, **kwargs: Any
    ) -> Any:
        """Publish ``revision``. Raises `NotPublishedError` where it breaks a rule.

        One that is published by the clock is left unpublished instead, so that the others' turn comes; the history
        says why. It keeps its time, and is published once nothing prevents it any more.
        """
        try:
            with transaction.atomic(), _as_validated(self, revision) as known:
                settle(revision)
                if not (known or isinstance(self, Page)):  # a page asks by itself when it is saved
                    revision.as_object().full_clean()
                return super().publish(revision, user, *args, log_action=log_action, **kwargs)  # type: ignore[misc]
        except ValidationError as error:
            refused = NotPublishedError(self, error)
            if log_action != BY_THE_CLOCK:
                raise refused from error
            _tell_once(refused, revision)
        return None

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        return super().unpublish(*args, **kwargs)  # type: ignore[misc]


def _tell_once(refused: NotPublishedError, revision: Any) -> None:
    """Write a refusal into the log and the history; the clock tries again each minute and says nothing more."""
    history = histories.get_log_model_for_instance(refused.content)
    if history.objects.filter(revision=revision, action=REFUSED).exists():
        return
    with override(settings.LANGUAGE_CODE):
        why = refused.why
    log(refused.content, REFUSED, revision=revision, data={"why": why})
    logger.warning("Not published at its time: %s %s. %s", revision.content_type, revision.object_id, why)
