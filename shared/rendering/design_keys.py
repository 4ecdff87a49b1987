"""What identifies compiled designs: the hashes of their content."""

import hashlib
import json
from collections.abc import Iterable

from shared.rendering.facts import NOTHING, Facts
from shared.rendering.layout import Layout
from shared.rendering.text.typesetting import Typesetting


def key_of(
    template_sha256: str,
    layout: Layout,
    brought: Iterable[str],
    quality: int,
    typesetting: Typesetting,
    common: Facts = NOTHING,
) -> str:
    """Identifies a design by the hashes of its content; `brought` are those of pictures and
    fonts."""
    fixed = json.dumps(typesetting.to_json()) if layout.has_texts else ""
    parts = [template_sha256, layout.to_json(), *sorted(set(brought)), str(quality), fixed]
    parts += _said_by_all(layout, common)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def key_of_fixed(
    template_sha256: str, layout: Layout, typesetting: Typesetting, common: Facts
) -> str:
    """Identifies what all certificates with the facts `common` have in common."""
    fields = [field for field in layout.fields if field.shown]
    same = [field for field in fields if field.is_fixed or field.is_said_by_all(common)]
    fixed = [field.model_dump_json() for field in same]
    parts = [template_sha256, *fixed, json.dumps(typesetting.to_json()) if fixed else ""]
    parts += _said_by_all(layout, common)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _said_by_all(layout: Layout, common: Facts) -> list[str]:
    """The texts with placeholders that are the same on all certificates, and how they are set."""
    rules, settings = common.typesetting.rules, common.typesetting.fields
    return [
        json.dumps([field.id, field.sample(common), rules, settings and settings.get(field.id)])
        for field in layout.fields
        if field.shown and field.is_said_by_all(common)
    ]


def key_with(key: str, vector_sha256: str | None, dpi: float) -> str:
    """Identifies a design whose PDFs carry a vector page, or are of another size."""
    return hashlib.sha256(f"{key}\n{vector_sha256}\n{dpi}".encode()).hexdigest()
