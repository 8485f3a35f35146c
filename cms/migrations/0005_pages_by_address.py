from django.db import migrations


class Migration(migrations.Migration):
    """Indexes on Wagtail's table of pages, for what every request of a frontend looks for."""

    dependencies = [
        ("cms", "0004_published_words"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS cms_page_url_path ON wagtailcore_page (url_path)",
            "DROP INDEX IF EXISTS cms_page_url_path",
        ),
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS cms_page_in_menus ON wagtailcore_page (depth) WHERE show_in_menus",
            "DROP INDEX IF EXISTS cms_page_in_menus",
        ),
    ]
