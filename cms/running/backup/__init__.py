"""Backups: the whole site in one file, and back."""
