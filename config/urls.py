"""Every address that the site answers on."""

from django.apps import apps
from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from centres import places
from centres.feeds import urls as feed_urls
from centres.rights import beside, page_addresses, page_choosers, report_addresses, workflow_addresses
from cms.editorial import lost_session
from cms.feeds import sitemap
from cms.files import collection_moves
from cms.files import serve as media_files
from cms.publishing.operation import in_one_operation

admin = [
    # In front of Wagtail's own views of the same addresses.
    path(settings.CMS_ADMIN_PATH.removeprefix("/"), include(collection_moves.urlpatterns)),
    path(settings.CMS_ADMIN_PATH.removeprefix("/"), include(beside.urlpatterns)),
    path(settings.CMS_ADMIN_PATH.removeprefix("/"), include(workflow_addresses.urlpatterns)),
    path(settings.CMS_ADMIN_PATH.removeprefix("/"), include(page_addresses.urlpatterns)),
    path(settings.CMS_ADMIN_PATH.removeprefix("/"), include(page_choosers.urlpatterns)),
    path(settings.CMS_ADMIN_PATH.removeprefix("/"), include(report_addresses.urlpatterns)),
    path(settings.CMS_ADMIN_PATH.removeprefix("/"), include(wagtailadmin_urls)),
]
# Whatever an editor does there is done as a whole or not at all.
decorate_urlpatterns(admin, in_one_operation)

urlpatterns = [
    path("robots.txt", sitemap.robots),
    path("sitemap.xml", sitemap.sitemap),
    path("sitemap-<int:part>.xml", sitemap.sitemap_part),
    *feed_urls.urlpatterns,
    path("graphql/places/", places.set_places, name="places"),
    path("graphql/", include("cms.graphql.serving.urls")),
    *admin,
    # Where Wagtail sends whoever asks for a file of a closed collection without being signed in.
    path(
        "login/",
        RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True),
        name="wagtailcore_login",
    ),
    *lost_session.urlpatterns,
    path("documents/", include(media_files.document_urls)),
    # Pictures only: a document is served by its view, which asks whether its collection is public.
    re_path(r"^media/(?P<path>(?:original_)?images/.+)$", media_files.picture),
    # It takes whatever is left, so it stays last.
    path("", include("centres.site.urls" if apps.is_installed("centres.site") else "home.headless")),
]
