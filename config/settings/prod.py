"""Settings of a public server. What has no safe default is required."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from .base import *
from .base import CMS_QUEUE, LOGGING, MIDDLEWARE, STORAGES, env

WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware"

DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = env.origin("BASE_URL")
if not validate_host(urlsplit(WAGTAILADMIN_BASE_URL).hostname or "", ALLOWED_HOSTS):
    raise ImproperlyConfigured(f"ALLOWED_HOSTS lacks the host of BASE_URL={WAGTAILADMIN_BASE_URL}.")
MAILERS = env.mailers(CMS_QUEUE)
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS", default=[WAGTAILADMIN_BASE_URL])

# ---------------------------------------------------------------- HTTPS
# The header is believed only when a proxy in front sets it and drops the one that a caller sent.
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CMS_PROXIES = env.number("PROXIES", default=1, most=10)
elif env.number("PROXIES", default=0):
    raise ImproperlyConfigured(
        "PROXIES is set, but BEHIND_PROXY is not true: what proxies say is not believed."
    )
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
if SECURE_SSL_REDIRECT and WAGTAILADMIN_BASE_URL.startswith("http://"):
    raise ImproperlyConfigured("BASE_URL must begin with https:// as long as SECURE_SSL_REDIRECT is on.")
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

# ---------------------------------------------------------------- GraphQL
CMS_GRAPHQL_INTROSPECTION = env.bool("GRAPHQL_INTROSPECTION", default=False)
CMS_GRAPHQL_EXPLORER = env.bool("GRAPHQL_EXPLORER", default=False)

# ---------------------------------------------------------------- Files and logs
MIDDLEWARE.insert(MIDDLEWARE.index("django.middleware.security.SecurityMiddleware") + 1, WHITENOISE)
STORAGES["staticfiles"]["BACKEND"] = "cms.running.static_files.HashedFilesStorage"
LOGGING["handlers"]["stdout"]["formatter"] = "json"
LOGGING["loggers"]["cms.access"]["level"] = "INFO"

env.names.check()
