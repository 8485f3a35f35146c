"""Previews: a frontend shows an editor's draft by a signed token that ends soon.

The token names the draft and its editor, and nothing else. Whether the editor may still see the draft is asked at
every use, so a lost right ends every preview at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from wagtail.models import GroupPagePermission, Page

from cms.models.previews import SALT, PreviewDraft, may_edit, token_for
from cms.publishing.visibility import Drafts


class PreviewExpired(Exception):
    """The token was valid once."""


class PreviewInvalid(Exception):
    """The token is not ours, its draft is gone, or its editor lost the right."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as an editor has it on the screen, and what else that editor may see in draft."""

    user: Any
    instance: Any
    drafts: Drafts


def open_preview(token: str) -> Preview:
    """Return the preview behind a token. Raises `PreviewExpired` or `PreviewInvalid`."""
    draft = _draft(token, settings.CMS_PREVIEW_SECONDS)
    model = draft.content_type.model_class()
    if model is None or not draft.user.is_active:
        raise PreviewInvalid
    instance = model.from_serializable_data(draft.content, check_fks=False)  # type: ignore[attr-defined]
    if instance is None or not may_edit(draft.user, instance):
        raise PreviewInvalid
    return Preview(draft.user, instance, drafts_of(draft.user))


def renewed(user: Any, token: str) -> str:
    """Return a fresh token for the same draft. Raises `PreviewInvalid` unless ``user`` is its editor and may edit."""
    draft = _draft(token, None)
    model = draft.content_type.model_class()
    instance = model.from_serializable_data(draft.content, check_fks=False) if model else None  # type: ignore[attr-defined]
    if draft.user_id != user.pk or instance is None or not may_edit(user, instance):
        raise PreviewInvalid
    return token_for(draft)


def _draft(token: str, max_age: int | None) -> PreviewDraft:
    try:
        pk, user_id = signing.loads(token, salt=SALT, max_age=max_age)
    except signing.SignatureExpired as error:
        raise PreviewExpired from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise PreviewInvalid from error
    draft = PreviewDraft.objects.select_related("user", "content_type").filter(pk=pk, user_id=user_id).first()
    if draft is None:
        raise PreviewInvalid
    return draft


def drafts_of(user: Any) -> Drafts:
    """Return of what ``user`` sees drafts: branches of the tree, and the rows that they may change."""
    if user.is_superuser:
        roots: Iterable[str] = Page.objects.filter(depth=1).values_list("path", flat=True)
        return Drafts(user, tuple(roots), everything=True)
    permissions = GroupPagePermission.objects.filter(group__user=user, permission__codename="change_page")
    paths = permissions.values_list("page__path", flat=True).distinct()
    return Drafts(user, tuple(paths))
