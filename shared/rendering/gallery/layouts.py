"""The fields of a design, with their places and first texts, which people adjust by hand."""

import itertools
from collections.abc import Collection
from dataclasses import astuple
from typing import Any

from shared.language import N_, translate
from shared.rendering.fields.picture import PictureField
from shared.rendering.fields.qr import readable_side
from shared.rendering.gallery import record
from shared.rendering.gallery.catalogue import (
    SHEET_LANGUAGES,
    STYLES,
    DesignChoice,
    DesignWords,
    Filling,
    Logo,
    Row,
    Span,
    mixed,
    readable,
)
from shared.rendering.gallery.plans import FACT, HOURS, PLANS, SIGNERS, Plan, RuledLine, facts_of
from shared.rendering.gallery.record import CELL, NAME
from shared.rendering.layout import Box, FaceName, Field, Layout
from shared.rendering.placeholders import EVENT, ORGANIZATION
from shared.rendering.text.fitting import Align

# Plans, as shares of the sheet

_FLAT: dict[str, Row] = {
    "logo": (0.09, 0.09, 0.0),
    "title": (0.2, 0.105, 0.075),
    "lead": (0.325, 0.045, 0.027),
    "name": (0.385, 0.15, 0.09),
    "thanks": (0.565, 0.095, 0.03),
    "date": (0.768, 0.042, 0.025),
    "below": (0.822, 0.042, 0.022),
}
_UPRIGHT: dict[str, Row] = {
    "logo": (0.145, 0.055, 0.0),
    # High enough for two lines.
    "title": (0.2, 0.121, 0.05),
    "lead": (0.333, 0.03, 0.021),
    "name": (0.37, 0.105, 0.06),
    "thanks": (0.495, 0.08, 0.023),
    "date": (0.793, 0.03, 0.019),
    "below": (0.832, 0.03, 0.017),
}
# The tops of the line under the name, and of those for a date and a signature.
_RULES_FLAT, _RULES_UPRIGHT = (0.545, 0.816), (0.481, 0.827)


# The start and end of a line that is read from the left, and of one read from the right.
_ENDS: tuple[tuple[Align, Align], tuple[Align, Align]] = (("left", "right"), ("right", "left"))


def plan_of(choice: DesignChoice) -> Plan:
    style = choice.style
    if style.is_record:
        return _record_plan(choice.is_upright, choice.is_mirrored)
    if style.plan:
        return PLANS[style.plan](choice)
    column = style.upright_column if choice.is_upright else style.column
    spans = _flush(column) if column else _centred(choice.is_upright)
    if style.title_column and not choice.is_upright:
        spans["title"] = style.title_column
    rows = _UPRIGHT if choice.is_upright else _FLAT
    where = {**rows, "number": rows["below"], "signature": rows["below"]}
    under_name, at_foot = _RULES_UPRIGHT if choice.is_upright else _RULES_FLAT
    bottom = 0.725 if choice.is_upright else 0.864
    code = (0.5, bottom, 0.5)
    if column:
        code = (column[0], bottom, 0.0) if choice.is_upright else (column[1], bottom, 1.0)
    return Plan(
        boxes={
            name: Box(left=left, top=where[name][0], width=right - left, height=where[name][1])
            for name, (left, right) in spans.items()
            if name in where
        },
        sizes={name: row[2] for name, row in where.items()},
        code=code,
        align="left" if column else "center",
        lines=(_line(spans["under name"], under_name),),
        rules={name: _line(spans[f"{name} line"], at_foot) for name in ("date", "signature")},
    )


def _record_plan(is_upright: bool, is_mirrored: bool) -> Plan:
    """Return the plan of a record, most of whose fields fill the cells of a table."""
    form = record.form(is_upright)
    boxes = {f"{CELL}{cell.name}": cell.inside for cell in record.cells(is_upright)}
    sizes = dict.fromkeys((NAME, *boxes), form.rows["statement"][2])
    boxes[NAME] = boxes.pop(f"{CELL}{NAME}")
    for name, (left, width) in record.SPANS.items():
        top, height, sizes[name] = form.rows[name]
        boxes[name] = Box(left=left, top=top, width=width, height=height)
    start, end = _ENDS[is_mirrored]
    others = {"logo": start, "statement": start, "date": end, "number": end}
    code = (record.LEFT, form.code, 0.0)
    if is_mirrored:
        boxes = {name: record.from_the_right(box) for name, box in boxes.items()}
        code = (1 - record.LEFT, form.code, 1.0)
    return Plan(boxes, sizes, code, others=others)


