"""The two languages of the product: English sentences in the code, Chinese in `locales/zh/*.po`."""

import gettext
import io
import os
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from babel import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
# What each language calls itself, for the switch on pages and screens.
LANGUAGE_NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}

_LOCALES = Path(__file__).parent / "locales"


def N_(message: str) -> str:
    """Mark `message` for translation where it is defined; it is translated where it is shown."""
    return message


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations for `language`; English, the language of the code, needs none."""
    translations = gettext.NullTranslations()
    for source in sorted((_LOCALES / language).glob("*.po")):
        compiled = io.BytesIO()
        with source.open("rb") as lines:
            write_mo(compiled, read_po(lines, locale=language))
        compiled.seek(0)
        part = gettext.GNUTranslations(compiled)
        part.add_fallback(translations)
        translations = part
    return translations


def translate(message: str, language: str, /, **details: Any) -> str:
    """`message` (an English sentence with {placeholders}) in `language`, filled with `details`."""
    return catalogue(language).gettext(message).format(**details)


def translate_count(one: str, many: str, count: int, language: str, /, **details: Any) -> str:
    """Like `translate`, choosing between `one` and `many` by `count`, which fills {count}."""
    digits = format_decimal(count, locale=language)  # "50,000" is counted at a glance.
    return catalogue(language).ngettext(one, many, count).format(count=digits, **details)


def listed(parts: Iterable[str], language: str) -> str:
    """Several things in one line, as `language` lists them."""
    return ("、" if language == "zh" else ", ").join(parts)


def language_of_computer() -> Language:
    """The language set in the environment (POSIX, 8.2), if we support it."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return preferred_language(locale.partition(".")[0])


# Most browsers send one of a few values, and parsing takes longer than reading a person's row.
@lru_cache(maxsize=128)
def preferred_language(accepted: str | None, otherwise: Language = "zh") -> Language:
    """The language to use for an Accept-Language header (RFC 9110, 12.5.4) or a locale like
    `zh-CN`."""
    weighted = []
    for position, item in enumerate((accepted or "").split(",")):
        tag, _, weight = "".join(item.split()).partition(";q=")
        try:
            weighted.append((-float(weight or 1), position, tag.replace("-", "_")))
        except ValueError:
            continue
    # A weight of 0 means "not this one".
    wanted = [tag for weight, _, tag in sorted(weighted) if tag and weight < 0]
    found = negotiate_locale(wanted, list(LANGUAGES)) or otherwise
    return "zh" if found == "zh" else "en"
