from django.conf import settings
from django.db import migrations

from cms.languages.sorting import fold, sort_key


def fill(apps, schema_editor):
    """Write what `Organisation.save` and `Book.save` derive from the names."""
    for organisation in apps.get_model("centres", "Organisation").objects.all():
        name = organisation.name.pick((settings.LANGUAGE_CODE,))[0]
        organisation.sort_key = sort_key(name, settings.LANGUAGE_CODE)
        organisation.folded_name = "\n".join(fold(text) for text in organisation.name.values())
        organisation.save(update_fields=["sort_key", "folded_name"])
    for book in apps.get_model("centres", "Book").objects.all():
        book.folded_title = fold(book.title)
        book.save(update_fields=["folded_title"])


class Migration(migrations.Migration):
    dependencies = [("centres", "0006_identifiers")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
