"""Wagtail's app of users and groups, with a view set of our own for groups."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    group_viewset = "centres.rights.group_views.TeamGroupViewSet"
