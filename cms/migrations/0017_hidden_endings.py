from typing import Any

from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone


def mark(apps: Any, _editor: Any) -> None:
    """Mark the endings of pages that are still live: they were hidden."""
    endings = apps.get_model("cms", "Change").objects.filter(
        kind="UNPUBLISHED", model="wagtailcore.page", path__isnull=False
    )
    keys = [int(key) for key in endings.order_by().values_list("object_id", flat=True).distinct()]
    lasts = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
    pages = apps.get_model("wagtailcore", "Page").objects.filter(lasts, live=True, pk__in=keys)
    endings.filter(object_id__in=[str(key) for key in pages.values_list("pk", flat=True)]).update(hidden=True)


class Migration(migrations.Migration):
    dependencies = [("cms", "0016_archive_keys")]

    operations = [
        migrations.AddField("change", "hidden", models.BooleanField(db_default=False, default=False)),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
