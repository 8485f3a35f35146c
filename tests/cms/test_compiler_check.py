"""A version of Django that reads rows in another way than the loader knows is refused at start, with one line."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models.sql.compiler import SQLCompiler

from cms.graphql.loading import compiler_check, plain_rows
from cms.graphql.serving.view import endpoint

pytestmark = pytest.mark.one_database


def test_the_version_that_is_pinned_is_known() -> None:
    assert compiler_check.check_compiler() == []


def no_converters(_compiler: SQLCompiler, expressions: Any) -> Any:
    return [None for _expression in expressions]


def other_results(_compiler: SQLCompiler, results: Any = None, **_options: Any) -> Any:
    return iter(())


def other_names(compiler: SQLCompiler, *arguments: Any, **options: Any) -> Any:
    made = as_sql(compiler, *arguments, **options)
    compiler.klass_info = {"class": None}
    return made


as_sql = SQLCompiler.as_sql


@pytest.mark.parametrize(
    ("name", "other"),
    [("get_converters", no_converters), ("results_iter", other_results), ("as_sql", other_names)],
)
def test_another_one_is_refused_before_anything_is_served(
    name: str, other: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SQLCompiler, name, other)
    (found,) = compiler_check.check_compiler()
    assert found.id == "cms.E130"
    endpoint.cache_clear()
    with pytest.raises(ImproperlyConfigured, match="reads rows in another way") as refused:
        endpoint()
    assert "\n" not in str(refused.value)
    endpoint.cache_clear()


def test_objects_that_lack_what_django_gives_them_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forgetful(plain_rows.ModelState):
        adding = False

        def __setattr__(self, name: str, value: Any) -> None:
            """Keep nothing."""

    monkeypatch.setattr(plain_rows, "ModelState", Forgetful)
    assert "look-ups" in (compiler_check.problem() or "")
