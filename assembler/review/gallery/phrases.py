"""Small pieces of the sentences that the pages say."""

from __future__ import annotations

from collections.abc import Sequence


def spoken(name: str) -> str:
    """Return the name of a segment, slot or component as people say it: `offer/spring_20` is "spring 20"."""
    return name.rpartition("/")[2].replace("_", " ")


def language(locale: str) -> str:
    """Return the language of a locale in English, such as "French (Canada)"; one that CLDR does not know as it is."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(locale, sep="-").get_display_name("en"))
    except (UnknownLocaleError, ValueError):
        return locale


def enumerated(names: Sequence[str]) -> str:
    """Return names as "a, b and c"."""
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last
