"""A text becomes runs of one face and one direction: which face draws what, and in which order."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import regex

from shared.rendering.names import composed_as_far_as_drawn
from shared.rendering.text.directions import bidi_levels
from shared.rendering.text.faces import Chain, Face
from shared.rendering.text.marks import (
    face_of_proportional,
    proportional_places,
    with_plain_hyphens,
)

# A line feed, at which a paragraph is parted, needs no glyph either.
_IGNORABLE = regex.compile(r"[\p{Default_Ignorable_Code_Point}\n]")
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{RI}\p{RI}|\p{Emoji}\u200D")
# Marks of no script in particular (accents) that stay separate after NFC.
_STACKED_MARKS = regex.compile(r"[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF]")
# Letters that have a face of their own in each family, and those that a Chinese face must draw.
_LATIN = regex.compile(r"[\p{Latin}\p{Greek}\p{Cyrillic}]")
_EAST_ASIAN = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
# One style of digits in a name, whatever letters precede them.
_DIGIT = regex.compile(r"[0-9]")
_COMMON = regex.compile(r"[\p{Script=Common}\p{Script=Inherited}]+")
# Scripts whose letters hang together: spacing or parting them would break the word.
JOINED = regex.compile(
    r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Nko}\p{Adlam}\p{Devanagari}\p{Bengali}\p{Gurmukhi}"
    r"\p{Hanifi_Rohingya}\p{Mandaic}\p{Manichaean}\p{Psalter_Pahlavi}\p{Sogdian}\p{Phags_Pa}"
    r"\p{Kaithi}\p{Modi}\p{Newa}\p{Sharada}\p{Syloti_Nagri}\p{Tirhuta}]"
)


@dataclass(frozen=True)
class Run:
    """Text of one face and one direction; `spacing` is added between its letters and `gap` after
    it, in em, and `place` is its position in the text as it is read."""

    text: str
    face: Face
    right_to_left: bool = False
    gap: float = 0.0
    place: int = 0
    spacing: float = 0.0

    @property
    def direction(self) -> str:
        return "rtl" if self.right_to_left else "ltr"


def clusters(text: str) -> list[str]:
    """What a reader takes for one character (UAX #29)."""
    found: list[str] = regex.findall(r"\X", text)
    return found


@lru_cache(maxsize=4096)
def _visible(text: str) -> frozenset[int]:
    return frozenset(ord(character) for character in text if not _IGNORABLE.match(character))


def _without_emoji(text: str, chain: Chain) -> list[Face]:
    """The faces for letters; those that can stack marks first if there are marks to stack."""
    if _STACKED_MARKS.search(text):
        return sorted(chain.letters, key=lambda face: not face.stacks_marks)
    return chain.letters


def _first(faces: Iterable[Face], text: str) -> Face | None:
    wanted = _visible(text)
    return next((face for face in faces if face.covers(wanted)), None)


Faces = tuple[tuple[str, Face | None], ...]


@lru_cache(maxsize=2048)
def faces_of(text: str, chain: Chain) -> Faces:
    """The clusters of a name and the face of each; None if no face has it.

    One face for all letters if possible, to keep one style of digits and letters; the chain's Latin
    one first where the text is in Latin, Greek or Cyrillic. Marks are as wide as they are, unless
    they stand among Chinese letters.
    """
    text = composed_as_far_as_drawn(text, chain)
    if _LATIN.search(text) and not _EAST_ASIAN.search(text):
        chain = chain.latin_first
    narrow = proportional_places(text)
    found = _faces_of(clusters(with_plain_hyphens(text, narrow)), chain)
    return _with_narrow_marks(found, narrow, chain) if narrow else tuple(found)


def _with_narrow_marks(
    parts: Sequence[tuple[str, Face | None]], narrow: frozenset[int], chain: Chain
) -> Faces:
    places = itertools.accumulate((len(cluster) for cluster, _ in parts), initial=0)
    return tuple(
        (cluster, face_of_proportional(cluster, face, chain) if face and at in narrow else face)
        for (cluster, face), at in zip(parts, places, strict=False)
    )


def _faces_of(parts: Sequence[str], chain: Chain) -> list[tuple[str, Face | None]]:
    letters = [part for part in parts if not _EMOJI.search(part)]
    whole = _first(_without_emoji("".join(letters), chain), "".join(letters))
    order = [whole] if whole else _few_faces(letters, chain)
    found: list[tuple[str, Face | None]] = []
    before: Face | None = None
    for part in parts:
        face = _face_for(part, chain, order, before)
        before = face if face and not face.is_emoji else before
        found.append((part, face))
    return found


def _few_faces(letters: Sequence[str], chain: Chain) -> list[Face]:
    """The faces for a mixed name, in the order in which they are tried: the chain's first, or one
    that has everything that it has and more, so that a name uses few faces."""
    left = {letter for letter in letters if not _COMMON.fullmatch(letter)}
    faces = [face for face in chain.letters if _served(face, left)]
    order: list[Face] = []
    for first in faces:
        group = _served(first, left)
        if group:
            able = [face for face in faces if _served(face, group) == group]
            order.append(max(able, key=lambda face: len(_served(face, left))))
            left -= _served(order[-1], left)
    return [*order, *(face for face in chain.letters if face not in order)]


def _served(face: Face, letters: set[str]) -> set[str]:
    return {letter for letter in letters if face.covers(_visible(letter))}


def _face_for(
    cluster: str, chain: Chain, order: Sequence[Face], before: Face | None
) -> Face | None:
    """The face for one cluster of a mixed line; None if no face has it."""
    if _EMOJI.search(cluster):
        return _first(sorted(chain, key=lambda face: not face.is_emoji), cluster)
    if len(order) > 1 and _STACKED_MARKS.search(cluster):
        return _first(_without_emoji(cluster, chain), cluster)
    if before is not None and _COMMON.fullmatch(cluster) and not _DIGIT.match(cluster):
        order = [before, *order]
    found = _first(order, cluster) or _first(_without_emoji(cluster, chain), cluster)
    # A heart that is not said to be an emoji is one all the same where no other face has it.
    return found or _first(chain, cluster)


def reordered(runs: list[tuple[Run, int]]) -> tuple[Run, ...]:
    """Runs in the order of the page: rule L2 of UAX #9."""
    for level in range(max((level for _, level in runs), default=0), 0, -1):
        start = 0
        while start < len(runs):
            end = start
            while end < len(runs) and runs[end][1] >= level:
                end += 1
            runs[start:end] = runs[start:end][::-1]
            start = max(end, start + 1)
    return tuple(run for run, _ in runs)


def runs_of(
    parts: Faces, chain: Chain, letter_spacing: float = 0.0
) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """The runs of a line in the order of the page, and the clusters that no face has.

    `letter_spacing` is in em; letters that hang together get none.
    """
    levels = bidi_levels("".join(cluster for cluster, _ in parts))
    places = itertools.accumulate((len(cluster) for cluster, _ in parts), initial=0)
    placed = [
        _Cluster(cluster, face or chain[0], levels[place], _spacing(cluster, letter_spacing), place)
        for (cluster, face), place in zip(parts, places, strict=False)
    ]
    runs = [_run(list(together)) for _, together in itertools.groupby(placed, _of_one_run)]
    missing = [cluster for cluster, face in parts if face is None]
    return reordered(runs), tuple(dict.fromkeys(missing))


class _Cluster(NamedTuple):
    """A cluster, and everything that decides to which run it belongs."""

    text: str
    face: Face
    level: int
    spacing: float
    place: int


def _spacing(cluster: str, letter_spacing: float) -> float:
    return 0.0 if letter_spacing and JOINED.match(cluster) else letter_spacing


def _of_one_run(cluster: _Cluster) -> tuple[Face, int, float, int]:
    """Equal for neighbours that differ in their text only; each emoji is a run of its own."""
    emoji = cluster.place if cluster.face.is_emoji else -1
    return cluster.face, cluster.level, cluster.spacing, emoji


def _run(together: Sequence[_Cluster]) -> tuple[Run, int]:
    """The clusters as one run, and its level."""
    _, face, level, spacing, place = together[0]
    text = "".join(cluster.text for cluster in together)
    return Run(text, face, bool(level % 2), spacing, place, spacing), level
