"""Writes the roles of `centres.rights.rules` into Django's groups, Wagtail's places and collections."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from centres.models import CommissionPage
from centres.rights import rules
from centres.rights.rules import Role
from cms.models import Document, Image
from home.models import HomePage

# Collections, by the names that editors see.
SHARED_FILES = "Skupno"
COMMISSION_FILES = "Komisija"
COMMISSION_PUBLIC_FILES = "Komisija – javno"  # what it puts here, the public reads
CENTRES_FILES = "Centri"

ENTER = "wagtailadmin.access_admin"


def give(group: Group, role: Role, pages: Iterable[Page], collections: Iterable[Collection]) -> None:
    """Give ``group`` exactly what ``role`` may do, on the branches of ``pages`` and in ``collections``."""
    group.permissions.set(permissions_of(role))
    _bind_pages(group, role.pages, list(pages))
    _bind_files(group, dict.fromkeys(collections, role.files))


def permissions_of(role: Role) -> list[Permission]:
    """Return the permissions of ``role`` on models; one that a model does not have is left out."""
    wanted = Q()
    for model, actions in role.on.items():
        codes = [get_permission_codename(action, model._meta) for action in actions]
        wanted |= Q(content_type=ContentType.objects.get_for_model(model), codename__in=codes)
    for name in (ENTER, *role.others):
        app, code = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=code)
    return list(Permission.objects.filter(wanted))


def _bind_pages(group: Group, actions: Iterable[str], pages: list[Page]) -> None:
    wanted = {
        (page.pk, permission.pk)
        for permission in _of(Page, actions)
        for page in pages
    }  # fmt: skip
    held = {(row.page_id, row.permission_id): row for row in GroupPagePermission.objects.filter(group=group)}
    for key in held.keys() - wanted:
        held[key].delete()
    for page, permission in sorted(wanted - held.keys()):
        GroupPagePermission.objects.create(group=group, page_id=page, permission_id=permission)


def _bind_files(group: Group, places: dict[Collection, Iterable[str]]) -> None:
    wanted = {
        (place.pk, permission.pk)
        for place, actions in places.items()
        for model in (Image, Document)
        for permission in _of(model, actions)
    }
    held = {
        (row.collection_id, row.permission_id): row
        for row in GroupCollectionPermission.objects.filter(group=group)
    }
    for key in held.keys() - wanted:
        held[key].delete()
    for place, permission in sorted(wanted - held.keys()):
        GroupCollectionPermission.objects.create(group=group, collection_id=place, permission_id=permission)


def _of(model: type, actions: Iterable[str]) -> list[Permission]:
    codes = [f"{action}_{model._meta.model_name}" for action in actions]  # type: ignore[attr-defined]
    kind = ContentType.objects.get_for_model(model)
    return list(Permission.objects.filter(content_type=kind, codename__in=codes))


def let_choose_shared_files(group: Group) -> None:
    """Let ``group`` use, but not change, the images and documents that belong to everybody."""
    place = shared_files()
    for model in (Image, Document):
        for permission in _of(model, ("choose",)):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=place, permission=permission
            )


def collection(name: str, parent: Collection | None = None) -> Collection:
    """Return the collection called ``name`` below ``parent`` (else below the root), made if there is none."""
    above = parent or Collection.get_first_root_node()
    found = above.get_children().filter(name=name).first()
    # The tree may have changed since ``parent`` was read.
    return found or Collection.objects.get(pk=above.pk).add_child(name=name)


def shared_files() -> Collection:
    """Return the collection of what every centre may use."""
    return collection(SHARED_FILES)


def set_up_site_roles() -> dict[str, Group]:
    """Make the groups of the commission, the chief editor and the translators, or bring them up to date.

    Returns them by name. Safe to repeat.
    """
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in rules.SITE_ROLES}
    homes = HomePage.objects.filter(depth=2).select_related("locale")
    foreign = [home for home in homes if home.locale.language_code != default_language()]
    root = Collection.get_first_root_node()
    commission_files = [collection(COMMISSION_FILES), collection(COMMISSION_PUBLIC_FILES)]
    places: dict[str, tuple[Iterable[Page], list[Collection]]] = {
        rules.SECRETARIES: (CommissionPage.objects.all(), commission_files),
        rules.MEMBERS: ((), commission_files),
        rules.CHIEF_EDITORS: (homes, [root]),
        # Rights on the root reach into every collection: into that of the commission too.
        rules.TRANSLATORS: (foreign, [shared_files(), collection(CENTRES_FILES), commission_files[1]]),
    }
    for name, role in rules.SITE_ROLES.items():
        pages, collections = places[name]
        give(groups[name], role, pages, collections)
    let_choose_shared_files(groups[rules.SECRETARIES])
    # The chief editor has rights on every collection, this one among them.
    _close(commission_files[0], [groups[name] for name in (*rules.COMMISSION, rules.CHIEF_EDITORS)])
    return groups


def _close(place: Collection, readers: Iterable[Group]) -> None:
    """Keep the files of ``place`` from everybody but ``readers``; a restriction that somebody chose stays."""
    if CollectionViewRestriction.objects.filter(collection=place).exists():
        return
    kind = CollectionViewRestriction.GROUPS
    CollectionViewRestriction.objects.create(collection=place, restriction_type=kind).groups.set(readers)


def default_language() -> str:
    """Return the code of the site's own language."""
    return str(settings.LANGUAGE_CODE)
