"""Sheets of the lists of terms that programmes, fees and results name."""

from centres.models import Audience, AwardCategory, ProgrammeFormat, Topic
from cms.sheets.coded import CodedSheet


class AudienceSheet(CodedSheet):
    """Audiences."""

    name, model = "audiences", Audience
    fields = ("sort_order",)


class TopicSheet(CodedSheet):
    """Topics."""

    name, model = "topics", Topic
    fields = ("sort_order",)


class FormatSheet(CodedSheet):
    """Formats of programmes."""

    name, model = "formats", ProgrammeFormat
    fields = ("sort_order",)


class AwardCategorySheet(CodedSheet):
    """Categories of awards, with the years in which they were given."""

    name, model = "award-categories", AwardCategory
    fields = ("sort_order", "valid_from_year", "valid_to_year")
