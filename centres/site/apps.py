"""The public site as an app of its own: without its line in INSTALLED_APPS the project is headless."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "centres.site"
    label = "centres_site"
    verbose_name = _("Public site")

    def ready(self) -> None:
        from centres.site import trusted
        from centres.site.routes import OWN_ROUTES
        from home.reserved import reserve

        reserve(*(slug for route in OWN_ROUTES for slug in route.slugs.values()))
        trusted.connect()
