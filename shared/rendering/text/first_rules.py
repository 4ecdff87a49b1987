"""The rules by which version 0.1.0 set text. Frozen: nothing here is repaired or improved.

What that version issued has no typesetting of its own, and must look as it looked then. Only
certificates and designs without one are set by these rules, whichever later version draws them.
"""

import itertools
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial

import regex

from shared.rendering.area import Area
from shared.rendering.text import fitting
from shared.rendering.text.faces import Chain, Face
from shared.rendering.text.fitting import Fit, Line, Style
from shared.rendering.text.measuring import line_of, settled_size, stepped
from shared.rendering.text.runs import Run, bidi_levels, clusters, reordered

_IGNORABLE = regex.compile(r"\p{Default_Ignorable_Code_Point}")
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{RI}\p{RI}|\p{Emoji}\u200D")
# Marks of no script in particular (accents) that stay separate after NFC.
_STACKED_MARKS = regex.compile(r"[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF]")
_COMMON = regex.compile(r"[\p{Script=Common}\p{Script=Inherited}]+")
# Scripts whose letters hang together: spacing or parting them would break the word.
_JOINED = regex.compile(
    r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Nko}\p{Adlam}\p{Devanagari}\p{Bengali}\p{Gurmukhi}]"
)


# How far below the smallest size a break between words is still better than one inside a word.
TOLERANCE = 0.9
MOST_PARTINGS = 12

_BREAK_AFTER = regex.compile(r"[\s\-‐–·・•]")
_IDEOGRAPH = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")


def clean(text: str) -> str:
    """`text` as it was drawn. Nothing is refused: it was checked when it was issued."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _by_spacing(_: Sequence[Area], line_spacing: float, __: float) -> float:
    """The distance of two baselines, whatever their ink."""
    return line_spacing


def _without_emoji(text: str, chain: Chain) -> list[Face]:
    """The faces for letters; those that can stack marks first if there are marks to stack."""
    faces = [face for face in chain if not face.is_emoji]
    if _STACKED_MARKS.search(text):
        faces.sort(key=lambda face: not face.stacks_marks)
    return faces


def _first(faces: Iterable[Face], text: str) -> Face | None:
    wanted = frozenset(ord(character) for character in text if not _IGNORABLE.match(character))
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


def _runs_of(
    text: str, chain: Chain, letter_spacing: float = 0.0
) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """The runs of `text` in the order of the page, and the clusters that no face has.

    `letter_spacing` is in em.
    """
    text = unicodedata.normalize("NFC", text)
    levels = bidi_levels(text)
    # One face keeps one style of digits and letters.
    whole = None if _EMOJI.search(text) else _first(_without_emoji(text, chain), text)
    runs: list[tuple[Run, int]] = []
    missing: list[str] = []
    face, place = None, 0
    for cluster in clusters(text):
        found = whole or _face_for(cluster, chain, face)
        if found is None:
            missing.append(cluster)
        face, level = found or chain[0], levels[place]
        gap = 0.0 if _JOINED.match(cluster) else letter_spacing
        # Clusters are one run if nothing but the text tells them apart.
        last, last_level = runs[-1] if runs else (None, 0)
        is_one = last and not gap and not face.is_emoji
        if last and is_one and (last.face, last_level, last.gap) == (face, level, 0.0):
            runs[-1] = (replace(last, text=last.text + cluster), level)
        else:
            runs.append((Run(cluster, face, bool(level % 2), gap, place), level))
        place += len(cluster)
    return reordered(runs), tuple(dict.fromkeys(missing))


@lru_cache(maxsize=4096)
def measure(text: str, style: Style) -> Line:
    """`text` as one line: its runs and measures in em. Nothing is drawn."""
    runs, missing = _runs_of(text, style.chain, style.letter_spacing)
    return line_of(text, runs, missing, style)


def fit(
    text: str, style: Style, width: float, height: float, largest: float, smallest: float
) -> Fit | None:
    """The largest setting of `text` in a box; None if it does not fit. All lengths in pixels.

    One line is shrunk as far as `smallest`; then two lines are tried, parted where a reader
    expects it; letters are parted only where the text has no such place.
    """
    one_line, box = (measure(text, style),), (width, height)
    size = settled_size(one_line, style, box, largest, smallest, _by_spacing)
    if size is not None:
        return Fit(one_line, size, shrunk=size < stepped(largest))
    # Where a name may be parted: after blanks, hyphens and dots, and between ideographs.
    soft, hard, place = [], [], 0
    for before, after in itertools.pairwise(clusters(text)):
        place += len(before)
        hard.append(place)
        between_ideographs = _IDEOGRAPH.match(before) and _IDEOGRAPH.match(after)
        if _BREAK_AFTER.fullmatch(before) or between_ideographs:
            soft.append(place)
    # Else between any two characters, unless the script joins them.
    places = soft or ([] if _JOINED.search(text) else hard)
    # The best place is near the middle; a long text has too many to measure them all.
    central = sorted(places, key=lambda place: abs(2 * place - len(text)))[:MOST_PARTINGS]
    pairs = [(text[:place].strip(), text[place:].strip()) for place in central]
    lines = [(measure(one, style), measure(two, style)) for one, two in pairs if one and two]
    if not lines:
        return None
    # Of the most even width.
    two_lines = min(lines, key=lambda pair: max(line.advance for line in pair))
    least = smallest * (TOLERANCE if soft else 1)
    size = settled_size(two_lines, style, box, largest, least, _by_spacing)
    if size is None:
        return None
    return Fit(two_lines, size, shrunk=True, below_smallest=size < smallest)


place = partial(fitting.place, pitch=_by_spacing)
