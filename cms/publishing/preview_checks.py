"""What is said before a start about addresses of previews that are kept in the database."""

from typing import Any

from django.core import checks
from django.db import connection

from cms.models.site import SiteSettings
from cms.preview_origins import is_allowed


def check_stored(
    app_configs: Any = None, databases: Any = None, **_options: Any
) -> list[checks.CheckMessage]:
    """Warn where the site's settings still hold an address to which no token is sent any more."""
    if not databases or SiteSettings._meta.db_table not in connection.introspection.table_names():
        return []
    return [
        checks.Warning(
            f"The address of the preview of {row.site} is not on an origin of PREVIEW_ORIGINS: {row.preview_url}",
            hint="Previews are shown at PREVIEW_URL. Add the origin, or change the address in the admin under “Site”.",
            id="cms.W001",
        )
        for row in SiteSettings.objects.exclude(preview_url="").select_related("site")
        if not is_allowed(row.preview_url)
    ]
