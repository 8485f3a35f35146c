"""People at the desk: users of the admin with single rights."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from centres.models import CentrePage


def person(users: Any, name: str, *permissions: str) -> Any:
    """Return a user of the admin with ``permissions``."""
    group = Group.objects.create(name=f"Skupina {name}")
    for permission in ("wagtailadmin.access_admin", *permissions):
        app, code = permission.split(".")
        group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=code))
    user = users.objects.create_user(name, f"{name}@example.si", "geslo")
    user.groups.add(group)
    return user


def lead_of(users: Any, centre: CentrePage, name: str = "vodja") -> Any:
    """Return a user who publishes ``centre`` and its events."""
    user = person(users, name, "centres.change_eventedition")
    for code in ("change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=code)
        GroupPagePermission.objects.create(group=user.groups.get(), page=centre, permission=permission)
    return user
