"""Where a design leaves room for each field, as shares of the sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.rendering.gallery import record
from shared.rendering.gallery.catalogue import Choice, Row, Span
from shared.rendering.layout import Box
from shared.rendering.text.fitting import Align

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
    # Room for two lines.
    "title": (0.2, 0.121, 0.05),
    "lead": (0.333, 0.03, 0.021),
    "name": (0.37, 0.105, 0.06),
    "thanks": (0.495, 0.08, 0.023),
    "date": (0.793, 0.03, 0.019),
    "below": (0.832, 0.03, 0.017),
}
# Under the name, and for a date and a signature: as high as this.
_RULES_FLAT, _RULES_UPRIGHT = (0.545, 0.816), (0.481, 0.827)


@dataclass(frozen=True)
class Line:
    left: float
    top: float
    width: float


@dataclass(frozen=True)
class Plan:
    """`boxes` and `sizes` by field; `lines` are part of the sheet, while `rules` belong to fields
    and are drawn with what these say; `code` is a point on a QR code's lower edge, with the share
    of its width to the left of the point; `align` is that of all fields but the `others`."""

    boxes: Mapping[str, Box]
    sizes: Mapping[str, float]
    code: tuple[float, float, float]
    align: Align = "center"
    others: Mapping[str, Align] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    rules: Mapping[str, Line] = field(default_factory=dict)

    def align_of(self, name: str) -> Align:
        return self.others.get(name, self.align)


def plan_of(choice: Choice) -> Plan:
    style = choice.style
    if style.is_record:
        return record_plan(choice.is_upright)
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


def record_plan(is_upright: bool) -> Plan:
    """For a record, most of whose fields fill the cells of a table."""
    form = record.form(is_upright)
    boxes = {f"{record.CELL}{cell.name}": cell.inside for cell in record.cells(is_upright)}
    sizes = dict.fromkeys((record.NAME, *boxes), form.rows["statement"][2])
    boxes[record.NAME] = boxes.pop(f"{record.CELL}{record.NAME}")
    for name, (left, width) in record.SPANS.items():
        top, height, sizes[name] = form.rows[name]
        boxes[name] = Box(left=left, top=top, width=width, height=height)
    others: dict[str, Align] = {"logo": "left", "statement": "left", "date": "right"}
    code = (record.LEFT, form.code, 0.0)
    return Plan(boxes, sizes, code, others=others | {"number": "right"})


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


def _line(span: Span, top: float) -> Line:
    return Line(span[0], top, span[1] - span[0])
