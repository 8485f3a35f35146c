"""Dates in British order. A short date names its month, so that nobody takes 1 December for 12 January."""

from config.formats.written import DATES, MOMENTS, TIMES

SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = DATES
DATETIME_INPUT_FORMATS = MOMENTS
TIME_INPUT_FORMATS = TIMES
