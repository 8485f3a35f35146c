"""Serving, moving and protecting uploaded files."""
