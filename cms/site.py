"""Addresses of the site as the public sees them."""

from django.conf import settings


def frontend_url() -> str:
    """Return the absolute address of the frontend without a trailing slash, from ``CMS_FRONTEND_URL``.

    It comes from the settings and never from a request's Host header, so that a forged header cannot change an
    address in an answer that is kept for others.
    """
    return str(settings.CMS_FRONTEND_URL).rstrip("/")


def absolute_url(path: str) -> str:
    """Return the public address of a site-relative ``path`` that begins with a slash."""
    return f"{frontend_url()}{path}"
