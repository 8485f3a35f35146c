"""Many programmes with five editions each, made inside PostgreSQL by copying rows of one of each kind."""

# ruff: noqa: E501
from collections.abc import Mapping
from typing import Any

from django.db import connection, models
from wagtail.models import Page

from benchmarks.content import make_base
from benchmarks.search_content import Language
from centres import models as domain
from cms.languages.sorting import fold, sort_key
from cms.publishing.version import advance
from tests import factories as make

_KINDS = ("TRAINING", "AWARD", "PUBLICATION", "MEETING_SERIES", "CAMPAIGN")
_EVENTS = 4  # of each programme, beside an award
_FIRST_KEY = 1_000_000  # keys of copies; what is there by then has lower ones


def make_many(programmes: int) -> None:
    """Insert ``programmes`` with five editions each, half as many books, and tell the planner."""
    make_base()
    _words(programmes)
    centres = list(domain.CentrePage.objects.order_by("pk"))
    template = make.programme(domain.CentrePage.objects.get(pk=centres[0].pk), "Vzorec")
    event = make.event(template, make.moment(2027, 1, 4, 9))
    award = make.award(make.programme(template.get_parent().specific, "Vzorec nagrade", kind="AWARD"), 2020)
    book = make.book()
    with connection.cursor() as cursor:
        # Triggers would move the version for each statement.
        cursor.execute("SET session_replication_role = replica")
    _programmes(template, programmes)
    _events(event, programmes, programmes * _EVENTS)
    _awards(award, programmes)
    _books(book, programmes // 2)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute(
            "UPDATE wagtailcore_page SET numchild = numchild + %s WHERE depth = 4", [programmes // 20]
        )
        cursor.execute("VACUUM ANALYZE")
    advance()


def _programmes(row: Any, count: int) -> None:
    key = f"({_FIRST_KEY} + n)"
    # Which centre: the one whose number is that of the programme, in turn.
    centre = "(SELECT c.{} FROM centres_centrepage cp JOIN wagtailcore_page c ON c.id = cp.page_ptr_id ORDER BY c.id OFFSET n %% 20 LIMIT 1)"
    _copy(Page, row.pk, count, {
        "id": key, "path": f"{centre.format('path')} || upper(lpad(to_hex(4096 + n), 4, '0'))",
        "translation_key": "md5(n::text)::uuid", "title": "w.title", "draft_title": "w.title",
        "slug": "'p-' || n", "url_path": f"{centre.format('url_path')} || 'p-' || n || '/'",
        "latest_revision_id": "NULL", "live_revision_id": "NULL",
        "last_published_at": "t.last_published_at - n * interval '1 minute'", "first_published_at": "t.first_published_at - n * interval '1 minute'",
    })  # fmt: skip
    kinds = f"(ARRAY{list(_KINDS)})[1 + n %% {len(_KINDS)}]"
    _copy(domain.ProgrammePage, row.pk, count, {
        "page_ptr_id": key, "sort_key": "w.sort_key", "folded_title": "w.folded_title", "kind": kinds,
        "centre_key": centre.format("translation_key"), "cadence": "(ARRAY['ANNUAL','ONE_OFF','ONGOING','MONTHLY_SERIES'])[1 + n %% 4]",
    })  # fmt: skip
    audiences = list(domain.Audience.objects.order_by("pk").values_list("pk", flat=True))
    topics = list(domain.Topic.objects.order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO centres_programmeaudience (sort_order, translation_key, page_id, audience_id) SELECT p, "  # noqa: S608
            f"md5('a' || n || '-' || p)::uuid, {key}, (%s)[1 + (n + p * 3) %% {len(audiences)}] "
            "FROM generate_series(1, %s) n, generate_series(0, 1) p",
            [audiences, count],
        )
        cursor.execute(
            "INSERT INTO centres_programmepage_topics (programmepage_id, topic_id) "  # noqa: S608
            f"SELECT {key}, (%s)[1 + (n + p * 3) %% {len(topics)}] FROM generate_series(1, %s) n, generate_series(0, 1) p",
            [topics, count],
        )


def _events(row: Any, programmes: int, count: int) -> None:
    """Insert events of one session, for each programme in turn, over ten years; every fourth has a venue."""
    venues = [make.venue(city=f"Kraj {number}").pk for number in range(20)]
    shift = "((n * 7919) %% 3650 - 3000) * interval '1 day'"
    day = f"t.starts_at + {shift}"
    programme = f"(1 + (n - 1) %% {programmes})"
    _copy(domain.Edition, row.pk, count, {
        "id": f"({_FIRST_KEY} + n)", "programme_id": f"({_FIRST_KEY} + {programme})",
        "programme_key": f"md5({programme}::text)::uuid",
        "starts_at": day, "ends_at": f"t.ends_at + {shift}", "year": f"extract(year FROM {day})", **_NO_REVISION,
        "applications_open": f"CASE WHEN n %% 3 = 0 THEN {day} - interval '60 days' END",
        "applications_close": f"CASE WHEN n %% 3 = 0 THEN {day} - interval '5 days' END",
        "status_override": "CASE WHEN n %% 50 = 0 THEN 'CANCELLED' ELSE 'NONE' END",
    })  # fmt: skip
    _copy(domain.EventEdition, row.pk, count, {
        "edition_ptr_id": f"({_FIRST_KEY} + n)", "venue_id": f"CASE WHEN n %% 4 = 0 THEN (ARRAY{venues})[1 + n %% 20] END",
        "mode": "CASE WHEN n %% 4 = 0 THEN 'ONSITE' ELSE 'ONLINE' END", "free": "n %% 5 < 2", "rescheduled": "n %% 40 = 0",
    })  # fmt: skip
    session = domain.Session.objects.get(edition=row).pk
    _copy(domain.Session, session, count, {
        "id": f"({_FIRST_KEY} + n)", "edition_id": f"({_FIRST_KEY} + n)",
        "start": f't.start + {shift}', "end": f't."end" + {shift}',
    })  # fmt: skip


def _awards(row: Any, count: int) -> None:
    """Insert an award's year with a result for each programme."""
    key = f"({2 * _FIRST_KEY} + n)"
    _copy(domain.Edition, row.pk, count, {
        "id": key, "programme_id": f"({_FIRST_KEY} + n)", "programme_key": "md5(n::text)::uuid",
        "year": "1990 + n %% 40", **_NO_REVISION,
        **{name: f"t.{name} + (n %% 40 - 30) * interval '1 year'" for name in ("starts_at", "ends_at")},
    })  # fmt: skip
    _copy(domain.AwardEdition, row.pk, count, {"edition_ptr_id": key})
    category = make.category()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO centres_awardresult (id, sort_order, edition_id, category_id, outcome, citation) "  # noqa: S608
            f"SELECT {key}, 0, {key}, %s, CASE WHEN n %% 4 = 0 THEN 'NOT_AWARDED' ELSE 'AWARDED' END, '{{}}' "
            "FROM generate_series(1, %s) n",
            [category.pk, count],
        )


