"""Text in any script: which face draws what, in which order, and how large it may be."""

import itertools
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import regex
from bidi import algorithm as bidi
from PIL import Image, ImageDraw

from shared.rendering.faces import Face, emoji_picture

Chain = tuple[Face, ...]

# The ideographic em box (OpenType BASE, "ideo" baseline at -0.12 em). Lines are placed by it and
# not by their ink, so that all names of an event stand on the same line.
ASCENT, DESCENT = 0.88, 0.12
# Outlines are measured at this size. Widths grow linearly with the size (within 0.005 %).
MEASURE = 1000
# Sizes step by this many pixels, so that similar names share opened fonts.
STEP = 0.25
# How far below the smallest size a break between words is still better than one inside a word.
TOLERANCE = 0.9
# Rounding of pixels and hinting can move ink by one pixel at each side.
MARGIN = 1.0
# A heavier weight is drawn by growing the outline: 700 adds this much of an em at each side.
BOLD = 0.014

_IGNORABLE = regex.compile(r"\p{Default_Ignorable_Code_Point}")
_RIGHT_TO_LEFT = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Bidi_Class=AN}]")
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{RI}\p{RI}|\p{Emoji}\u200D")
_COMMON = regex.compile(r"[\p{Script=Common}\p{Script=Inherited}]+")
_JOINED = regex.compile(
    r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Nko}\p{Adlam}\p{Devanagari}\p{Bengali}\p{Gurmukhi}]"
)
_BREAK_AFTER = regex.compile(r"[\s\-‐–·・•]")
_IDEOGRAPH = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")


@dataclass(frozen=True)
class Style:
    """How a field's text is set: the faces, and spacings in em."""

    chain: Chain
    weight: int = 400
    line_spacing: float = 1.2
    letter_spacing: float = 0.0

    @property
    def stroke(self) -> float:
        """What the weight adds to the outline at each side, in em."""
        return max(0, self.weight - 400) / 300 * BOLD


@dataclass(frozen=True)
class Run:
    """Text of one face and one direction; `gap` is the space after it, in em."""

    text: str
    face: Face
    right_to_left: bool = False
    gap: float = 0.0

    @property
    def direction(self) -> str:
        return "rtl" if self.right_to_left else "ltr"