def _centred(is_upright: bool) -> dict[str, Span]:
    wide = (0.13, 0.87) if is_upright else (0.14, 0.86)
    left = (0.12, 0.42) if is_upright else (0.15, 0.4)
    right = (1 - left[1], 1 - left[0])
    return {
        "logo": (0.3, 0.7),
        "title": wide,
        "lead": (0.2, 0.8),
        "name": wide,
        "thanks": (0.17, 0.83),
        "date": left,
        "number": left,
        "signature": right,
        "under name": (0.27, 0.73),
        "date line": (left[0] + 0.02, left[1] - 0.02),
        "signature line": (right[0] + 0.02, right[1] - 0.02),
    }


def _flush(column: Span) -> dict[str, Span]:
    left, right = column
    room = right - left
    date, signature = (left, left + 0.32 * room), (left + 0.37 * room, left + 0.74 * room)
    whole = dict.fromkeys(("title", "lead", "name", "thanks"), column)
    return whole | {
        "logo": (left, left + 0.5 * room),
        "date": date,
        "number": date,
        "signature": signature,
        "under name": column,
        "date line": (date[0], date[1] - 0.03 * room),
        "signature line": (signature[0], signature[1] - 0.03 * room),
    }


def _line(span: Span, top: float) -> RuledLine:
    return RuledLine(span[0], top, span[1] - span[0])


# Fields

TITLE = DesignWords.title
STATEMENT = N_("This is to certify the following volunteer service.")
NUMBERED = N_("No. ")
INK = "#222222"
# The sides of the sheet in pixels, at 300 dpi.
LONG, SHORT = 3508, 2480
# The id of the organization's logo.
LOGO = "logo"
# The ids of a written signature, which is a picture, and of the field with its line.
SIGNED, SIGNER = "signed", "signature"
# Its largest height, as a share of the sheet's, and the share of itself below the line.
_SIGNED_HEIGHT, _BELOW_LINE = 0.11, 0.15
# The fields that depend on who signs.
SIGNING = frozenset(("organization", *itertools.chain(*SIGNERS)))
_TEXTS = SIGNING | {"title", "lead", "thanks", "statement"}
# The thickness of a sheet's lines, 0.6 points, in its pixels.
_THICKNESS = 2.5


def size_of(choice: DesignChoice) -> tuple[int, int]:
    """Return width and height in pixels."""
    return (SHORT, LONG) if choice.is_upright else (LONG, SHORT)


def layout_of(choice: DesignChoice, link: str) -> Layout:
    """Return all fields, with a QR code that is large enough for links as long as `link`."""
    plan, (width, height) = plan_of(choice), size_of(choice)
    side, (x, bottom, share) = readable_side(link, width, height), plan.code
    # On whole pixels: otherwise rounding would make the box, and each module, a pixel smaller.
    left, top = round(x * width - share * side), round(bottom * height) - side
    box = Box(left=left / width, top=top / height, width=side / width, height=side / height)
    code = Field(id="qr", kind="qr", box=box, **plan.code_look)
    return Layout(fields=(*_fields(choice, plan), *_logo(choice, plan), code))


def is_of_a_design(field: Field) -> bool:
    """Return whether the field is one of the texts and lines of a design, or its logo."""
    is_text = field.id in _TEXTS or field.id.startswith((CELL, FACT))
    return is_text or field.kind in ("rule", "rosette") or field.id == LOGO


def without_texts(layout: Layout) -> Layout:
    """Return the layout without a design's texts, for a sheet of another's making, which has its
    own."""
    kept = tuple(field for field in layout.fields if not is_of_a_design(field))
    return layout.model_copy(update={"fields": kept})


