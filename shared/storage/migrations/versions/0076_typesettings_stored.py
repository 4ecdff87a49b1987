"""Everything issued has its typesetting stored, its fonts are such as are taken today, and layouts
of version 1, whose texts had no placeholders, are written in version 2.

Version 0.2.0 does what is missing. A design without certificates is set when it is drawn.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from shared.errors import FontTooDeep, ProductError
from shared.language import N_
from shared.rendering.text.own_fonts import cache_font

revision = "0076"
down_revision = "0075"
compatible = True

_MISSING = """
    SELECT count(*) FROM certificate JOIN design ON design.id = certificate.design_id
    WHERE certificate.typesetting IS NULL OR design.typesetting IS NULL
"""
_FONTS = """
    SELECT sha256, family, min(event.name) FROM font_file
    JOIN design ON CAST(design.layout AS TEXT) LIKE '%' || sha256 || '%'
    JOIN event ON event.id = design.event_id GROUP BY sha256, family
"""
_FONT = "SELECT content FROM font_file WHERE sha256 = :sha256"


def upgrade() -> None:
    database = op.get_bind()
    if missing := database.scalar(sa.text(_MISSING)):
        raise ProductError(
            N_(
                "{count} certificates of version 0.1.0 do not say yet how their texts are set. Run "
                "“certs migrate” of version 0.2.0, and then this one again. Nothing was done."
            ),
            count=missing,
        )
    for sha256, family, event in database.execute(sa.text(_FONTS)).all():
        content = database.scalar(sa.text(_FONT), {"sha256": sha256})
        _refuse_what_is_not_taken_today(content, family, event)
    rewritten = sa.text("UPDATE design SET layout = :layout WHERE id = :id")
    for id, written in database.execute(
        sa.text("SELECT id, CAST(layout AS TEXT) FROM design")
    ).all():
        layout = json.loads(written)
        if layout.get("version") == 1:
            database.execute(rewritten, {"id": id, "layout": json.dumps(_in_version_2(layout))})
    op.execute(
        """UPDATE design SET typesetting = '{"rules": 3, "fields": null}' WHERE typesetting IS NULL"""
    )
    # Where 0.2.0 had come up from an earlier one, this named a revision that is known no more.
    op.execute("UPDATE schema_floor SET revision = '0073'")
    op.drop_index("ix_certificate_not_set", "certificate")


def _refuse_what_is_not_taken_today(content: bytes, family: str, event: str) -> None:
    try:
        cache_font(content)
    except FontTooDeep:
        raise ProductError(
            N_(
                "The font “{family}” of the event “{event}” is no longer supported. "
                "Stay with version 0.2.0, or delete the event there. Nothing was "
                "changed."
            ),
            family=family,
            event=event,
        ) from None


def _in_version_2(layout: dict[str, Any]) -> dict[str, Any]:
    for field in layout["fields"]:
        if field["kind"] == "text":
            field["content"] = field["content"].replace("{", "{{").replace("}", "}}")
    return layout | {"version": 2}
