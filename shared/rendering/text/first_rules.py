"""The rules by which version 0.1.0 set text. Frozen: nothing here is repaired or improved.

What that version issued has no typesetting of its own, and must look as it looked then. Only
certificates and designs without one are set by these rules, whichever later version draws them.
"""

import itertools
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

import regex

from shared.rendering.text.faces import Chain, Face
from shared.rendering.text.fitting import Align, Fit, Line, Setting, Style, Vertical
from shared.rendering.text.measuring import (
    ASCENT,
    DESCENT,
    MARGIN,
    Ink,
    advance_of,
    around,
    ink_of_runs,
)
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


# Outlines are measured at this size. Widths grow linearly with the size (within 0.005 %).
MEASURE = 1000
# Sizes step by this many pixels, so that similar names share opened fonts.
STEP = 0.25
# How far below the smallest size a break between words is still better than one inside a word.
TOLERANCE = 0.9
MOST_PARTINGS = 12

_BREAK_AFTER = regex.compile(r"[\s\-‐–·・•]")
_IDEOGRAPH = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")


def clean(text: str) -> str:
    """`text` as it was drawn. Nothing is refused: it was checked when it was issued."""
    return " ".join(unicodedata.normalize("NFC", text).split())


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
    levels, whole = bidi_levels(text), _only_face(text, chain)
    runs: list[tuple[Run, int]] = []
    missing: list[str] = []
    face, place = None, 0
    for cluster in clusters(text):
        found = whole or _face_for(cluster, chain, face)
        if found is None:
            missing.append(cluster)
        face, level = found or chain[0], levels[place]
        gap = 0.0 if _JOINED.match(cluster) else letter_spacing
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


@lru_cache(maxsize=4096)
def measure(text: str, style: Style) -> Line:
    """`text` as one line: its runs and measures in em. Nothing is drawn."""
    runs, missing = _runs_of(text, style.chain, style.letter_spacing)
    ends = list(itertools.accumulate(advance_of(run) + run.gap for run in runs))
    starts = (0.0, *ends[:-1]) if runs else ()
    ink = Ink(*(edge / MEASURE for edge in ink_of_runs(runs, starts, MEASURE, style.stroke)))
    return Line(text, runs, missing, starts, ends[-1] - runs[-1].gap if runs else 0.0, ink)


@lru_cache(maxsize=1024)
def _ink_at(line: Line, size: float, style: Style) -> Ink:
    """The line's ink in pixels at `size`. Hinting moves marks by up to 2 pixels, so it is not just
    the ink in em times the size."""
    return ink_of_runs(line.runs, line.starts, size, style.stroke)


def _hard_breaks(text: str) -> list[int]:
    """Between any two characters, unless the script joins them."""
    places, place = [], 0
    for cluster in clusters(text)[:-1]:
        place += len(cluster)
        places.append(place)
    return [] if _JOINED.search(text) else places


def _largest_size(lines: tuple[Line, ...], width: float, height: float, style: Style) -> float:
    """The size at which the lines about fill a box of `width` x `height` pixels."""
    between = (len(lines) - 1) * style.line_spacing
    widest = max(max(line.advance, line.ink.right - line.ink.left) for line in lines)
    tallest = max(ASCENT + DESCENT + between, between - lines[0].ink.top + lines[-1].ink.bottom)
    return min((width - 2 * MARGIN) / max(widest, 1e-6), (height - 2 * MARGIN) / tallest)


def _is_inside(
    lines: tuple[Line, ...], size: float, width: float, height: float, style: Style
) -> bool:
    """Whether the ink, exactly as it is drawn, has room in the box."""
    inks = [_ink_at(line, size, style) for line in lines]
    pitch = size * style.line_spacing * (len(lines) - 1)
    widest = max(ink.right - ink.left for ink in inks)
    tallest = pitch - inks[0].top + inks[-1].bottom
    return widest <= width - 2 * MARGIN and tallest <= height - 2 * MARGIN


