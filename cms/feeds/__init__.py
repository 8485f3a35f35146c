"""Feeds that any site has: the sitemap and the frame of Atom feeds."""
