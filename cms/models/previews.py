"""An editor's unsaved draft: stored, and shown by a frontend that gets a signed token for it.

`cms.publishing.preview` opens the tokens.
"""

import logging
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from wagtail.models import Page, PreviewableMixin, Site
from wagtail.permissions import policy_registry

from cms.models.site import SiteSettings
from cms.preview_origins import is_allowed

logger = logging.getLogger(__name__)
SALT = "cms.publishing.preview"
# Under this name the draft of a page that was never saved holds the key of the page above it, which may be moved.
PARENT = "page_above"


class PreviewDraft(models.Model):
    """The newest state of one editor's form for one object; `cms.publishing.preview` makes tokens for it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "content_type", "object_id"], name="one_preview_per_editor_and_object"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}"


class FrontendPreview(PreviewableMixin):
    """What is no page, but has drafts that the frontend shows on a page.

    A class says on which one, as ``preview_page_key`` (the translation key of the page, None for the home page), and
    may say where on it, as ``preview_anchor``. There is a preview as soon as the object was saved once. Rows whose
    ``preview_page_column`` holds the key of a page are shown in the preview of that page too.
    """

    preview_page_key: Any = None
    preview_page_column = ""
    preview_anchor: Any = ""

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        saved: bool = getattr(self, "pk", None) is not None
        return list(self.DEFAULT_PREVIEW_MODES) if saved else []

    def serve_preview(self, request: HttpRequest, _mode_name: str) -> HttpResponse:
        return show_in_frontend(request, self)


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
    if not is_allowed(address):
        logger.warning("The preview's address in the site's settings is not on an origin of PREVIEW_ORIGINS")
        address = settings.CMS_PREVIEW_URL
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'token': token})}"


def keep(user: Any, instance: Any) -> str:
    """Keep what ``instance`` holds now as the editor's draft of it and return a token for it."""
    old = timezone.now() - timedelta(days=1)
    PreviewDraft.objects.filter(changed_at__lt=old).delete()
    draft, _created = PreviewDraft.objects.update_or_create(
        user=user,
        content_type=ContentType.objects.get_for_model(instance),
        object_id=identity(instance),
        defaults={"content": instance.serializable_data() | _place(instance)},
    )
    return token_for(draft)


def _place(instance: Any) -> dict[str, Any]:
    """Return what a draft holds of the place of a page that was never saved."""
    if not isinstance(instance, Page) or instance.pk:
        return {}
    above = _above(instance)
    return {PARENT: above.pk if above else None}


def _above(page: Page) -> Page | None:
    return Page.objects.filter(path=page.path[: -Page.steplen]).first() if page.path else None


def token_for(draft: PreviewDraft) -> str:
    """Return a new token for a draft, valid for ``CMS_PREVIEW_SECONDS``."""
    return signing.dumps([draft.pk, draft.user_id, draft.content_type_id, draft.object_id], salt=SALT)


def may_edit(user: Any, instance: Any) -> bool:
    """Return whether ``user`` may edit ``instance`` or, where it was never saved, add it; never what is deleted."""
    if isinstance(instance, Page):
        if instance.pk:
            saved = Page.objects.filter(pk=instance.pk).first()
            return saved is not None and bool(saved.permissions_for_user(user).can_edit())
        parent = _above(instance)
        return parent is not None and bool(parent.permissions_for_user(user).can_add_subpage())
    policy: Any = policy_registry.get(instance)
    if not instance.pk:
        return bool(policy.user_has_permission(user, "add"))
    saved = type(instance)._default_manager.filter(pk=instance.pk).first()
    # The right may hang on what the draft changes, such as the programme of an edition.
    return saved is not None and all(
        policy.user_has_permission_for_instance(user, "change", version) for version in (saved, instance)
    )


def identity(instance: Any) -> str:
    """Return what tells the drafts of one editor apart: the key of the object, or of what it will be."""
    return str(instance.pk or getattr(instance, "translation_key", "") or "new")
