"""What the templates of the admin say about the site."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """Return the name of the site as the admin shows it."""
    return str(settings.WAGTAIL_SITE_NAME)
