"""An edition that takes place: sessions, seats, fees."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLBoolean, GraphQLCollection, GraphQLForeignKey, GraphQLInt, GraphQLString
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from centres.forms import EventForm
from centres.models.edition import Edition, EditionAvailability, EditionType, StatusOverride
from centres.models.organisations import Venue, check_consent
from centres.rows import Rows
from centres.validation import check_https
from cms.fields import LocalisedText, LocalisedTextField, MultiChoiceField
from cms.graphql_fields import GraphQLDateTime, field


class DeliveryMode(models.TextChoices):
    ONSITE = "ONSITE", _("on site")
    ONLINE = "ONLINE", _("online")
    BLENDED = "BLENDED", _("blended")
    EITHER = "EITHER", _("on site or online, as participants choose")


LANGUAGES = [
    ("sl", _("Slovenian")),
    ("en", _("English")),
    ("it", _("Italian")),
    ("hu", _("Hungarian")),
    ("de", _("German")),
    ("hr", _("Croatian")),
    ("sgn", _("Slovenian sign language")),
]


class EventEdition(Edition):  # type: ignore[django-manager-missing]  # rows below it are untyped
    """An event with one or more sessions, such as a seminar, a meeting or a round of a quiz."""

    edition_type = EditionType.EVENT

    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("Which run it is, such as 15.")
    )
    mode = models.CharField(
        _("mode"),
        max_length=7,
        choices=DeliveryMode.choices,
        help_text=_("“As participants choose” if each may choose between the hall and the web."),
    )
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Needed unless everything is online."),
    )
    online_url = models.URLField(
        _("link to the online room"),
        blank=True,
        help_text=_("Only for people who are registered; it is never published."),
    )
    unlimited = models.BooleanField(
        _("no limit of seats"),
        default=False,
        help_text=_("Tick if anyone may come; then leave the number of seats empty."),
    )
    capacity_onsite = models.PositiveIntegerField(
        _("of these in the hall"),
        null=True,
        blank=True,
        help_text=_("Only if the hall and the web have separate limits."),
    )
    capacity_online = models.PositiveIntegerField(
        _("of these online"),
        null=True,
        blank=True,
        help_text=_("Only if the hall and the web have separate limits."),
    )
    application_url = models.URLField(
        _("application form"),
        blank=True,
        validators=[check_https],
        help_text=_(
            "Where people apply; with https://. If it is empty, they are told to write to the centre."
        ),
    )
    free = models.BooleanField(
        _("free of charge"), default=False, help_text=_("Tick free explicitly, or add fees.")
    )
    languages = MultiChoiceField(
        _("languages"), choices=LANGUAGES, help_text=_("In which languages it is held; at least one.")
    )
    cancel_reason = LocalisedTextField(
        _("public reason"), max_length=255, blank=True, help_text=_("Why it was cancelled; visitors read it.")
    )
    accessibility_info = LocalisedTextField(
        _("accessibility"),
        multiline=True,
        blank=True,
        help_text=_("Step-free entrance, hearing loop, captions."),
    )
    recording_url = models.URLField(
        _("recording"), blank=True, help_text=_("Where the recording can be seen, if anywhere.")
    )
    rescheduled = models.BooleanField(default=False, editable=False)
    previous_starts = models.JSONField(default=list, editable=False, encoder=DjangoJSONEncoder)

    base_form_class = EventForm

    archived_fields = ("previous_starts", "rescheduled")
    archived_beside = ("seats_taken", "waitlist")

    event_panels = [
        *Edition.common_panels,
        FieldPanel("number"),
        InlinePanel(
            "sessions",
            heading=_("Sessions"),
            label=_("Session"),
            help_text=_("One row per date; Ljubljana time."),
            min_num=1,
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("mode"), FieldPanel("venue")]), FieldPanel("online_url")], _("Place")
        ),
        FieldPanel("languages"),
        FieldPanel("accessibility_info"),
    ]
    application_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("unlimited"), FieldPanel("capacity")]),
                FieldRowPanel([FieldPanel("capacity_onsite"), FieldPanel("capacity_online")]),
                FieldRowPanel([FieldPanel("seats_taken"), FieldPanel("waitlist")]),
            ],
            _("Seats"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("applications_open"), FieldPanel("applications_close")]),
                FieldPanel("application_url"),
            ],
            _("Applications"),
        ),
        FieldPanel("free"),
        InlinePanel("fees", heading=_("Fees"), label=_("Fee")),
    ]
    state_panels = [
        FieldPanel("status_override"),
        FieldPanel("cancel_reason"),
        InlinePanel("materials", heading=_("Materials"), label=_("Document")),
        FieldPanel("recording_url"),
        PublishingPanel(),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(event_panels, heading=_("Event")),
            ObjectList(application_panels, heading=_("Applications and fees")),
            ObjectList(state_panels, heading=_("State and publishing")),
        ]
    )

    graphql_fields = [
        *Edition.interface_fields,
        GraphQLInt(
            "number", description="Number of this run of the programme. Null if runs are not numbered."
        ),
        field("start: DateTime!", "Start time of the first session.", source="starts_at", always=True),
        field("end: DateTime!", "End time of the last session.", source="ends_at", always=True),
        GraphQLCollection(
            GraphQLForeignKey,
            "sessions",
            "centres.Session",
            description="Sessions of the event, the earliest first.",
        ),
        GraphQLString(
            "mode", description="How people take part: on site, online, both, or as participants choose."
        ),
        GraphQLForeignKey(
            "venue", "centres.Venue", description="Venue of the event. Null if everything is online."
        ),
        GraphQLInt("capacity", description="Number of seats. Null if there is no limit."),
        field("seatsTaken: Int!", "Number of seats that are taken."),
        field("seatsLeft: Int", "Number of seats that are still free. Null if there is no limit."),
        field("waitlist: Int!", "Number of people on the waiting list."),
        GraphQLDateTime(
            "applications_open", description="Time at which applications open. Null if it is not set."
        ),
        GraphQLDateTime(
            "applications_close", description="Time at which applications close. Null if it is not set."
        ),
        GraphQLString(
            "application_url", description="Address of the application form. Null if there is none."
        ),
        GraphQLBoolean("free", description="Whether the event is free of charge."),
        GraphQLCollection(
            GraphQLForeignKey,
            "fees",
            "centres.Fee",
            description="Fees for taking part. Empty if the event is free.",
        ),
        field(
            'feeFor("Code of the audience whose fee is returned." audience: String!): Fee',
            "Fee that one audience pays: its own fee, or the general fee if it has none.",
        ),
        GraphQLCollection(GraphQLString, "languages", description="Language codes of the event."),
        GraphQLBoolean(
            "rescheduled", description="Whether the start of the event changed after publication."
        ),
        field(
            "previousStarts: [DateTime!]!",
            "Start times that were published earlier, the oldest first.",
            source="previous_start_times",
        ),
        field(
            "cancelReason: String",
            "Public reason why the event does not take place as planned. "
            "Null unless the event is cancelled or postponed and a reason is given.",
            source="public_reason",
        ),
        GraphQLString(
            "accessibility_info",
            description="Accessibility of the event, such as step-free access, hearing loop or captions.",
        ),
    ]

    # A copy is a new edition: nobody has applied and nothing was moved yet.
    exclude_fields_in_copy = [
        "previous_starts",
        "rescheduled",
        "status_override",
        "cancel_reason",
        "recording_url",
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    @property
    def seats_left(self) -> int | None:
        """Free seats; None where there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.seats_taken)

    @property
    def previous_start_times(self) -> list[datetime]:
        """Beginnings that were published before, the oldest first."""
        moments = (parse_datetime(stamp) for stamp in self.previous_starts)
        return [timezone.localtime(moment) for moment in moments if moment is not None]

    @property
    def public_reason(self) -> LocalisedText | None:
        """The reason while it explains the state: of a cancelled or postponed event, else None."""
        explained = self.status_override in (StatusOverride.CANCELLED, StatusOverride.POSTPONED)
        return self.cancel_reason if explained and self.cancel_reason else None

    def span(self) -> tuple[datetime | None, datetime | None]:
        # A draft may have sessions without their times, or with contradicting ones.
        sessions = [one for one in self.sessions.all() if one.start and one.end and one.start < one.end]
        if not sessions:
            return None, None
        return min(session.start for session in sessions), max(session.end for session in sessions)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") is None:
            self._take_year()
            self._remember_start(self.span()[0])
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            EditionAvailability.objects.create(edition=self, **self.__dict__.pop("_first_count", {}))

    def _take_year(self) -> None:
        start = self.span()[0] or timezone.now()
        self.year = timezone.localtime(start, timezone.get_default_timezone()).year

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._take_year()
        super().full_clean(*args, **kwargs)

    def count_seats(self, **counts: int) -> None:
        """Set ``seats_taken`` and ``waitlist`` at once, beside every draft; of a new event when saved.

        Answers that were kept know them from then on.
        """
        if self._state.adding:
            self._first_count = counts
        elif counts:
            EditionAvailability.objects.update_or_create(edition_id=self.pk, defaults=counts)
            self._state.fields_cache.pop("availability", None)

    def restore_beside(self, values: dict[str, int]) -> None:
        """Set what an archive has beside the columns."""
        self.count_seats(**values)

    def count_seats_when_saved(self, **counts: int) -> None:
        """Do the same as soon as a draft or a version of the event is saved, and not in a preview."""
        self._counted = counts

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        self.count_seats(**self.__dict__.pop("_counted", {}))
        return super().save_revision(*args, **kwargs)

    def _remember_start(self, start: datetime | None) -> None:
        """Note the published beginning that ``start`` replaces; what a draft says of the past is ignored."""
        published = (
            EventEdition.objects.filter(pk=self.pk).exclude(live=False, first_published_at=None).first()
        )
        if published is not None:
            past = list(published.previous_starts)
            if self.live and published.starts_at not in (None, start):
                past.append(published.starts_at.astimezone(timezone.get_fixed_timezone(0)).isoformat())
            self.previous_starts = list(dict.fromkeys(past))
        self.rescheduled = bool(self.previous_starts)

    def clean(self) -> None:
        super().clean()
        # An editor who gives a last day without a time means the whole day.
        if self.applications_close and timezone.localtime(self.applications_close).time() == time.min:
            self.applications_close = timezone.localtime(self.applications_close).replace(hour=23, minute=59)
        errors = {}
        if self.unlimited and self.capacity is not None:
            errors["capacity"] = _("Either tick “no limit of seats” or write the number of seats, not both.")
        if self.mode in (DeliveryMode.ONSITE, DeliveryMode.BLENDED) and not self.venue_id:
            errors["venue"] = _("Choose the venue, or “online” as the mode if there is none.")
        if not self.unlimited and self.capacity is None:
            errors["capacity"] = _("Write the number of seats, or tick “no limit of seats”.")
        if (self.application_url or self.applications_open) and not self.applications_close:
            errors["applications_close"] = _("Say until which day people may apply.")
        if self.status_override == StatusOverride.CANCELLED and not self.cancel_reason:
            errors["cancel_reason"] = _("A cancellation needs a public reason. Write why it was cancelled.")
        if self.status_override == StatusOverride.NONE and self.cancel_reason:
            errors["status_override"] = _(
                "There is a public reason, yet the state is “as planned”. Choose “cancelled” or “postponed”, "
                "or empty the reason."
            )
        if errors:
            raise ValidationError(errors)

    def hints(self) -> Iterator[tuple[str, Any]]:
        """Yield what to look at before it is published: the name of the field, and words."""
        start, centre = self.span()[0], self.programme.get_parent().specific
        if self.application_url or self.status_override != StatusOverride.NONE or not start:
            return
        if start > timezone.now():
            words = _(
                "People can apply, but there is no application form. They are told to write to: %(contact)s"
            )
            yield "application_url", words % {"contact": centre.contact_email or centre.contact_phone or "–"}

    def check_rows(self, rows: Rows) -> None:
        """Refuse an event without sessions, late applications, and free with fees or neither."""
        sessions, fees = rows["sessions"], rows["fees"]
        if not sessions:
            raise ValidationError(_("Add at least one session with its date and time."), code="sessions")
        first = min(session.start for session in sessions)
        if self.applications_close and self.applications_close > first:
            raise ValidationError(
                {
                    "applications_close": _(
                        "Applications must end before the first session begins. Choose an earlier day."
                    )
                }
            )
        for session in sessions:
            for person in session.presenters.all():
                check_consent(person)
        if self.free and fees:
            raise ValidationError(
                {"free": _("It cannot be free and have fees. Untick “free” or remove the fees.")}
            )
        if not self.free and not fees:
            raise ValidationError({"free": _("Tick “free of charge” or add at least one fee.")})
