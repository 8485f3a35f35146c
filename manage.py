#!/usr/bin/env python
"""Runs the commands of Django, Wagtail and this project; `make help` shows the usual ones."""

import os
import sys


def main() -> None:
    """Run the command in sys.argv; a setting that can't be used ends it with one line and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        sys.exit("Django is not installed here. Run `make setup`, then .venv/bin/python manage.py …")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        print(f"Configuration: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
