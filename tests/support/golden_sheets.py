"""Sheets with a name of every script, to look at and to compare with: one per Chinese face, two
with the faces that lead with Latin, one with the scripts that fewer people write, and one with the
languages that have forms of their own.

`python -m tests.support.golden_sheets` draws them anew: look at each before committing.
"""

from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from shared.rendering.text import fitting
from shared.rendering.text.faces import CHINESE_FACES, FACE_NAMES, chain
from shared.rendering.text.fitting import draw_text
from tests.support.further_names import FURTHER_NAMES
from tests.support.rendering_names import NAMES

FOLDER = Path(__file__).parents[1] / "rendering" / "golden"
COLUMNS, WIDTH, HEIGHT = 4, 400, 72


# With marks that are a full em wide in Chinese faces.
MARKED = {
    "apostrophe": "Siobhan O’Brien",
    "marks of English": "“Mary‐Ann” L’Hérault…",
    "marks in a Chinese name": "王小明 (Kevin O’Brien)",
    "marks of Chinese": "“王小明”…阿力·艾力",
}
JAPANESE, URDU = "直海 骨辻 令角", "ڈاکٹر محمد اقبال ٹھاکر"

# What stands on each sheet: a label, the name, and how it is set.
Names = list[tuple[str, str, fitting.TextStyle]]


def _in_language(language: str, name: str) -> Names:
    """Beside each other in the usual forms and in those of the language, in each face."""
    return [
        (f"{forms or 'usual'}, {language}, {face}", name, fitting.TextStyle(chain(face, forms)))
        for face in CHINESE_FACES
        for forms in ("", language)
    ]


def _set_in(face: str, names: dict[str, str]) -> Names:
    return [(script, name, fitting.TextStyle(chain(face))) for script, name in names.items()]


# What faces that lead with Latin set in other ways than those that lead with Chinese.
LATIN = {
    "Latin": "Alexandra Łukasz-Müller",
    "apostrophe": "“Kim” O’Brien 2026",
    "long": "Maximilian Alexandropoulos-Fernández de la Cruz",
    "Han": "欧阳娜娜",
    **{
        one: NAMES[one]
        for one in (
            "Vietnamese", "Cyrillic", "Greek", "Latin, stacked marks", "Japanese", "Arabic",
            "Hebrew", "Devanagari", "Thai", "Burmese", "Georgian", "mixed",
        )
    },
    "Korean": "김민준 똠얌 Kim",
    "mixed, Han": "王小明 (Kevin O’Brien)",
}  # fmt: skip


_HEAVY = ("Latin", "apostrophe", "Vietnamese", "Cyrillic", "Greek", "Korean", "mixed, Han", "Han")


def _with_latin_first(names: Iterable[str], weight: int, *features: str) -> Names:
    return [
        (f"{face}, {one}", LATIN[one], fitting.TextStyle(chain(face, "", weight, features), weight))
        for face in FACE_NAMES
        if face not in CHINESE_FACES
        for one in names
    ]


SHEETS: dict[str, Names] = {
    **{face: _set_in(face, NAMES | MARKED) for face in CHINESE_FACES},
    "latin": _with_latin_first(LATIN, 400),
    "latin-bold": _with_latin_first(_HEAVY, 700, "onum", "smcp"),
    "further": _set_in("kai", FURTHER_NAMES),
    "languages": [*_in_language("ja", JAPANESE), *_in_language("ur", URDU)],
}


def cell(index: int) -> tuple[int, int, int, int]:
    """Where the name number `index` stands on a sheet."""
    left, top = index % COLUMNS * WIDTH, index // COLUMNS * HEIGHT
    return left, top, left + WIDTH, top + HEIGHT


def sheet(names: Names) -> Image.Image:
    rows = -(-len(names) // COLUMNS)
    picture = Image.new("RGB", (COLUMNS * WIDTH, rows * HEIGHT), "white")
    for index, (_, name, style) in enumerate(names):
        fitted = fitting.fit(name, style, WIDTH, HEIGHT, 40, 12)
        assert fitted is not None
        setting = fitting.place(fitted, style, WIDTH, HEIGHT, "center", "middle")
        draw_text(setting, "#222222", picture, cell(index)[:2])
    return picture


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for title, names in SHEETS.items():
        sheet(names).save(FOLDER / f"{title}.png", optimize=True)


if __name__ == "__main__":
    main()