def _settled_size(
    lines: tuple[Line, ...],
    style: Style,
    box: tuple[float, float],
    largest: float,
    smallest: float,
) -> float | None:
    """The largest size from `largest` down to `smallest` at which the lines fit."""
    size = _stepped(min(largest, _largest_size(lines, *box, style)))
    while size >= max(smallest, STEP):
        if _is_inside(lines, size, *box, style):
            return size
        size -= STEP
    return None


def _parted(text: str, places: list[int], style: Style) -> tuple[Line, Line] | None:
    """`text` in two lines of the most even width."""
    # The best place is near the middle; a long text has too many to measure them all.
    central = sorted(places, key=lambda place: abs(2 * place - len(text)))[:MOST_PARTINGS]
    pairs = [(text[:place].strip(), text[place:].strip()) for place in central]
    lines = [(measure(one, style), measure(two, style)) for one, two in pairs if one and two]
    return min(lines, key=lambda pair: max(line.advance for line in pair), default=None)


def fit(
    text: str, style: Style, width: float, height: float, largest: float, smallest: float
) -> Fit | None:
    """The largest setting of `text` in a box; None if it does not fit. All lengths in pixels.

    One line is shrunk as far as `smallest`; then two lines are tried, parted where a reader
    expects it; letters are parted only where the text has no such place.
    """
    one_line, box = (measure(text, style),), (width, height)
    size = _settled_size(one_line, style, box, largest, smallest)
    if size is not None:
        return Fit(one_line, size, shrunk=size < _stepped(largest))
    # Where a name may be parted: after blanks, hyphens and dots, and between ideographs.
    soft, place, parts = [], 0, clusters(text)
    for before, after in itertools.pairwise(parts):
        place += len(before)
        between_ideographs = _IDEOGRAPH.match(before) and _IDEOGRAPH.match(after)
        if _BREAK_AFTER.fullmatch(before) or between_ideographs:
            soft.append(place)
    two_lines = _parted(text, soft or _hard_breaks(text), style)
    if two_lines is None:
        return None
    size = _settled_size(two_lines, style, box, largest, smallest * (TOLERANCE if soft else 1))
    if size is None:
        return None
    return Fit(two_lines, size, shrunk=True, below_smallest=size < smallest)


def _stepped(size: float) -> float:
    return max(size // STEP * STEP, 0.0)


def place(
    fitted: Fit, style: Style, width: float, height: float, align: Align, vertical: Vertical
) -> Setting:
    """Where each line starts in a box of `width` x `height` pixels."""
    size = fitted.size
    inks = [_ink_at(line, size, style) for line in fitted.lines]
    baselines = _baselines(inks, size, style, height, vertical)
    starts = [
        _pen_start(line.advance * size, ink, width, align)
        for line, ink in zip(fitted.lines, inks, strict=True)
    ]
    origins = tuple(zip(starts, baselines, strict=True))
    ink = around(ink.shifted(x, y) for ink, (x, y) in zip(inks, origins, strict=True))
    return Setting(fitted.lines, size, origins, ink)


def _baselines(
    inks: list[Ink], size: float, style: Style, height: float, vertical: Vertical
) -> list[float]:
    """Each line's baseline, on whole pixels because outlines are hinted against their grid."""
    pitch = size * style.line_spacing
    room = height - (ASCENT + DESCENT) * size - pitch * (len(inks) - 1)
    top = {"top": 0.0, "middle": room / 2, "bottom": room}[vertical]
    baselines = [round(top + ASCENT * size + pitch * index) for index in range(len(inks))]
    # Tall ink (stacked marks, Tibetan) moves the lines only if it would leave the box.
    over = MARGIN - (baselines[0] + inks[0].top)
    under = baselines[-1] + inks[-1].bottom - (height - MARGIN)
    shift = math.ceil(max(over, 0.0)) or -math.ceil(max(under, 0.0))
    return [float(baseline + shift) for baseline in baselines]


def _pen_start(advance: float, ink: Ink, width: float, align: Align) -> float:
    room = width - advance
    start = {"left": 0.0, "center": room / 2, "right": room}[align]
    # Ink may stand out of the advance; keep it inside the box.
    start = max(start, MARGIN - ink.left)
    return min(start, width - MARGIN - ink.right)