def with_what_was_written(layout: Layout, before: Layout, ours: Collection[str] = ()) -> Layout:
    """Return the layout of one of our designs with the texts of another, `before`, and with the
    fields added there. Texts that nobody had changed, and fields with the ids `ours`, are those of
    `layout`."""
    known = {field.id: field for field in before.fields}
    usual = _usual_texts(before)
    # The words that our designs write around a value.
    around = {translate(NUMBERED, language) for language in SHEET_LANGUAGES}
    for language in SHEET_LANGUAGES:
        around.update(translate(HOURS, language, hours="|").split("|"))
    is_alike = _is_record(layout) == _is_record(before)
    fields = []
    for field in layout.fields:
        if field.id in ours:
            fields.append(field)
        elif old := known.get(field.id):
            kept = {name: getattr(old, name) for name in ("shown", "language")}
            kept |= {
                name: words
                for name in ("before", "after")
                if (words := getattr(old, name)) not in around
            }
            if field.id in _TEXTS and old.content not in usual:
                kept["content"] = old.content
            fields.append(field.model_copy(update=kept))
        elif field.id not in _TEXTS or not is_alike:
            fields.append(field)
    ids = {field.id for field in fields}
    owned = [field for field in fields if field.belongs_to is None or field.belongs_to in ids]
    added = [field for field in before.fields if field.adding and not is_of_a_design(field)]
    return Layout(fields=(*owned, *(_over_its_line(field, layout, before) for field in added)))


def _usual_texts(layout: Layout) -> set[str]:
    """Return the texts of the layout if nobody has changed them, in all languages. Texts of a
    design with words of its own count only if there are several of them: somebody who typed “Thank
    You” on another design means it."""
    about = {"event": EVENT, "organization": ORGANIZATION}
    titles = [(style.title, STATEMENT) for style in STYLES if style.is_record]
    found = {ORGANIZATION}
    contents = {field.content for field in layout.fields if field.id in _TEXTS}
    for words in {*(astuple(style.words) for style in STYLES), *titles}:
        for language in SHEET_LANGUAGES:
            said = {translate(text, language, **about) for text in words}
            if words == astuple(DesignWords()) or len(said & contents) > 1:
                found |= said
    return found


def with_signature(layout: Layout, picture: Logo, ratio: float) -> Layout:
    """Return the layout with a written signature over the line for it, or at the usual place of
    seals; `ratio` is the sheet's width by its height."""
    line, usual = _line_for_it(layout), PictureField.adding and PictureField.adding.box
    place = line or Box.model_validate(usual)
    shape = picture.width / picture.height / ratio
    height = min(_SIGNED_HEIGHT, place.width / shape)
    top = place.top - height * (1 - _BELOW_LINE) if line else place.top
    box = Box(
        left=max(place.left + (place.width - height * shape) / 2, 0),
        top=max(top, 0),
        width=height * shape,
        height=height,
    )
    field = Field(id=SIGNED, kind="picture", content=picture.sha256, box=box)
    kept = tuple(known for known in layout.fields if known.id != SIGNED)
    return layout.model_copy(update={"fields": (*kept, field)})


def _line_for_it(layout: Layout) -> Box | None:
    """Return the box of the line to sign on; None without one."""
    boxes = {field.belongs_to or field.id: field.box for field in layout.fields if field.shown}
    return boxes.get(SIGNER)


def _over_its_line(field: Field, layout: Layout, before: Layout) -> Field:
    """Return a signature moved to the line of the next design; any other field as it is."""
    then, now = _line_for_it(before), _line_for_it(layout)
    if field.id != SIGNED or not then or not now:
        return field
    moved = field.box.moved(now.middle[0] - then.middle[0], now.top - then.top)
    return field.model_copy(update={"box": moved})


def cells_of(layout: Layout) -> tuple[tuple[str, Filling], ...]:
    """Return the contents of a record's cells."""
    return tuple(
        (field.id.removeprefix(CELL), (field.kind, field.content))
        for field in layout.fields
        if field.id.startswith(CELL)
    )


def with_cell(layout: Layout, name: str, filling: Filling, is_upright: bool) -> Layout:
    """Return the record with another content of a cell, or none. Raises LayoutRefused."""
    id, (kind, content) = f"{CELL}{name}", filling
    # By its fields, since sheets in Arabic were drawn from left to right once.
    is_mirrored = any(field.id == NAME and field.box.left >= 0.5 for field in layout.fields)
    fields = [field.model_dump() for field in layout.fields if field.id != id]
    if content.strip():
        fields.append(
            _written(_record_plan(is_upright, is_mirrored), id, kind, content=content).model_dump()
        )
    return Layout.from_json({"fields": fields})


