"""Which languages the site speaks, and which ones replace a missing one, in order."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings


class UnknownLocale(LookupError):
    """A locale code that the site does not have; its text is the code."""


@dataclass(frozen=True, slots=True)
class LocaleChain:
    """The requested locale, and the codes in which to look for text, in order, the requested one first."""

    requested: str
    codes: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)

    @classmethod
    def of(cls, locale: str | None = None, fallback: list[str] | None = None) -> "LocaleChain":
        """Return the chain for the arguments of a query.

        ``locale`` defaults to the site's own; ``fallback`` to the chain in ``CMS_LOCALE_FALLBACK`` (an empty list
        turns it off). Raises `UnknownLocale` for a code that the site does not have.
        """
        requested = locale if locale is not None else settings.LANGUAGE_CODE
        others = default_fallback(requested) if fallback is None else fallback
        for code in (requested, *others):
            if code not in locale_codes():
                raise UnknownLocale(code)
        return cls(requested, tuple(dict.fromkeys((requested, *others))))


def locale_codes() -> tuple[str, ...]:
    """Return the codes of the site's languages, the default one first."""
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    return tuple(sorted(codes, key=lambda code: code != settings.LANGUAGE_CODE))


def default_fallback(locale: str) -> list[str]:
    """Return the default fallback locales of ``locale``."""
    return list(settings.CMS_LOCALE_FALLBACK.get(locale, ()))
