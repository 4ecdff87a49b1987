"""The cells of a record of service, about person, task and issuer.

They follow what the Ministry of Civil Affairs requires in 民发〔2015〕149号: a template, which
promises conformity with no rule.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from shared.language import N_, translate
from shared.rendering.gallery.catalogue import SHEET_LANGUAGES, Row
from shared.rendering.languages import plain
from shared.rendering.layout import Box


@dataclass(frozen=True)
class Cell:
    """A cell of the record; `titles` are titles of columns that fill it, besides its label, in
    lower case."""

    name: str
    label: str
    titles: tuple[str, ...] = ()
    box: Box = field(default_factory=lambda: Box(left=0, top=0, width=1, height=1))
    # The width of its label, as a share of the sheet's.
    label_width: float = 0.0

    @property
    def inside(self) -> Box:
        """The box of its value, clear of the lines."""
        left, width = self.box.left + self.label_width, self.box.width - self.label_width
        return Box(
            left=left + 0.008,
            top=self.box.top + 0.004,
            width=width - 0.016,
            height=self.box.height - 0.008,
        )


NAME = "name"
# The prefix of the ids of fields in cells.
CELL = "cell-"
# The rows of the table.
_ROWS: tuple[tuple[Cell, ...], ...] = (
    (Cell(NAME, N_("Full name")), Cell("volunteer", N_("Volunteer no."), ("volunteer number",))),
    (
        Cell("id_type", N_("ID type"), ("type of id",)),
        Cell("id_number", N_("ID number"), ("id no.", "身份证号", "身份证号码")),
    ),
    (
        Cell("project", N_("Project"), ("activity", "项目", "项目名称", "活动名称")),
        Cell("period", N_("From – to"), ("period", "dates", "服务日期")),
    ),
    (
        Cell("hours", N_("Hours"), ("hours served", "时长", "服务时长", "时长(小时)")),
        Cell("content", N_("Service content"), ("content", "task", "role", "内容")),
    ),
    (
        Cell("issuer", N_("Issued by"), ("organization", "单位")),
        Cell("phone", N_("Telephone"), ("issuer's phone", "单位电话")),
    ),
    (Cell("head", N_("Person responsible")), Cell("clerk", N_("Handled by"))),
    (Cell("remarks", N_("Remarks"), ("notes",)),),
)
CELLS = tuple(cell for row in _ROWS for cell in row)

LEFT, WIDTH = 0.08, 0.84
# The left edge and width of fields outside of cells.
SPANS = {
    "logo": (LEFT, 0.16),
    "title": (0.15, 0.7),
    "number": (0.5, 0.42),
    "statement": (LEFT, WIDTH),
    "date": (0.4, 0.32),
}


@dataclass(frozen=True)
class Form:
    """The sheet of a record that is read from left to right. `rows` are by field; `table` has its
    top, the height of a row, and the width of a label; `seal` the left edge, top and width of its
    place; `code` is the lower edge of the QR code."""

    rows: dict[str, Row]
    table: tuple[float, float, float]
    seal: tuple[float, float, float]
    code: float


_FLAT = Form(
    rows={
        "logo": (0.075, 0.085, 0.0),
        "title": (0.07, 0.095, 0.055),
        "number": (0.175, 0.035, 0.02),
        "statement": (0.22, 0.065, 0.024),
        "date": (0.85, 0.045, 0.025),
    },
    table=(0.3, 0.063, 0.13),
    seal=(0.78, 0.77, 0.12),
    code=0.935,
)
_UPRIGHT = Form(
    rows={
        "logo": (0.05, 0.055, 0.0),
        "title": (0.1, 0.06, 0.037),
        "number": (0.165, 0.025, 0.014),
        "statement": (0.195, 0.05, 0.017),
        "date": (0.825, 0.03, 0.018),
    },
    table=(0.255, 0.066, 0.16),
    seal=(0.74, 0.77, 0.17),
    code=0.89,
)


def from_the_right(box: Box) -> Box:
    """Return the box on a sheet that is read from right to left."""
    return box.model_copy(update={"left": 1 - box.left - box.width})


def form(is_upright: bool) -> Form:
    return _UPRIGHT if is_upright else _FLAT


def cells(is_upright: bool) -> tuple[Cell, ...]:
    """Return the cells with their places on a sheet that is read from left to right."""
    top, height, label = form(is_upright).table
    placed = []
    for number, row in enumerate(_ROWS):
        width = WIDTH / len(row)
        for place, cell in enumerate(row):
            left, upper = LEFT + place * width, top + number * height
            box = Box(left=left, top=upper, width=width, height=height)
            placed.append(replace(cell, box=box, label_width=label))
    return tuple(placed)


def columns_for(titles: Iterable[str]) -> dict[str, str]:
    """Return which column of a list fills which cell, by their titles."""
    by_title = {plain(title): title for title in titles}
    found = {}
    for cell in CELLS:
        labels = (plain(translate(cell.label, language)) for language in SHEET_LANGUAGES)
        columns = [by_title[title] for title in (*labels, *cell.titles) if title in by_title]
        if columns and cell.name != NAME:
            found[cell.name] = columns[0]
    return found
