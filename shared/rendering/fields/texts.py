"""Fields that are written: name, number, date, a column of the list, and any other text."""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, Literal, Self

import regex
from PIL import Image
from pydantic import Field as Limits
from pydantic import model_validator

from shared.dates import written_date
from shared.language import N_, with_one_hour
from shared.rendering import placeholders
from shared.rendering.facts import Facts, name_of, value_of
from shared.rendering.fields.field import Field, Page, Resolved
from shared.rendering.fields.settings import (
    BOX,
    COLOUR,
    LONGEST_TEXT,
    Adding,
    Beside,
    Choice,
    FontFeature,
    Language,
    Settings,
    Share,
    Source,
    Switch,
    Typeface,
    Weight,
    Words,
)
from shared.rendering.languages import language_said, with_own_forms
from shared.rendering.names import clean_lines, clean_name
from shared.rendering.text.columns import with_numbers_upright
from shared.rendering.text.faces import language_of_forms, language_written
from shared.rendering.text.fitting import draw_text
from shared.rendering.text.measuring import advance_of, pivot_of
from shared.rendering.text.rules import INNER_QUOTES, KERNED, NEWEST, SINGULAR, UNSQUEEZED
from shared.rendering.text.runs import Run
from shared.rendering.text.typesetting import Typesetting

_LANGUAGES = {"": N_("Automatic"), "ja": N_("Japanese"), "ur": N_("Urdu")}
_SIDES = {"left": N_("Left"), "center": N_("Centre"), "right": N_("Right")}
_WEIGHTS = {"400": N_("Regular"), "600": N_("Semi-bold"), "700": N_("Bold")}
_LETTERS: Settings = (
    Share("size", N_("Letter size (%)"), 0.5, 30),
    Share("minimum_size", N_("Smallest size (%)"), 0.5, 30),
    Typeface("face", N_("Typeface")),
    Weight("weight", N_("Weight"), _WEIGHTS),
    FontFeature("features", N_("Small capitals"), "smcp"),
    Share("letter_spacing", N_("Letter spacing (% of the letter size)"), 0, 100),
    Share("line_spacing", N_("Line spacing (% of the letter size)"), 80, 300),
)
_LANGUAGE = Language("language", N_("Text language"), _LANGUAGES)
_LANGUAGE_OF_NAMES = Language(
    "language",
    N_("Language of names"),
    _LANGUAGES,
    N_(
        "Japanese texts use Japanese letterforms, Urdu texts use Nastaliq. For one "
        "person alone, add a column titled Language to your list: ja, ur, 日本語, Urdu …"
    ),
)
_LOOK = Beside((Choice("align", N_("Alignment"), _SIDES), COLOUR), (3, 1))
_IN_COLUMNS = Switch("in_columns", N_("In columns, from right to left (Chinese, Japanese)"))
_INDENT = Switch("indent", N_("Indent the first line by two characters"))
_AROUND = Beside(
    (Words("before", N_("Words before it"), 100), Words("after", N_("Words after it"), 100)), (1, 1)
)
_SMALL = {"size": 0.024, "minimum_size": 0.012, "face": "song"}

# Chinese punctuation, which Typst squeezes at the start of a line and after other punctuation.
_SQUEEZED = "“”‘’（）《》〈〉【】〔〕〖〗「」『』［］｛｝、。，．：；！？"
_PUNCTUATION = regex.compile(f"[{_SQUEEZED}]")
_BETWEEN_PUNCTUATION = regex.compile(f"(?<=[{_SQUEEZED}])(?=[{_SQUEEZED}])")


