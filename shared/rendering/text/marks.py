"""Marks between letters that Chinese faces draw a full em wide: O’Brien looks torn apart there.

Phones and word processors type them by themselves. Between Chinese or Japanese letters, that width
is right.
"""

from collections.abc import Iterable
from functools import lru_cache

import regex

from shared.rendering.text.faces import Chain, Face, with_proportional_marks
from shared.rendering.text.glyphs import shape

_MARK = regex.compile(r"[‘’“”…‐·]")
# Outside of Chinese and Japanese, nobody can tell it from the hyphen of the keyboard.
_HYPHEN = "\u2010"
_LETTER, _LETTER_BEFORE = regex.compile(r"[\p{L}〇]"), regex.compile(r"(?r)[\p{L}〇]")
_OF_FULL_WIDTH = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー〇]")
_PAIRS = {"“": "”", "‘": "’"}
# In em: above this, a face draws a mark as wide as an ideograph. Noto Sans has the widest … below.
_WIDE = 0.8
_IDEOGRAPH = ord("一")


def proportional_places(text: str) -> frozenset[int]:
    """Where in the text marks stand that are as wide as they are: unless the nearest letter on
    either side is Han or kana. A pair of quotes is judged as one."""
    marks = [mark.start() for mark in _MARK.finditer(text)]
    if not marks:
        return frozenset()
    full = set()
    for place in marks:
        nearest = (_LETTER_BEFORE.search(text, 0, place), _LETTER.search(text, place + 1))
        if any(one and _OF_FULL_WIDTH.match(one.group()) for one in nearest):
            full.add(place)
    opened: list[int] = []
    for place in marks:
        if text[place] in _PAIRS:
            opened.append(place)
        elif opened and text[place] == _PAIRS[text[opened[-1]]]:
            around = text[place - 1 : place] + text[place + 1 : place + 2]
            letters = [one for one in around if _LETTER.match(one)]
            # An apostrophe inside a word closes nothing.
            if len(letters) < 2 or any(map(_OF_FULL_WIDTH.match, letters)):
                pair = {opened.pop(), place}
                full |= pair if full & pair else set()
    return frozenset(marks) - full


def with_plain_hyphens(text: str, proportional: frozenset[int]) -> str:
    """The text with U+2010 at those places as the keyboard's hyphen."""
    if _HYPHEN not in text:
        return text
    return "".join(
        "-" if letter == _HYPHEN and place in proportional else letter
        for place, letter in enumerate(text)
    )


def is_torn(runs: Iterable[tuple[str, Face]], chain: Chain) -> bool:
    """Whether marks in a text that was set long ago push letters apart that today's rules keep
    together. `runs` are its parts as they are read, with their faces."""
    text, faces = "", []
    for part, face in runs:
        text += part
        faces += [face] * len(part)
    for place in proportional_places(text):
        mark, face = text[place], faces[place]
        is_wide = _is_wide(mark, face)
        if is_wide and (mark == _HYPHEN or face_of_proportional(mark, face, chain) is not face):
            return True
    return False


@lru_cache(maxsize=256)
def face_of_proportional(mark: str, face: Face, chain: Chain) -> Face:
    """The face from which a mark comes that is as wide as it is, in a text set in `face`: the same
    one if it can, otherwise the chain's Latin one."""
    if not _is_wide(mark, face):
        return face
    narrow = with_proportional_marks(face)
    if _width(mark, narrow) < _width(mark, face):
        return narrow
    latin = chain.latin
    return latin if latin and latin.covers(map(ord, mark)) else face


def _is_wide(mark: str, face: Face) -> bool:
    return face.covers([_IDEOGRAPH]) and _width(mark, face) > _WIDE


def _width(mark: str, face: Face) -> float:
    return shape(face, mark, right_to_left=False).advance
