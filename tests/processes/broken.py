"""The server's entry with a cache that is broken on purpose: the content version is read once and believed for ever."""

from functools import cache

import django

django.setup()

from cms.publishing import version  # noqa: E402

version.present_version = cache(version.content_version)

from config.wsgi import application  # noqa: E402, F401
