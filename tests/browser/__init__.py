"""Tests with a browser."""

from datetime import datetime
from zoneinfo import ZoneInfo

NOW = datetime(2027, 3, 1, 12, tzinfo=ZoneInfo("Europe/Ljubljana"))
