"""The sheet of programmes: one line for a programme, with its words in every language."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.coreutils import cautious_slugify
from wagtail.models import Locale
from wagtail.permissions import page_permission_policy

from centres.models import (
    CentrePage,
    ExternalCode,
    ProgrammeAudience,
    ProgrammeCoOrganiser,
    ProgrammeFunder,
    ProgrammePage,
)
from cms.sheets.cells import Reference, References, Text
from cms.sheets.columns import Column, name_of, of_model
from cms.sheets.keys import Keys
from cms.sheets.sheet import Sheet

WORDS = ("title", "summary", "outcomes", "credential_text")


class _PageSheet(Sheet):
    """Pages. A user may read those that they may add, change or publish in the tree."""

    def readable(self, user: Any) -> QuerySet[Any]:
        pages = page_permission_policy.instances_user_has_any_permission_for(
            user, ("add", "change", "publish")
        )
        return self.model._default_manager.filter(pk__in=pages.order_by().values("pk"))


class CentreSheet(_PageSheet):
    """Centres, which other sheets name by their slug."""

    name, model = "centres", CentrePage
    exported = False

    def declare(self) -> None:
        self.columns = []

    def known(self) -> Any:
        return in_all_languages(CentrePage)

    def newest(self, thing: Any) -> Any:
        return thing

    def key_of(self, thing: Any, keys: Keys) -> str:
        return str(thing.slug)

    def other_names(self, thing: Any) -> Iterable[str]:
        return {thing.short_name, thing.title}

    def is_secret(self, thing: Any) -> bool:
        return not any(page.live for page in thing.in_languages.values())

    def pks_of(self, thing: Any) -> Iterable[Any]:
        # Programmes know their centre by the key that its translations share.
        return [thing.translation_key, *(page.pk for page in thing.in_languages.values())]


class ProgrammeSheet(_PageSheet):
    """Programmes, by the slugs of centre and programme in the site's own language."""

    name, model = "programmes", ProgrammePage

    def declare(self) -> None:
        facts = (
            "kind", "format", "cadence", "topics", "purposes", "since_year", "duration_hours", "duration_days",
            "credential_kind", "credential_hours", "predecessor",
        )  # fmt: skip
        self.columns = [
            Column("centre_key", gettext_lazy("centre"), Reference("centres"), _centre_of, _set_centre),
            *(_words(name, code) for name in WORDS for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES),
            *of_model(ProgrammePage, *facts, format="formats", topics="topics", predecessor="programmes"),
            _through("programme_audiences", ProgrammeAudience, "audience", "audiences"),
            _through("programme_co_organisers", ProgrammeCoOrganiser, "organisation", "organisations"),
            _through("programme_funders", ProgrammeFunder, "organisation", "organisations"),
            _codes(),
        ]

    def known(self) -> Any:
        return in_all_languages(ProgrammePage)

    def exportable(self, user: Any) -> Iterable[Any]:
        return self.loaded(self.readable(user))

    def loaded(self, rows: QuerySet[Any]) -> Iterable[Any]:
        readable = set(rows.values_list("pk", flat=True))
        return [page for page in self.known() if page.pk in readable]

    def by_pk(self, pks: Iterable[Any]) -> dict[Any, Any]:
        wanted = set(pks)
        return {page.pk: page for page in self.known() if page.pk in wanted}

    def newest(self, thing: Any) -> Any:
        found = {code: super(ProgrammeSheet, self).newest(page) for code, page in thing.in_languages.items()}
        newest = next(page for page in found.values() if page.pk == thing.pk)
        newest.in_languages = found
        return newest

    def key_of(self, thing: Any, keys: Keys) -> str:
        return f"{keys.of('centres', _centre_of(thing))}/{thing.slug}"

    def other_names(self, thing: Any) -> Iterable[str]:
        return {page.title for page in thing.in_languages.values()}

    def is_secret(self, thing: Any) -> bool:
        return not any(page.live for page in thing.in_languages.values())

    def pks_of(self, thing: Any) -> Iterable[Any]:
        return [page.pk for page in thing.in_languages.values()]

    # ------------------------------------------------------------ import
    def made(self, key: str) -> Any:
        page: Any = ProgrammePage(slug=cautious_slugify(key.rpartition("/")[2]))
        page.in_languages = {settings.LANGUAGE_CODE: page}
        page.centre_key = None
        return page

    def completed(self, thing: Any) -> None:
        if not thing.slug:
            thing.slug = cautious_slugify(thing.title)

    def may_write(self, user: Any) -> bool:
        return bool(page_permission_policy.user_has_any_permission(user, ("add", "change")))

    def right(self, thing: Any) -> Any:
        return thing.pk or ("in", _centre_of(thing))

    def may(self, user: Any, action: str, thing: Any) -> bool:
        if thing.pk is None:
            parent = self.parent_of(thing)
            # Without a centre the row is refused for that.
            return parent is None or bool(parent.permissions_for_user(user).can_add_subpage())
        rights = thing.permissions_for_user(user)
        return bool(rights.can_publish() if action == "publish" else rights.can_edit())

    def refusal(self) -> str:
        return _("This programme belongs to another centre. Choose one of your own.")

    def parent_of(self, thing: Any) -> Any:
        if thing.locale_id is not None and thing.locale.language_code != settings.LANGUAGE_CODE:
            return None
        centre: Any = getattr(thing, "new_centre", None)
        return CentrePage.objects.filter(pk=centre).first()

    def saving(self, thing: Any) -> Iterator[Any]:
        """Yield the page in the site's own language, then those in the others; a new one is made below its centre."""
        if thing.pk is None and self.parent_of(thing) is None:
            raise ValidationError({"centre_key": _("Write the centre, by its short name.")})
        if thing.pk is not None and hasattr(thing, "new_centre"):
            raise ValidationError(
                {
                    "centre_key": _(
                        "A programme stays with its centre. Move its page in the tree of pages instead."
                    )
                }
            )
        yield thing
        for code in thing.__dict__.pop("changed_languages", ()):
            if thing.in_languages[code] is not thing:
                yield thing.in_languages[code]
        for code, words in thing.__dict__.pop("new_words", {}).items():
            locale = Locale.objects.get(language_code=code)
            page = thing.copy_for_translation(locale, copy_parents=True)
            for name, text in words.items():
                setattr(page, name, text)
            page.was_made_for_import = True
            thing.in_languages[code] = page
            yield page


