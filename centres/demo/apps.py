"""The demo as an application of its own: it keeps one table, which says what the demo made."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "centres.demo"
    label = "centres_demo"
    verbose_name = "Demo content"
    private_tables = {"DemoRecord": "What the loader of the demo made."}
    default_auto_field = "django.db.models.BigAutoField"
