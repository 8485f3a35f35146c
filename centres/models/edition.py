"""An edition: one run of a programme. Its facts stand here once, whatever the language."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLInt, GraphQLString
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, Workflow, WorkflowMixin

from centres.models.choices import ProgrammeKind
from centres.models.drafts import SurvivingDraft
from centres.models.own_pages import OwnPagePanel
from centres.models.programme import ProgrammePage
from centres.rows import RowRules
from cms.fields import LocalisedTextField
from cms.graphql_fields import COMPUTED, LONG_AGO, NEVER, Below, By, List, Where, field
from cms.models.at_once import PublishedAtOnce
from cms.models.live_check import LiveCheck
from cms.models.previews import FrontendPreview


class EditionType(models.TextChoices):
    """What an edition is; the kind of its programme decides."""

    EVENT = "EVENT", _("event")
    AWARD = "AWARD", _("award")
    PUBLICATION = "PUBLICATION", _("publication")

    @classmethod
    def of(cls, kind: str) -> "EditionType":
        """Return the type of the editions of a programme of ``kind``."""
        if kind in (ProgrammeKind.AWARD, ProgrammeKind.QUALITY_SIGN):
            return cls.AWARD
        return cls.PUBLICATION if kind == ProgrammeKind.PUBLICATION else cls.EVENT


class StatusOverride(models.TextChoices):
    NONE = "NONE", _("as planned")
    CANCELLED = "CANCELLED", _("cancelled")
    POSTPONED = "POSTPONED", _("postponed, new date not known yet")


class Edition(
    FrontendPreview,
    SurvivingDraft,
    RowRules,
    PublishedAtOnce,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """What all editions have: their programme, their year and the time they cover."""

    programme = models.ForeignKey(
        ProgrammePage,
        verbose_name=_("programme"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The programme of which this is one run; its page in any language."),
    )
    programme_key = models.UUIDField(editable=False, db_index=True)
    type = models.CharField(max_length=11, choices=EditionType.choices, editable=False)
    label = LocalisedTextField(
        _("label"),
        max_length=160,
        blank=True,
        help_text=_(
            "What tells this edition from the others, such as “15th cycle”. The dates follow by themselves."
        ),
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        db_index=True,
        validators=[MinValueValidator(1861), MaxValueValidator(2200)],
        help_text=_("The year of this edition."),
    )
    starts_at = models.DateTimeField(editable=False, null=True, db_index=True)
    ends_at = models.DateTimeField(editable=False, null=True, db_index=True)
    # What the state depends on stands here, though only events use all of it: the rule then needs one table.
    capacity = models.PositiveIntegerField(
        _("seats"),
        null=True,
        blank=True,
        help_text=_("Empty does not mean unlimited: tick “no limit of seats” for that."),
    )
    applications_open = models.DateTimeField(
        _("applications from"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("First moment to apply; empty: from now on."),
    )
    applications_close = models.DateTimeField(
        _("applications until"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("Last day, until 23:59: a day without a time, or with 00:00, counts to its end."),
    )
    status_override = models.CharField(
        _("state"),
        max_length=9,
        choices=StatusOverride.choices,
        default=StatusOverride.NONE,
        help_text=_(
            "A cancellation needs a public reason. If the new date is known, change the sessions instead."
        ),
    )

    edition_type: ClassVar[EditionType]
    # Whose edition it is stays the same, and the year of an award or publication is its own.
    rules_of_drafts: ClassVar[frozenset[str]] = frozenset({"another_kind", "same_year"})

    common_panels = [
        HelpPanel(template="centres_desk/programme_of_edition.html"),
        OwnPagePanel("programme", "centres.ProgrammePage"),
        FieldPanel("label"),
    ]

    public_with = "programme_key"

    # The graph's interface of all editions; its fields stand first in the `graphql_fields` of each kind.
    graphql_interface_names = ("EditionInterface",)
    interface_fields = [
        GraphQLString(
            "label",
            description="Short label that distinguishes this edition within its programme. It may be empty.",
        ),
        GraphQLInt("year", description="Year in which the edition takes place."),
        field("programme: ProgrammePage!", "The programme that this edition belongs to."),
        field(
            "status: EditionStatus!",
            "Status of the edition at the time of the response. It is computed for each response.",
        ),
        field(
            "jsonLd: String!",
            "JSON-LD with schema.org terms, escaped so that it is safe inside a script element.",
        ),
        field("path: String!", "Path of the programme's page, with a fragment that names the edition."),
        field("url: String!", "Address on the frontend's host, with a fragment that names the edition."),
    ]

    graphql_list = List(
        "editions",
        node="EditionInterface",
        order={
            "START": By(
                "starts_at", "By start time, the earliest first.", "By start time, the latest first."
            ),
            "YEAR": By("year", "By year, the earliest first.", "By year, the latest first."),
        },
        filters={
            "centre": COMPUTED,
            "programme": COMPUTED,
            "kind": COMPUTED,
            "status": COMPUTED,
            "mode": COMPUTED,
            "audience": COMPUTED,
            "free": COMPUTED,
            "hasFreeSeats": COMPUTED,
            "rescheduled": COMPUTED,
            "year": Where("year", "Year in which the edition takes place."),
            "starts": Where("starts_at", "Range of times in which the edition starts."),
            "applicationsOpen": COMPUTED,
            "years": Where("year", "Range of years in which the edition takes place.", between=True),
            "topic": COMPUTED,
            "city": COMPUTED,
            "titleContains": COMPUTED,
        },
        below={
            "ProgrammePage": Below(
                "programme_key",
                order="START_DESC",
                description="Editions of the programme, the newest first by default.",
            )
        },
        description="Editions of all programmes, such as events, awards and publications.",
        fallback=True,
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-starts_at", "-pk"]
        # As lists are ordered: an edition without a time comes last.
        indexes = [
            models.Index(Coalesce("starts_at", Value(NEVER)), "id", name="edition_by_start"),
            models.Index(
                Coalesce("starts_at", Value(LONG_AGO)).desc(), F("id").desc(), name="edition_by_latest"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["programme_key", "year"],
                condition=models.Q(type__in=["AWARD", "PUBLICATION"]),
                name="one_award_or_publication_a_year",
            ),
            LiveCheck(
                condition=models.Q(starts_at__isnull=True) | models.Q(ends_at__gte=models.F("starts_at")),
                name="edition_ends_after_it_starts",
            ),
            LiveCheck(
                condition=models.Q(applications_open__isnull=True)
                | models.Q(applications_close__isnull=True)
                | models.Q(applications_close__gte=models.F("applications_open")),
                name="edition_applications_in_order",
                violation_error_message=_("Applications end before they begin. Correct one of the two."),
            ),
        ]

    def __str__(self) -> str:
        title, day = self.programme.title if self.programme_id else "", self._first_day()
        return " – ".join(str(part) for part in (title, self.label or (not day and self.year), day) if part)

    def _first_day(self) -> str:
        """Return the day on which an event begins: a programme may have several events in one year."""
        if self.type != EditionType.EVENT or self.starts_at is None:
            return ""
        return str(formats.date_format(timezone.localtime(self.starts_at), "SHORT_DATE_FORMAT"))

    def get_workflow(self) -> Workflow | None:
        """Return the workflow of the programme: an edition goes the way of its page."""
        return self.programme.get_workflow() if self.programme_id else None

    @property
    def seats_taken(self) -> int:
        """Seats that are taken, as last counted."""
        return self._availability().seats_taken

    @property
    def waitlist(self) -> int:
        """People on the waiting list, as last counted."""
        return self._availability().waitlist

    def _availability(self) -> "EditionAvailability":
        try:
            return self.availability
        except EditionAvailability.DoesNotExist:
            return EditionAvailability()

    def span(self) -> tuple[datetime | None, datetime | None]:
        """Return the first and the last moment of the edition, from its own dates."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> None:
        from cms.models.references import noted_once  # which needs all models

        if kwargs.get("update_fields") is None:
            self._derive()
        with noted_once(self, written=kwargs.get("update_fields")):
            super().save(*args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        # Scheduled publishing walks all models, and finds what is common to all editions before the edition.
        if type(self) is Edition:
            getattr(self, f"{self.type.lower()}edition").unpublish(*args, **kwargs)
        else:
            super().unpublish(*args, **kwargs)

    def _derive(self) -> None:
        """Fill the columns that follow from the others."""
        self.type = self.edition_type
        self.programme_key = self.programme.translation_key
        self.starts_at, self.ends_at = self.span()

    preview_page_column = "programme_key"

    @property
    def preview_page_key(self) -> uuid.UUID:
        return self.programme_key

    @property
    def preview_anchor(self) -> str:
        return f"edition-{self.pk}"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if self.programme_id:
            self._derive()
        return super().serve_preview(request, mode_name)

    def clean(self) -> None:
        super().clean()
        if not self.programme_id:
            return
        if EditionType.of(self.programme.kind) != self.edition_type:
            another = _(
                "The editions of this programme are of another kind (%(kind)s). Add one of that kind."
            ) % {"kind": EditionType.of(self.programme.kind).label}
            raise ValidationError({"programme": ValidationError(another, code="another_kind")})
        if self.edition_type != EditionType.EVENT and self.year and self._same_year().exists():
            taken = _(
                "This programme already has an edition for this year. Correct the year or edit that edition."
            )
            raise ValidationError({"year": ValidationError(taken, code="same_year")})

    def _same_year(self) -> models.QuerySet["Edition"]:
        key: uuid.UUID = self.programme.translation_key
        return Edition.objects.filter(programme_key=key, year=self.year).exclude(pk=self.pk)


class EditionAvailability(models.Model):
    """How many seats are taken. It changes all the time, so it stands outside of drafts and revisions."""

    edition = models.OneToOneField(
        Edition,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="availability",
        verbose_name=_("edition"),
    )
    seats_taken = models.PositiveIntegerField(
        _("seats taken"), default=0, help_text=_("It counts at once, without publishing.")
    )
    waitlist = models.PositiveIntegerField(
        _("people on the waiting list"), default=0, help_text=_("It counts at once, without publishing.")
    )

    class Meta:
        verbose_name = _("seats of an edition")
        verbose_name_plural = _("seats of editions")

    def __str__(self) -> str:
        return str(self.edition)