def in_all_languages(model: Any) -> list[Any]:
    """Return the pages of ``model``, of each the one in the site's own language, with all ``in_languages`` (by code).

    A page that is not in the site's own language is there by its first translation.
    """
    alike: dict[Any, dict[str, Any]] = {}
    order = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    pages = model.objects.filter(alias_of=None)  # an alias follows its source by itself
    for page in pages.select_related("locale", "latest_revision").order_by("path"):
        alike.setdefault(page.translation_key, {})[page.locale.language_code] = page
    found = []
    for versions in alike.values():
        first = versions.get(settings.LANGUAGE_CODE) or versions[min(versions, key=order.index)]
        first.in_languages = versions
        found.append(first)
    return sorted(found, key=lambda page: page.path)


def _centre_of(programme: Any) -> Any:
    """Return what the sheet of centres knows the centre of ``programme`` by."""
    return getattr(programme, "new_centre", None) or programme.centre_key


def _set_centre(programme: Any, pk: Any) -> None:
    programme.new_centre = pk


def _words(name: str, code: str) -> Column:
    def get(programme: Any) -> str:
        return getattr(programme.in_languages[code], name) if code in programme.in_languages else ""

    def put(programme: Any, words: str) -> None:
        if code in programme.in_languages:
            setattr(programme.in_languages[code], name, words)
            programme.__dict__.setdefault("changed_languages", set()).add(code)
        elif words:
            programme.__dict__.setdefault("new_words", {}).setdefault(code, {})[name] = words

    return Column(name, name_of(ProgrammePage, name), Text(), get, put, language=code)


def _through(relation: str, model: Any, name: str, sheet: str) -> Column:
    """Return a column for rows that only name a thing, in their order; a row that stays keeps its key."""

    def put(programme: Any, keys: list[Any]) -> None:
        rows = {getattr(row, f"{name}_id"): row for row in getattr(programme, relation).all()}
        kept = [rows.get(key) or model(**{f"{name}_id": key}) for key in keys]
        _in_order(programme, relation, kept)

    def get(programme: Any) -> list[Any]:
        return [getattr(row, f"{name}_id") for row in getattr(programme, relation).all()]

    return Column(relation, model._meta.verbose_name_plural, References(sheet, ordered=True), get, put)


def _codes() -> Column:
    """Return the column of codes in other catalogues, such as “KATIS: 12345”, one a line."""

    def get(programme: Any) -> str:
        return "\n".join(f"{row.scheme}: {row.code}" for row in programme.external_codes.all())

    def put(programme: Any, text: str) -> None:
        rows = {f"{row.scheme}: {row.code}": row for row in programme.external_codes.all()}
        pairs = [(line, *line.partition(": ")[::2]) for line in text.splitlines()]
        kept = [rows.get(line) or ExternalCode(scheme=scheme, code=code) for line, scheme, code in pairs]
        _in_order(programme, "external_codes", kept)

    return Column("external_codes", ExternalCode._meta.verbose_name_plural, Text(), get, put)


def _in_order(programme: Any, relation: str, rows: list[Any]) -> None:
    for place, row in enumerate(rows):
        row.sort_order = place
    getattr(programme, relation).set(rows)