class Written(Field):
    """A field whose content is set in letters."""

    settings: ClassVar[Settings] = (*BOX, *_LETTERS, _LOOK, _IN_COLUMNS)
    is_text: ClassVar[bool] = True

    def value(self, facts: Facts) -> str:
        """Return the fact that it shows, as it is written."""
        raise NotImplementedError

    def _with_numbers(self, text: str, rules: int = NEWEST) -> str:
        """Return the text with its numbers as they stand in a column, and one hour in the
        singular."""
        if rules >= SINGULAR:
            text = with_one_hour(text)
        return with_numbers_upright(text) if self.in_columns else text

    def in_words(self, facts: Facts, rules: int = NEWEST) -> str:
        """Return the value between the field's texts; empty if there is no value."""
        value = self.value(facts)
        if not value.strip():
            return ""
        return self._with_numbers(f"{self.before}{value}{self.after}", rules)

    def content_of(self, facts: Facts, typesetting: Typesetting) -> str:
        return _one_line(self.in_words(facts, typesetting.rules), typesetting)

    def language_of(self, facts: Facts, content: str, typesetting: Typesetting) -> str:
        """Return the language whose letter forms are used: the default forms for certificates from
        before there were others, and unless the layout or the row of the list gives a language."""
        if typesetting.is_issued or not (self.language or facts.columns):
            return ""
        return with_own_forms(self.language, content)

    def known_language(self, facts: Facts) -> str:
        return self.language

    def sample(self, facts: Facts) -> str:
        return self.in_words(facts)

    def paint(self, resolved: Resolved, image: Image.Image, top: int = 0) -> None:
        setting, box = resolved.setting, resolved.box
        if setting is None:
            return
        if self.turn == 0:
            draw_text(setting, self.color, image, (box.left, box.top - top))
            return
        # Transparent pixels of the text's own colour: edges then blend without a dark seam.
        tile = Image.new("RGBA", resolved.upright_size, self.color + "00")
        draw_text(setting, self.color, tile, (0, 0))
        resolved.paste(self.turned(tile), image, top)

    def on_page(self, resolved: Resolved, page: Page) -> dict[str, Any]:
        setting, point = resolved.setting, page.point
        assert setting is not None
        runs = [
            (run, start, origin)
            for line, origin in zip(setting.lines, setting.origins, strict=True)
            for run, start in sorted(
                zip(line.runs, line.starts, strict=True), key=lambda pair: pair[0].place
            )
        ]
        return {
            "draw": "text",
            "title": self.is_title,
            "size": setting.size * point,
            "color": self.color,
            "runs": [
                {
                    "parts": _parts(run.text.strip(), is_squeezed=resolved.rules < UNSQUEEZED),
                    "font": run.face.family,
                    "weight": run.face.weight,
                    "rtl": run.right_to_left,
                    "tracking": run.spacing,
                    "forms": language_of_forms(run.face, run.text),
                    "language": language_written(run.text, resolved.language),
                    "features": _features(run),
                    "pivot": [side * setting.size * point for side in pivot_of(run)]
                    if run.upright
                    else None,
                    "stroke": 2 * run.stroke * setting.size * point,
                    "x": (x + (start + _left_blank(run, resolved.rules)) * setting.size) * point,
                    "y": y * point,
                }
                for run, start, (x, y) in runs
                if run.text.strip()
            ],
        }


class Name(Written):
    kind: Literal["name"] = "name"

    label: ClassVar[str] = N_("Full name")
    settings: ClassVar[Settings] = (*BOX, *_LETTERS, _LANGUAGE_OF_NAMES, _LOOK, _IN_COLUMNS)
    usual: ClassVar[Mapping[str, Any]] = {
        "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16},
        "size": 0.09,
    }
    may_be_hidden: ClassVar[bool] = False

    def value(self, facts: Facts) -> str:
        return facts.name

    def content_of(self, facts: Facts, typesetting: Typesetting) -> str:
        return name_of(facts)

    def language_of(self, facts: Facts, content: str, typesetting: Typesetting) -> str:
        """Return the same; the language given in the person's row of the list comes first."""
        said = None if typesetting.is_issued else language_said(facts.columns)
        return (
            with_own_forms(said, content)
            if said
            else super().language_of(facts, content, typesetting)
        )

    def known_language(self, facts: Facts) -> str:
        return language_said(facts.columns) or self.language


class Number(Written):
    """The number of the certificate."""

    kind: Literal["number"] = "number"

    label: ClassVar[str] = N_("Number")
    settings: ClassVar[Settings] = (_AROUND, *Written.settings)
    usual: ClassVar[Mapping[str, Any]] = {
        "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045},
        "align": "left",
        **_SMALL,
    }
    takes_words: ClassVar[bool] = True

    def value(self, facts: Facts) -> str:
        return facts.number


class Date(Written):
    """The date of the certificate, in its language."""

    kind: Literal["date"] = "date"

    label: ClassVar[str] = N_("Date")
    settings: ClassVar[Settings] = (_AROUND, *Written.settings)
    usual: ClassVar[Mapping[str, Any]] = {
        "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045},
        "align": "right",
        **_SMALL,
    }
    takes_words: ClassVar[bool] = True

    def value(self, facts: Facts) -> str:
        return written_date(facts.date, facts.language)


