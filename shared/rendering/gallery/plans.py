"""Plans: the place and setting of each text of a design, in millimetres and points, on both formats
of a sheet, and mirrored for languages that run from right to left."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.language import N_, translate
from shared.rendering.gallery.catalogue import DesignChoice, mixed, readable
from shared.rendering.layout import Box
from shared.rendering.text.fitting import Align
from shared.rendering.text.measuring import ASCENT, DESCENT

# ISO 216, A4.
LONG_MM, SHORT_MM = 297.0, 210.0
_POINT = 25.4 / 72
# The height of a line's box, by that of its letters.
_LINE = 1.5


@dataclass(frozen=True)
class RuledLine:
    left: float
    top: float
    width: float


@dataclass(frozen=True)
class Plan:
    """`boxes` and `sizes` are by field, and `looks` are further attributes of fields; `lines` are
    part of the sheet, while `rules` belong to fields and are drawn with them; `code` is a point on
    a QR code's lower edge, with the share of its width to the left of the point, and `code_look`
    further attributes of it; `align` is that of all fields but the `others`."""

    boxes: Mapping[str, Box]
    sizes: Mapping[str, float]
    code: tuple[float, float, float]
    align: Align = "center"
    others: Mapping[str, Align] = field(default_factory=dict)
    lines: tuple[RuledLine, ...] = ()
    rules: Mapping[str, RuledLine] = field(default_factory=dict)
    looks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    code_look: Mapping[str, Any] = field(default_factory=dict)

    def align_of(self, name: str) -> Align:
        return self.others.get(name, self.align)


# The ids of the fields for signers, and for their offices.
SIGNERS = (("signature", "office"), ("signature-2", "office-2"))
# Attributes of a field.
Look = dict[str, Any]
# The prefix of the ids of fields about what a person did, and the facts that a list may have.
FACT = "fact-"
FACTS = ("hours", "content", "period")
HOURS = N_("{hours} hours")


def facts_of(choice: DesignChoice) -> list[tuple[str, str, dict[str, str]]]:
    """Return what the list has about what somebody did: the fact, the column, and the words around
    it."""
    known = {name: title for name, (kind, title) in choice.cells if kind == "column"}
    before, _, after = translate(HOURS, choice.language, hours="|").partition("|")
    around = {"hours": {"before": before, "after": after}}
    return [
        (name, known[name], around.get(name, {}))
        for name in FACTS
        if name in known and not choice.style.is_record
    ]


class SheetDraft:
    """A sheet on which a plan is drawn. Lengths are in millimetres from the upper left corner,
    sizes of letters in points; `main`, `accent`, `ink` and `pale` are its colours for text."""

    def __init__(self, choice: DesignChoice, align: Align = "center") -> None:
        style, (main, accent) = choice.style, choice.colours
        self.choice, self.align = choice, align
        self.width, self.height = (SHORT_MM, LONG_MM) if choice.is_upright else (LONG_MM, SHORT_MM)
        self.main, self.accent = readable(main, style.paper), readable(accent, style.paper)
        self.ink, self.pale = style.ink, readable(mixed(style.ink, style.paper, 0.7), style.paper)
        self._boxes: dict[str, Box] = {}
        self._sizes: dict[str, float] = {}
        self._looks: dict[str, dict[str, Any]] = {}
        self._rules: dict[str, RuledLine] = {}
        self._code: tuple[float, float, float] = (0, 0, 0)

    def caps(self, tracking: float) -> dict[str, Any]:
        """Return the attributes of capitals: Han is spaced twice as wide, and small letters are
        small capitals."""
        wide = 1.8 if self.choice.is_han else 1.0
        return {"letter_spacing": tracking * wide, "features": ("smcp",)}

    @property
    def figures(self) -> tuple[str, ...]:
        """The features of figures in texts: old-style ones suit small letters only."""
        return () if self.choice.is_han or self.choice.is_mirrored else ("onum",)

    def line(
        self, name: str, span: tuple[float, float], baseline: float, points: float,
        height: float = 0.0, **look: Any,
    ) -> None:  # fmt: skip
        """Place a text whose letters stand on `baseline`, in a box `height` high around them."""
        size = points * _POINT
        height = height or _LINE * size
        top = baseline - ASCENT * size - (height - size) / 2
        self.block(name, span, (top, top + height), points, vertical="middle", **look)

    def block(
        self, name: str, span: tuple[float, float], rows: tuple[float, float], points: float,
        **look: Any,
    ) -> None:  # fmt: skip
        """Place a text from the top of its box down, unless `look` says otherwise."""
        self._boxes[name] = self._box(span, rows)
        self._sizes[name] = points * _POINT / self.height
        align = look.setdefault("align", self.align)
        look["align"] = self._mirrored(align)
        self._looks[name] = {"vertical": "top", "color": self.ink} | look

    def place(self, name: str, span: tuple[float, float], rows: tuple[float, float]) -> None:
        """Place a field that is no text."""
        self._boxes[name] = self._box(span, rows)

    def facts(self, span: tuple[float, float], baseline: float, points: float, **look: Any) -> None:
        """Place what somebody did, side by side."""
        facts = facts_of(self.choice)
        if self.choice.is_mirrored and self.align == "center":
            facts.reverse()
        # A task may take two lines on a narrow sheet; flush facts are separated only by blanks, and
        # hours are short.
        two_lines = 2.2 * points * _POINT if self.choice.is_upright else 0.0
        is_centred = self.align == "center"
        parts = (2, 3, 3) if is_centred else (3, 6, 6)
        wide = dict(zip(FACTS, parts, strict=True))
        shares = {name: wide[name] for name, *_ in facts}
        left = span[0]
        for name, share in shares.items():
            right = left + (span[1] - span[0]) * share / sum(shares.values())
            height = two_lines if name == "content" else 0.0
            end = right - (1 if is_centred else 4)
            self.line(f"{FACT}{name}", (left + 1, end), baseline, points, height, **look)
            left = right

    def signatures(
        self, one: tuple[float, float], two: tuple[tuple[float, float], tuple[float, float]],
        top: float, points: float, **look: Any,
    ) -> None:  # fmt: skip
        """Place one or two lines to sign on, with signers and their offices below."""
        if self.choice.is_mirrored and self.align == "center":
            two = two[1], two[0]
        size = points * _POINT
        if not self.choice.signers:
            first = top + (1.7 - ASCENT) * size
            self.rule("signature", one, top)
            self.block("signature", one, (first, first + self.two_lines * size), points, **look)
            return
        spans = two if len(self.choice.signers) == 2 else (one,)
        for (name, office), span in zip(SIGNERS, spans, strict=False):
            self.rule(name, span, top)
            self.line(name, span, top + 1.7 * size, points, **look)
            down = top + 3.1 * size
            self.line(office, span, down, points * 0.82, **look | {"color": self.pale})

    @property
    def two_lines(self) -> float:
        """The height, by that of letters, for an organization's name, which may be long."""
        return 3.8 if self.choice.is_mirrored else 2.8

    def rule(self, name: str, span: tuple[float, float], top: float) -> None:
        """Place the line to sign on of that field."""
        box = self._box(span, (top, top + 1))
        self._rules[name] = RuledLine(box.left, box.top, box.width)

    def code(self, x: float, bottom: float, share: float) -> None:
        """Place the QR code, with `share` of its width to the left of `x`."""
        if self.choice.is_mirrored and self.align != "center":
            x, share = self.width - x, 1 - share
        self._code = (x / self.width, bottom / self.height, share)

    def around(self, half: float) -> tuple[float, float]:
        """Return a span from `half` left of the middle to `half` right of it."""
        return self.width / 2 - half, self.width / 2 + half

    def plan(self, ground: str = "") -> Plan:
        """Return the plan; `ground` is the colour under the code, or the sheet's if it is empty."""
        return Plan(
            boxes=self._boxes,
            sizes=self._sizes,
            code=self._code,
            align=self._mirrored(self.align),
            others={name: look["align"] for name, look in self._looks.items()},
            rules=self._rules,
            looks=self._looks,
            code_look={
                "ground": ground,
                "color": self.choice.style.paper if ground == self.ink else self.ink,
            },
        )

    def _mirrored(self, align: Align) -> Align:
        """Return the alignment on the mirrored sheet; centred plans are not mirrored."""
        other: dict[Align, Align] = {"left": "right", "right": "left", "center": "center"}
        is_other = self.choice.is_mirrored and self.align != "center"
        return other[align] if is_other else align

    def _box(self, span: tuple[float, float], rows: tuple[float, float]) -> Box:
        (left, right), (top, bottom) = span, rows
        if self.choice.is_mirrored and self.align != "center":
            left, right = self.width - right, self.width - left
        return Box(
            left=left / self.width,
            top=top / self.height,
            width=(right - left) / self.width,
            height=(bottom - top) / self.height,
        )


