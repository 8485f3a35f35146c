"""Tells other servers what changed: signed webhooks, and purges of caches by tag."""
