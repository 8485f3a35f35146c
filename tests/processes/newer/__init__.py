"""The next version of the site, as far as an upgrade goes: one more application, whose migration only adds."""
