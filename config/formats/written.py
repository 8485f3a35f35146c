"""Dates and times as people write them here, in every language of the site: the day first, with or without spaces."""

from itertools import product

DATES = [
    "%Y-%m-%d",
    "%d. %m. %Y",
    "%d.%m.%Y",
    "%d. %m.%Y",
    "%d.%m. %Y",
    "%d/%m/%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d. %m. %y",
    "%d.%m.%y",
]
_CLOCK = ["%H:%M", "%H.%M", "%H:%M:%S", "%H.%M.%S", "%Hh", "%H h", "%Hh%M", "%H. uri"]
TIMES = [*_CLOCK, "%H"]
# A day alone is read as its beginning.
MOMENTS = [
    *(f"{day}{between}{time}" for day, between, time in product(DATES, (" ", ", ", " ob "), _CLOCK)),
    *(f"{day} ob %H" for day in DATES),
    *DATES,
]
