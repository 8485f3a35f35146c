"""Dates as Slovenian orthography has them: 31. 12. 2027. Weeks begin on Monday."""

from config.formats.written import DATES, MOMENTS, TIMES

DATE_FORMAT = "j. F Y"
DATETIME_FORMAT = "j. F Y, H:i"
SHORT_DATE_FORMAT = "j. n. Y"
SHORT_DATETIME_FORMAT = "j. n. Y, H:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = DATES
DATETIME_INPUT_FORMATS = MOMENTS
TIME_INPUT_FORMATS = TIMES
