import re

from django.db import migrations, models

CITY = re.compile(r"\b\d{4}\s+([^,]+?)\s*$")


def cities_of_addresses(apps, schema_editor):
    """Read the city of each venue from the end of its address: "Kersnikova 2, 1000 Ljubljana"."""
    for venue in apps.get_model("centres", "Venue").objects.filter(city=""):
        if found := CITY.search(venue.address):
            venue.city = found[1][:120]
            venue.save(update_fields=["city"])


class Migration(migrations.Migration):
    dependencies = [("centres", "0003_programmes_of_a_centre")]

    operations = [
        migrations.AddField(
            model_name="venue",
            name="city",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Visitors filter events by city.",
                max_length=120,
                verbose_name="city",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(cities_of_addresses, migrations.RunPython.noop),
    ]
