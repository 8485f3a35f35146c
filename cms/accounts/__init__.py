"""Signing in: the second factor, access tokens, mails for a forgotten password."""
