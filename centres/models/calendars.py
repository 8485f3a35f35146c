"""Calendars of others: who keeps them, what was read of them, and whether reading works."""

from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLBoolean, GraphQLString
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel

from centres.forms import CalendarProviderForm
from centres.models.calendar_problems import PROBLEMS, SKIPPED
from cms.graphql_fields import By, List, Where, field
from cms.languages.sorting import fold
from cms.models import CodedModel


class CalendarProvider(CodedModel):
    """An organisation whose calendar is read, at an address of a host that the operator allows."""

    class Kind(models.TextChoices):
        ICALENDAR = "ICALENDAR", _("iCalendar (.ics)")
        FEED = "FEED", _("Atom or RSS")
        PAGE = "PAGE", _("web page with schema.org events")

    url = models.URLField(
        _("website"),
        max_length=500,
        help_text=_("Where readers find the provider. Events without a page of their own lead here."),
    )
    address = models.URLField(
        _("address of the calendar"),
        max_length=1000,
        help_text=_("Begins with https and is on a host that the operator allows (EXTERNAL_CALENDAR_HOSTS)."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=9,
        choices=Kind.choices,
        default=Kind.ICALENDAR,
        help_text=_("iCalendar if the provider has both: it tells the most."),
    )
    language = models.CharField(
        _("language"),
        max_length=12,
        default="sl",
        help_text=_("Code of the language of the events, such as sl. Screen readers need it."),
    )
    active = models.BooleanField(
        _("read it"),
        default=True,
        help_text=_("Without the tick its events disappear from the site and are not read again."),
    )

    panels = [
        HelpPanel(template="centres/calendar_state.html"),
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("language")]),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("active")]),
        FieldPanel("address"),
    ]

    base_form_class = CalendarProviderForm
    public_if = "active"

    graphql_fields = [
        GraphQLString("code", description="Stable code of the provider. Pass it to filters."),
        GraphQLString("name", description="Name of the provider in the requested locale."),
        GraphQLString("url", description="Address of the provider's website."),
        GraphQLString("language", description="Language code of the provider's texts."),
    ]

    class Meta:
        ordering = ["code"]
        verbose_name = _("provider of a calendar")
        verbose_name_plural = _("calendars of others")

    @property
    def in_short(self) -> str:
        """A few words on whether its calendar is read."""
        state = getattr(self, "state", None)
        if not self.active:
            return gettext("not read")
        if state is None or state.read_at is None:
            return gettext("waits for its first reading")
        if state.problem:
            return str(state.said)
        return gettext("works, without some entries") if state.skipped else gettext("works")

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            # What was told of another address or another kind says nothing of this one.
            unread = {"etag": "", "last_modified": "", "next_reading": timezone.now()}
            CalendarState.objects.update_or_create(provider=self, defaults=unread)
            if not self.active:
                for edition in self.editions.all():
                    edition.delete()
                ExternalEdition.show_each_once()