def _formal(choice: DesignChoice) -> Plan:
    """Return a centred plan: a written name between the code and the seal of the sheet."""
    draft, wide = SheetDraft(choice), not choice.is_upright
    around, is_han, style = draft.around, choice.is_han, choice.style
    small: Look = {"face": "book", "color": draft.pale, "features": draft.figures}

    top, foot = (0.0, 181.0) if wide else (20.0, 263.0)
    draft.place("logo", around(30), (top + 23, top + 43))
    draft.line(
        "title", around(110 if wide else 75), top + 61, 30 if wide else 23, face="capitals",
        weight=600, letter_spacing=0.35 if is_han else 0.09, color=draft.main,
    )  # fmt: skip
    y = top + (75.5 if wide else 78)
    draft.line("lead", around(85 if wide else 70), y, 13, **small | draft.caps(0.14))
    y += 30 if wide else 34
    draft.line(
        "name", around(108 if wide else 76), y, 50 if is_han else 66 if wide else 56,
        33 if wide else 46, face="kai" if is_han else style.name_face, color=draft.main,
        line_spacing=1.0,
    )  # fmt: skip
    y += 14 if wide else 22
    draft.block("thanks", around(68 if wide else 60), (y, y + (20 if wide else 26)), 16,
                face="book", line_spacing=1.35)  # fmt: skip
    y += 30 if wide else 38
    draft.facts(around(80 if wide else 66), y, 12.5, **small)
    draft.code(27 if wide else 22, foot, 0)
    draft.line("number", (25, 59) if wide else (20, 54), foot + 4.3, 10, **small)
    two = ((66, 138), (159, 231)) if wide else ((28, 92), (118, 182))
    draft.signatures(around(35), two, foot - (12 if wide else 51), 13, face="book")
    right, side = draft.width - (41 if wide else 37), 25.0
    draft.place("rosette", (right - side / 2, right + side / 2), (foot - 27.3, foot - 2.3))
    draft.line("date", (right - 17, right + 17), foot + 4.3, 10, **small)
    return draft.plan()