def _is_record(layout: Layout) -> bool:
    return any(field.id == "statement" or field.id.startswith(CELL) for field in layout.fields)


def _logo(choice: DesignChoice, plan: Plan) -> list[Field]:
    """Return the logo in the largest box of its shape that fits into its place."""
    if choice.logo is None:
        return []
    box, (width, height) = plan.boxes[LOGO], size_of(choice)
    scale = min(box.width * width / choice.logo.width, box.height * height / choice.logo.height)
    across, down = scale * choice.logo.width / width, scale * choice.logo.height / height
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[plan.align_of(LOGO)]
    left = box.left + (box.width - across) * share
    inside = Box(left=left, top=box.top + (box.height - down) / 2, width=across, height=down)
    return [Field(id=LOGO, kind="picture", content=choice.logo.sha256, box=inside)]


def _fields(choice: DesignChoice, plan: Plan) -> list[Field]:
    """Return the fields of a choice, with the name first, since people place it first."""
    language, style, colour = choice.language, choice.style, choice.colours[0]
    words, is_record = style.words, style.is_record
    thanks = words.thanks if choice.event.strip() else words.thanks_alone
    # The brush for Chinese; Latin letters look better in the face of the title.
    face_of_name: FaceName = "kai" if language.startswith("zh") else choice.face
    title: dict[str, Any] = {
        "title": True,
        "color": readable(colour, style.paper),
        "face": choice.face,
        "weight": 600,
        "line_spacing": 1.2 if is_record else 1.1,
    }
    signer, other = (*choice.signers, ("", ""), ("", ""))[:2]
    texts: list[tuple[str, str, dict[str, Any]]] = [
        ("title", choice.title, title),
        ("lead", translate(words.lead, language), {}),
        ("thanks", translate(thanks, language, event=choice.event), {"least": 0.4}),
        ("organization", choice.organization if choice.signers else "", {}),
        ("signature", signer[0] or choice.organization, {}),
        ("office", signer[1], {}),
        ("signature-2", other[0], {}),
        ("office-2", other[1], {}),
        ("statement", translate(STATEMENT, language), {}),
    ]
    before = translate(NUMBERED, language) if is_record or style.plan else ""
    fields = [
        _written(plan, NAME, "name", 0.45 if is_record else 0.35, face=face_of_name),
        _written(plan, "date", "date"),
        _written(plan, "number", "number", before=before),
        *(
            _written(plan, name, "text", content=content, **look)
            for name, content, look in texts
            if name in plan.boxes and content.strip()
        ),
        *(
            _written(plan, f"{CELL}{name}", kind, content=content)
            for name, (kind, content) in choice.cells
            if is_record and content.strip()
        ),
        *(
            _written(plan, f"{FACT}{name}", "column", 0.45, content=title, **around)
            for name, title, around in facts_of(choice)
        ),
    ]
    if "rosette" in plan.boxes:
        box, color = plan.boxes["rosette"], choice.colours[1]
        fields.append(Field(id="rosette", kind="rosette", box=box, color=color))
    drawn = {field.id for field in fields}
    # They look like the sheet's own lines.
    height, pale = _THICKNESS / size_of(choice)[1], mixed(colour, choice.style.paper, 0.7)
    for name, line in plan.rules.items():
        if name in drawn:
            rule = Box(left=line.left, top=line.top - height / 2, width=line.width, height=height)
            fields.append(Field(id=f"{name}-line", kind="rule", content=name, box=rule, color=pale))
    return fields


def _written(plan: Plan, name: str, kind: str, least: float = 0.45, **more: Any) -> Field:
    """Return a field with text; `least` is the smallest size as a share of the largest."""
    size = plan.sizes[name]
    look = {"size": size, "minimum_size": size * least, "face": "song", "color": INK}
    place = {"id": name, "kind": kind, "box": plan.boxes[name], "align": plan.align_of(name)}
    return Field.model_validate({**place, **look, **more, **plan.looks.get(name, {})})