def _books(row: Any, count: int) -> None:
    key = f"({_FIRST_KEY} + n)"
    _copy(domain.Book, row.pk, count, {
        "id": key, "title": "w.title", "sort_key": "w.sort_key", "folded_title": "w.folded_title", "year": "1950 + n %% 77",
        "isbn_key": "(9780000000000 + n)::text", "cobiss_id": "n::text", **_NO_REVISION,
    })  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO centres_contributor (sort_order, book_id, name, role, folded_name) SELECT p, "  # noqa: S608
            f"{key}, w.title, (ARRAY['AUTHOR','ILLUSTRATOR','TRANSLATOR'])[1 + p], w.folded_title "
            "FROM words w, generate_series(0, 1) p WHERE n <= %s",
            [count],
        )
        cursor.execute(
            "INSERT INTO centres_awardresult_books (awardresult_id, book_id) "  # noqa: S608
            f"SELECT {2 * _FIRST_KEY} + n, {key} FROM generate_series(1, %s, 2) n",
            [count],
        )


_NO_REVISION = {"latest_revision_id": "NULL", "live_revision_id": "NULL"}


def _words(count: int) -> None:
    """Make a table of titles with what the columns beside a title hold."""
    language = Language(seed=11)
    titles = [" ".join(language.draw(4)).capitalize() for _ in range(count)]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE words (n int PRIMARY KEY, title text, sort_key text, folded_title text)"
        )
        cursor.execute(
            "INSERT INTO words SELECT * FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[])",
            [
                list(range(1, count + 1)),
                titles,
                [sort_key(title, "sl") for title in titles],
                [fold(title) for title in titles],
            ],
        )


def _copy(model: type[models.Model], pk: Any, count: int, values: Mapping[str, str]) -> None:
    """Insert copies of a row; ``values`` are SQL for columns that differ, of the row ``t``, the number ``n``, words ``w``."""
    columns = [str(field.column) for field in model._meta.local_concrete_fields]
    quoted = ", ".join(f'"{name}"' for name in columns)
    chosen = ", ".join(values.get(name, f't."{name}"') for name in columns)
    own = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({quoted}) SELECT {chosen} FROM {model._meta.db_table} t, "  # noqa: S608
            f'generate_series(1, %s) n LEFT JOIN words w USING (n) WHERE t."{own}" = %s',
            [count, pk],
        )