class Column(Written):
    """A value of the person's row on the list; `content` is the column's title."""

    kind: Literal["column"] = "column"

    settings: ClassVar[Settings] = (
        _AROUND,
        *BOX,
        *_LETTERS,
        _LANGUAGE,
        _LOOK,
        _INDENT,
        _IN_COLUMNS,
    )
    adding: ClassVar[Adding | None] = Adding(
        Source.COLUMN, N_("Column of your list"), N_("Add this column")
    )
    needs_content: ClassVar[bool] = True
    takes_words: ClassVar[bool] = True
    is_paragraph: ClassVar[bool] = True

    @property
    def columns(self) -> frozenset[str]:
        return frozenset((self.content,))

    def value(self, facts: Facts) -> str:
        return facts.columns.get(self.content, "")

    def content_of(self, facts: Facts, typesetting: Typesetting) -> str:
        return _in_lines(self.in_words(facts, typesetting.rules), typesetting)


class Text(Written):
    """A text, `content`, which may have placeholders."""

    kind: Literal["text"] = "text"
    # Omitted when false, as `before`.
    title: bool = Limits(default=False, exclude_if=lambda is_title: not is_title)

    settings: ClassVar[Settings] = (
        Words("content", N_("Text"), LONGEST_TEXT, is_long=True),
        *(*BOX, *_LETTERS, _LANGUAGE, _LOOK, _INDENT, _IN_COLUMNS),
        Switch("title", N_("Title (for screen readers)")),
    )
    adding: ClassVar[Adding | None] = Adding(
        Source.TYPED, N_("Text on every certificate"), N_("Add this text")
    )
    needs_content: ClassVar[bool] = True
    is_paragraph: ClassVar[bool] = True

    @model_validator(mode="after")
    def _placeholders_are_known(self) -> Self:
        placeholders.refuse_unknown(self.content, self.id)
        return self

    @property
    def placeholders(self) -> frozenset[str]:
        return placeholders.placeholders_in(self.content)

    @property
    def words(self) -> str:
        # A digit belongs to every language.
        return placeholders.filled(self.content, lambda _: "0")

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(filter(None, map(placeholders.column_of, self.placeholders)))

    @property
    def is_title(self) -> bool:
        return self.title

    @property
    def is_fixed(self) -> bool:
        return not self.placeholders

    def sample(self, facts: Facts) -> str:
        text = placeholders.filled(
            self.content, lambda name: value_of(name, facts), nests_quotes=True
        )
        return with_one_hour(text)

    def content_of(self, facts: Facts, typesetting: Typesetting) -> str:
        # Pasted tables are full of no-break spaces; only a text's own ones are meant.
        text = placeholders.filled(
            self.content,
            lambda name: value_of(name, facts).replace("\u00a0", " ").replace("\u202f", " "),
            nests_quotes=typesetting.rules >= INNER_QUOTES,
        )
        text = self._with_numbers(text, typesetting.rules)
        return _in_lines(text, typesetting, keeps_no_break=True)


def _in_lines(content: str, typesetting: Typesetting, *, keeps_no_break: bool = False) -> str:
    """Return the lines of a text or a column, as they were entered."""
    if typesetting.is_issued:
        return _one_line(content, typesetting)
    return clean_lines(content, LONGEST_TEXT, keeps_no_break=keeps_no_break)


def _one_line(content: str, typesetting: Typesetting) -> str:
    """Return the text with spaces in place of line feeds."""
    joined = " ".join(content.split())
    if typesetting.is_issued:
        return " ".join(unicodedata.normalize("NFC", joined).split())
    return clean_name(joined, LONGEST_TEXT) if joined else ""


def _features(run: Run) -> list[str]:
    further = {"pwid": run.face.proportional, "vert": run.upright}
    return [*run.face.features, *(name for name, is_on in further.items() if is_on)]


def _parts(text: str, *, is_squeezed: bool) -> list[str]:
    """Return the text of a run, in parts if Typst would squeeze punctuation that our picture does
    not.

    Between them is an empty box, behind which it squeezes nothing; the first part is empty, too.
    """
    if is_squeezed or not _PUNCTUATION.search(text):
        return [text]
    return ["", *_BETWEEN_PUNCTUATION.split(text)]


def _left_blank(run: Run, rules: int) -> float:
    """Return the width in em of spaces at the left of a run, which Typst would drop."""
    kept = run.text.rstrip() if run.right_to_left else run.text.lstrip()
    if kept == run.text:
        return 0.0
    if rules >= KERNED:
        return advance_of(run) - advance_of(replace(run, text=kept))
    blanks = run.text[len(kept) :] if run.right_to_left else run.text[: -len(kept)]
    return advance_of(replace(run, text=blanks)) + run.spacing
