"""Where each design of the gallery has its fields. `python -m tests.support.gallery_places` writes
`tests/rendering/golden/places.json` anew, once the designs that changed were looked at."""

import json
from pathlib import Path

from shared.rendering.gallery.catalogue import DesignChoice
from shared.rendering.gallery.layouts import layout_of
from tests.support.gallery_choices import CHOICES, LINK, name_of

FILE = Path(__file__).parents[1] / "rendering" / "golden" / "places.json"


def places_on(choice: DesignChoice) -> dict[str, list[float]]:
    """By the names of the fields, in millimetres of A4: from the left, width, from the top, height,
    and the size of the text."""
    width, height = (210, 297) if choice.is_upright else (297, 210)
    return {
        field.id: [
            *(round(part * width, 1) for part in (field.box.left, field.box.width)),
            *(round(part * height, 1) for part in (field.box.top, field.box.height)),
            round((field.size if field.is_text else 0) * height, 1),
        ]
        for field in layout_of(choice, LINK).fields
    }


if __name__ == "__main__":
    lines = [f"{json.dumps(name_of(one))}: {json.dumps(places_on(one))}" for one in CHOICES]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
