"""Settings of the next version."""

from config.settings.prod import *  # noqa: F403
from config.settings.prod import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.processes.newer"]
