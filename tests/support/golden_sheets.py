"""One sheet per face with a name of every script, to look at and to compare with.

`python -m tests.golden_sheets` draws them anew into tests/golden/: look at each before committing.
"""

from pathlib import Path

from PIL import Image

from shared.rendering.layout import FACE_NAMES, FaceName
from shared.rendering.text import fitting
from shared.rendering.text.drawing import draw_text
from shared.rendering.text.faces import chain
from tests.support.rendering_names import NAMES

FOLDER = Path(__file__).parents[1] / "rendering" / "golden"
COLUMNS, WIDTH, HEIGHT = 4, 400, 72


def cell(index: int) -> tuple[int, int, int, int]:
    """Where the name number `index` stands on a sheet."""
    left, top = index % COLUMNS * WIDTH, index // COLUMNS * HEIGHT
    return left, top, left + WIDTH, top + HEIGHT


def sheet(face: FaceName) -> Image.Image:
    style = fitting.Style(chain(face))
    rows = -(-len(NAMES) // COLUMNS)
    picture = Image.new("RGB", (COLUMNS * WIDTH, rows * HEIGHT), "white")
    for index, name in enumerate(NAMES.values()):
        fitted = fitting.fit(name, style, WIDTH, HEIGHT, 40, 12)
        assert fitted is not None
        setting = fitting.place(fitted, style, WIDTH, HEIGHT, "center", "middle")
        draw_text(setting, style, "#222222", picture, cell(index)[:2])
    return picture


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for face in FACE_NAMES:
        sheet(face).save(FOLDER / f"{face}.png", optimize=True)


if __name__ == "__main__":
    main()
