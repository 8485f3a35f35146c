"""Names of environment variables that were meant for this site and misspelt."""

import re
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured
from rapidfuzz.distance import OSA

# What operators of other sites call the same thing. Compared only where a required variable is missing.
OTHER_NAMES = {
    "DB_URL": "DATABASE_URL",
    "POSTGRES_URL": "DATABASE_URL",
    "SMTP_URL": "EMAIL_URL",
    "MAIL_URL": "EMAIL_URL",
    "SITE_URL": "BASE_URL",
    "DJANGO_SECRET_KEY": "SECRET_KEY",
    "DJANGO_ALLOWED_HOSTS": "ALLOWED_HOSTS",
}
# Kubernetes puts these beside the variables of a process, for each service: DATABASE_PORT, CACHE_SERVICE_HOST.
OF_THE_PLATFORM = re.compile(r"_PORT$|_PORT_\d|_SERVICE_(HOST|PORT)")


class CloseNames:
    """Compares the names that are set with those that the settings read."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.known: set[str] = set()

    def missing(self, name: str) -> str:
        """Return the line about a required variable that is not set."""
        if name in self.environment:
            return f"{name} is empty. It is required, see docs/settings.md."
        meant = next(
            (
                other
                for other in sorted(self.environment.keys() - self.known)
                if OTHER_NAMES.get(other) == name or self._means(other, name)
            ),
            None,
        )
        if meant:
            return f"{name} is not set, but {meant} is. Did you mean {name}?"
        return f"{name} is not set. It is required, see docs/settings.md."

    def check(self) -> None:
        """Raise ImproperlyConfigured for a variable whose name is close to one that the settings read and lack."""
        lacking = sorted(self.known - self.environment.keys())
        for other in sorted(self.environment.keys() - self.known):
            for name in lacking:
                if self._means(other, name):
                    raise ImproperlyConfigured(f"{other} is not a setting. Did you mean {name}?")

    @staticmethod
    def _means(other: str, name: str) -> bool:
        """Whether `other` is `name` with one wrong letter, two in a long name, or with other underscores."""
        if OF_THE_PLATFORM.search(other):
            return False
        if other.replace("_", "").replace("-", "").upper() == name.replace("_", ""):
            return True
        if len(name) < 6:  # HOSTNAME, SHELL and others of every machine are as close to HOST as a slip is
            return False
        allowed = 1 if len(name) <= 8 else 2
        return OSA.distance(other.upper(), name, score_cutoff=allowed) <= allowed
