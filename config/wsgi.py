"""The entry of WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.prod")
# No visitor's statement takes longer than an operation may (CMS_GRAPHQL_TIMEOUT), a migration's may.
os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT", "15000")

django_application = get_wsgi_application()

# Both know models, which are there only now.
from django.conf import settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from cms.graphql.serving.cached import CachedResponses, response_cache  # noqa: E402
from cms.languages.locales import locale_codes  # noqa: E402
from cms.publishing.version import version_before_request  # noqa: E402
from cms.running.overload import ConcurrencyLimit  # noqa: E402

application = ConcurrencyLimit(
    CachedResponses(
        django_application,
        version_before_request,
        response_cache,
        path=reverse("graphql"),
        longest_body=settings.CMS_GRAPHQL_MAX_BODY_BYTES,
        pages=tuple(f"/{locale}/" for locale in locale_codes()),
        seconds_away=settings.CMS_SERVE_WITHOUT_DATABASE_SECONDS,
    ),
    places=settings.CMS_WEB_THREADS,
    waiting=settings.CMS_WEB_WAITING,
)
