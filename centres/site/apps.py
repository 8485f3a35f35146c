"""The public site as an app of its own: without its line in INSTALLED_APPS the project is headless."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "centres.site"
    label = "centres_site"
    verbose_name = _("Public site")

    def ready(self) -> None:
        from centres.site import trusted
        from centres.site.routes import OWN_ROUTES
        from cms.models.trusted_document import TrustedDocument
        from home.reserved import reserve

        reserve(*(slug for route in OWN_ROUTES for slug in route.slugs.values()))
        TrustedDocument.built_in.append(trusted.sources)
        # Django sends the signal for apps with models only: here for the one that keeps the documents.
        documents_of = apps.get_app_config("cms")
        post_migrate.connect(trusted.register, sender=documents_of, dispatch_uid="centres.site.trusted")