def _panel(choice: DesignChoice) -> Plan:
    """Return a plan flush beside a field of colour, with a name in very large letters."""
    draft, wide = SheetDraft(choice, "left"), not choice.is_upright
    panel, left, right = (88, 106, 279) if wide else (56, 70, 196)
    bold = 500 if choice.is_han else 700
    top, foot = (0.0, 186.0) if wide else (6.0, 270.0)
    draft.place("logo", (16 if wide else 12, panel - 12), (top + 20, top + 44))
    plain: Look = {"face": "modern", "color": draft.pale}
    middle = left + 0.62 * (right - left)
    draft.line("title", (left, middle), top + 36, 12 if wide else 14, 12, face="modern", weight=600,
               color=draft.main, letter_spacing=0.3 if choice.is_han else 0.04)  # fmt: skip
    draft.line("date", (middle + 4, right), top + 36, 11, align="right", **plain)
    # On a portrait sheet, texts are in the middle, not above an empty third.
    lead, first = (top + 47, top + 62) if wide else (97.0, 104.0)
    rows = (first, first + (48 if not wide else 34 if choice.is_han else 56))
    draft.line("lead", (left, right), lead, 13, **plain)
    # The name is midway between lead and thanks, however small a long one is.
    draft.block("name", (left, right), rows, 74 if wide else 60, weight=bold, face="modern",
                line_spacing=1.02, vertical="middle")  # fmt: skip
    y = rows[1] + 8
    draft.block("thanks", (left, left + (150 if wide else 126)), (y, y + (19 if wide else 34)),
                15, face="modern", line_spacing=1.45)  # fmt: skip
    draft.facts((left - 1, right), y + (28 if wide else 44), 12, face="modern", weight=600,
                color=draft.main)  # fmt: skip
    one, two = (left, left + 66), (left + 76, left + 142)
    if not wide:
        one, two = (left, left + 58), (left + 66, left + 124)
    draft.signatures(one, (one, two), foot - 3, 12, face="modern")
    draft.code(16 if wide else 12, foot, 0)
    draft.line("number", (16 if wide else 12, panel - 4), foot + 6, 10, face="modern",
               color=readable(choice.style.paper, choice.colours[0]))  # fmt: skip
    return draft.plan(ground=choice.style.paper)


