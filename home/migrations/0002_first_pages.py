"""The site, its two languages and their home pages, in the place of Wagtail's welcome page."""

import uuid

from django.db import migrations
from django.utils import timezone

PAGES = {
    "sl": (
        "Kompetenčni centri",
        "Kompetenčni centri slovenskih splošnih knjižnic razvijajo znanje in storitve za vse knjižnice v državi.",
    ),
    "en": (
        "Competence centres",
        "The competence centres of Slovenian public libraries develop knowledge and services for all libraries.",
    ),
}


def create_first_pages(apps, schema_editor):
    ContentType = apps.get_model("contenttypes.ContentType")
    Locale = apps.get_model("wagtailcore.Locale")
    Page = apps.get_model("wagtailcore.Page")
    Site = apps.get_model("wagtailcore.Site")
    HomePage = apps.get_model("home.HomePage")

    welcome = ContentType.objects.get(app_label="wagtailcore", model="page")
    Site.objects.filter(root_page__content_type=welcome).delete()
    Page.objects.filter(content_type=welcome, slug="home", depth=2).delete()

    home, _created = ContentType.objects.get_or_create(app_label="home", model="homepage")
    root = Page.objects.get(depth=1)
    key, now = uuid.uuid4(), timezone.now()
    pages = {}
    for number, (code, (title, summary)) in enumerate(PAGES.items(), start=1):
        locale, _created = Locale.objects.get_or_create(language_code=code)
        pages[code] = HomePage.objects.create(
            path=f"{root.path}{number:04d}",
            depth=2,
            numchild=0,
            url_path=f"/{code}/",
            slug=code,
            title=title,
            draft_title=title,
            summary=summary,
            locale=locale,
            translation_key=key,
            content_type=home,
            first_published_at=now,
            last_published_at=now,
        )
    root.numchild = len(pages)
    root.save(update_fields=["numchild"])
    Site.objects.create(
        hostname="localhost", site_name=PAGES["sl"][0], root_page=pages["sl"], is_default_site=True
    )


def remove_first_pages(apps, schema_editor):
    apps.get_model("wagtailcore.Site").objects.filter(root_page__slug__in=PAGES, root_page__depth=2).delete()
    apps.get_model("home.HomePage").objects.filter(slug__in=PAGES, depth=2).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(create_first_pages, remove_first_pages)]
