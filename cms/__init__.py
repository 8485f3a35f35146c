"""The platform of a headless Wagtail site: nothing here knows what the site is about."""
