import centres.validation
import cms.body.field
import cms.fields
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cms", "0003_contentversion_changed_at"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    # Each table is made whole, after those that it refers to: adding columns and constraints later costs a new state
    # of all models for each, and on SQLite a copy of the table.
    operations = [
        migrations.CreateModel(
            name="CentreIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        help_text="One paragraph of 60 to 300 characters, without acronyms. It is shown in lists and found by search engines.",
                        validators=[
                            django.core.validators.MinLengthValidator(60),
                            django.core.validators.MaxLengthValidator(300),
                        ],
                        verbose_name="summary",
                    ),
                ),
                ("sort_key", models.CharField(db_index=True, default="", editable=False, max_length=240)),
                ("folded_title", models.CharField(default="", editable=False, max_length=510)),
                (
                    "body",
                    cms.body.field.BodyField(
                        blank=True, help_text="What all centres share.", verbose_name="body"
                    ),
                ),
            ],
            options={
                "verbose_name": "list of centres",
                "verbose_name_plural": "lists of centres",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="Audience",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="A short permanent mark for links and filters, such as young-readers. Do not change it later.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters without accents, digits and hyphens, such as young-readers.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "name",
                    cms.fields.LocalisedTextField(
                        default=cms.fields.LocalisedText,
                        help_text="The name in every language of the site.",
                        max_length=255,
                        verbose_name="name",
                    ),
                ),
                (
                    "sort_order",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Smaller numbers come first; equal ones in alphabetical order.",
                        verbose_name="order",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "audience",
                "verbose_name_plural": "audiences",
                "ordering": ["sort_order", "code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AwardCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="A short permanent mark for links and filters, such as young-readers. Do not change it later.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters without accents, digits and hyphens, such as young-readers.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "name",
                    cms.fields.LocalisedTextField(
                        default=cms.fields.LocalisedText,
                        help_text="The name in every language of the site.",
                        max_length=255,
                        verbose_name="name",
                    ),
                ),
                (
                    "sort_order",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Smaller numbers come first; equal ones in alphabetical order.",
                        verbose_name="order",
                    ),
                ),
                (
                    "valid_from_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty if the category has always existed.",
                        null=True,
                        verbose_name="first year",
                    ),
                ),
                (
                    "valid_to_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty while the category is in use.",
                        null=True,
                        verbose_name="last year",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "award category",
                "verbose_name_plural": "award categories",
                "ordering": ["sort_order", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to_year__isnull", True),
                            ("valid_from_year__isnull", True),
                            ("valid_to_year__gte", models.F("valid_from_year")),
                            _connector="OR",
                        ),
                        name="award_category_years_in_order",
                        violation_error_message="The last year cannot be before the first year. Correct one of them.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Book",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                ),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                (
                    "title",
                    models.CharField(
                        help_text="As it stands on the title page.", max_length=255, verbose_name="title"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Year it came out.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1550),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "publisher",
                    models.CharField(
                        blank=True, help_text="Such as “Miš”.", max_length=160, verbose_name="publisher"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        default="sl",
                        help_text="Code of the language it is written in, such as sl.",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "genre",
                    models.CharField(
                        blank=True,
                        help_text="Such as picture book or novel.",
                        max_length=120,
                        verbose_name="genre",
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        blank=True,
                        help_text="What it is about, in a few words.",
                        max_length=255,
                        verbose_name="theme",
                    ),
                ),
                (
                    "target_group",
                    models.CharField(
                        blank=True,
                        help_text="Such as “from 9 years”.",
                        max_length=120,
                        verbose_name="target group",
                    ),
                ),
                (
                    "physical_description",
                    models.CharField(
                        blank=True,
                        help_text="As in the catalogue: pages, illustrations, size.",
                        max_length=160,
                        verbose_name="physical description",
                    ),
                ),
                ("keywords", models.TextField(blank=True, help_text="One a line.", verbose_name="keywords")),
                (
                    "cobiss_id",
                    models.CharField(
                        blank=True,
                        help_text="Number of the record in the COBISS catalogue.",
                        max_length=20,
                        verbose_name="COBISS.SI-ID",
                    ),
                ),
                ("sort_key", models.CharField(db_index=True, default="", editable=False, max_length=240)),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "book",
                "verbose_name_plural": "books",
                "ordering": ["sort_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CompetenceField",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="A short permanent mark for links and filters, such as young-readers. Do not change it later.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters without accents, digits and hyphens, such as young-readers.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "name",
                    cms.fields.LocalisedTextField(
                        default=cms.fields.LocalisedText,
                        help_text="The name in every language of the site.",
                        max_length=255,
                        verbose_name="name",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("FIELD", "field"), ("SERVICE", "service")],
                        default="FIELD",
                        help_text="A field of work or a service for libraries.",
                        max_length=7,
                        verbose_name="kind",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "field of competence",
                "verbose_name_plural": "fields of competence",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Contributor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "name",
                    models.CharField(
                        help_text="As on the title page.", max_length=160, verbose_name="name and surname"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("AUTHOR", "author"),
                            ("ILLUSTRATOR", "illustrator"),
                            ("TRANSLATOR", "translator"),
                        ],
                        help_text="One row for every role.",
                        max_length=11,
                        verbose_name="role",
                    ),
                ),
                ("folded_name", models.CharField(default="", editable=False, max_length=320)),
                (
                    "book",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributors",
                        to="centres.book",
                    ),
                ),
            ],
            options={
                "verbose_name": "contributor",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                ),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("REGULATION", "regulation"),
                            ("RECOMMENDATION", "professional recommendation"),
                            ("STANDARD", "standard"),
                            ("STRATEGY", "strategic document"),
                        ],
                        help_text="How binding it is decides the kind.",
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                (
                    "title",
                    cms.fields.LocalisedTextField(
                        default=cms.fields.LocalisedText,
                        help_text="Full title, as published.",
                        max_length=500,
                        verbose_name="title",
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        help_text="Where the valid text stands, best in the register of law.",
                        verbose_name="link",
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        blank=True,
                        help_text="Empty if it is not known.",
                        null=True,
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="Last day; empty while it is in force.",
                        null=True,
                        verbose_name="valid until",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "legal basis",
                "verbose_name_plural": "legal bases",
                "ordering": ["kind", "-valid_from", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="legal_basis_dates_in_order",
                        violation_error_message="It ends before it begins to apply. Correct one of the two dates.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Network",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="A short permanent mark for links and filters, such as young-readers. Do not change it later.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters without accents, digits and hyphens, such as young-readers.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "name",
                    cms.fields.LocalisedTextField(
                        default=cms.fields.LocalisedText,
                        help_text="The name in every language of the site.",
                        max_length=255,
                        verbose_name="name",
                    ),
                ),
                (
                    "description",
                    cms.fields.LocalisedTextField(
                        blank=True,
                        default=cms.fields.LocalisedText,
                        help_text="One or two sentences: which libraries belong to it.",
                        multiline=True,
                        verbose_name="description",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "network of libraries",
                "verbose_name_plural": "networks of libraries",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="A short permanent mark for links and filters, such as young-readers. Do not change it later.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters without accents, digits and hyphens, such as young-readers.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "name",
                    cms.fields.LocalisedTextField(
                        default=cms.fields.LocalisedText,
                        help_text="The name in every language of the site.",
                        max_length=255,
                        verbose_name="name",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("LIBRARY", "library"),
                            ("ASSOCIATION", "association"),
                            ("PUBLIC_BODY", "public body"),
                            ("OTHER", "other"),
                        ],
                        default="LIBRARY",
                        help_text="Only a library can host a centre.",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "acronym",
                    models.CharField(
                        blank=True, help_text="Such as NUK or IZUM.", max_length=40, verbose_name="acronym"
                    ),
                ),
                (
                    "city",
                    models.CharField(
                        blank=True, help_text="Where it has its seat.", max_length=120, verbose_name="city"
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True, help_text="Address of its website, with https://.", verbose_name="website"
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="CommissionPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        help_text="One paragraph of 60 to 300 characters, without acronyms. It is shown in lists and found by search engines.",
                        validators=[
                            django.core.validators.MinLengthValidator(60),
                            django.core.validators.MaxLengthValidator(300),
                        ],
                        verbose_name="summary",
                    ),
                ),
                ("sort_key", models.CharField(db_index=True, default="", editable=False, max_length=240)),
                ("folded_title", models.CharField(default="", editable=False, max_length=510)),
                (
                    "body",
                    cms.body.field.BodyField(
                        blank=True, help_text="Who it is and how it works.", verbose_name="body"
                    ),
                ),
                (
                    "review_interval_months",
                    models.PositiveSmallIntegerField(
                        default=36,
                        help_text="How often every centre is reviewed; 36 for every three years.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="months between reviews",
                    ),
                ),
                (
                    "tasks",
                    models.TextField(
                        help_text="What the commission does, one task a line.", verbose_name="tasks"
                    ),
                ),
                (
                    "parent_body",
                    models.ForeignKey(
                        help_text="The association at which the commission works.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.organisation",
                        verbose_name="parent body",
                    ),
                ),
            ],
            options={
                "verbose_name": "commission",
                "verbose_name_plural": "commissions",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As the person signs, without titles.",
                        max_length=160,
                        verbose_name="name and surname",
                    ),
                ),
                (
                    "title",
                    cms.fields.LocalisedTextField(
                        blank=True,
                        default=cms.fields.LocalisedText,
                        help_text="Profession or academic title, such as “librarian”.",
                        max_length=160,
                        verbose_name="profession or title",
                    ),
                ),
                (
                    "publication_consent",
                    models.BooleanField(
                        default=False,
                        help_text="Tick only if the person agreed in writing that the name is published.",
                        verbose_name="agrees to be named",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="A work address only, never a private one.",
                        max_length=254,
                        verbose_name="work e-mail",
                    ),
                ),
                (
                    "email_consent",
                    models.BooleanField(
                        default=False,
                        help_text="Tick only if the person agreed in writing that this address is published.",
                        verbose_name="agrees to publish the e-mail",
                    ),
                ),
                ("sort_key", models.CharField(db_index=True, default="", editable=False, max_length=240)),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed for reviewers: nobody may review a centre of their own library.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.organisation",
                        verbose_name="employer",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        help_text="The person's own sign-in, if there is one.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["sort_key", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), ("email_consent", True), _connector="OR"),
                        name="person_email_needs_consent",
                        violation_error_code="consent",
                        violation_error_message="Tick that the person agrees to publish the e-mail, or remove the e-mail.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeFormat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="A short permanent mark for links and filters, such as young-readers. Do not change it later.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters without accents, digits and hyphens, such as young-readers.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "name",
                    cms.fields.LocalisedTextField(
                        default=cms.fields.LocalisedText,
                        help_text="The name in every language of the site.",
                        max_length=255,
                        verbose_name="name",
                    ),
                ),
                (
                    "sort_order",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Smaller numbers come first; equal ones in alphabetical order.",
                        verbose_name="order",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "programme format",
                "verbose_name_plural": "programme formats",
                "ordering": ["sort_order", "code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReviewCycle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    cms.fields.LocalisedTextField(
                        default=cms.fields.LocalisedText,
                        help_text="Such as “Review 2024”.",
                        max_length=160,
                        verbose_name="name",
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[("ALL", "all centres"), ("SELECTED", "selected centres")],
                        default="ALL",
                        help_text="Which centres are reviewed in this round.",
                        max_length=8,
                        verbose_name="scope",
                    ),
                ),
                ("starts_on", models.DateField(help_text="When the round begins.", verbose_name="from")),
                (
                    "starts_on_precision",
                    models.CharField(
                        choices=[("DAY", "day"), ("MONTH", "month"), ("YEAR", "year")],
                        default="MONTH",
                        help_text="If the day is unknown, choose “month”.",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                ("ends_on", models.DateField(help_text="When the round must be over.", verbose_name="until")),
                (
                    "ends_on_precision",
                    models.CharField(
                        choices=[("DAY", "day"), ("MONTH", "month"), ("YEAR", "year")],
                        default="MONTH",
                        help_text="If the day is unknown, choose “month”.",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "review cycle",
                "verbose_name_plural": "review cycles",
                "ordering": ["-starts_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="A short permanent mark for links and filters, such as young-readers. Do not change it later.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters without accents, digits and hyphens, such as young-readers.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "name",
                    cms.fields.LocalisedTextField(
                        default=cms.fields.LocalisedText,
                        help_text="The name in every language of the site.",
                        max_length=255,
                        verbose_name="name",
                    ),
                ),
                (
                    "sort_order",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Smaller numbers come first; equal ones in alphabetical order.",
                        verbose_name="order",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ["sort_order", "code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CentrePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        help_text="One paragraph of 60 to 300 characters, without acronyms. It is shown in lists and found by search engines.",
                        validators=[
                            django.core.validators.MinLengthValidator(60),
                            django.core.validators.MaxLengthValidator(300),
                        ],
                        verbose_name="summary",
                    ),
                ),
                ("sort_key", models.CharField(db_index=True, default="", editable=False, max_length=240)),
                ("folded_title", models.CharField(default="", editable=False, max_length=510)),
                (
                    "short_name",
                    models.CharField(
                        help_text="Short name used in lists, such as “Pionirska”.",
                        max_length=80,
                        verbose_name="short name",
                    ),
                ),
                (
                    "official_name",
                    models.CharField(
                        help_text="The name exactly as it stands in the decision of the commission.",
                        max_length=255,
                        validators=[centres.validation.check_official_name],
                        verbose_name="official name",
                    ),
                ),
                (
                    "name_variants",
                    models.TextField(
                        blank=True,
                        help_text="Other spellings in use, one a line. They are not shown as names but help people find the centre.",
                        verbose_name="other names",
                    ),
                ),
                (
                    "easy_read_summary",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="Short and simple: sentences of at most 15 words, no foreign words.",
                        verbose_name="easy-to-read summary",
                    ),
                ),
                (
                    "body",
                    cms.body.field.BodyField(
                        blank=True, help_text="The centre in its own words.", verbose_name="body"
                    ),
                ),
                (
                    "functions",
                    cms.fields.MultiChoiceField(
                        default=list,
                        help_text="What the centre does for its field; at least one.",
                        verbose_name="functions",
                    ),
                ),
                (
                    "roles",
                    cms.fields.MultiChoiceField(
                        default=list,
                        help_text="What the centre is for others; at least one.",
                        verbose_name="roles",
                    ),
                ),
                (
                    "contact_email",
                    models.EmailField(
                        help_text="The centre's own address, not a person's.",
                        max_length=254,
                        verbose_name="e-mail",
                    ),
                ),
                (
                    "contact_phone",
                    models.CharField(
                        blank=True,
                        help_text="With the country code and without spaces, such as +38613084800.",
                        max_length=16,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\+[1-9]\\d{6,14}\\Z",
                                "Write the number with the country code and without spaces, such as +38613084800.",
                            )
                        ],
                        verbose_name="telephone",
                    ),
                ),
                (
                    "contact_address",
                    models.CharField(
                        blank=True,
                        help_text="Street, number, postal code and city.",
                        max_length=255,
                        verbose_name="address",
                    ),
                ),
                (
                    "contact_url",
                    models.URLField(
                        blank=True,
                        help_text="The centre's own website, with https://.",
                        validators=[centres.validation.check_https],
                        verbose_name="website",
                    ),
                ),
                (
                    "intro",
                    models.ForeignKey(
                        blank=True,
                        help_text="Text shared by all centres; it is kept in one place.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.sharedtext",
                        verbose_name="shared introduction",
                    ),
                ),
                (
                    "lead_image",
                    models.ForeignKey(
                        blank=True,
                        help_text="Shown at the top of the page and in lists; it needs an alternative text.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.image",
                        verbose_name="lead image",
                    ),
                ),
                (
                    "competence_field",
                    models.ForeignKey(
                        help_text="The field or service for which the centre was appointed.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.competencefield",
                        verbose_name="field or service",
                    ),
                ),
                (
                    "related_fields",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="Other fields with which the centre exchanges knowledge.",
                        related_name="+",
                        to="centres.competencefield",
                        verbose_name="related fields",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        help_text="The network of libraries that the centre serves.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.network",
                        verbose_name="network",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        help_text="The library in which the centre works.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.organisation",
                        verbose_name="host library",
                    ),
                ),
                (
                    "topics",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="What the centre is about.",
                        related_name="+",
                        to="centres.topic",
                        verbose_name="topics",
                    ),
                ),
            ],
            options={
                "verbose_name": "centre",
                "verbose_name_plural": "centres",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="CentreAudience",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("translation_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "primary",
                    models.BooleanField(
                        default=False,
                        help_text="Tick exactly one: the people the centre serves first of all.",
                        verbose_name="primary",
                    ),
                ),
                (
                    "audience",
                    models.ForeignKey(
                        help_text="Who the centre serves.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.audience",
                        verbose_name="audience",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audiences",
                        to="centres.centrepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "audience of a centre",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExpectedEffect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("translation_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "text",
                    models.TextField(
                        help_text="What will be better because of the centre's work.",
                        verbose_name="expected effect",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("INDIVIDUAL", "each librarian"),
                            ("LIBRARY", "the whole library"),
                            ("NETWORK", "the network of libraries"),
                            ("COMMUNITY", "the local community"),
                        ],
                        help_text="For whom it will be better.",
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="expected_effects",
                        to="centres.centrepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "expected effect",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("translation_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "text",
                    models.TextField(
                        help_text="Make it measurable: what will be different, and by when.",
                        verbose_name="goal",
                    ),
                ),
                (
                    "indicator",
                    models.CharField(
                        blank=True,
                        help_text="What is counted, such as “trained librarians a year”.",
                        max_length=255,
                        verbose_name="indicator",
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="The number to reach.",
                        max_digits=12,
                        null=True,
                        verbose_name="target",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        help_text="Unit of the target, such as “people”.",
                        max_length=60,
                        verbose_name="unit",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goals",
                        to="centres.centrepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "goal",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target__isnull", True), models.Q(("unit", ""), _negated=True), _connector="OR"
                        ),
                        name="goal_target_needs_unit",
                        violation_error_code="unit",
                        violation_error_message="A target needs a unit. Write what the number counts, such as “people”.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("translation_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "date",
                    models.DateField(
                        help_text="If only the month or year is known, choose its first day.",
                        verbose_name="date",
                    ),
                ),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("DAY", "day"), ("MONTH", "month"), ("YEAR", "year")],
                        default="DAY",
                        help_text="If the day is unknown, choose “month”.",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                ("text", models.TextField(help_text="What happened, in one sentence.", verbose_name="text")),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to="centres.centrepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "ordering": ["date", "sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                ),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                ("locked", models.BooleanField(default=False, editable=False, verbose_name="locked")),
                ("locked_at", models.DateTimeField(editable=False, null=True, verbose_name="locked at")),
                ("centre_key", models.UUIDField(db_index=True, editable=False)),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("APPOINTED", "appointed"),
                            ("STATUS_GRANTED", "status granted"),
                            ("TITLE_GRANTED", "title granted"),
                            ("RENEWED", "renewed"),
                            ("WITHDRAWN", "withdrawn"),
                        ],
                        help_text="In the words of the decision.",
                        max_length=14,
                        verbose_name="act",
                    ),
                ),
                (
                    "title_awarded",
                    cms.fields.LocalisedTextField(
                        default=cms.fields.LocalisedText,
                        help_text="The whole title, such as “competence centre for local studies”.",
                        max_length=255,
                        verbose_name="title awarded",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("NATIONAL", "national"), ("REGIONAL", "regional")],
                        default="NATIONAL",
                        help_text="For which area the centre works.",
                        max_length=8,
                        verbose_name="level",
                    ),
                ),
                (
                    "decided_on",
                    models.DateField(
                        help_text="Not in the future. If the day is unknown choose its first.",
                        verbose_name="decided on",
                    ),
                ),
                (
                    "decided_on_precision",
                    models.CharField(
                        choices=[("DAY", "day"), ("MONTH", "month"), ("YEAR", "year")],
                        default="MONTH",
                        help_text="If the day is unknown, choose “month”.",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        help_text="First day of the term, or of the withdrawal.", verbose_name="valid from"
                    ),
                ),
                (
                    "valid_from_precision",
                    models.CharField(
                        choices=[("DAY", "day"), ("MONTH", "month"), ("YEAR", "year")],
                        default="MONTH",
                        help_text="If the day is unknown, choose “month”.",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                (
                    "term_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=36,
                        help_text="36 for three years; empty for a withdrawal.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="term in months",
                    ),
                ),
                ("valid_until", models.DateField(db_index=True, editable=False, null=True)),
                (
                    "decision_number",
                    models.CharField(
                        blank=True,
                        help_text="As it stands on the decision.",
                        max_length=60,
                        verbose_name="number of the decision",
                    ),
                ),
                (
                    "reason",
                    cms.fields.LocalisedTextField(
                        blank=True,
                        default=cms.fields.LocalisedText,
                        help_text="A withdrawal needs a reason; it is not published here.",
                        multiline=True,
                        verbose_name="reason",
                    ),
                ),
                (
                    "decision_document",
                    models.ForeignKey(
                        blank=True,
                        help_text="The decision as a file; it is not published here.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.document",
                        verbose_name="decision",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        blank=True,
                        help_text="The earlier decision that this one takes the place of.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="centres.appointment",
                        verbose_name="takes the place of",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        help_text="Whom the decision is about; the centre's page in any language.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.centrepage",
                        verbose_name="centre",
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        help_text="Who made the decision.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.organisation",
                        verbose_name="issuer",
                    ),
                ),
            ],
            options={
                "verbose_name": "appointment",
                "verbose_name_plural": "appointments",
                "ordering": ["-valid_from", "-decided_on", "-pk"],
                "indexes": [models.Index(fields=["centre_key", "valid_from"], name="appointment_by_centre")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", "WITHDRAWN"), ("term_months__isnull", True)),
                            models.Q(
                                models.Q(("act", "WITHDRAWN"), _negated=True),
                                ("term_months__gte", 1),
                                ("term_months__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="appointment_has_term_unless_withdrawn",
                        violation_error_message="Write the term in months; leave it empty only for a withdrawal.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("translation_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("COMPLEMENTS", "the centre complements its programmes"),
                            ("COOPERATES", "cooperates"),
                            ("STAKEHOLDER", "other stakeholder"),
                            ("FUNDS", "funds"),
                        ],
                        help_text="How the two work together. For two relations add two rows.",
                        max_length=11,
                        verbose_name="relation",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="What they do together, in a few words.",
                        max_length=255,
                        verbose_name="note",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="With whom the centre works; not its own host library.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="centres.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="centres.centrepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProgrammePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        help_text="One paragraph of 60 to 300 characters, without acronyms. It is shown in lists and found by search engines.",
                        validators=[
                            django.core.validators.MinLengthValidator(60),
                            django.core.validators.MaxLengthValidator(300),
                        ],
                        verbose_name="summary",
                    ),
                ),
                ("sort_key", models.CharField(db_index=True, default="", editable=False, max_length=240)),
                ("folded_title", models.CharField(default="", editable=False, max_length=510)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("TRAINING", "training"),
                            ("MEETING_SERIES", "meeting series"),
                            ("CAMPAIGN", "campaign"),
                            ("PUBLICATION", "publication"),
                            ("AWARD", "award"),
                            ("QUALITY_SIGN", "quality sign"),
                            ("SERVICE", "service"),
                        ],
                        help_text="It decides what its editions are: events, awards or publications.",
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                (
                    "body",
                    cms.body.field.BodyField(
                        blank=True,
                        help_text="What the programme is. Put dates on the edition.",
                        verbose_name="body",
                    ),
                ),
                (
                    "purposes",
                    cms.fields.MultiChoiceField(
                        blank=True,
                        default=list,
                        help_text="What participants come for.",
                        verbose_name="purposes",
                    ),
                ),
                (
                    "outcomes",
                    models.TextField(
                        blank=True,
                        help_text="What participants can do afterwards, one outcome a line; begin with a verb.",
                        verbose_name="outcomes",
                    ),
                ),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("ONE_OFF", "once"),
                            ("MONTHLY_SERIES", "monthly series"),
                            ("ANNUAL", "every year"),
                            ("SCHOOL_YEAR", "every school year"),
                            ("ONGOING", "all the time"),
                        ],
                        help_text="How often it takes place.",
                        max_length=14,
                        verbose_name="cadence",
                    ),
                ),
                (
                    "since_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="First year.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1861)],
                        verbose_name="since",
                    ),
                ),
                (
                    "duration_hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Length of one edition in hours.",
                        max_digits=6,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0.25)],
                        verbose_name="hours",
                    ),
                ),
                (
                    "duration_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Number of days of one edition.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="days",
                    ),
                ),
                (
                    "credential_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("CERTIFICATE", "certificate of attendance"),
                            ("POINTS", "points for promotion"),
                            ("EXAM", "exam"),
                        ],
                        help_text="What participants get at the end; empty if nothing.",
                        max_length=11,
                        verbose_name="credential",
                    ),
                ),
                (
                    "credential_hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="As printed on it.",
                        max_digits=6,
                        null=True,
                        verbose_name="hours on the credential",
                    ),
                ),
                (
                    "credential_text",
                    models.CharField(
                        blank=True,
                        help_text="Who issues it and what it counts for.",
                        max_length=255,
                        verbose_name="about the credential",
                    ),
                ),
                ("centre_key", models.UUIDField(db_index=True, editable=False)),
                (
                    "format",
                    models.ForeignKey(
                        help_text="Seminar, workshop, symposium, quiz and so on.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.programmeformat",
                        verbose_name="format",
                    ),
                ),
                (
                    "lead_image",
                    models.ForeignKey(
                        blank=True,
                        help_text="Shown at the top of the page and in lists; it needs an alternative text.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.image",
                        verbose_name="lead image",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        blank=True,
                        help_text="The programme that this one took the place of.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="centres.programmepage",
                        verbose_name="predecessor",
                    ),
                ),
                (
                    "topics",
                    modelcluster.fields.ParentalManyToManyField(
                        help_text="What it is about: one to five topics.",
                        related_name="+",
                        to="centres.topic",
                        verbose_name="topics",
                    ),
                ),
            ],
            options={
                "verbose_name": "programme",
                "verbose_name_plural": "programmes",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                ),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                ("locked", models.BooleanField(default=False, editable=False, verbose_name="locked")),
                ("locked_at", models.DateTimeField(editable=False, null=True, verbose_name="locked at")),
                ("programme_key", models.UUIDField(db_index=True, editable=False)),
                (
                    "type",
                    models.CharField(
                        choices=[("EVENT", "event"), ("AWARD", "award"), ("PUBLICATION", "publication")],
                        editable=False,
                        max_length=11,
                    ),
                ),
                (
                    "label",
                    cms.fields.LocalisedTextField(
                        blank=True,
                        default=cms.fields.LocalisedText,
                        help_text="What tells this edition from the others, such as “15th cycle”. The dates follow by themselves.",
                        max_length=160,
                        verbose_name="label",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        db_index=True,
                        help_text="The year of this edition.",
                        validators=[
                            django.core.validators.MinValueValidator(1861),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="year",
                    ),
                ),
                ("starts_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                ("ends_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty does not mean unlimited: tick “no limit of seats” for that.",
                        null=True,
                        verbose_name="seats",
                    ),
                ),
                (
                    "applications_open",
                    models.DateTimeField(
                        blank=True,
                        help_text="First moment to apply; empty: from now on.",
                        null=True,
                        verbose_name="applications from",
                    ),
                ),
                (
                    "applications_close",
                    models.DateTimeField(
                        blank=True,
                        help_text="Last day, until 23:59: a day without a time, or with 00:00, counts to its end.",
                        null=True,
                        verbose_name="applications until",
                    ),
                ),
                (
                    "status_override",
                    models.CharField(
                        choices=[
                            ("NONE", "as planned"),
                            ("CANCELLED", "cancelled"),
                            ("POSTPONED", "postponed, new date not known yet"),
                        ],
                        default="NONE",
                        help_text="A cancellation needs a public reason. If the new date is known, change the sessions instead.",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        help_text="The programme of which this is one run; its page in any language.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.programmepage",
                        verbose_name="programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
                "ordering": ["-starts_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("type__in", ["AWARD", "PUBLICATION"])),
                        fields=("programme_key", "year"),
                        name="one_award_or_publication_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_at__isnull", True),
                            ("ends_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="edition_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("applications_open__isnull", True),
                            ("applications_close__isnull", True),
                            ("applications_close__gte", models.F("applications_open")),
                            _connector="OR",
                        ),
                        name="edition_applications_in_order",
                        violation_error_message="Applications end before they begin. Correct one of the two.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardEdition",
            fields=[
                (
                    "edition_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="centres.edition",
                    ),
                ),
                (
                    "production_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Year the books came out, not the year of the award.",
                        null=True,
                        verbose_name="year of the books",
                    ),
                ),
                (
                    "announced_on",
                    models.DateField(
                        blank=True,
                        help_text="When the results were made known.",
                        null=True,
                        verbose_name="announced on",
                    ),
                ),
                (
                    "announced_on_precision",
                    models.CharField(
                        choices=[("DAY", "day"), ("MONTH", "month"), ("YEAR", "year")],
                        default="DAY",
                        help_text="If the day is unknown, choose “month”.",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                (
                    "ceremony_on",
                    models.DateField(
                        blank=True,
                        help_text="When the award was given.",
                        null=True,
                        verbose_name="ceremony on",
                    ),
                ),
                (
                    "ceremony_on_precision",
                    models.CharField(
                        choices=[("DAY", "day"), ("MONTH", "month"), ("YEAR", "year")],
                        default="DAY",
                        help_text="If the day is unknown, choose “month”.",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                (
                    "ceremony_place",
                    cms.fields.LocalisedTextField(
                        blank=True,
                        default=cms.fields.LocalisedText,
                        help_text="House and city.",
                        max_length=255,
                        verbose_name="place of the ceremony",
                    ),
                ),
                (
                    "jury",
                    models.TextField(
                        blank=True,
                        help_text="Members of the jury, one a line. It is not published.",
                        verbose_name="jury",
                    ),
                ),
                (
                    "count_published",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty if it is not known; 0 means none.",
                        null=True,
                        verbose_name="books published",
                    ),
                ),
                (
                    "count_evaluated",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty if it is not known; 0 means none.",
                        null=True,
                        verbose_name="books evaluated",
                    ),
                ),
                (
                    "count_signed",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty if it is not known; 0 means none.",
                        null=True,
                        verbose_name="books with the sign",
                    ),
                ),
                (
                    "count_publishers",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty if it is not known; 0 means none.",
                        null=True,
                        verbose_name="publishers",
                    ),
                ),
                (
                    "co_awarders",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="Who gives the award together with the centre.",
                        related_name="+",
                        to="centres.organisation",
                        verbose_name="co-awarders",
                    ),
                ),
            ],
            options={
                "verbose_name": "award edition",
                "verbose_name_plural": "award editions",
            },
            bases=("centres.edition",),
        ),
        migrations.CreateModel(
            name="EditionAvailability",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="availability",
                        serialize=False,
                        to="centres.edition",
                        verbose_name="edition",
                    ),
                ),
                (
                    "seats_taken",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="It counts at once, without publishing.",
                        verbose_name="seats taken",
                    ),
                ),
                (
                    "waitlist",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="It counts at once, without publishing.",
                        verbose_name="people on the waiting list",
                    ),
                ),
            ],
            options={
                "verbose_name": "seats of an edition",
                "verbose_name_plural": "seats of editions",
            },
        ),
        migrations.CreateModel(
            name="PublicationEdition",
            fields=[
                (
                    "edition_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="centres.edition",
                    ),
                ),
                (
                    "own_title",
                    cms.fields.LocalisedTextField(
                        blank=True,
                        default=cms.fields.LocalisedText,
                        help_text="The title of this issue, such as “Ozvezdje Knjiga”.",
                        max_length=255,
                        verbose_name="own title",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(
                        blank=True, help_text="When it came out.", null=True, verbose_name="published on"
                    ),
                ),
                (
                    "published_on_precision",
                    models.CharField(
                        choices=[("DAY", "day"), ("MONTH", "month"), ("YEAR", "year")],
                        default="DAY",
                        help_text="If the day is unknown, choose “month”.",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                (
                    "isbn",
                    models.CharField(
                        blank=True,
                        help_text="With or without hyphens.",
                        max_length=17,
                        validators=[centres.validation.check_isbn],
                        verbose_name="ISBN",
                    ),
                ),
                (
                    "cobiss_id",
                    models.CharField(
                        blank=True,
                        help_text="Number of the record in the COBISS catalogue.",
                        max_length=20,
                        verbose_name="COBISS.SI-ID",
                    ),
                ),
                (
                    "production_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Year in which the books that it covers came out.",
                        null=True,
                        verbose_name="year of the books",
                    ),
                ),
                (
                    "count_evaluated",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty if it is not known; 0 means none.",
                        null=True,
                        verbose_name="books evaluated",
                    ),
                ),
                (
                    "count_recommended",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty if it is not known; 0 means none.",
                        null=True,
                        verbose_name="books recommended",
                    ),
                ),
                (
                    "count_excellent",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty if it is not known; 0 means none.",
                        null=True,
                        verbose_name="excellent books",
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        help_text="Picture of the cover.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.image",
                        verbose_name="cover",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        help_text="The file to download; say with the file whether a screen reader can read it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.document",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "publication edition",
                "verbose_name_plural": "publication editions",
            },
            bases=("centres.edition",),
        ),
        migrations.CreateModel(
            name="AwardResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("AWARDED", "awarded"), ("NOT_AWARDED", "not awarded")],
                        help_text="Record “not awarded” as a result.",
                        max_length=11,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "citation",
                    cms.fields.LocalisedTextField(
                        blank=True,
                        default=cms.fields.LocalisedText,
                        help_text="What the jury says about it.",
                        multiline=True,
                        verbose_name="citation",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        help_text="It must have been given in this year.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.awardcategory",
                        verbose_name="category",
                    ),
                ),
                (
                    "books",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="One book, several that share the award, or none if it was not awarded.",
                        related_name="award_results",
                        to="centres.book",
                        verbose_name="books",
                    ),
                ),
                (
                    "edition",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="centres.awardedition",
                    ),
                ),
            ],
            options={
                "verbose_name": "result",
                "verbose_name_plural": "results",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProgrammeFunder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("translation_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="Who pays for it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programme_funders",
                        to="centres.programmepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "funder",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProgrammeCoOrganiser",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("translation_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="Who organises it together with the centre.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programme_co_organisers",
                        to="centres.programmepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "co-organiser",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProgrammeAudience",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("translation_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "audience",
                    models.ForeignKey(
                        help_text="Who it is for. Move the rows: those at the top get seats first.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.audience",
                        verbose_name="audience",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programme_audiences",
                        to="centres.programmepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "audience of a programme",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ExternalCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("translation_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "scheme",
                    models.CharField(
                        help_text="Name of the catalogue, such as KATIS.",
                        max_length=40,
                        verbose_name="catalogue",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Code in another catalogue.", max_length=80, verbose_name="code"
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="external_codes",
                        to="centres.programmepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "code in another catalogue",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ResultItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("translation_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PROFESSIONAL", "professional work"),
                            ("DEVELOPMENT", "development work"),
                            ("RESEARCH", "research work"),
                        ],
                        help_text="Kind of work that led to the result.",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="Title of the article, manual or study.",
                        max_length=255,
                        verbose_name="title",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Year of publication.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1861),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="year",
                    ),
                ),
                ("url", models.URLField(blank=True, help_text="Where it can be read.", verbose_name="link")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        help_text="The file, if it is kept here.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cms.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="centres.centrepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "result",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last published at"),
                ),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                ("locked", models.BooleanField(default=False, editable=False, verbose_name="locked")),
                ("locked_at", models.DateTimeField(editable=False, null=True, verbose_name="locked at")),
                ("centre_key", models.UUIDField(db_index=True, editable=False)),
                ("due_on", models.DateField(db_index=True, editable=False)),
                (
                    "due_on_precision",
                    models.CharField(
                        choices=[("DAY", "day"), ("MONTH", "month"), ("YEAR", "year")],
                        editable=False,
                        max_length=5,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PLANNED", "planned"),
                            ("SELF_REPORT", "self-report"),
                            ("IN_REVIEW", "in review"),
                            ("DECIDED", "decided"),
                        ],
                        db_index=True,
                        default="PLANNED",
                        help_text="Planned, then the centre's self-report, then the commission's review, then the decision.",
                        max_length=11,
                        verbose_name="state",
                    ),
                ),
                (
                    "self_report",
                    models.TextField(
                        blank=True,
                        help_text="The centre's own account of its goals and effects. It is not published.",
                        verbose_name="self-report",
                    ),
                ),
                (
                    "adequacy",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ADEQUATE", "adequate"),
                            ("PARTLY", "partly adequate"),
                            ("NOT_ADEQUATE", "not adequate"),
                        ],
                        help_text="Needed to decide.",
                        max_length=12,
                        verbose_name="adequacy of operation",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("RENEW", "renew"),
                            ("RENEW_WITH_CONDITIONS", "renew with conditions"),
                            ("WITHDRAW", "withdraw"),
                        ],
                        help_text="Needed to decide.",
                        max_length=21,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "decided_on",
                    models.DateField(
                        blank=True, help_text="Needed to decide.", null=True, verbose_name="decided on"
                    ),
                ),
                (
                    "public_summary",
                    cms.fields.LocalisedTextField(
                        blank=True,
                        default=cms.fields.LocalisedText,
                        help_text="Needed to decide. No personal data or votes.",
                        multiline=True,
                        verbose_name="public summary",
                    ),
                ),
                (
                    "internal_note",
                    models.TextField(
                        blank=True,
                        help_text="For the commission only; it is never published.",
                        verbose_name="internal note",
                    ),
                ),
                (
                    "appointment",
                    models.ForeignKey(
                        help_text="The term that is reviewed; its last day is the day by which the review is due.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="centres.appointment",
                        verbose_name="appointment",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        help_text="Who is reviewed; the centre's page in any language.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.centrepage",
                        verbose_name="centre",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
                (
                    "reviewers",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="Members of the commission; nobody employed by the host library. They are not published.",
                        related_name="+",
                        to="centres.person",
                        verbose_name="reviewers",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        blank=True,
                        help_text="The round of all centres to which it belongs, if any.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="centres.reviewcycle",
                        verbose_name="review cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "ordering": ["-due_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "DECIDED"), _negated=True),
                            models.Q(
                                models.Q(("adequacy", ""), _negated=True),
                                models.Q(("outcome", ""), _negated=True),
                                ("decided_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="review_decision_is_complete",
                        violation_error_message="A decided review needs adequacy, outcome and the day of the decision.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalAssessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("ACHIEVED", "achieved"),
                            ("PARTLY", "partly achieved"),
                            ("NOT_ACHIEVED", "not achieved"),
                        ],
                        help_text="How far the goal was reached.",
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                (
                    "evidence",
                    cms.fields.LocalisedTextField(
                        blank=True,
                        default=cms.fields.LocalisedText,
                        help_text="What shows it: numbers, documents, events.",
                        multiline=True,
                        verbose_name="evidence",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        help_text="A goal of this centre.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.goal",
                        verbose_name="goal",
                    ),
                ),
                (
                    "review",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goal_assessments",
                        to="centres.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment of a goal",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EffectAssessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("ACHIEVED", "achieved"),
                            ("PARTLY", "partly achieved"),
                            ("NOT_ACHIEVED", "not achieved"),
                        ],
                        help_text="How far it came about.",
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                (
                    "evidence",
                    cms.fields.LocalisedTextField(
                        blank=True,
                        default=cms.fields.LocalisedText,
                        help_text="What shows it: numbers, documents, events.",
                        multiline=True,
                        verbose_name="evidence",
                    ),
                ),
                (
                    "effect",
                    models.ForeignKey(
                        help_text="An expected effect of this centre.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.expectedeffect",
                        verbose_name="expected effect",
                    ),
                ),
                (
                    "review",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="effect_assessments",
                        to="centres.review",
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment of an effect",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Solution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("translation_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PROFESSIONAL", "professional work"),
                            ("DEVELOPMENT", "development work"),
                            ("RESEARCH", "research work"),
                        ],
                        help_text="Professional or development solution.",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "title",
                    models.CharField(help_text="Name of the solution.", max_length=160, verbose_name="title"),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True, help_text="What libraries gain from it.", verbose_name="description"
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True, help_text="Where it can be read about or used.", verbose_name="link"
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="solutions",
                        to="centres.centrepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "solution",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SpecialCollection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("translation_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "name",
                    models.CharField(
                        help_text="Name of the special collection.", max_length=160, verbose_name="name"
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True, help_text="What it holds and for whom.", verbose_name="description"
                    ),
                ),
                (
                    "size",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Number of items; empty if it is not known.",
                        null=True,
                        verbose_name="size",
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True, help_text="Where it is described or searched.", verbose_name="link"
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="collections",
                        to="centres.centrepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "special collection",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StaffMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("translation_key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "role",
                    models.CharField(
                        help_text="What the person does at the centre.", max_length=160, verbose_name="role"
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staff",
                        to="centres.centrepage",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        help_text="Work contacts only; the person must have agreed to be named.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "member of staff",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Venue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    cms.fields.LocalisedTextField(
                        default=cms.fields.LocalisedText,
                        help_text="Hall and house, such as “Knjižnica Otona Župančiča, hall”.",
                        max_length=160,
                        verbose_name="name",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        help_text="Street, number, postal code and city.",
                        max_length=255,
                        verbose_name="address",
                    ),
                ),
                (
                    "step_free",
                    models.BooleanField(
                        blank=True,
                        help_text="Choose “Unknown” if nobody has checked.",
                        null=True,
                        verbose_name="step-free access",
                    ),
                ),
                (
                    "hearing_loop",
                    models.BooleanField(
                        blank=True,
                        help_text="Choose “Unknown” if nobody has checked.",
                        null=True,
                        verbose_name="hearing loop",
                    ),
                ),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "venue",
                "verbose_name_plural": "venues",
                "ordering": ["address", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EventEdition",
            fields=[
                (
                    "edition_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="centres.edition",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Which run it is, such as 15.", null=True, verbose_name="number"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("ONSITE", "on site"),
                            ("ONLINE", "online"),
                            ("BLENDED", "blended"),
                            ("EITHER", "on site or online, as participants choose"),
                        ],
                        help_text="“As participants choose” if each may choose between the hall and the web.",
                        max_length=7,
                        verbose_name="mode",
                    ),
                ),
                (
                    "online_url",
                    models.URLField(
                        blank=True,
                        help_text="Only for people who are registered; it is never published.",
                        verbose_name="link to the online room",
                    ),
                ),
                (
                    "unlimited",
                    models.BooleanField(
                        default=False,
                        help_text="Tick if anyone may come; then leave the number of seats empty.",
                        verbose_name="no limit of seats",
                    ),
                ),
                (
                    "capacity_onsite",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Only if the hall and the web have separate limits.",
                        null=True,
                        verbose_name="of these in the hall",
                    ),
                ),
                (
                    "capacity_online",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Only if the hall and the web have separate limits.",
                        null=True,
                        verbose_name="of these online",
                    ),
                ),
                (
                    "application_url",
                    models.URLField(
                        blank=True,
                        help_text="Where people apply; with https://.",
                        validators=[centres.validation.check_https],
                        verbose_name="application form",
                    ),
                ),
                (
                    "free",
                    models.BooleanField(
                        default=False,
                        help_text="Tick free explicitly, or add fees.",
                        verbose_name="free of charge",
                    ),
                ),
                (
                    "languages",
                    cms.fields.MultiChoiceField(
                        default=list,
                        help_text="In which languages it is held; at least one.",
                        verbose_name="languages",
                    ),
                ),
                (
                    "cancel_reason",
                    cms.fields.LocalisedTextField(
                        blank=True,
                        default=cms.fields.LocalisedText,
                        help_text="Why it was cancelled; visitors read it.",
                        max_length=255,
                        verbose_name="public reason",
                    ),
                ),
                (
                    "accessibility_info",
                    cms.fields.LocalisedTextField(
                        blank=True,
                        default=cms.fields.LocalisedText,
                        help_text="Step-free entrance, hearing loop, captions.",
                        multiline=True,
                        verbose_name="accessibility",
                    ),
                ),
                (
                    "recording_url",
                    models.URLField(
                        blank=True,
                        help_text="Where the recording can be seen, if anywhere.",
                        verbose_name="recording",
                    ),
                ),
                ("rescheduled", models.BooleanField(default=False, editable=False)),
                (
                    "previous_starts",
                    models.JSONField(
                        default=list, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        blank=True,
                        help_text="Needed unless everything is online.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.venue",
                        verbose_name="venue",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
            },
            bases=("centres.edition",),
        ),
        migrations.CreateModel(
            name="EventMaterial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        help_text="Slides, handouts and the like.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cms.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "edition",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="centres.eventedition",
                    ),
                ),
            ],
            options={
                "verbose_name": "material",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Fee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "label",
                    cms.fields.LocalisedTextField(
                        default=cms.fields.LocalisedText,
                        help_text="For whom or for what, such as “members of ZBDS”.",
                        max_length=160,
                        verbose_name="label",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="With VAT.",
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="amount",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        choices=[("EUR", "EUR")],
                        default="EUR",
                        help_text="Currency by ISO 4217.",
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "audience",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who pays this fee; empty: everybody else.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.audience",
                        verbose_name="audience",
                    ),
                ),
                (
                    "edition",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fees",
                        to="centres.eventedition",
                    ),
                ),
            ],
            options={
                "verbose_name": "fee",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)),
                        name="fee_is_not_negative",
                        violation_error_message="A fee cannot be less than nothing. Write 0 or more.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "start",
                    models.DateTimeField(
                        db_index=True, help_text="Date and time in Ljubljana.", verbose_name="begins"
                    ),
                ),
                ("end", models.DateTimeField(help_text="Date and time in Ljubljana.", verbose_name="ends")),
                (
                    "topic",
                    cms.fields.LocalisedTextField(
                        blank=True,
                        default=cms.fields.LocalisedText,
                        help_text="What this part is about, if it has its own title.",
                        max_length=255,
                        verbose_name="topic",
                    ),
                ),
                (
                    "online",
                    models.BooleanField(
                        default=False, help_text="This part is held online.", verbose_name="online"
                    ),
                ),
                (
                    "presenters",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        help_text="Only people who agreed to be named.",
                        limit_choices_to={"publication_consent": True},
                        related_name="+",
                        to="centres.person",
                        verbose_name="presenters",
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only if it differs from the venue of the event.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.venue",
                        verbose_name="venue",
                    ),
                ),
                (
                    "edition",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="centres.eventedition",
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "ordering": ["start", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))),
                        name="session_ends_after_it_begins",
                        violation_error_message="A session must end after it begins. Correct one of the two times.",
                    )
                ],
            },
        ),
    ]
