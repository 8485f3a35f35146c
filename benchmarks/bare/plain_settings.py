"""A Django project that has one view and nothing else: no middleware, no database."""

from django.urls import path

from benchmarks.bare.constant import view

SECRET_KEY = "for measuring only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "benchmarks.bare.plain_settings"
MIDDLEWARE: list[str] = []
INSTALLED_APPS: list[str] = []
USE_TZ = True
LOGGING_CONFIG = None
urlpatterns = [path("constant/<int:size>", view)]
