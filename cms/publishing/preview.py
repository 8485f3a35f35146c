"""Previews: a frontend shows an editor's draft by a signed token that ends soon.

The token names the draft, what it is a draft of, and its editor. Whether the editor may still see it is asked at every
use, so a lost right ends every preview at once. What else it opens is what stands on the previewed page (`shown_with`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db.models import IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import (
    AbstractGroupApprovalTask,
    GroupPagePermission,
    Page,
    PageViewRestriction,
    TaskState,
)
from wagtail.permissions import page_permission_policy

from cms.models.previews import PARENT, SALT, PreviewDraft, identity, may_edit, token_for
from cms.publishing.visibility import Drafts, live_q

_PLACE = ("path", "depth", "numchild", "url_path")


class PreviewExpired(Exception):
    """The token was valid once."""


class PreviewInvalid(Exception):
    """The token is not ours, its draft is gone, or its editor lost the right."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as an editor has it on the screen, and what else is shown in draft with it."""

    instance: Any
    drafts: Drafts


def open_preview(token: str) -> Preview:
    """Return the preview behind a token. Raises `PreviewExpired` or `PreviewInvalid`."""
    draft = _draft(token, settings.CMS_PREVIEW_SECONDS)
    if not draft.user.is_active:
        raise PreviewInvalid
    instance = _restored(draft)
    return Preview(instance, shown_with(instance, drafts_of(draft.user)))


def renewed(user: Any, token: str) -> str:
    """Return a fresh token for the same draft. Raises `PreviewInvalid` unless ``user`` is its editor and may edit."""
    draft = _draft(token, None)
    if draft.user_id != user.pk:
        raise PreviewInvalid
    _restored(draft)
    return token_for(draft)


def _restored(draft: PreviewDraft) -> Any:
    """Return the object as its editor left it. Raises `PreviewInvalid` where they may not edit it any more."""
    model = draft.content_type.model_class()
    instance = model.from_serializable_data(draft.content, check_fks=False) if model else None  # type: ignore[attr-defined]
    if instance is None or identity(instance) != draft.object_id:
        raise PreviewInvalid
    if isinstance(instance, Page) and not instance.pk:
        _put_below(Page.objects.filter(pk=draft.content.get(PARENT)).first(), instance)
    if not may_edit(draft.user, instance):
        raise PreviewInvalid
    if isinstance(instance, Page) and instance.pk:
        _put_where_it_stands(instance)
    return instance


def _put_where_it_stands(page: Page) -> None:
    """Give the draft of a page its present place in the tree: it may have been moved, and others stand there now."""
    found = Page.objects.filter(pk=page.pk).values(*_PLACE).get()
    for name, value in found.items():
        setattr(page, name, value)


def _put_below(parent: Page | None, page: Page) -> None:
    """Give the draft of a new page its present place. Raises `PreviewInvalid` where its ``parent`` is gone."""
    if parent is None:
        raise PreviewInvalid
    page.path, page.depth = parent.path + page.path[-Page.steplen :], parent.depth + 1
    page.set_url_path(parent)


def _draft(token: str, max_age: int | None) -> PreviewDraft:
    try:
        pk, user_id, kind, key = signing.loads(token, salt=SALT, max_age=max_age)
    except signing.SignatureExpired as error:
        raise PreviewExpired from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise PreviewInvalid from error
    kept = PreviewDraft.objects.filter(pk=pk, user_id=user_id, content_type_id=kind, object_id=key)
    draft = kept.select_related("user", "content_type").first()
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


def site_drafts_of(user: Any) -> Drafts:
    """Return of what ``user`` sees drafts where the whole site is shown: of all that they may edit.

    Beside what is in their branches these are pages of their own, and pages that wait for a step which they may take.
    """
    drafts = drafts_of(user)
    if drafts.everything:
        return drafts
    covered = reduce(or_, (Q(path__startswith=path) for path in drafts.page_paths), Q(pk__in=()))
    may_edit_own = page_permission_policy.instances_user_has_any_permission_for(user, {"change"})
    further = Page.objects.filter(Q(pk__in=may_edit_own.filter(owner=user)) | Q(pk__in=_in_steps_of(user)))
    return replace(drafts, further_pages=frozenset(further.exclude(covered).values_list("pk", flat=True)))


def _in_steps_of(user: Any) -> QuerySet[Any]:
    """Return the keys of the pages that wait for a step of a workflow which one of the user's groups takes."""
    kinds = [model for model in apps.get_models() if issubclass(model, AbstractGroupApprovalTask)]
    tasks = reduce(
        or_, (Q(task__in=kind._default_manager.filter(groups__user=user).values("pk")) for kind in kinds)
    )
    states = TaskState.objects.filter(tasks, status=TaskState.STATUS_IN_PROGRESS)
    waiting = states.filter(workflow_state__base_content_type=ContentType.objects.get_for_model(Page))
    return waiting.values_list(Cast("workflow_state__object_id", IntegerField()), flat=True)


def shown_with(instance: Any, own: Drafts) -> Drafts:
    """Return the drafts that the preview of ``instance`` shows: it, and of ``own`` what stands on its page.

    That is, of a page, the pages right below it and the rows that are shown on either of these; of a row, the page that
    it is shown on. Pages above are shown as the public sees them, or in draft where there is nothing public yet.
    """
    if isinstance(instance, Page):
        page, children = instance, list(_children(instance, own))
        keys = {str(one.translation_key) for one in (instance, *children)}
    else:
        key = getattr(instance, "preview_page_key", None)
        page = Page.objects.filter(translation_key=key).order_by("pk").first() if key else None
        children, keys = [], set()
    above = _ways_to(page, with_itself=page is not instance) if page is not None else []
    pages = {one.pk for one in (*children, *above) if own.everything or one.path.startswith(own.page_paths)}
    if isinstance(instance, Page) and instance.pk:
        pages.add(instance.pk)
    return Drafts(own.user, pages=frozenset(pages), on_pages=frozenset(keys), itself=instance)


def _children(page: Page, own: Drafts) -> Iterable[Page]:
    """Return the pages right below a saved ``page``; of a page above all branches of the editor none of others.

    A closed page has none: what is below it is closed too.
    """
    if not page.pk or page.get_view_restrictions().exists():
        return []
    below = Page.objects.filter(
        path__startswith=page.path, depth=page.depth + 1, view_restrictions__isnull=True
    )
    return (child for child in below if own.everything or child.path.startswith(own.page_paths))


def _ways_to(page: Page, *, with_itself: bool) -> Iterable[Page]:
    """Return the pages above ``page``, and itself if requested, that are not public yet and not closed."""
    way = _way_to(page) if with_itself else _way_to(page)[:-1]
    return Page.objects.filter(path__in=_open_part(way), depth__gt=1).exclude(live_q(timezone.now()))


def _way_to(page: Page) -> list[str]:
    """Return the paths of the pages from the root to ``page``."""
    return [page.path[:length] for length in range(Page.steplen, len(page.path) + 1, Page.steplen)]


def _open_part(way: list[str]) -> list[str]:
    """Return the paths of ``way`` above the first page with a view restriction, which closes what is below it."""
    restrictions = PageViewRestriction.objects.filter(page__path__in=way)
    closed = min(map(len, restrictions.values_list("page__path", flat=True)), default=None)
    return way if closed is None else [path for path in way if len(path) < closed]
