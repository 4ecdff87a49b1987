"""Which fields of a certificate overlap where they are drawn."""

from itertools import combinations

from shared.errors import NameProblem
from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts
from shared.rendering.fields.field import PixelBox, Resolved


def overlaps(design: CompiledDesign, facts: Facts) -> list[tuple[str, str]]:
    """The ids of pairs of fields whose ink overlaps; nothing if the name cannot be drawn.

    A seal or signature over text is intended, so it counts only over a code for machines.
    """
    try:
        fields = [design.resolve_facts(field, facts) for field in design.shown]
    except NameProblem:
        return []
    visible = [one for one in fields if one.is_visible]
    return [
        (one.field.id, other.field.id)
        for one, other in combinations(visible, 2)
        if _matters(one, other) and _ink(one).overlaps(_ink(other))
    ]


def _matters(one: Resolved, other: Resolved) -> bool:
    both = one.field, other.field
    return any(field.is_code for field in both) or not any(field.may_cover for field in both)


def _ink(resolved: Resolved) -> PixelBox:
    """What the field covers: the letters of an upright text, otherwise its box."""
    box, setting = resolved.box, resolved.setting
    if setting is None or resolved.field.rotation:
        return box
    left, top = int(box.left + setting.ink.left), int(box.top + setting.ink.top)
    width, height = setting.ink.right - setting.ink.left, setting.ink.bottom - setting.ink.top
    return PixelBox(left, top, max(1, int(width)), max(1, int(height)))
