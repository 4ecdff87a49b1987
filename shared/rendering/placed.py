"""Checks for the person who places fields: each text as it is set, fields that overlap, how crowded
names are, and the quality that fits a mail."""

import math
from dataclasses import dataclass
from itertools import combinations

import regex

from shared.errors import NameProblem
from shared.language import N_
from shared.rendering.design import CompiledDesign, drawn
from shared.rendering.facts import Facts
from shared.rendering.fields.field import PixelBox, Resolved
from shared.rendering.text.fitting import TextStyle, measure
from shared.rendering.text.runs import Run
from shared.rendering.text.typesetting import NEW

BELOW_SMALLEST = N_("The text is a little smaller than the smallest size of its field.")
PARTED = N_("A word is split, because it is too long for one line.")
USUAL_FORM = N_("The typeface has only the usual form of one of the characters.")
_VARIATION = regex.compile(r"(.)([\uFE00-\uFE0D\U000E0100-\U000E01EF])")


@dataclass(frozen=True)
class Placed:
    """A field as it is set: its lines, the size in pixels per em and the largest that the field
    allows, the ink in pixels from the box's corner."""

    id: str
    lines: tuple[str, ...]
    size: float
    largest: float
    shrunk: bool
    warning: str | None = None
    ink: tuple[float, float, float, float] | None = None


def check(design: CompiledDesign, facts: Facts) -> tuple[Placed, ...]:
    """Return each changing text as it would be set on the certificate.

    Raises NameDoesNotFit or NoGlyph, exactly when `render_certificate` does.
    """
    fields = [design.resolve_facts(field, facts) for field in design.fields]
    return tuple(_placed(field, design.height) for field in fields if field.setting)


def _placed(resolved: Resolved, height: int) -> Placed:
    """Return a text as it was set on a template of `height` rows."""
    field, fitted, setting = resolved.field, resolved.fitted, resolved.setting
    assert setting is not None

    def lacks_variation(run: Run) -> bool:
        """Return whether the text asks for a variant of a character (Unicode, ch. 23.4) that the
        face has not."""
        font = run.face.shaper
        asked = [] if run.face.is_emoji else _VARIATION.findall(run.text)
        return any(font.get_variation_glyph(ord(base), ord(form)) is None for base, form in asked)

    # The worst warning counts.
    warning = None
    if fitted and fitted.parted:
        warning = PARTED
    elif fitted and fitted.below_smallest:
        warning = BELOW_SMALLEST
    elif any(lacks_variation(run) for line in setting.lines for run in line.runs):
        warning = USUAL_FORM
    largest = field.size * height
    return Placed(
        id=field.id,
        lines=tuple(line.text for line in setting.lines),
        size=setting.size,
        largest=largest,
        shrunk=fitted.shrunk if fitted else setting.size < largest,
        warning=warning,
        ink=setting.ink,
    )


def overlaps(design: CompiledDesign, facts: Facts) -> list[tuple[str, str]]:
    """Return pairs of ids of fields whose ink overlaps; none if the name cannot be drawn.

    A seal or signature over text is intended, so it counts only over a code for machines.
    """
    try:
        visible = design.resolve_shown(facts)
    except NameProblem:
        return []
    return [
        (first.field.id, other.field.id)
        for first, other in combinations(visible, 2)
        if (
            any(field.is_code for field in (first.field, other.field))
            or not any(field.may_cover for field in (first.field, other.field))
        )
        and _ink(first).overlaps(_ink(other))
    ]


def _ink(resolved: Resolved) -> PixelBox:
    """Return what the field covers: the letters of an upright text, otherwise its box."""
    box, setting = resolved.box, resolved.setting
    if setting is None or resolved.field.turn:
        return box
    left, top = int(box.left + setting.ink.left), int(box.top + setting.ink.top)
    width, height = setting.ink.right - setting.ink.left, setting.ink.bottom - setting.ink.top
    return PixelBox(left, top, max(1, int(width)), max(1, int(height)))


# How crowded names are, computed fast enough to rank a long list (`make bench`: a worker until all
# is known). The advances of single letters are measured once and added up. That is wrong where
# letters join, stack or combine, so in such scripts whole words are measured if a name is nearly as
# wide as the box.

# Letters whose width does not depend on their neighbours.
_SIDE_BY_SIDE = regex.compile(
    r"[\p{Latin}\p{Greek}\p{Cyrillic}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Armenian}"
    r"\p{Georgian}\p{Hebrew}\p{Ethiopic}\p{Bopomofo}\p{Zs}\p{P}\p{N}]*"
)
# The share of the box above which the sum is not trusted for other scripts: joined letters are
# rarely wider than single ones.
_NEAR = 0.9


class Crowding:
    """The crowding of names on one design; measurements are kept as long as this object."""

    def __init__(self, design: CompiledDesign) -> None:
        self._fields = []
        for field in design.shown:
            if field.kind == "name":
                empty = design.resolve(field, "", NEW, field.language)
                em = field.size * design.height / empty.upright_size[0]
                self._fields.append((_Letters(empty.style), em))

    def of(self, name: str) -> float:
        """Return the width of the name at the largest size as a share of its box, in the worst
        field.

        1.0 fills it, larger values have to shrink or break, infinity means a letter that no face
        has.
        """
        return max((_share(letters, em, name) for letters, em in self._fields), default=0.0)


class _Letters(dict[str, float]):
    """The advances of letters and words in em."""

    def __init__(self, style: TextStyle) -> None:
        self.style = style

    def __missing__(self, text: str) -> float:
        line = measure(text, self.style)
        self[text] = advance = math.inf if line.missing else line.advance
        return advance


def _share(letters: _Letters, em: float, name: str) -> float:
    spaced = len(name) * letters.style.letter_spacing
    share = em * (sum(map(letters.__getitem__, name)) + spaced)
    if share < _NEAR or _SIDE_BY_SIDE.fullmatch(name):
        return share
    words = name.split(" ")
    # Nothing joins across a space, and people share many words of their names.
    blanks = (len(words) - 1) * letters[" "]
    return em * (sum(map(letters.__getitem__, words)) + blanks + spaced)


# JPEG qualities, from hardly any loss to one that is just visible on letters.
QUALITIES = (92, 88, 84, 80, 75, 70)


def best_quality(design: CompiledDesign, sample: Facts, limit: int) -> int:
    """Return the best of QUALITIES whose file is at most `limit` bytes with the facts of `sample`,
    or the worst if none is."""
    try:
        strips = drawn(design, sample)
    except NameProblem:
        # The box is too small for the sample; the template is nearly all of the file anyway.
        strips = []

    def fits(quality: int) -> bool:
        return len(design.jpeg_of(quality).spliced(strips, design.dpi)) <= limit

    # The best is tried first, since it nearly always fits.
    return next(filter(fits, QUALITIES[:-1]), QUALITIES[-1])
