"""Which face draws what, and in which order: a text becomes runs of one face and one direction."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

import regex

from shared.rendering.directions import bidi_levels
from shared.rendering.faces import Face

Chain = tuple[Face, ...]

_IGNORABLE = regex.compile(r"\p{Default_Ignorable_Code_Point}")
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{RI}\p{RI}|\p{Emoji}\u200D")
# Marks of no script in particular (accents) that stay separate after NFC.
_STACKED_MARKS = regex.compile(r"[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF]")
_COMMON = regex.compile(r"[\p{Script=Common}\p{Script=Inherited}]+")
# Scripts whose letters hang together: spacing or parting them would break the word.
JOINED = regex.compile(
    r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Nko}\p{Adlam}\p{Devanagari}\p{Bengali}\p{Gurmukhi}]"
)


@dataclass(frozen=True)
class Run:
    """Text of one face and one direction; `gap` is the space after it, in em, and `place` its
    position in the text as it is read."""

    text: str
    face: Face
    right_to_left: bool = False
    gap: float = 0.0
    place: int = 0

    @property
    def direction(self) -> str:
        return "rtl" if self.right_to_left else "ltr"


def clusters(text: str) -> list[str]:
    """What a reader takes for one character (UAX #29)."""
    found: list[str] = regex.findall(r"\X", text)
    return found


def _visible(text: str) -> frozenset[int]:
    return frozenset(ord(character) for character in text if not _IGNORABLE.match(character))


def _only_face(text: str, chain: Chain) -> Face | None:
    """The first face that has all of `text`: one face keeps one style of digits and letters."""
    if _EMOJI.search(text):
        return None
    return _first(_without_emoji(text, chain), text)


def _without_emoji(text: str, chain: Chain) -> list[Face]:
    """The faces for letters; those that can stack marks first if there are marks to stack."""
    faces = [face for face in chain if not face.is_emoji]
    if _STACKED_MARKS.search(text):
        faces.sort(key=lambda face: not face.stacks_marks)
    return faces


def _first(faces: Iterable[Face], text: str) -> Face | None:
    wanted = _visible(text)
    return next((face for face in faces if face.covers(wanted)), None)


def _face_for(cluster: str, chain: Chain, before: Face | None) -> Face | None:
    """The face for one cluster of a mixed line; None if no face has it."""
    if _EMOJI.search(cluster):
        order = sorted(chain, key=lambda face: not face.is_emoji)
    else:
        order = _without_emoji(cluster, chain)
        if before is not None and not before.is_emoji and _COMMON.fullmatch(cluster):
            order.insert(0, before)
    return _first(order, cluster)


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
    text: str, chain: Chain, letter_spacing: float = 0.0
) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """The runs of `text` in the order of the page, and the clusters that no face has.

    `letter_spacing` is in em.
    """
    text = unicodedata.normalize("NFC", text)
    levels, whole = bidi_levels(text), _only_face(text, chain)
    runs: list[tuple[Run, int]] = []
    missing: list[str] = []
    face, place = None, 0
    for cluster in clusters(text):
        found = whole or _face_for(cluster, chain, face)
        if found is None:
            missing.append(cluster)
        face, level = found or chain[0], levels[place]
        gap = 0.0 if JOINED.match(cluster) else letter_spacing
        _append(runs, Run(cluster, face, bool(level % 2), gap, place), level)
        place += len(cluster)
    return reordered(runs), tuple(dict.fromkeys(missing))


def _append(runs: list[tuple[Run, int]], new: Run, level: int) -> None:
    """Add a cluster to the last run, if nothing but the text tells them apart."""
    if runs and not new.gap and not new.face.is_emoji:
        last, last_level = runs[-1]
        if (last.face, last_level, last.gap) == (new.face, level, 0.0):
            runs[-1] = (replace(last, text=last.text + new.text), level)
            return
    runs.append((new, level))
