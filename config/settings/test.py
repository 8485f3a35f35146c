"""Settings of the tests: `make test`. DATABASE_URL decides between SQLite and PostgreSQL."""

from .base import *
from .base import DATABASES, LOGGING, TASKS

DEBUG = False
SECRET_KEY = "a key for tests only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Checks and the export of the schema need a database, but nothing in it.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = ":memory:"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
# What is handed over is done at once; tests of the queue take the one of the database.
TASKS["queue"]["BACKEND"] = "django.tasks.backends.immediate.ImmediateBackend"
WAGTAILADMIN_BASE_URL = "http://testserver"
CORS_ALLOWED_ORIGINS = ["https://front.example"]
# pytest captures what is logged; what Django says about expected 4xx answers is noise.
LOGGING["loggers"]["django.request"] = {"handlers": [], "level": "ERROR", "propagate": True}
CMS_SEARCH_REPORT_SECONDS = 0  # no thread of its own beside the tests
CMS_GRAPHQL_TIMEOUT = 120.0  # a busy machine is no hostile query; tests of the limit set their own
