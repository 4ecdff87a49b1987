"""The language of a name, which its letters alone do not show.

Japanese shares its ideographs with Chinese, and Urdu its letters with Arabic, but each has letter
forms of its own. An organizer sets the language of a field of the layout, a column of the list that
of one person.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal

import regex
from babel import Locale

from shared.language import Language, language_for

# The languages with faces of their own (`text.faces`), and "" for the default forms.
NameLanguage = Literal["", "ja", "ur"]

# Titles of columns that give a person's language.
_TITLES = frozenset(
    (
        *("language", "lang", "name language", "language of name", "language of the name"),
        *("语言", "姓名语言", "名字语言", "語言", "姓名語言", "名字語言"),
        *("言語", "名前の言語", "زبان", "نام کی زبان"),
    )
)
# The languages in which lists name languages, and further names that they use.
_NAMED_IN = ("en", "zh", "zh_Hant", "ja", "ur")
_ALSO = {
    **dict.fromkeys(("jp", "jpn", "日文", "日本语"), "ja"),
    **dict.fromkeys(("urd", "乌尔都文"), "ur"),
    **dict.fromkeys(("汉语", "普通话", "国语"), "zh"),
}
_SCRIPTS = {
    "ja": regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]"),
    "ur": regex.compile(r"\p{Arabic}"),
}


def with_own_forms(language: str, text: str) -> str:
    """Return `language` (ISO 639) if it has forms of its own for letters of `text`, else ""."""
    script = _SCRIPTS.get(language)
    return language if script and script.search(text) else ""


def columns_about_language(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of a row of the list that give a language."""
    return {title: value for title, value in columns.items() if is_about_language(title)}


@lru_cache(maxsize=1024)
def is_about_language(title: str) -> bool:
    """Return whether a column with this title gives the language of people's names."""
    return plain(title) in _TITLES


def language_said(columns: Mapping[str, str]) -> str | None:
    """Return the language (ISO 639) of a person's name by the row of the list; None if not
    given."""
    said = columns_about_language(columns).values()
    return next(filter(None, map(language_named, said)), None)


def language_spoken(columns: Mapping[str, str], otherwise: str) -> Language:
    """Return the language in which to write to a person with this row of the list; `otherwise`,
    their event's, if it gives none or one that we lack."""
    return language_for(language_said(columns), otherwise)


@lru_cache(maxsize=1024)
def language_named(text: str) -> str | None:
    """Return `ja` for a tag like ja-JP (BCP 47) or 日本語, Japanese, 日语; None if unknown."""
    known, name = _languages_by_name(), plain(text)
    tag = name.replace("_", "-").partition("-")[0]
    return known.get(name) or known.get(tag)


@cache
def _languages_by_name() -> Mapping[str, str]:
    """Return codes of languages, by the code and by CLDR's names for it."""
    found = dict(_ALSO)
    for locale in _NAMED_IN:
        for code, name in Locale.parse(locale).languages.items():
            if code.isalpha():
                found.setdefault(code, code)
                found.setdefault(plain(name), code)
    return found


def plain(text: str) -> str:
    """Return the text without differences of case, width and spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
