"""Measurements; none of them runs with the site."""
