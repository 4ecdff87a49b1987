"""Text settled in its box becomes pixels."""

from PIL import Image, ImageDraw

from shared.rendering.text.faces import emoji_picture
from shared.rendering.text.fitting import Setting, Style
from shared.rendering.text.glyphs import opened, shape
from shared.rendering.text.runs import Run


def draw_text(
    setting: Setting, style: Style, color: str, picture: Image.Image, corner: tuple[float, float]
) -> None:
    """Draw the setting onto `picture` (RGB or RGBA) with the box's corner at `corner`."""
    canvas = ImageDraw.Draw(picture)
    for line, (x, y) in zip(setting.lines, setting.origins, strict=True):
        baseline = corner[1] + y
        for run, start in zip(line.runs, line.starts, strict=True):
            pen = corner[0] + x + start * setting.size
            if run.face.is_emoji:
                _paste_emoji(run, setting.size, picture, pen, baseline)
            else:
                _draw_glyphs(canvas, run, setting.size, (pen, baseline), color, style.stroke)


def _draw_glyphs(
    canvas: ImageDraw.ImageDraw,
    run: Run,
    size: float,
    pen: tuple[float, float],
    color: str,
    stroke: float,
) -> None:
    font = opened(run.face, size)
    for glyph in shape(run.face, run.text, run.right_to_left, run.spacing).glyphs:
        canvas.text(
            (pen[0] + glyph.x * size, pen[1] - glyph.y * size),
            glyph.character,
            fill=color,
            font=font,
            anchor="ls",
            stroke_width=stroke * size,
        )


def _paste_emoji(run: Run, size: float, picture: Image.Image, pen: float, baseline: float) -> None:
    tile, above = emoji_picture(run.face, run.text, max(1, int(size)))
    corner = (round(pen), round(baseline) - above)
    if picture.mode == "RGBA":
        hidden = (max(-corner[0], 0), max(-corner[1], 0))
        shown = (max(corner[0], 0), max(corner[1], 0))
        picture.alpha_composite(tile, shown, hidden)
    else:
        picture.paste(tile, corner, tile)