def _letter(choice: DesignChoice) -> Plan:
    """Return a centred plan with the code between signer and date, or two signers."""
    draft, wide = SheetDraft(choice), not choice.is_upright
    around, style, is_han = draft.around, choice.style, choice.is_han
    text: Look = {"face": "modern" if style.face == "modern" else "book", "features": draft.figures}
    small = text | {"color": draft.pale}
    is_hand = style.name_face in ("script", "copperplate")
    draft.place("logo", around(26), (20, 38) if wide else (38, 58))
    y = 61.0 if wide else 86.0
    draft.line("title", around(112 if wide else 78), y, 42 if wide else 31, face=style.face,
               weight=700, letter_spacing=0.2 if is_han else 0.0, color=draft.main)  # fmt: skip
    y += 13 if wide else 15
    draft.line("lead", around(85 if wide else 70), y, 13, **small | draft.caps(0.16))
    y += 29 if wide else 42
    points = 46 if is_han else (62 if wide else 54) if is_hand else (56 if wide else 44)
    face = "kai" if is_han and is_hand else style.name_face
    height = 46 if not wide else 31 if is_hand else 28
    draft.line("name", around(105 if wide else 78), y, points, height, face=face,
               weight=400 if is_hand or is_han else 700, line_spacing=1.05)  # fmt: skip
    y += 13 if wide else 24
    draft.block("thanks", around(66 if wide else 60), (y, y + (20 if wide else 27)), 16,
                **text, line_spacing=1.35)  # fmt: skip
    y += 28 if wide else 41
    draft.facts(around(76 if wide else 66), y, 12.5, **small)
    left = (40, 116) if wide else (24, 84)
    right = draft.width - left[1], draft.width - left[0]
    top, foot = (169.0, 182.0) if wide else (246.0, 262.0)
    draft.code(draft.width / 2, foot, 0.5)
    draft.signatures(left, (left, right), top, 13, **text)
    draft.line("number", around(20), foot + 4.3, 10, **small)
    if len(choice.signers) < 2:
        draft.rule("date", right, top)
        draft.line("date", right, top + 7.8, 13, **text)
    else:
        draft.line("date", around(30), foot + 9.7, 10, **small)
    return draft.plan()


