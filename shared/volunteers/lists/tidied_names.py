"""Tidying the names of a list, as an offer for each kind of untidiness.

A list from a ticket shop or a form has ANNA MEIER, kai lee and “Mr. Tom Ford (team lead)”. Nobody's
name is changed unless an organizer says so, since people may write their name like that.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from enum import StrEnum

import regex

from shared.rendering.names import LONGEST_NAME, as_compared, composed, without_strays
from shared.volunteers.lists.recipients import Recipient, RecipientList


class Untidy(StrEnum):
    """A kind of untidiness; they are tidied in this order."""

    LOOKALIKE = "lookalike"
    WIDE = "wide"
    TITLE = "title"
    BRACKET = "bracket"
    COMMA = "comma"
    CAPITALS = "capitals"
    SMALL = "small"


# Mathematical alphabets (Unicode 16, ch. 22.2), which social networks' pages offer as ornaments:
# screen readers spell them out, or say nothing.
_LOOKALIKE = regex.compile(
    r"[\U0001D400-\U0001D7FF\u2102\u210A-\u2113\u2115\u2119-\u211D\u2124\u2128\u212C\u212D"
    r"\u212F-\u2131\u2133\u2134]+"
)
# Letters and digits as Chinese keyboards type them, and the wide space.
_WIDE = regex.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000]+")
# Forms of address; academic degrees are earned, so they stay.
_TITLE_BEFORE = regex.compile(
    r"(?:mr|mrs|ms|miss|mx|herr|frau|mme|mlle|madame|monsieur|sig|sig\.ra|sra|srta)(?:\.\s*|\s+)",
    regex.IGNORECASE,
)
_TITLE_BEHIND = regex.compile(r"(?<=\p{Han}{2})\s*(?:先生|女士|小姐|老师|老師|同学|同學)$")
_BRACKETED = r"(?:\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]|【[^【】]*】)"
_BRACKET = regex.compile(rf"^\s*{_BRACKETED}\s*|\s*{_BRACKETED}\s*$")

# The family's name, a comma, and at most three given ones.
_NAME = r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{M}'’-]+"
_FAMILY_FIRST = regex.compile(rf"((?:{_NAME} )*{_NAME}),\s*({_NAME}(?: {_NAME}\.?){{0,2}})")
# Words after a comma that are no given names.
_DEGREES = {
    "jr", "sr", "jun", "sen", "junior", "senior", "ii", "iii", "iv", "dr", "phd", "md", "mba", "ba",
    "bsc", "ma", "msc", "llb", "llm", "mag", "dipl", "ing", "esq", "cpa", "rn",
}  # fmt: skip

_WORD = regex.compile(r"[\p{L}\p{M}]+")
# Cyrillic and Latin alone: Greek capitals have lost their accents.
_CASED = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Common}\p{Inherited}\p{Han}]*")
# The vowels of Latin and Cyrillic, and Y; a short word without one is a pair of initials.
_VOWEL = regex.compile(r"[aeiouyаеёиоуыэюяіїє]")
_MOST_INITIALS = 2
_NO_INITIALS = {"ng", "jr", "sr", "st", "mc", "mr", "ms", "dr"}
_ROMAN = {"ii", "iii", "iv"}
# Between given and family name they are small: Ludwig van Beethoven, Anna von der Heide.
_PARTICLES = {
    "von", "vom", "zu", "zum", "zur", "van", "der", "den", "ter", "ten", "de", "het", "da", "das",
    "do", "dos", "di", "du", "del", "della", "des", "la", "le", "af", "av", "y", "bin", "ibn",
    "bint", "'t", "’t",
}  # fmt: skip
# Syllables of Mandarin as Pinyin writes them: in Zhang De Hua, “De” is no particle.
_PINYIN = regex.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui"
    r"|ue|er|[aeiouü])){1,3}"
)
# In Nguyen Van An, “Van” is a given name.
_VIETNAMESE = {
    "nguyen", "tran", "le", "pham", "huynh", "hoang", "phan", "vu", "vo", "dang", "bui", "do", "ho",
    "ngo", "duong", "ly", "dinh", "truong", "trinh", "mai", "lam", "doan", "luong", "cao",
}  # fmt: skip
_TURKISH = regex.compile(r"[İıĞğ]")


def kinds_of(name: str) -> list[Untidy]:
    """Return the ways in which a name may be untidy, often none."""
    return [kind for kind, tidy in _TIDY.items() if tidy(name) != name]


def tidied(name: str, kinds: Collection[Untidy]) -> str:
    """Return the name tidied in these ways; never empty, unless it was."""
    before = None
    # A bracket may have hidden a title.
    while name != before:
        before = name
        for kind, tidy in _TIDY.items():
            if kind in kinds:
                name = tidy(name)
    return name


def offered(name: str) -> str:
    """Return the name to offer to somebody who types this one: tidied in every way, without marks
    for line breaks. Empty if it needs no tidying, or is too long to tell."""
    if len(name) > LONGEST_NAME:
        return ""
    typed = as_compared(name)
    better = tidied(without_strays(typed), list(Untidy))
    return better if better != typed else ""


def with_tidied_names(found: RecipientList, kinds: Collection[Untidy]) -> RecipientList:
    """Return the list with its names tidied in these ways."""
    if not kinds:
        return found

    def tidy(person: Recipient) -> Recipient:
        name = tidied(person.name, kinds)
        if name == person.name:
            return person
        return replace(person, name=name, before=person.as_listed)

    later = {
        key: [(tidy(person), text) for person, text in lines] for key, lines in found.later.items()
    }
    return replace(found, accepted=list(map(tidy, found.accepted)), later=later)


def untidy_names(names: Iterable[str]) -> dict[Untidy, list[str]]:
    """Return the names that may be untidy, by kind, in order of the kinds."""
    found: dict[Untidy, list[str]] = {}
    for name in names:
        for kind in kinds_of(name):
            found.setdefault(kind, []).append(name)
    return {kind: found[kind] for kind in Untidy if kind in found}


def _in_plain_letters(name: str) -> str:
    plain = _LOOKALIKE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), name)
    return composed(plain) if plain != name else name


def _narrow(name: str) -> str:
    narrow: str = _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide.group()), name)
    return " ".join(narrow.split()) if narrow != name and _names_somebody(narrow) else name


def _without_title(name: str) -> str:
    # “Mr. Ford” says more than “Ford”.
    while (found := _TITLE_BEFORE.match(name)) and len(_WORD.findall(name[found.end() :])) > 1:
        name = name[found.end() :]
    while (found := _TITLE_BEHIND.search(name)) and found.start() > 0:
        name = name[: found.start()]
    return name


def _without_bracket(name: str) -> str:
    while (left := _BRACKET.sub("", name, count=1)) != name and _names_somebody(left):
        name = left
    return name


def _given_name_first(name: str) -> str:
    """Turn “Meier, Anna” round, for a single family name with its particles: “Anna Meier, Berlin”
    is something else."""
    if not (found := _FAMILY_FIRST.fullmatch(name)):
        return name
    family, given = found.groups()
    is_one = all(word in _PARTICLES for word in family.lower().split(" ")[:-1])
    is_degree = not _DEGREES.isdisjoint(given.lower().replace(".", "").split(" "))
    is_degree |= given.isupper() and not family.isupper()
    return f"{given} {family}" if is_one and not is_degree else name


def _names_somebody(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _from_capitals(name: str) -> str:
    """Tidy a name of several words in capitals; one word may be an abbreviation."""
    if not name.isupper() or not _CASED.fullmatch(name):
        return name
    words = [word for word in _WORD.findall(name) if word.upper() != word.lower()]
    return _cased(name) if len(words) > 1 else name


def _from_small(name: str) -> str:
    return _cased(name) if name.islower() and _CASED.fullmatch(name) else name


_TIDY: dict[Untidy, Callable[[str], str]] = {
    Untidy.LOOKALIKE: _in_plain_letters,
    Untidy.WIDE: _narrow,
    Untidy.TITLE: _without_title,
    Untidy.BRACKET: _without_bracket,
    Untidy.COMMA: _given_name_first,
    Untidy.CAPITALS: _from_capitals,
    Untidy.SMALL: _from_small,
}


def _cased(name: str) -> str:
    """Return the name with a capital at the beginning of each word, where its language has one."""
    is_turkish = bool(_TURKISH.search(name))
    small = name.replace("I", "ı").replace("İ", "i") if is_turkish else name
    words = small.lower().split(" ")
    particles = _particles(words)
    last = len(words) - 1
    return " ".join(
        word
        if place in particles
        else word.upper()
        if place == last > 0 and word in _ROMAN
        else _WORD.sub(lambda part: _capital(part, is_turkish=is_turkish), word)
        for place, word in enumerate(words)
    )


def _particles(words: list[str]) -> set[int]:
    """Return the places of words that stay small, never the first or the last."""
    found = {place for place in range(1, len(words) - 1) if words[place] in _PARTICLES}
    if all(_PINYIN.fullmatch(word) for word in words):
        return set()
    if words[0] in _VIETNAMESE and len(words) > 2 and words[2] not in _PARTICLES:
        found.discard(1)
    return found


def _capital(found: "regex.Match[str]", *, is_turkish: bool) -> str:
    word, before = str(found.group()), str(found.string[: found.start()])
    # Grace’s, Мар’яна: what follows an apostrophe begins a name only after O’ and D’.
    if before[-1:] in ("'", "’") and len(before.strip("'’").rpartition("-")[2]) > 1:
        return word
    # A short word that cannot be spoken: JJ, DJ; but Ng is a name.
    is_short = len(word) <= _MOST_INITIALS and word not in _NO_INITIALS
    if is_short and not _VOWEL.search(unicodedata.normalize("NFD", word)):
        return _upper(word, is_turkish=is_turkish)
    if word.startswith("mc") and len(word) > 4:
        return "Mc" + _upper(word[2], is_turkish=is_turkish) + word[3:]
    return _upper(word[0], is_turkish=is_turkish) + word[1:]


def _upper(text: str, *, is_turkish: bool) -> str:
    return (text.replace("i", "İ") if is_turkish else text).upper()
