"""Certificates as version 0.1.0 issued them: what it wrote down of each, and how each looked.

`tests/golden/issued-before.png` was drawn by that version, before any rule of setting text
changed, one certificate below the other. It is never drawn anew. `issued-before.json` is how texts
were set: of each of these, and of a certificate of the version after it.
"""

import datetime
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy
from PIL import Image

from shared.rendering.facts import Facts
from shared.rendering.layout import Layout

GOLDEN = Path(__file__).parents[1] / "rendering" / "golden" / "issued-before.png"
SIZE = (520, 200)

NARROW = {"width": 240, "size": 60, "smallest": 20}
SPACED = {"width": 500, "size": 50, "smallest": 12, "spacing": 0.3}
WIDE = {"width": 500, "size": 60, "smallest": 12}

# Names that later rules part, space, or give faces in another way.
CASES = {
    "Thai in two lines": (NARROW, "ณัฐวุฒิปิ่นเกล้าสมบูรณ์ศักดิ์ประเสริฐ"),
    "Khmer in two lines": (NARROW, "ស្រីសុខាហ៊ុនសែនរតនាវណ្ណៈស្រីសុខា"),
    "Burmese in two lines": (NARROW, "အောင်ဆန်းစုကြည်အောင်ဆန်း"),
    "Tibetan in two lines": (NARROW, "བསྟན་འཛིན་རྒྱ་མཚོ་བློ་བཟང་ཡེ་ཤེས་རྒྱ་མཚོ"),
    "Japanese in two lines": (NARROW, "さくら・吉田ケンジーヴォルフガング"),
    "brackets in two lines": (NARROW, "北京大学（志愿者协会）附属中学第三分会"),
    "a long word": (NARROW, "Donaudampfschifffahrtsgesellschaft"),
    "Vietnamese in two lines": (NARROW, "Nguyễn Thị Phượng Hoàng Ngọc"),
    "mixed faces in two lines": (NARROW, "Anna-Maria Константинова 𠮷田"),
    "Burmese with letter spacing": (SPACED, "အောင်ဆန်းစုကြည်"),
    "Kannada with letter spacing": (SPACED, "ಕೃಷ್ಣಮೂರ್ತಿ"),
    "Tamil with letter spacing": (SPACED, "ஸ்ரீ கருணாநிதி"),
    "Sinhala with letter spacing": (SPACED, "ශ්‍රී ලංකා"),
    "Arabic with letter spacing": (SPACED, "محمد عبد الله"),
    "Latin with letter spacing": (SPACED, "José Müller"),
    "a shrunk name": (WIDE, "Александра Константиновна Преображенская"),
    "mixed with digits": (WIDE, "王 Anna محمد (3) ข 2026"),
    "an ideograph of compatibility": (WIDE, "神\ufa19 Ana"),
    "an unknown variation": (WIDE, "葛\U000e0100城"),
    "emoji": (WIDE, "👩‍🚀 小明 🇨🇳"),
}


@cache
def stored() -> dict[str, Any]:
    """Typesettings as they were stored: by `rules 1` for each case, and with the layout of one by
    `rules 2`."""
    found: dict[str, Any] = json.loads(GOLDEN.with_suffix(".json").read_text(encoding="utf-8"))
    return found


def template() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", SIZE, "white").save(content, "PNG")
    return content.getvalue()


def layout(case: str) -> Layout:
    """A name in the box of the case, a spaced Burmese heading, the number turned, and the date."""
    return Layout.from_json({"fields": [_HEADING, _name(CASES[case][0]), _NUMBER, _DATE]})


def _name(form: dict[str, Any]) -> dict[str, Any]:
    width, height = SIZE
    return {
        "kind": "name",
        "box": {
            "left": (width - form["width"]) / 2 / width,
            "top": 0.2,
            "width": form["width"] / width,
            "height": 0.55,
        },
        "size": form["size"] / height,
        "minimum_size": form["smallest"] / height,
        "letter_spacing": form.get("spacing", 0.0),
    }


_SMALL = {"size": 0.07, "minimum_size": 0.04}
_HEADING = {
    "kind": "text",
    "content": "အောင် Thanks",
    "box": {"left": 0.2, "top": 0.02, "width": 0.6, "height": 0.16},
    "letter_spacing": 0.2,
    **_SMALL,
}
_NUMBER = {
    "kind": "number",
    "box": {"left": 0.01, "top": 0.1, "width": 0.06, "height": 0.8},
    "rotation": 90,
    **_SMALL,
}
_DATE = {
    "kind": "date",
    "box": {"left": 0.3, "top": 0.8, "width": 0.4, "height": 0.15},
    "face": "song",
    "weight": 700,
    **_SMALL,
}


def facts(case: str) -> Facts:
    return Facts(name=CASES[case][1], number="2026-000123", date=datetime.date(2026, 11, 24))


def as_issued(case: str) -> numpy.ndarray:
    """The certificate's pixels as version 0.1.0 drew them."""
    top = list(CASES).index(case) * SIZE[1]
    with Image.open(GOLDEN) as golden:
        return numpy.asarray(golden.convert("RGB").crop((0, top, SIZE[0], top + SIZE[1])))