def _hero(choice: DesignChoice) -> Plan:
    """Return a flush plan with a large name, and an ornament on the other side."""
    draft, wide = SheetDraft(choice, "left"), not choice.is_upright
    style, is_han = choice.style, choice.is_han
    left, right = (26, 192) if wide else (22, 188)
    text: Look = {"face": "modern" if style.face == "modern" else "book"}
    small: Look = text | {"color": draft.pale}
    draft.place("logo", (left, left + 50), (18, 36) if wide else (24, 44))
    y = 47.0 if wide else 70.0
    draft.line("title", (left, right - 4), y, 14 if wide else 18, face=style.face, weight=600,
               color=draft.main, letter_spacing=0.4 if is_han else 0.16)  # fmt: skip
    y += 11 if wide else 14
    draft.line("lead", (left, right - 20), y, 13, **small)
    rows = (y + 4, y + (56 if not wide else 35 if is_han else 59))
    draft.block("name", (left, right), rows, 76 if wide else 64, face=style.name_face,
                weight=500 if is_han else 700, line_spacing=1.06, vertical="middle")  # fmt: skip
    y = rows[1] + (12 if not wide else 11 if is_han else 7)
    draft.block("thanks", (left, left + (118 if wide else 134)), (y, y + (21 if wide else 32)),
                16.5 if wide else 18, line_spacing=1.35, **text)  # fmt: skip
    y += 30 if wide else 43
    draft.facts((left - 1, left + 130), y, 13, color=draft.main, **text)
    top, foot = (174.0, 185.0) if wide else (228.0, 268.0)
    one, two = (left, left + 60), (left + 68, left + 128)
    draft.signatures(one, (one, two), top, 13, **text)
    draft.code(271 if wide else 188, foot, 1)
    beside, side = ((168, 231), "right") if wide else ((left, left + 80), "left")
    for name, up in (("date", 7.0), ("number", 1.0)):
        draft.line(name, beside, foot - up, 10.5, align=side, **small)
    return draft.plan(ground=style.ink if style.is_dark else "")


def _band(choice: DesignChoice) -> Plan:
    """Return a plan flush below a picture that reaches across the sheet."""
    draft, wide = SheetDraft(choice, "left"), not choice.is_upright
    style, is_han = choice.style, choice.is_han
    left, right = (26, 271) if wide else (22, 188)
    small: Look = {"face": "modern", "color": draft.pale}
    band = 70.0 if wide else 112.0
    draft.place("logo", (right - 30, right), (band + 10, band + 28))
    y = band + (20 if wide else 24)
    draft.line("title", (left, right - 40), y, 12 if wide else 15, face="modern", weight=600,
               color=draft.main, letter_spacing=0.4 if is_han else 0.14)  # fmt: skip
    draft.line("lead", (left, right - 40), y + 8, 12, **small)
    down = 31 if wide else 39
    face = "modern" if is_han else style.name_face
    draft.line("name", (left, right - (35 if wide else 0)), y + down, 54 if wide else 46,
               27 if wide else 40, face=face, weight=500 if is_han else 700,
               line_spacing=1.05)  # fmt: skip
    y += 39 if wide else 57
    draft.block("thanks", (left, left + (165 if wide else 140)), (y, y + (16 if wide else 22)),
                15.5, face="book", line_spacing=1.35)  # fmt: skip
    y += 26 if wide else 31
    draft.facts((left - 1, left + 140), y, 12, color=draft.main, weight=600, face="modern")
    top, foot = (177.0, 188.0) if wide else (245.0, 277.0)
    one, two = (left, left + 58), (left + 66, left + 124)
    draft.signatures(one, (one, two), top, 12, face="modern")
    draft.code(right, foot, 1)
    beside, side = ((165, 231), "right") if wide else ((left, left + 80), "left")
    for name, up in (("date", 7.0), ("number", 1.0)):
        draft.line(name, beside, foot - up, 10, align=side, **small)
    return draft.plan()


