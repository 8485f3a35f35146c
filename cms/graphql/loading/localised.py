"""The requested locale of each object in a response.

One operation may ask for several locales. A root field marks what it returns with its chain; the guard hands the
mark on to everything that is reached from there.
"""

from collections.abc import Sequence
from typing import Any

from cms.fields import LocalisedText
from cms.graphql.protocol.errors import ErrorCode, UserError
from cms.languages.locales import LocaleChain, UnknownLocale, locale_codes

_MARK = "_locale_chain"


def chain_for(locale: str | None, fallback: Sequence[str] | None = None) -> LocaleChain:
    """Return the chain for a root field's arguments. Raises `UserError` UNKNOWN_LOCALE."""
    try:
        return LocaleChain.of(locale, None if fallback is None else list(fallback))
    except UnknownLocale as error:
        argument = "fallback" if locale is None or locale in locale_codes() else "locale"
        message = f"The site has no such locale as {argument} names. Use one of: {', '.join(locale_codes())}."
        raise UserError(ErrorCode.UNKNOWN_LOCALE, message) from error


def mark(value: Any, chain: LocaleChain) -> Any:
    """Note on ``value`` the locales in which it was requested, and return it."""
    if value is not None:
        value.__dict__[_MARK] = chain
    return value


def hand_on(source: Any, value: Any) -> None:
    """Give ``value`` the chain of the object through which it was reached, unless it has its own."""
    chain = getattr(source, _MARK, None)
    if chain is not None and (kept := getattr(value, "__dict__", None)) is not None:
        kept.setdefault(_MARK, chain)


def chain_of(value: Any) -> LocaleChain:
    """Return the locales in which ``value`` was requested; the site's default if none were."""
    return getattr(value, _MARK, None) or LocaleChain.of()


def words(text: LocalisedText, owner: Any) -> str:
    """Return the words of ``text`` in the requested locale of ``owner``."""
    return text.pick(chain_of(owner).codes)[0]
