"""Rows of an event: its sessions, fees and materials."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLBoolean, GraphQLCollection, GraphQLForeignKey, GraphQLString
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from centres.models.drafts import SurvivingDraft
from centres.models.organisations import Person, Venue
from centres.models.vocabulary import Audience
from cms.fields import LocalisedTextField, ProtectedManyToManyField
from cms.graphql_fields import By, GraphQLDateTime, GraphQLDecimal, List, field


class Session(SurvivingDraft, ClusterableModel):
    """One session of an event, with its own date and time."""

    edition = ParentalKey("centres.EventEdition", on_delete=models.CASCADE, related_name="sessions")
    start: Any = models.DateTimeField(_("begins"), db_index=True, help_text=_("Date and time in Ljubljana."))
    end: Any = models.DateTimeField(_("ends"), help_text=_("Date and time in Ljubljana."))
    topic = LocalisedTextField(
        _("topic"),
        max_length=255,
        blank=True,
        help_text=_("What this part is about, if it has its own title."),
    )
    presenters: Any = ProtectedManyToManyField(
        Person,
        verbose_name=_("presenters"),
        blank=True,
        related_name="+",
        limit_choices_to={"publication_consent": True},
        help_text=_("Only people who agreed to be named."),
    )
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Only if it differs from the venue of the event."),
    )
    online = models.BooleanField(_("online"), default=False, help_text=_("This part is held online."))

    panels = [
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("topic"),
        FieldPanel("presenters"),
        FieldRowPanel([FieldPanel("venue"), FieldPanel("online")]),
    ]

    graphql_fields = [
        GraphQLDateTime(
            "start", description="Start time of the session, with the offset of Europe/Ljubljana."
        ),
        GraphQLDateTime("end", description="End time of the session, with the offset of Europe/Ljubljana."),
        GraphQLString("topic", description="Title of the session. Empty if it has no title of its own."),
        GraphQLCollection(
            GraphQLForeignKey,
            "presenters",
            "centres.Person",
            description="People who present in the session.",
        ),
        field("venue: Venue", "Venue of the session. Null if it is the venue of the event."),
        GraphQLBoolean("online", description="Whether the session is held online."),
        field("edition: EventEdition!", "The event that the session belongs to."),
    ]
    graphql_list = List(
        "sessions",
        order={"START_ASC": By("start", "The earliest first.")},
        arguments='"Range of times in which the session starts." between: DateTimeRange!, '
        '"Slugs of centres. Omit it for sessions of all centres." centre: [String!], '
        '"Conditions that the session\'s edition must meet." filter: EditionFilter',
        description="Sessions of all events within a range of time, for calendars.",
        first=50,
        fallback=True,
    )

    class Meta:
        ordering = ["start", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")),
                name="session_ends_after_it_begins",
                violation_error_message=_(
                    "A session must end after it begins. Correct one of the two times."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.start):%d. %m. %Y %H.%M}" if self.start is not None else ""


class Fee(Orderable):
    """A fee for taking part in an event."""

    edition = ParentalKey("centres.EventEdition", on_delete=models.CASCADE, related_name="fees")
    label = LocalisedTextField(
        _("label"), max_length=160, help_text=_("For whom or for what, such as “members of ZBDS”.")
    )
    amount = models.DecimalField(
        _("amount"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=_("With VAT."),
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="EUR",
        choices=[("EUR", "EUR")],
        help_text=_("Currency by ISO 4217."),
    )
    audience = models.ForeignKey(
        Audience,
        verbose_name=_("audience"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who pays this fee; empty: everybody else."),
    )

    panels = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("currency")]),
        FieldPanel("audience"),
    ]

    graphql_fields = [
        GraphQLString("label", description="Who pays the fee or what it is for."),
        GraphQLDecimal("amount", description="Amount to pay, with VAT."),
        GraphQLString("currency", description="Currency code in ISO 4217 form, such as EUR."),
        GraphQLForeignKey(
            "audience",
            "centres.Audience",
            description="Audience that pays this fee. Null if it is the fee for everybody else.",
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=0),
                name="fee_is_not_negative",
                violation_error_message=_("A fee cannot be less than nothing. Write 0 or more."),
            )
        ]


class EventMaterial(Orderable):
    """A document for the participants of an event."""

    edition = ParentalKey("centres.EventEdition", on_delete=models.CASCADE, related_name="materials")
    document = models.ForeignKey(
        "cms.Document",
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Slides, handouts and the like."),
    )

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")
