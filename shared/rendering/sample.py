"""The certificate picture that the demonstration draws for itself."""

import io

from PIL import Image, ImageDraw

from shared.language import N_, translate
from shared.rendering import text
from shared.rendering.drawing import draw_text
from shared.rendering.faces import chain

TITLE = N_("Certificate of Appreciation")


def draw_sample_template(language: str = "zh", width: int = 1754, height: int = 1240) -> bytes:
    """An A4 landscape certificate without a name, as PNG."""
    picture = Image.new("RGB", (width, height), "#fdfbf5")
    canvas = ImageDraw.Draw(picture)
    canvas.rectangle((40, 40, width - 40, height - 40), outline="#9c7a3c", width=6)
    style = text.Style(chain("song"))
    fitted = text.fit(translate(TITLE, language), style, width * 0.7, 160, 110, 40)
    assert fitted is not None
    setting = text.place(fitted, style, width * 0.7, 160, "center", "middle")
    draw_text(setting, style, "#7a1f1f", picture, (width * 0.15, 180))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", dpi=(150, 150))
    return buffer.getvalue()
