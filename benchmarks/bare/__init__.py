"""The rivals on the same data: wagtail-grapple's stock schema, Wagtail's REST API, and answers that cost nothing."""
