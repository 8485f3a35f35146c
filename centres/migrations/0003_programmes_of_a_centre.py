from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("centres", "0002_rights"),
    ]

    operations = [
        # The first programmes of each centre are read along it.
        migrations.AddIndex(
            model_name="programmepage",
            index=models.Index(fields=["centre_key", "sort_key", "page_ptr"], name="programme_by_centre"),
        ),
    ]
