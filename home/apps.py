"""The root of the site and pages of no domain."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from home.frontend import trusted

        post_migrate.connect(trusted.register, sender=self, dispatch_uid="home.frontend.trusted")
