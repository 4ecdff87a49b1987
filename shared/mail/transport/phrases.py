"""Meanings of mail servers' words: the phrases of `phrases.toml`, and how they are compared."""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

LONGEST = 600
# "*" in a phrase, so short that a search takes linear time.
_ANYTHING = ".{0,40}?"
# These replace addresses, which are no wording: a recipient may be called sender@.
_US, _NETWORK = "\ue000", "\ue001"
_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,255}")
_NETWORK_ADDRESS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)")
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
# A persistent transient failure (RFC 3463, 3.1), whatever its words.
_TRANSIENT = re.compile(r"\W*4(\.\d{1,3}\.\d{1,3}|\d\d)(?!\.?\d)")
# Letters whose mark is no accent that could be left out.
_ALIKE = str.maketrans("łøđı’", "lodi'")
# In scripts from here on, no spaces separate words.
_UNSPACED = "\u2e80"


class Meaning(StrEnum):
    """The meaning of a phrase, in the order in which they decide; `phrases.toml` says more."""

    SENDER = "sender"
    FULL = "full"
    UNKNOWN = "unknown"
    SENDING = "sending"
    OTHER = "other"
    GONE = "gone"


def meaning(said: str, status: str = "", us: Collection[str] = ()) -> Meaning | None:
    """Return what a server said about a mail that it refused; None if it names no reason.

    `status` is that of RFC 3463 which a report adds, often a general one; `us` are the address that
    the mail came from, and its domain.
    """
    words = f" {_plain(_without_addresses(said[:LONGEST], us))} "
    for possible in Meaning:
        judged = words
        if possible is Meaning.GONE:
            judged = status + words
        elif possible is Meaning.UNKNOWN and len(set(_STATUS.findall(words))) > 1:
            # With several, none of them is what the server means.
            judged = _STATUS.sub("", words)
        if any(phrase.is_in(judged) for phrase in _phrases(possible)):
            return possible
    return None


def is_transient(said: str, status: str = "") -> bool:
    """Return whether a refusal was temporary, whatever its words: by the status of a report, or
    else by the code that it begins with."""
    return _TRANSIENT.match(f"{status} {said}") is not None


def status_in(text: str) -> str:
    """Return the first status of RFC 3463 in a text, or "": 195.5.1.1 is no status 5.1.1."""
    found = _STATUS.search(text)
    return found[0] if found else ""


class _Phrase(NamedTuple):
    """A pattern, and texts of which one is in everything that it finds: searching these first takes
    a hundredth of the time."""

    begins: Sequence[str]
    pattern: re.Pattern[str]

    def is_in(self, words: str) -> bool:
        return any(begin in words for begin in self.begins) and bool(self.pattern.search(words))


@cache
def _phrases(of: Meaning) -> Sequence[_Phrase]:
    table = tomllib.loads(files(__package__).joinpath("phrases.toml").read_text("utf-8"))
    rows = (row for row in table["phrases"] if row[0] == of)
    return [_phrase(language, written) for _, language, written, _ in rows]


def _phrase(language: str, written: str) -> _Phrase:
    if language == "code":
        code = re.compile(rf"(?<![\d.]){re.escape(written)}(?!\.?\d)")
        return _Phrase([written], code)
    # Marks are replaced by characters that are in no phrase.
    for mark, stands_for in (("{us}", _US), ("{ip}", _NETWORK)):
        written = written.replace(mark, stands_for)
    words = _plain(written) + " " * written.endswith(" ")
    begin = re.match(r"\(([^()]*)\)|([^(*]*)", words)
    assert begin
    pattern = re.escape(words)
    for sign, meant in (("*", _ANYTHING), ("(", "(?:"), (")", ")"), ("|", "|")):
        pattern = pattern.replace(re.escape(sign), meant)
    first = words.lstrip("(")[0]
    start = r"(?<!\w)" if first.isalnum() and first < _UNSPACED else ""
    return _Phrase((begin[1] or begin[2]).split("|"), re.compile(start + pattern))


def _plain(text: str) -> str:
    """Return the text without case, accents and line breaks."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_ALIKE))
    bare = (letter for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(bare).split())


def _without_addresses(text: str, us: Collection[str]) -> str:
    for address in us:
        text = re.sub(rf"(?<![\w.@-]){re.escape(address)}(?![\w-]|\.\w)", _US, text, flags=re.I)
    return _NETWORK_ADDRESS.sub(_NETWORK, _ADDRESS.sub(" ", text))