class CalendarState(models.Model):
    """When a calendar was read, and what came of it. ``problem`` is a code of `centres.models.calendar_problems`."""

    provider = models.OneToOneField(CalendarProvider, on_delete=models.CASCADE, related_name="state")
    read_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    next_reading = models.DateTimeField(default=timezone.now, db_index=True)
    problem = models.CharField(max_length=20, default="", blank=True)
    detail = models.CharField(max_length=300, default="", blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    skipped = models.JSONField(default=list, help_text="Pairs of the beginning of an entry and a code.")
    etag = models.CharField(max_length=250, default="", blank=True)
    last_modified = models.CharField(max_length=250, default="", blank=True)

    class Meta:
        verbose_name = _("state of a calendar")
        verbose_name_plural = _("states of calendars")

    def __str__(self) -> str:
        return str(self.provider)

    @property
    def said(self) -> str:
        """What is wrong with the whole calendar, and the way out; empty where nothing is."""
        if not self.problem:
            return ""
        words = str(PROBLEMS.get(self.problem, PROBLEMS["fault"]))
        return f"{words} ({self.detail})" if self.detail else words

    @property
    def skipped_entries(self) -> Iterator[tuple[str, str]]:
        """The entries that were left out, each with the reason."""
        for what, why in self.skipped:
            yield what, str(SKIPPED.get(why, SKIPPED["broken"]))


class ExternalEdition(models.Model):
    """A date in the calendar of another provider. It lives there; here it is shown and linked."""

    provider = models.ForeignKey(
        CalendarProvider, verbose_name=_("provider"), on_delete=models.CASCADE, related_name="editions"
    )
    source_uid = models.CharField(max_length=255)
    title = models.CharField(_("title"), max_length=255)
    summary = models.TextField(_("summary"), blank=True)
    start = models.DateTimeField(_("beginning"), db_index=True)
    end = models.DateTimeField(_("end"), db_index=True)
    all_day = models.BooleanField(_("all day"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=64)
    url = models.URLField(_("address"), max_length=1000)
    place = models.CharField(_("place"), max_length=255, blank=True)
    online = models.BooleanField(_("online"), default=False)
    cancelled = models.BooleanField(_("cancelled"), default=False)
    folded_title = models.CharField(max_length=510, editable=False, default="")
    # Two providers may announce the same; one of them is shown.
    shown = models.BooleanField(default=True, editable=False)

    public_if = "shown"
    archived_fields = ("shown",)

    graphql_fields = [
        field("provider: CalendarProvider!", "Whose event it is."),
        GraphQLString("source_uid", description="Mark by which the provider's calendar knows the event."),
        GraphQLString("title", description="Title as the provider wrote it, as plain text."),
        GraphQLString("summary", description="Beginning of the description, as plain text. It may be empty."),
        field("start: DateTime!", "Time at which it begins."),
        field("end: DateTime!", "Time at which it ends; that of the beginning if it is unknown."),
        GraphQLBoolean("all_day", description="Whether days are given and no times."),
        GraphQLString("time_zone", description="IANA time zone in which the provider gave the times."),
        GraphQLString("url", description="Address at which the event lives. Link to it."),
        GraphQLString("place", description="Place as the provider wrote it. It may be empty."),
        GraphQLBoolean("online", description="Whether people can take part online."),
        GraphQLBoolean("cancelled", description="Whether the provider has cancelled it."),
    ]

    graphql_list = List(
        "externalEditions",
        order={"START": By("start", "By beginning, the earliest first.", "By beginning, the latest first.")},
        filters={
            "provider": Where("provider__code", "Codes of providers."),
            "starts": Where("start", "Range of times in which it begins."),
            "ends": Where("end", "Range of times in which it ends."),
            "online": Where("online", "Whether people can take part online."),
            "cancelled": Where("cancelled", "Whether it is cancelled."),
            "titleContains": Where("folded_title", "Part of the title. Case and accents are ignored."),
        },
        description=(
            "Events of other providers, read from their calendars, each once. They are no editions of programmes "
            "and live at the provider."
        ),
    )

    class Meta:
        ordering = ["start", "pk"]
        verbose_name = _("event of another provider")
        verbose_name_plural = _("events of other providers")
        constraints = [
            models.UniqueConstraint(fields=["provider", "source_uid"], name="one_external_edition_per_uid"),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="external_edition_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded_title = fold(self.title)[:510]
        super().save(*args, **kwargs)

    @classmethod
    def show_each_once(cls) -> None:
        """Show the first of those that are the same: by mark, by address and beginning, or by title and beginning."""
        seen: set[tuple[Any, ...]] = set()
        for row in cls.objects.select_related("provider").order_by("provider_id", "pk"):
            # Not every provider's marks are its own: two may count from 1.
            unique = "@" in row.source_uid or "://" in row.source_uid
            keys: set[tuple[Any, ...]] = {
                ("uid", row.source_uid) if unique else ("uid", row.source_uid, row.start),
                ("title", row.folded_title, row.start),
            }
            if row.url != row.provider.url:
                keys.add(("url", row.url, row.start))
            if row.shown != keys.isdisjoint(seen):
                row.shown = not row.shown
                row.save()
            if row.shown:
                seen |= keys
