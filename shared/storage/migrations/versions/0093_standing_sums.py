"""How many certificates of each event stand, and the hours that they say, as sums: counted here
once, and changed from now on with each that is issued, replaced or withdrawn."""

import json
import re
from collections import defaultdict
from decimal import Decimal

import sqlalchemy as sa
from alembic import op
from babel import UnknownLocaleError
from babel.numbers import NumberFormatError, format_decimal, parse_decimal

from shared.storage.migrations.tables import tables

revision = "0093"
down_revision = "0092"
compatible = True

_SUMS = "event_id integer -> event.id key, certificates integer, hours json"
_COUNTED = """
    SELECT event_id, count(*) FROM certificate
    WHERE replaced_at IS NULL AND withdrawn_at IS NULL GROUP BY event_id
"""
# Only of events with numbers: the others have long lists, too.
_SAID = """
    SELECT language, CAST(public_columns AS TEXT), CAST("values" AS TEXT), CAST(columns AS TEXT)
    FROM certificate WHERE event_id = :event_id AND replaced_at IS NULL AND withdrawn_at IS NULL
    AND CAST(public_columns AS TEXT) <> '[]'
"""
_COLUMNS = "SELECT event_id, title, unit FROM list_column WHERE kind = 'number'"
_HOURS = frozenset(
    ("h", "hr", "hrs", "hour", "hours", "std", "stunden", "小时", "小時", "个小时", "個小時", "时")
)
_NUMBER = re.compile(r"(-?\d(?:.*\d)?)\s*(\D*)")


def upgrade() -> None:
    database = op.get_bind()
    tables({"event": "id integer key", "standing_sum": _SUMS}).create_all(database)
    units: dict[int, dict[str, str]] = defaultdict(dict)
    for event_id, title, unit in database.execute(sa.text(_COLUMNS)):
        units[event_id][title] = unit
    for event_id, count in database.execute(sa.text(_COUNTED)).all():
        hours = _hours(database, event_id, units[event_id]) if units[event_id] else {}
        stored = {title: f"{sum:f}" for title, sum in hours.items()}
        database.execute(
            sa.text("INSERT INTO standing_sum VALUES (:event_id, :count, :hours)"),
            {"event_id": event_id, "count": count, "hours": json.dumps(stored)},
        )


def _hours(database: sa.Connection, event_id: int, units: dict[str, str]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    said_on = sa.text(_SAID).execution_options(stream_results=True)
    rows = database.execute(said_on, {"event_id": event_id})
    for language, public, values, columns in rows:
        exact = json.loads(values) if values else None
        texts = json.loads(columns) if exact is None else {}
        for title in json.loads(public):
            if exact is None:
                number = _read(texts.get(title, ""), units.get(title, ""), language)
            else:
                said = exact.get(title, {})
                number = Decimal(said["number"]) if _is_hours(said.get("unit", "")) else None
            if number is not None:
                sums[title] += number
    return sums


def _is_hours(unit: str) -> bool:
    return unit.strip().casefold() in _HOURS


def _read(text: str, unit: str, language: str) -> Decimal | None:
    """The hours in a text of version 0.2.0, if its language writes them so."""
    found = _NUMBER.fullmatch(text) if _is_hours(unit) else None
    if found is None:
        return None
    behind = found[2].strip().rstrip(".").casefold()
    try:
        number = parse_decimal(found[1], locale=language, strict=True)
        again = format_decimal(number, locale=language, decimal_quantization=False)
    except (NumberFormatError, UnknownLocaleError, ValueError):
        return None
    is_known = again == found[1] and (not behind or behind in _HOURS)
    return number if is_known else None
