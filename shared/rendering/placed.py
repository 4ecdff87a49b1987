"""How a field's text came out, in words and numbers for the person placing it."""

from dataclasses import dataclass

import regex

from shared.language import N_
from shared.rendering.fields.field import Resolved
from shared.rendering.text.fitting import Line
from shared.rendering.text.runs import Run

BELOW_SMALLEST = N_("The text is a little smaller than the smallest size of its field.")
PARTED = N_("A word is parted, because it is too long for one line.")
USUAL_FORM = N_("The typeface has only the usual form of one of the characters.")
_VARIATION = regex.compile(r"(.)([\uFE00-\uFE0D\U000E0100-\U000E01EF])")


@dataclass(frozen=True)
class Placed:
    """How one field came out: its lines, the size in pixels per em and the largest that its field
    allows, the ink in pixels from the box's corner."""

    id: str
    lines: tuple[str, ...]
    size: float
    largest: float
    shrunk: bool
    warning: str | None = None
    ink: tuple[float, float, float, float] | None = None


def placed(resolved: Resolved, height: int) -> Placed:
    """How a text that was set came out on a template of so many rows."""
    field, fitted, setting = resolved.field, resolved.fitted, resolved.setting
    assert setting is not None
    largest = field.size * height
    return Placed(
        id=field.id,
        lines=tuple(line.text for line in setting.lines),
        size=setting.size,
        largest=largest,
        shrunk=fitted.shrunk if fitted else setting.size < largest,
        warning=_warning(resolved, setting.lines),
        ink=setting.ink,
    )


def _warning(resolved: Resolved, lines: tuple[Line, ...]) -> str | None:
    """What a person should look at, worst first."""
    fitted = resolved.fitted
    if fitted and fitted.parted:
        return PARTED
    if fitted and fitted.below_smallest:
        return BELOW_SMALLEST
    has_other_form = any(_lacks_variation(run) for line in lines for run in line.runs)
    return USUAL_FORM if has_other_form else None


def _lacks_variation(run: Run) -> bool:
    """Whether the text asks for a variant of a character (Unicode, ch. 23.4) that the face has
    not."""
    font = run.face.shaper
    asked = [] if run.face.is_emoji else _VARIATION.findall(run.text)
    return any(font.get_variation_glyph(ord(base), ord(form)) is None for base, form in asked)
