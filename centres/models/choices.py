"""Closed lists of the domain; the values are the graph's enum names."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CentreFunction(models.TextChoices):
    KNOWLEDGE = "KNOWLEDGE", _("in-depth knowledge")
    DEVELOPMENT = "DEVELOPMENT", _("development")
    OPTIMISATION = "OPTIMISATION", _("optimisation of operation")


class CentreRole(models.TextChoices):
    KNOWLEDGE_HUB = "KNOWLEDGE_HUB", _("knowledge hub")
    GUIDELINES = "GUIDELINES", _("shaping of development guidelines")
    DISSEMINATION = "DISSEMINATION", _("dissemination of results")
    EXCHANGE = "EXCHANGE", _("exchange of knowledge and views")
    CO_DEVELOPMENT = "CO_DEVELOPMENT", _("joint development of library-pedagogical activities")
    RESEARCH = "RESEARCH", _("research into new ways of spreading quality literature")
    PROMOTER = "PROMOTER", _("promoter of reading and reading culture")


class CentreStatus(models.TextChoices):
    """The states of a centre, computed for a day by `centres.status`."""

    CANDIDATE = "CANDIDATE", _("candidate")
    ACTIVE = "ACTIVE", _("active")
    REVIEW_DUE = "REVIEW_DUE", _("review due")
    UNDER_REVIEW = "UNDER_REVIEW", _("under review")
    EXPIRED = "EXPIRED", _("expired")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


class EditionStatus(models.TextChoices):
    """The states of an edition, computed for a moment by `centres.status`."""

    ANNOUNCED = "ANNOUNCED", _("announced")
    OPEN = "OPEN", _("open for applications")
    FULL = "FULL", _("full")
    CLOSED = "CLOSED", _("applications closed")
    RUNNING = "RUNNING", _("running")
    FINISHED = "FINISHED", _("finished")
    POSTPONED = "POSTPONED", _("postponed")
    CANCELLED = "CANCELLED", _("cancelled")


class ProgrammeKind(models.TextChoices):
    TRAINING = "TRAINING", _("training")
    MEETING_SERIES = "MEETING_SERIES", _("meeting series")
    CAMPAIGN = "CAMPAIGN", _("campaign")
    PUBLICATION = "PUBLICATION", _("publication")
    AWARD = "AWARD", _("award")
    QUALITY_SIGN = "QUALITY_SIGN", _("quality sign")
    SERVICE = "SERVICE", _("service")


class ProgrammePurpose(models.TextChoices):
    NEW_KNOWLEDGE = "NEW_KNOWLEDGE", _("gaining new knowledge")
    REFRESH = "REFRESH", _("refreshing knowledge")


class Cadence(models.TextChoices):
    ONE_OFF = "ONE_OFF", _("once")
    MONTHLY_SERIES = "MONTHLY_SERIES", _("monthly series")
    ANNUAL = "ANNUAL", _("every year")
    SCHOOL_YEAR = "SCHOOL_YEAR", _("every school year")
    ONGOING = "ONGOING", _("all the time")


class CredentialKind(models.TextChoices):
    CERTIFICATE = "CERTIFICATE", _("certificate of attendance")
    POINTS = "POINTS", _("points for promotion")
    EXAM = "EXAM", _("exam")


class ContributorRole(models.TextChoices):
    AUTHOR = "AUTHOR", _("author")
    ILLUSTRATOR = "ILLUSTRATOR", _("illustrator")
    TRANSLATOR = "TRANSLATOR", _("translator")
