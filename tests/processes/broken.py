"""The server's entry with a cache that is broken on purpose: the content version is read once and believed for ever."""

from functools import cache

import django

django.setup()

from cms import changes  # noqa: E402

changes.present_version = cache(changes.content_version)

from config.wsgi import application  # noqa: E402, F401
