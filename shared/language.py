"""The two languages of the product: English sentences in the code, Chinese in `locales/zh/*.po` and
in the folders of features."""

import gettext
import io
import re
from collections.abc import Iterable
from datetime import timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import regex
from babel import default_locale, negotiate_locale
from babel.numbers import format_decimal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
# Each language's own name, for the switch on pages and screens.
LANGUAGE_NAMES: dict[Language, str] = {"zh": "中文", "en": "English"}

_SHARED = Path(__file__).parent
_LOCALES = _SHARED / "locales"
_QUOTED = regex.compile(r"“\{(\w+)\}”")
_INNER = str.maketrans("“”", "‘’")
# “11 hours” and “0.1 hours” stay.
_ONE_HOUR = re.compile(r"(?<![\d.,])1 hours\b")
_RIGHT_TO_LEFT = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")


def N_(message: str) -> str:
    """Mark `message` for translation; it is translated where it is shown."""
    return message


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the translations for `language`; English, the language of the code, needs none."""
    translations = gettext.NullTranslations()
    sources = [*_LOCALES.glob(f"{language}/*.po"), *_SHARED.glob(f"features/*/{language}.po")]
    if not sources:
        return translations
    # Commands speak English and need not load these.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(sources):
        compiled = io.BytesIO()
        with source.open("rb") as lines:
            write_mo(compiled, read_po(lines, locale=language))
        compiled.seek(0)
        part = gettext.GNUTranslations(compiled)
        part.add_fallback(translations)
        translations = part
    return translations


def translate(message: str, language: str, /, **details: Any) -> str:
    """Return `message`, an English sentence with {placeholders}, in `language` with `details`."""
    return _filled(catalogue(language).gettext(message), details)


def translate_count(one: str, many: str, count: int, language: str, /, **details: Any) -> str:
    """Return `one` or `many`, English sentences, in `language`; `count` chooses, and fills
    {count}."""
    digits = format_decimal(count, locale=language)  # "50,000" is counted at a glance.
    return _filled(catalogue(language).ngettext(one, many, count), {"count": digits, **details})


def _filled(sentence: str, details: dict[str, Any]) -> str:
    for name in _QUOTED.findall(sentence) if "“{" in sentence else ():
        if isinstance(details[name], str):
            details[name] = details[name].translate(_INNER)
    return sentence.format(**details)


def filled_in(sentence: str, place: re.Match[str], value: str) -> str:
    """Return the value to write at `place` of a sentence: between “ and ”, its own quotation marks
    become ‘ and ’ (GB/T 15834, 4.8.3)."""
    around = sentence[place.start() - 1 : place.start()] + sentence[place.end() : place.end() + 1]
    return value.translate(_INNER) if around == "“”" else value


def with_one_hour(text: str) -> str:
    """Return the text with one hour in the singular: a value filled in before “hours” may be 1."""
    return _ONE_HOUR.sub("1 hour", text)


def isolated(text: str) -> str:
    """Return `text` isolated if it has right-to-left letters, so that they do not reorder the
    sentence around it (UAX #9, 2.4.3: a first strong isolate)."""
    return f"\u2068{text}\u2069" if _RIGHT_TO_LEFT.search(text) else text


def listed(parts: Iterable[str], language: str) -> str:
    """Join several things as `language` lists them."""
    return ("、" if language == "zh" else ", ").join(parts)


def duration(takes: timedelta, language: str) -> str:
    """Return a duration in about its largest unit; in Chinese with a space after digits."""
    # Loads the names of all time zones, which takes a while.
    from babel.dates import format_timedelta

    said = format_timedelta(takes, locale=language, threshold=1.2)
    return str(regex.sub(r"(?<=\d)(?=\p{Han})", " ", said))


def language_for(person: str | None, otherwise: str) -> Language:
    """Return the language in which somebody is addressed: their own (ISO 639) if we have it, else
    `otherwise`, the event's or the installation's (`DEFAULT_LANGUAGE`)."""
    return "zh" if (person if person in LANGUAGES else otherwise) == "zh" else "en"


# Most browsers send one of a few values, and parsing takes longer than reading a person's row.
@lru_cache(maxsize=128)
def preferred_language(accepted: str | None, otherwise: str) -> Language:
    """Return the language for an Accept-Language header (RFC 9110, 12.5.4) or a locale like
    `zh-CN`: the first that we have, else `otherwise`."""
    weighted = []
    for position, item in enumerate((accepted or "").split(",")):
        tag, _, weight = "".join(item.split()).partition(";q=")
        try:
            weighted.append((-float(weight or 1), position, tag.replace("-", "_")))
        except ValueError:
            continue
    # A weight of 0 means "not this one".
    wanted = [tag for weight, _, tag in sorted(weighted) if tag and weight < 0]
    return language_for(negotiate_locale(wanted, list(LANGUAGES)), otherwise)


def language_of_system() -> Language:
    """Return the language of this machine's commands (LC_ALL, LANG …)."""
    return preferred_language(default_locale("LC_MESSAGES"), "en")
