"""The certificate with its boxes: what the placer component is given, and what it returns."""

from collections.abc import Mapping

from console.placer import PlacedBox, Sheet, show_placer
from console.screens.certificate import placement, saving
from console.screens.certificate.placing import FIELD, field_name
from console.text import t
from shared.language import N_
from shared.rendering import placeholders
from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts, value_of, written_date
from shared.rendering.layout import Field

# What the component says, on screen and to screen readers.
PLACER_WORDS = {
    "title": N_("Placing on the certificate"),
    "picture": N_("Preview of the certificate"),
    "help": N_(
        "Drag the box, or its corners to resize it. By keyboard: arrows move, Alt and arrows "
        "resize, Shift makes larger steps."
    ),
    # Filled in by the browser, so the braces stay until then.
    "position": N_("{{left}} from the left, {{top}} from the top, {{width}} wide, {{height}} high"),
}


def show_boxes(
    design: CompiledDesign, facts: Facts, template: str, picture: str, version: int
) -> None:
    """The certificate with a box for each shown field, to be dragged and resized."""
    boxes = [_box(field, facts) for field in placement.placed(design.layout) if field.shown]
    sheet = Sheet(
        ratio=design.width / design.height,
        template=template,
        picture=picture,
        boxes=boxes,
        selected=FIELD.get("name"),
        words={name: t(text) for name, text in PLACER_WORDS.items()},
        revision=f"{version}-{saving.REFUSALS.get(0)}",
    )
    show_placer(sheet, _take_drop, FIELD.set)


def _take_drop(moved: str, boxes: Mapping[str, placement.Sides], revision: str) -> None:
    # Sent again, because the hand is quicker than the answer to its first touch.
    FIELD.set(moved)
    seen = int(revision.partition("-")[0])
    saving.save(lambda layout: placement.moved(layout, boxes), t("a box was moved"), seen)


def _box(field: Field, facts: Facts) -> PlacedBox:
    return PlacedBox(
        id=field.id,
        label=field_name(field),
        **field.box.model_dump(),
        text=_sample_text(field, facts),
        color=field.color,
        face=field.face,
        align=field.align,
        size=field.size,
    )


def _sample_text(field: Field, facts: Facts) -> str:
    """The text in the box while it moves."""
    if field.kind == "text":
        return placeholders.filled(field.content, lambda one: value_of(one, facts))
    samples = {
        "name": facts.name,
        "number": facts.number,
        "date": written_date(facts.date, facts.language),
        "column": facts.columns.get(field.content, ""),
    }
    value = samples.get(field.kind, "▦")
    return f"{field.before}{value}{field.after}" if value else ""
