"""Whether this version of Django compiles statements, and makes objects of rows, as `plain_rows` and `lookups` know it.

They use parts of Django that it promises to nobody. A row that no database has is made into an object in both ways;
where one of them fails or gives another object than Django's, the site does not start. No statement is sent.
"""

from typing import Any

from django import get_version
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from wagtail.models import Page

from cms.graphql.loading.lookups import Statement, keys_sent
from cms.graphql.loading.plain_rows import PlainRows, plain

_HINT = "Install the version of Django that requirements.txt names."


def check_compiler(**_options: Any) -> list[CheckMessage]:
    """cms.E130: this version of Django makes objects of rows in another way than the loader knows."""
    found = problem()
    return [] if found is None else [Error(found, hint=_HINT, id="cms.E130")]


def refuse_unknown_compiler() -> None:
    """Raise ImproperlyConfigured with one line where `problem` finds one."""
    if (found := problem()) is not None:
        raise ImproperlyConfigured(f"{found} {_HINT}")


def problem() -> str | None:
    """Return what is different in this version of Django, None where nothing is."""
    try:
        different = sorted(_different())
    except Exception as error:  # noqa: BLE001  # whatever another version does
        different = [f"{type(error).__name__}: {' '.join(str(error).split())}"]
    if not different:
        return None
    return f"Django {get_version()} reads rows in another way than cms.graphql.loading knows ({', '.join(different)})."


def _different() -> set[str]:
    """Return the ways in which an object becomes another one than that of Django."""
    rows = plain(Page.objects.select_related("locale").order_by(), None)
    compiler: Any = rows.query.get_compiler(using=rows.db)
    compiler.as_sql()
    (with_locale,) = PlainRows(rows).made_of(compiler, [[_row(compiler)]])

    statement = Statement(plain(Page.objects.filter(pk__in=keys_sent()).order_by(), None))
    (looked_up,) = statement.made_of([_row(statement.compiler)])

    names = [column.attname for column in Page._meta.concrete_fields]
    expected = Page.from_db(rows.db, names, [1 if name == "id" else None for name in names])
    locale = with_locale._state.fields_cache.pop("locale", None)
    return {
        *_unlike("rows", with_locale, expected),
        *_unlike("look-ups", looked_up, expected),
        *({"relations"} if getattr(locale, "pk", None) != 1 else ()),
    }


def _row(compiler: Any) -> tuple[Any, ...]:
    """Return a row of a table in which all but the keys is null."""
    return tuple(1 if selected[0].target.primary_key else None for selected in compiler.select)


def _unlike(what: str, made: Any, expected: Any) -> set[str]:
    values, wanted = ({**vars(one), "_state": None} for one in (made, expected))
    state, usual = made._state, expected._state
    alike = (state.db, state.adding, state.fields_cache) == (usual.db, usual.adding, usual.fields_cache)
    return set() if values == wanted and alike and vars(state).keys() >= vars(usual).keys() else {what}
