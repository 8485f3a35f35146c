"""Robots are kept out of the admin, wherever a site has it."""

from typing import Any

from django.test import Client
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from cms.feeds import sitemap

urlpatterns = [path("robots.txt", sitemap.robots), path("urejanje/", include(wagtailadmin_urls))]


def test_robots_leave_the_admin_alone_where_the_site_has_it(client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    assert "Disallow: /urejanje/" in client.get("/robots.txt").content.decode().splitlines()
