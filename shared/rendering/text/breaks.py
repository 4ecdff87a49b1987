"""Where a line may end: between words, as each script separates them, or else inside a word."""

import itertools

import regex
from icu4py.breakers import LineBreaker

from shared.rendering.text.runs import JOINED, clusters

# A name may also break after these: the rules for running text (UAX #14) ignore dots between names.
_DOT = regex.compile(r"[·•]")
# No line begins with these. Running text breaks between Hangul syllables, names do not.
_NEVER = regex.compile(r"(?<=.)(?=[\-‐–—·・•])|(?<=\p{Hangul})(?=\p{Hangul})")
_WORD_END = regex.compile(r"[\s\-‐–·・•]")
_OPENING, _CLOSING = regex.compile(r"\p{Ps}"), regex.compile(r"\p{Pe}")
# Vowels of Thai and Lao that stand before the consonant that they belong to.
_LEADING_VOWEL = regex.compile(r"[\u0E40-\u0E44\u0EC0-\u0EC4]")
# Scripts that hyphenate.
_HYPHENATED = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Armenian}\p{Georgian}\p{Cherokee}]")


def soft_breaks(text: str) -> list[int]:
    """Where a reader expects a line to end: UAX #14 with ICU's dictionaries for Thai, Lao, Khmer
    and Burmese, and dots between names."""
    # Segments as strings: ICU counts in UTF-16.
    ends = itertools.accumulate(len(segment) for segment in LineBreaker(text, "en"))
    places = {*ends, *(dot.end() for dot in _DOT.finditer(text))}
    never = {match.start() for match in _NEVER.finditer(text)}
    return sorted(place for place in places - never if 0 < place < len(text))


def is_after_hyphen(text: str, place: int) -> bool:
    """Whether a line that ends there would part a word at its hyphen."""
    return text[place - 1] in "-\u2010"


def hard_breaks(text: str) -> list[int]:
    """Between any two characters, unless the script joins them."""
    if JOINED.search(text):
        return []
    ends = list(itertools.accumulate(len(cluster) for cluster in clusters(text)))[:-1]
    return [place for place in ends if not _LEADING_VOWEL.match(text[place - 1])]


def shows_its_words(text: str) -> bool:
    """Whether anything but letters shows where a word ends."""
    return bool(_WORD_END.search(text))


def effort(text: str, place: int) -> float:
    """How hard it is to read on after a line break there: 1 between words that the text itself
    separates."""
    opened = len(_OPENING.findall(text[:place])) - len(_CLOSING.findall(text[:place]))
    is_between_words = bool(_WORD_END.match(text[place - 1])) or not shows_its_words(text)
    return (1.0 if is_between_words else 1.15) * (1.3 if opened > 0 else 1.0)


def takes_hyphen(text: str, place: int) -> bool:
    """Whether a line that ends there, inside a word, needs a hyphen."""
    letters = clusters(text[:place])[-1:] + clusters(text[place:])[:1]
    return len(letters) == 2 and all(_HYPHENATED.match(letter) for letter in letters)