def _axis(choice: DesignChoice) -> Plan:
    """Return a plan of two columns that meet at an axis to the left of the middle."""
    draft, wide = SheetDraft(choice, "left"), not choice.is_upright
    axis, left, right = (100.0, 30.0, 262.0) if wide else (70.0, 18.0, 190.0)
    beside, is_han = (left, axis - 10), choice.is_han
    small: Look = {"face": "book", "color": draft.pale, "features": draft.figures}
    draft.place("logo", (axis, axis + 44), (22, 42) if wide else (30, 50))
    y = 66.0 if wide else 96.0
    draft.line("title", (axis, right), y, 19 if wide else 17, face="book", color=draft.main,
               **draft.caps(0.12))  # fmt: skip
    draft.line("date", beside, y, 12, align="right", **small)
    draft.line("number", beside, y + 6.5, 12, align="right", **small)
    y += 14 if wide else 18
    draft.line("lead", (axis, right), y, 15, face="book", color=draft.pale)
    y += 22 if wide else 30
    draft.line("name", (axis, right), y, 42 if is_han else 50 if wide else 42, 26 if wide else 34,
               face="book", line_spacing=1.05)  # fmt: skip
    y += 11 if wide else 19
    draft.block("thanks", (axis, axis + (128 if wide else 120)), (y, y + (22 if wide else 32)),
                17 if wide else 16, face="book", features=draft.figures,
                line_spacing=1.35)  # fmt: skip
    y += 33 if wide else 46
    draft.facts((axis - 1, axis + 130) if wide else (axis - 1, right), y, 13, face="book",
                color=draft.main, features=draft.figures)  # fmt: skip
    top, foot = (172.0, 182.0) if wide else (244.0, 262.0)
    one, two = (axis, axis + 62), (axis + 72, axis + 134)
    if not wide:
        one, two = (axis, axis + 56), (axis + 64, right)
    draft.signatures(one, (one, two), top, 13, face="book")
    draft.code(axis - 10, foot, 1)
    return draft.plan()


def _state(choice: DesignChoice) -> Plan:
    """Return a plan as on awards in China: the person who is honoured at the left, and who honours,
    with a seal, at the right."""
    draft, wide = SheetDraft(choice), not choice.is_upright
    around, is_han = draft.around, choice.is_han
    left, right = (44.0, 253.0) if wide else (34.0, 176.0)
    text: Look = {"face": "song" if is_han else "book"}
    draft.place("logo", around(26), (22, 36) if wide else (32, 50))
    y = 63.0 if wide else 86.0
    points = (54 if wide else 50) if is_han else 40 if wide else 31
    draft.line("title", around(100 if wide else 68), y, points,
               face=choice.style.face if is_han else "display", weight=700, color=draft.main,
               letter_spacing=0.6 if is_han else 0.0)  # fmt: skip
    y += 27 if wide else 36
    if is_han:
        # The name over a line of its own, followed by the form of address.
        draft.line("name", (left, left + 92), y, 34, 16, face="kai")
        draft.line("lead", (left + 96, left + 136), y, 20, align="left", **text)
        draft.rule("name", (left, left + 92), y + 4.4)
    else:
        draft.line("name", around(98 if wide else 70), y, 46, 27 if wide else 32, face="display",
                   weight=700)  # fmt: skip
        draft.line("lead", around(80 if wide else 68), y + (14 if wide else 20), 14,
                   color=draft.pale, **text | draft.caps(0.12))  # fmt: skip
    y += 9 if is_han else 21 if wide else 30
    draft.block(
        "thanks",
        (left, right),
        (y, y + (30 if wide else 42 if is_han else 40)),
        20 if is_han else 17,
        line_spacing=1.7 if is_han else 1.4,
        align="left" if is_han else "center",
        # Chinese paragraphs begin so.
        indent=choice.language.startswith("zh"),
        **text,
    )
    y += (38 if is_han else 35) if wide else 56 if is_han else 47
    draft.facts((left, right), y, 12, color=draft.pale, **text)
    # From below: the date, and the signers, with their offices before them; the seal is beside
    # them, or on a narrow sheet below.
    foot, down = (182.0, 179.0) if wide else (266.0, 233.0)
    seal = (right - 116, right - 40) if wide else (right - 76, right)
    draft.line("date", seal, down, 15, **text)
    if not choice.signers:
        size = 15 * _POINT
        last = down - 9 + DESCENT * size
        draft.block(
            "signature", seal, (last - draft.two_lines * size, last), 15, vertical="bottom", **text
        )
    signing = SIGNERS[: len(choice.signers)]
    for place, (name, office) in enumerate(reversed(signing), start=1):
        draft.line(name, seal, down - 9 * place, 15, **text)
        draft.line(office, (seal[0] - 44, seal[0] - 2), down - 9 * place, 11, align="right",
                   color=draft.pale, **text)  # fmt: skip
    draft.code(left, foot, 0)
    draft.line("number", (left + 38, left + 64), foot - 2.6, 10, color=draft.pale, align="left",
               **text)  # fmt: skip
    return draft.plan()


