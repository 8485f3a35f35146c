"""Pages of Slovenian words for measuring search: each word as often as in real texts.

The frequencies are those of wordfreq by Robyn Speer.
"""

import json
import random
import uuid
from bisect import bisect
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, batched

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page
from wordfreq import get_frequency_dict

from cms.languages.sorting import sort_key
from cms.search.catalogue import Catalogue, Facet, Label
from home.models import HomePage, InfoPage

_MOST_WORDS = 25_000
_SENTENCE, _PARAGRAPH = 12, 6
_EMPTY = 80  # the most frequent words say nothing


class Language:
    """Draws words with the frequencies of a language, always the same ones for a seed."""

    def __init__(self, seed: int) -> None:
        frequencies = get_frequency_dict("sl", wordlist="small")
        found = sorted((-frequency, word) for word, frequency in frequencies.items() if word.isalpha())
        self.words = [word for _frequency, word in found[:_MOST_WORDS]]
        self.sums = list(accumulate(round(-frequency * 1e9) for frequency, _word in found[:_MOST_WORDS]))
        self.random = random.Random(seed)  # noqa: S311  # a measurement, not a secret

    def draw(self, count: int, skip: int = 0) -> list[str]:
        """Return words as often as they come, without the ``skip`` most frequent ones."""
        lowest, highest = self.sums[skip - 1] if skip else 0, self.sums[-1]
        places = (bisect(self.sums, self.random.randrange(lowest, highest)) for _ in range(count))
        return [self.words[place] for place in places]

    def sentence(self) -> str:
        return " ".join(self.draw(_SENTENCE)).capitalize() + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(_PARAGRAPH))

    def queries(self, count: int) -> list[str]:
        """Return queries of one to three words that say something, in the forms in which texts have them."""
        return [" ".join(self.draw(self.random.choice((1, 1, 2, 2, 3)), skip=_EMPTY)) for _ in range(count)]


def make_pages(count: int, seed: int = 5) -> None:
    """Insert ``count`` published information pages of about 300 words below the Slovenian home page."""
    language = Language(seed)
    home = HomePage.objects.get(locale__language_code="sl")
    kind = ContentType.objects.get_for_model(InfoPage)
    for numbers in batched(range(1, count + 1), 500, strict=False):
        with transaction.atomic():
            pages = [_page(home, kind, number, language) for number in numbers]
            Page.objects.bulk_create(pages)
            _insert_infos(pages, language)
    HomePage.objects.filter(pk=home.pk).update(numchild=count)


def _page(home: HomePage, kind: ContentType, number: int, language: Language) -> Page:
    title = " ".join(language.draw(language.random.randint(3, 6))).capitalize()
    slug = f"{slugify(title)[:40]}-{number}"
    now = timezone.now()
    return Page(
        title=title,
        draft_title=title,
        slug=slug,
        path=home.path + Page._int2str(number).rjust(Page.steplen, "0"),
        depth=home.depth + 1,
        url_path=f"{home.url_path}{slug}/",
        content_type=kind,
        locale=home.locale,
        translation_key=uuid.UUID(int=number),
        live=True,
        first_published_at=now,
        last_published_at=now,
    )


def _insert_infos(pages: Sequence[Page], language: Language) -> None:
    # Django does not insert rows of a child table many at a time.
    fields = InfoPage._meta.local_concrete_fields
    rows = []
    for page in pages:
        blocks = [
            {
                "type": "paragraph",
                "value": {"text": f"<p>{language.paragraph()}</p>"},
                "id": str(uuid.UUID(int=n)),
            }
            for n in range(4)
        ]
        info = InfoPage(
            page_ptr=page,
            summary=language.sentence(),
            sort_key=sort_key(page.title, "sl"),
            body=json.dumps(blocks),
        )
        rows.append([field.get_db_prep_save(getattr(info, field.attname), connection) for field in fields])
    columns = ", ".join(str(field.column) for field in fields)
    places = ", ".join("%s" for _field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO home_infopage ({columns}) VALUES ({places})", rows)  # noqa: S608


# ---------------------------------------------------------------- facets of the generated pages
def _values(pages: Sequence[Page], name: str, many: int, each: int) -> Mapping[int, list[str]]:
    return {page.pk: [f"{name}-{(page.pk * (7 + turn)) % many}" for turn in range(each)] for page in pages}


def _described(values: Collection[str], *_context: object) -> Mapping[str, Label]:
    return {value: Label(value, value) for value in values}


def _facets() -> Iterator[Facet]:
    for name, many, each in (("TYPE", 4, 1), ("PLACE", 20, 1), ("TOPIC", 40, 3), ("AUDIENCE", 15, 2)):
        yield Facet(name, partial(_values, name=name, many=many, each=each), _described)


CATALOGUE = Catalogue(facets=tuple(_facets()))
