"""The addresses of the rivals."""

from django.urls import include, path
from grapple import urls as grapple_urls
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

api = WagtailAPIRouter("api")
api.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [path("api/v2/", api.urls), path("", include(grapple_urls))]