def _columns(choice: DesignChoice) -> Plan:
    """Return a plan in columns from right to left for languages that have them, or else a centred
    one."""
    if not choice.is_han:
        return _letter(choice)
    draft, wide = SheetDraft(choice), not choice.is_upright
    top, bottom = (34.0, 178.0) if wide else (42.0, 252.0)
    text: Look = {"face": "song", "in_columns": True, "align": "left", "vertical": "middle"}
    small: Look = text | {"color": draft.pale}
    brush: Look = text | {"face": "kai"}

    def column(
        name: str, middle: float, rows: tuple[float, float], points: float, **look: Any
    ) -> None:
        half = 0.75 * points * _POINT
        draft.block(name, (middle - half, middle + half), rows, points, **look)

    x = 243.0 if wide else 165.0
    column("title", x, (top, bottom), 62 if wide else 56, color=draft.main,
           **brush | {"align": "center", "letter_spacing": 0.5})  # fmt: skip
    x -= 42 if wide else 32
    # The sender before the name, or the form of address after it.
    if choice.language.startswith("zh"):
        column("lead", x, (top, top + 26), 22, **text)
        column("name", x, (top + 30, bottom), 44, **brush)
    else:
        column("name", x, (top, bottom - 20), 44, **brush | {"align": "right"})
        column("lead", x, (bottom - 17, bottom), 28, **text)
    span = (116, x - 14) if wide else (84, x - 12)
    draft.block("thanks", span, (top, bottom), 22 if wide else 20,
                line_spacing=2.0 if wide else 1.8, **text | {"vertical": "top"})  # fmt: skip
    x = span[0] + 2
    for name, *_ in facts_of(choice):
        x -= 7
        column(f"{FACT}{name}", x, (top + 40, bottom), 13, **small)
    x = 84.0 if wide else 53.0
    column("date", x, (top + 16, bottom if wide else 220), 16, **text)
    # The signers, below their offices and above the code.
    draft.place("logo", (26, 56) if wide else (22, 44), (20, 36) if wide else (20, 38))
    middle, foot = (80.0, 146.0) if wide else (130.0, 222.0)
    rows = (middle, foot) if choice.signers else (top + 16, foot)
    x = 66.0 if wide else 40.0
    for name, office in SIGNERS:
        column(office, x, (top + 16, middle - 4), 13, **small | {"align": "right"})
        column(name, x, rows, 21, **brush | {"align": "left" if choice.signers else "right"})
        x -= 15 if wide else 12
    bottom = 182.0 if wide else 266.0
    draft.code(26 if wide else 22, bottom, 0)
    draft.line("number", (26, 66) if wide else (22, 62), bottom + 4.3, 10, align="left",
               face="song", color=draft.pale)  # fmt: skip
    return draft.plan()


PLANS: Mapping[str, Callable[[DesignChoice], Plan]] = {
    "formal": _formal,
    "panel": _panel,
    "letter": _letter,
    "hero": _hero,
    "band": _band,
    "axis": _axis,
    "state": _state,
    "columns": _columns,
}
