from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds to the busiest tables of the site, and writes to each row, as a later version may."""

    dependencies = [("home", "__latest__"), ("wagtailcore", "__latest__")]

    operations = [
        migrations.CreateModel(
            "Newer", [("id", models.BigAutoField(primary_key=True)), ("text", models.TextField())]
        ),
        migrations.RunSQL("ALTER TABLE wagtailcore_page ADD COLUMN newer text NULL"),
        migrations.RunSQL("ALTER TABLE home_infopage ADD COLUMN newer integer NOT NULL DEFAULT 7"),
        migrations.RunSQL("CREATE INDEX newer_page ON wagtailcore_page (newer)"),
        migrations.RunSQL("UPDATE wagtailcore_page SET newer = title"),
    ]
