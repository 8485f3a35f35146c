"""Locales, the language of a part of a page, and the order of letters."""
