"""The project's production settings, with wagtail-grapple as its documentation has it in the place of our graph."""

from config.settings.prod import *  # noqa: F403
from config.settings.prod import INSTALLED_APPS

ROOT_URLCONF = "benchmarks.bare.urls"
# Before grapple, which makes its types when its turn comes.
INSTALLED_APPS = [
    "benchmarks.bare.apps.Bare",
    "wagtail.api.v2",
    "rest_framework",
    *INSTALLED_APPS,
]
# What a new Wagtail project has; nothing of ours.
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
]
GRAPPLE = {"APPS": ["cms", "home", "centres"]}
GRAPHENE = {"SCHEMA": "grapple.schema.schema"}
