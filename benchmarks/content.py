"""What the speed is measured on: centres with programmes, each with six blocks, an image and five audiences."""

import json
import uuid
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import batched, count
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection, models, transaction
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.models import Page

from benchmarks.search_content import Language
from centres import models as domain
from cms.languages.sorting import fold, sort_key
from cms.media.images import make_renditions
from cms.models import Image
from cms.publishing.version import advance
from home.models import HomePage

CENTRES = 20
AUDIENCES = 10
EACH = 5
KINDS = ("TRAINING", "AWARD", "PUBLICATION")
_TOGETHER = 500


def make_base() -> None:
    """Insert the centres, all that programmes refer to, and three images with their renditions."""
    for number in range(AUDIENCES):
        _coded(domain.Audience, f"audience-{number}", sort_order=number)
        _coded(domain.Topic, f"topic-{number}", sort_order=number)
    _coded(domain.ProgrammeFormat, "seminar")
    for number in range(3):
        _image(number)
    host = _coded(domain.Organisation, "library")
    network, field = _coded(domain.Network, "public"), _coded(domain.CompetenceField, "youth")
    language = Language(seed=3)
    home = HomePage.objects.get(locale__language_code="sl")
    index = home.add_child(
        instance=domain.CentreIndexPage(
            title="Centri", locale=home.locale, summary=_summary(language), show_in_menus=True
        )
    )
    for number in range(CENTRES):
        name = f"Center {number:02}"
        centre = domain.CentrePage(
            title=name,
            short_name=name,
            official_name=name,
            slug=f"centre-{number}",
            locale=home.locale,
            summary=_summary(language),
            host=host,
            network=network,
            competence_field=field,
            functions=["KNOWLEDGE"],
            roles=["PROMOTER"],
            contact_email="centre@example.si",
            lead_image=Image.objects.order_by("pk")[number % 3],
            show_in_menus=True,
        )
        centre.audiences.add(domain.CentreAudience(audience=domain.Audience.objects.first(), primary=True))
        index.add_child(instance=centre)


def add_programmes(each: int) -> None:
    """Let every centre have ``each`` programmes more than it has, then tell the planner what stands there now."""
    language = Language(seed=each)
    centres = list(domain.CentrePage.objects.order_by("path"))
    numbers = count(domain.ProgrammePage.objects.count())
    places = [(centre, place, next(numbers)) for place in range(each) for centre in centres]
    made = _Maker(language)
    for some in batched(places, _TOGETHER, strict=False):
        with transaction.atomic():
            made.insert(some)
    for centre in centres:
        Page.objects.filter(pk=centre.pk).update(numchild=models.F("numchild") + each)
    advance()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


class _Maker:
    """Inserts programmes many at a time; what a programme refers to is read once."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.images = list(Image.objects.order_by("pk").values_list("pk", flat=True))
        self.audiences = list(domain.Audience.objects.order_by("pk").values_list("pk", flat=True))
        self.topics = list(domain.Topic.objects.order_by("pk").values_list("pk", flat=True))
        self.format = domain.ProgrammeFormat.objects.get().pk
        self.kind = ContentType.objects.get_for_model(domain.ProgrammePage)
        self.now = timezone.now()

    def insert(self, places: Sequence[tuple[Any, int, int]]) -> None:
        """Insert a programme for each centre, place below it and number."""
        pages = [self._page(centre, number) for centre, _place, number in places]
        Page.objects.bulk_create(pages)
        rows = [
            self._programme(page, centre, number)
            for page, (centre, _place, number) in zip(pages, places, strict=True)
        ]
        _insert(domain.ProgrammePage, rows)
        audience = domain.ProgrammeAudience
        audience.objects.bulk_create(
            audience(
                page_id=page.pk, audience_id=self.audiences[(number + turn) % AUDIENCES], sort_order=turn
            )
            for page, (_centre, _place, number) in zip(pages, places, strict=True)
            for turn in range(EACH)
        )
        topic = domain.ProgrammePage.topics.through
        topic.objects.bulk_create(
            topic(programmepage_id=page.pk, topic_id=self.topics[(number + turn) % AUDIENCES])
            for page, (_centre, _place, number) in zip(pages, places, strict=True)
            for turn in range(2)
        )

    def _page(self, centre: Any, number: int) -> Page:
        title = " ".join(self.language.draw(4)).capitalize()
        slug = f"programme-{number}"
        return Page(
            title=title,
            draft_title=title,
            slug=slug,
            # No other child of a centre has such a path, so nobody has to look which one is free.
            path=centre.path + Page._int2str(number + 1).rjust(Page.steplen, "0"),
            depth=centre.depth + 1,
            url_path=f"{centre.url_path}{slug}/",
            content_type=self.kind,
            locale_id=centre.locale_id,
            translation_key=uuid.UUID(int=number + 1),
            live=True,
            first_published_at=self.now,
            last_published_at=self.now,
        )

    def _programme(self, page: Page, centre: Any, number: int) -> Any:
        return domain.ProgrammePage(
            page_ptr=page,
            summary=_summary(self.language),
            sort_key=sort_key(page.title, "sl"),
            folded_title=fold(page.title),
            kind=KINDS[number % 3],
            format_id=self.format,
            cadence="ANNUAL",
            since_year=2001,
            outcomes="Zna izbrati knjigo.\nZna voditi skupino.",
            lead_image_id=self.images[number % 3],
            centre_key=centre.translation_key,
            body=json.dumps(list(self._blocks(centre, number))),
        )

    def _blocks(self, centre: Any, number: int) -> Iterator[dict[str, Any]]:
        words = self.language
        link = f'<a linktype="page" id="{centre.pk}">{words.sentence()}</a>'
        values = {
            "heading": {"text": "O programu", "level": "2"},
            "paragraph": {
                "text": f"<p>{words.sentence()} {words.sentence()}</p><p>{words.sentence()} {link}</p>"
            },
            "figure": {
                "image": self.images[(number + 1) % 3],
                "decorative": False,
                "alt_text": "",
                "caption": words.sentence(),
                "credit": "",
            },
            "quote": {"quote": words.sentence(), "attribution": "Ana Novak"},
            "accordion": {
                "items": [
                    {"heading": words.sentence(), "text": f"<p>{words.sentence()}</p>"} for _ in range(3)
                ]
            },
            "call_to_action": {"label": "Prijava", "page": centre.pk, "href": ""},
        }
        for place, (name, value) in enumerate(values.items()):
            yield {"type": name, "value": value, "id": str(uuid.UUID(int=number * 10 + place))}


def _insert(model: type[models.Model], objects: Sequence[models.Model]) -> None:
    """Insert rows of a child table, which Django does not insert many at a time."""
    fields = model._meta.local_concrete_fields
    rows = [
        [field.get_db_prep_save(getattr(one, field.attname), connection) for field in fields]
        for one in objects
    ]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    places = ", ".join("%s" for _field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})", rows)  # noqa: S608


def _summary(language: Language) -> str:
    return f"{language.sentence()} {language.sentence()}"[:300]


def _coded(model: Any, code: str, **facts: Any) -> Any:
    return model.objects.create(code=code, name={"sl": code.title(), "en": code}, **facts)


def _image(number: int) -> None:
    picture = Pillow.effect_noise((900, 600), 20 + number).convert("RGB")
    output = BytesIO()
    picture.save(output, "JPEG")
    file = ContentFile(output.getvalue(), name=f"picture-{number}.jpg")
    image = Image.objects.create(title=f"Slika {number}", file=file, alt_text={"sl": "Bralka s knjigo"})
    make_renditions(image)
