"""Previews: a frontend shows an editor's draft by a signed token that ends soon.

The token names the draft and its editor, and nothing else. Whether the editor may still see the draft is asked at
every use, so a lost right ends every preview at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Site
from wagtail.permissions import policy_registry

from cms.models.previews import FrontendPreview, PreviewDraft
from cms.models.site import SiteSettings
from cms.publishing.visibility import Drafts

_SALT = "cms.publishing.preview"


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


def keep(user: Any, instance: Any) -> str:
    """Keep what ``instance`` holds now as the editor's draft of it and return a token for it."""
    old = timezone.now() - timedelta(days=1)
    PreviewDraft.objects.filter(changed_at__lt=old).delete()
    draft, _created = PreviewDraft.objects.update_or_create(
        user=user,
        content_type=ContentType.objects.get_for_model(instance),
        object_id=_identity(instance),
        defaults={"content": instance.serializable_data()},
    )
    return token_for(draft)


def token_for(draft: PreviewDraft) -> str:
    """Return a new token for a draft, valid for ``CMS_PREVIEW_SECONDS``."""
    return signing.dumps([draft.pk, draft.user_id], salt=_SALT)


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
        pk, user_id = signing.loads(token, salt=_SALT, max_age=max_age)
    except signing.SignatureExpired as error:
        raise PreviewExpired from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise PreviewInvalid from error
    draft = PreviewDraft.objects.select_related("user", "content_type").filter(pk=pk, user_id=user_id).first()
    if draft is None:
        raise PreviewInvalid
    return draft


def may_edit(user: Any, instance: Any) -> bool:
    """Return whether ``user`` may edit ``instance`` or, where it was never saved, add it; never what is deleted."""
    if isinstance(instance, Page):
        if instance.pk:
            saved = Page.objects.filter(pk=instance.pk).first()
            return saved is not None and bool(saved.permissions_for_user(user).can_edit())
        parent = Page.objects.filter(path=instance.path[: -Page.steplen]).first() if instance.path else None
        return parent is not None and bool(parent.permissions_for_user(user).can_add_subpage())
    policy: Any = policy_registry.get(instance)
    if not instance.pk:
        return bool(policy.user_has_permission(user, "add"))
    return type(instance)._default_manager.filter(pk=instance.pk).exists() and bool(
        policy.user_has_permission_for_instance(user, "change", instance)
    )


def drafts_of(user: Any) -> Drafts:
    """Return of what ``user`` sees drafts: branches of the tree, and the rows that they may change."""
    if user.is_superuser:
        roots: Iterable[str] = Page.objects.filter(depth=1).values_list("path", flat=True)
        return Drafts(user, tuple(roots), everything=True)
    permissions = GroupPagePermission.objects.filter(group__user=user, permission__codename="change_page")
    paths = permissions.values_list("page__path", flat=True).distinct()
    return Drafts(user, tuple(paths))


def _identity(instance: Any) -> str:
    return str(instance.pk or getattr(instance, "translation_key", "") or "new")


def show_in_frontend(request: HttpRequest, instance: Any) -> HttpResponse:
    """Send the editor's preview frame to the frontend with a token for what the form holds."""
    if not may_edit(request.user, instance):
        raise PermissionDenied
    token = keep(request.user, instance)
    address = preview_address(token, instance.get_site() if isinstance(instance, Page) else None)
    return HttpResponseRedirect(f"{address}#{anchor}" if (anchor := preview_anchor(instance)) else address)


def preview_anchor(instance: Any) -> str:
    """Return the part of the page on which a draft that is no page is shown; empty for all others."""
    return instance.preview_anchor if isinstance(instance, FrontendPreview) else ""


def preview_address(token: str, site: Site | None = None) -> str:
    """Return where the frontend of ``site``, by default of the default one, shows the draft behind ``token``."""
    which = {"site": site} if site else {"site__is_default_site": True}
    found = SiteSettings.objects.filter(**which).first()
    address = (found.preview_url if found else "") or settings.CMS_PREVIEW_URL
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'token': token})}"