@dataclass(frozen=True)
class Line:
    """A line's runs in the order of the page. All measures in em, y grows downwards from the
    baseline; `left` to `bottom` is the ink."""

    text: str
    runs: tuple[Run, ...]
    missing: tuple[str, ...]
    advance: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Advance and ink together."""
        return max(self.advance, self.right) - min(0.0, self.left)


@dataclass(frozen=True)
class Setting:
    """Lines at their size, with the pen's start of each line, in pixels from the box's corner."""

    lines: tuple[Line, ...]
    size: float
    origins: tuple[tuple[float, float], ...]

    @property
    def ink(self) -> tuple[float, float, float, float]:
        """The box around all ink: left, top, right, bottom in pixels."""
        placed = list(zip(self.lines, self.origins, strict=True))
        return (
            min(x + line.left * self.size for line, (x, _) in placed),
            min(y + line.top * self.size for line, (_, y) in placed),
            max(x + line.right * self.size for line, (x, _) in placed),
            max(y + line.bottom * self.size for line, (_, y) in placed),
        )


# Which face, which order


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
    wanted = _visible(text)
    return next((face for face in chain if not face.is_emoji and face.covers(wanted)), None)


def _face_for(cluster: str, chain: Chain, before: Face | None) -> Face | None:
    """The face for one cluster of a mixed line; None if no face has it."""
    if _EMOJI.search(cluster):
        order = sorted(chain, key=lambda face: not face.is_emoji)
    else:
        order = [face for face in chain if not face.is_emoji]
        if before is not None and not before.is_emoji and _COMMON.fullmatch(cluster):
            order.insert(0, before)
    wanted = _visible(cluster)
    return next((face for face in order if face.covers(wanted)), None)


def bidi_levels(text: str) -> list[int]:
    """The embedding level of each character (UAX #9); all 0 without right-to-left letters."""
    if not _RIGHT_TO_LEFT.search(text):
        return [0] * len(text)
    base = bidi.get_base_level(text)
    storage = bidi.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    bidi.get_embedding_levels(text, storage)
    for index, character in enumerate(storage["chars"]):
        character["index"] = index
    bidi.explicit_embed_and_overrides(storage)
    bidi.resolve_weak_types(storage)
    bidi.resolve_neutral_types(storage, False)
    bidi.resolve_implicit_levels(storage, False)
    levels = [base] * len(text)
    for character in storage["chars"]:
        levels[character["index"]] = character["level"]
    return levels


def _reordered(runs: list[tuple[Run, int]]) -> tuple[Run, ...]:
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


def _runs(text: str, style: Style) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """The runs of `text` in the order of the page, and the clusters that no face has."""
    levels, whole = bidi_levels(text), _only_face(text, style.chain)
    runs: list[tuple[Run, int]] = []
    missing: list[str] = []
    face, place = None, 0
    for cluster in clusters(text):
        found = whole or _face_for(cluster, style.chain, face)
        if found is None:
            missing.append(cluster)
        face, level = found or style.chain[0], levels[place]
        place += len(cluster)
        gap = 0.0 if _JOINED.match(cluster) else style.letter_spacing
        _append(runs, Run(cluster, face, bool(level % 2), gap), level)
    return _reordered(runs), tuple(dict.fromkeys(missing))


def _append(runs: list[tuple[Run, int]], new: Run, level: int) -> None:
    """Add a cluster to the last run, if nothing but the text tells them apart."""
    if runs and not new.gap and not new.face.is_emoji:
        last, last_level = runs[-1]
        if (last.face, last_level, last.gap) == (new.face, level, 0.0):
            runs[-1] = (Run(last.text + new.text, last.face, last.right_to_left), level)
            return
    runs.append((new, level))


# How wide, how large


def _run_measures(run: Run) -> tuple[float, tuple[float, float, float, float]]:
    """Advance and ink (left, top, right, bottom) of a run in em."""
    if run.face.is_emoji:
        return 1.0, (0.0, -ASCENT, 1.0, DESCENT)
    font = run.face.at(MEASURE)
    advance = font.getlength(run.text, direction=run.direction) / MEASURE
    left, top, right, bottom = font.getbbox(run.text, anchor="ls", direction=run.direction)
    return advance, (left / MEASURE, top / MEASURE, right / MEASURE, bottom / MEASURE)


@lru_cache(maxsize=4096)
def measure(text: str, style: Style) -> Line:
    """`text` as one line: its runs and measures in em. Nothing is drawn."""
    runs, missing = _runs(unicodedata.normalize("NFC", text), style)
    pen, boxes = 0.0, []
    for run in runs:
        advance, (left, top, right, bottom) = _run_measures(run)
        boxes.append((pen + left, top, pen + right, bottom))
        pen += advance + run.gap
    pen -= runs[-1].gap if runs else 0.0
    grow = style.stroke
    return Line(
        text,
        runs,
        missing,
        advance=pen,
        left=min((box[0] for box in boxes), default=0.0) - grow,
        top=min((box[1] for box in boxes), default=0.0) - grow,
        right=max((box[2] for box in boxes), default=0.0) + grow,
        bottom=max((box[3] for box in boxes), default=0.0) + grow,
    )


def soft_breaks(text: str) -> list[int]:
    """Where a name may be parted: after blanks, hyphens and dots, and between ideographs."""
    places, place, parts = [], 0, clusters(text)
    for before, after in itertools.pairwise(parts):
        place += len(before)
        between_ideographs = _IDEOGRAPH.match(before) and _IDEOGRAPH.match(after)
        if _BREAK_AFTER.fullmatch(before) or between_ideographs:
            places.append(place)
    return places


def _hard_breaks(text: str) -> list[int]:
    """Between any two characters, unless the script joins them."""
    places, place = [], 0
    for cluster in clusters(text)[:-1]:
        place += len(cluster)
        places.append(place)
    return [] if _JOINED.search(text) else places


def _largest_size(lines: tuple[Line, ...], width: float, height: float, style: Style) -> float:
    """The size at which the lines fill a box of `width` x `height` pixels."""
    between = (len(lines) - 1) * style.line_spacing
    ink = between - lines[0].top + lines[-1].bottom
    widest = max(line.width for line in lines)
    tallest = max(ASCENT + DESCENT + between, ink)
    return min((width - 2 * MARGIN) / max(widest, 1e-6), (height - 2 * MARGIN) / tallest)


def _parted(text: str, places: list[int], style: Style) -> tuple[Line, Line] | None:
    """`text` in two lines of the most even width."""
    pairs = [(text[:place].strip(), text[place:].strip()) for place in places]
    lines = [(measure(one, style), measure(two, style)) for one, two in pairs if one and two]
    return min(lines, key=lambda pair: max(line.width for line in pair), default=None)


@dataclass(frozen=True)
class Fit:
    lines: tuple[Line, ...]
    size: float
    shrunk: bool
    below_smallest: bool = False


def fit(
    text: str, style: Style, width: float, height: float, largest: float, smallest: float
) -> Fit | None:
    """The largest setting of `text` in a box; None if it does not fit. All lengths in pixels.

    One line is shrunk as far as `smallest`; then two lines are tried, parted where a reader
    expects it; letters are parted only where the text has no such place.
    """
    one_line = (measure(text, style),)
    size = _stepped(min(largest, _largest_size(one_line, width, height, style)))
    if size >= smallest:
        return Fit(one_line, size, shrunk=size < _stepped(largest))
    soft = soft_breaks(text)
    two_lines = _parted(text, soft or _hard_breaks(text), style)
    if two_lines is None:
        return None
    size = _stepped(min(largest, _largest_size(two_lines, width, height, style)))
    if size < smallest * (TOLERANCE if soft else 1):
        return None
    return Fit(two_lines, size, shrunk=True, below_smallest=size < smallest)


def _stepped(size: float) -> float:
    return max(size // STEP * STEP, 0.0)


def place(
    fitted: Fit, style: Style, width: float, height: float, align: str, vertical: str
) -> Setting:
    """Where each line starts in a box of `width` x `height` pixels."""
    size, pitch = fitted.size, fitted.size * style.line_spacing
    block = (ASCENT + DESCENT) * size + pitch * (len(fitted.lines) - 1)
    room = height - block
    top = {"top": 0.0, "middle": room / 2, "bottom": room}[vertical]
    baselines = [top + ASCENT * size + pitch * index for index in range(len(fitted.lines))]
    shift = _into_the_box(fitted, baselines, height)
    origins = [
        (_pen_start(line, size, width, align), baseline + shift)
        for line, baseline in zip(fitted.lines, baselines, strict=True)
    ]
    return Setting(fitted.lines, size, tuple(origins))


def _into_the_box(fitted: Fit, baselines: list[float], height: float) -> float:
    """How far tall ink (stacked marks, Tibetan) must move down or up to stay in the box."""
    over = MARGIN - (baselines[0] + fitted.lines[0].top * fitted.size)
    under = baselines[-1] + fitted.lines[-1].bottom * fitted.size - (height - MARGIN)
    return max(over, 0.0) or -max(under, 0.0)


def _pen_start(line: Line, size: float, width: float, align: str) -> float:
    room = width - line.advance * size
    start = {"left": 0.0, "center": room / 2, "right": room}[align]
    # Ink may stand out of the advance; keep it inside the box.
    start = max(start, MARGIN - line.left * size)
    return min(start, width - MARGIN - line.right * size)


# Drawing


def draw(
    setting: Setting, style: Style, color: str, picture: Image.Image, corner: tuple[float, float]
) -> None:
    """Draw the setting onto `picture` (RGB or RGBA) with the box's corner at `corner`."""
    canvas = ImageDraw.Draw(picture)
    for line, (x, y) in zip(setting.lines, setting.origins, strict=True):
        pen, baseline = corner[0] + x, corner[1] + y
        for run in line.runs:
            if run.face.is_emoji:
                _paste_emoji(run, setting.size, picture, pen, baseline)
            else:
                canvas.text(
                    (pen, baseline),
                    run.text,
                    fill=color,
                    font=run.face.at(setting.size),
                    anchor="ls",
                    direction=run.direction,
                    stroke_width=style.stroke * setting.size,
                )
            pen += (_run_measures(run)[0] + run.gap) * setting.size


def _paste_emoji(run: Run, size: float, picture: Image.Image, pen: float, baseline: float) -> None:
    tile, left, top = emoji_picture(run.face, run.text, max(1, int(size)))
    corner = (round(pen) + left, round(baseline) + top)
    if picture.mode == "RGBA":
        picture.alpha_composite(tile, (max(corner[0], 0), max(corner[1], 0)))
    else:
        picture.paste(tile, corner, tile)
