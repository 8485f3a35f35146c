"""What the templates of the admin say about the site and its programmes."""

from typing import Any

from django import template
from django.conf import settings

from centres.desk import programme_editions
from centres.models import ProgrammePage

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """Return the name of the site as the admin shows it."""
    return str(settings.WAGTAIL_SITE_NAME)


@register.simple_tag
def editions_of(programme: ProgrammePage, user: Any) -> programme_editions.Editions:
    """Return the editions of ``programme`` as ``user`` sees them."""
    return programme_editions.editions_of(programme, user)
