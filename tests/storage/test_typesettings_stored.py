"""After 0073, everything issued says how its texts are set, no stored font is refused, and nothing
is sealed as version 0.1.0 did it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from shared.errors import ProductError
from shared.events.opening import open_installation
from shared.rendering.layout import Layout
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import Design
from tests.installations import restore
from tests.support.at_url import change, settings_of
from tests.support.moved import stored_rows
from tests.support.organizers_fonts import composite_font
from tests.support.upgraded import empty_url

__all__ = ["empty_url"]


@pytest.fixture
def stored(empty_url: str, tmp_path: Path) -> Settings:
    """An installation of 0.2.0."""
    settings = settings_of(empty_url, tmp_path / "data")
    kind = "sqlite" if empty_url.startswith("sqlite") else "postgresql"
    restore("0.2.0", kind, empty_url, settings.data_dir)
    return settings


def is_refused(stored: Settings, words: str) -> None:
    """And nothing is changed."""
    before = stored_rows(stored.database_url)
    with pytest.raises(ProductError, match=words):
        open_installation(stored)
    assert stored_rows(stored.database_url) == before


@pytest.mark.parametrize("lacking", ["certificate", "design"])
def test_what_0_2_0_has_not_set_yet_is_left_to_it(stored: Settings, lacking: str):
    change(stored.database_url, f"UPDATE {lacking} SET typesetting = NULL")
    is_refused(stored, "certificates of version 0.1.0 do not say yet how their texts are set")


@pytest.mark.parametrize(
    ("table", "as_by_0_1_0"),
    [
        ("sending_account", "sealed_password = 'gAAAAABl'"),
        ("event", """early_account = '{"password": "gAAAAABl"}'"""),
        ("rehearsal_mail", "is_sealed = false"),
    ],
)
def test_what_0_2_0_has_not_sealed_yet_is_left_to_it(
    stored: Settings, table: str, as_by_0_1_0: str
):
    first = f"id = (SELECT min(id) FROM {table})"
    change(stored.database_url, f"UPDATE {table} SET {as_by_0_1_0} WHERE {first}")
    is_refused(stored, "1 mail passwords and rehearsal mails are still stored as version 0.1.0")


def test_a_design_that_issued_nothing_is_set_when_it_is_drawn(stored: Settings):
    unused = "id NOT IN (SELECT design_id FROM certificate)"
    change(stored.database_url, f"UPDATE design SET typesetting = NULL WHERE {unused}")
    database = open_installation(stored).database
    with database.reading() as session:
        found = session.query(Design.typesetting).where(text(unused)).all()
    assert found
    assert {json.dumps(one) for (one,) in found} == {'{"rules": 3, "fields": null}'}
    database.close()


def test_a_font_that_is_refused_today_keeps_the_version_that_draws_it(stored: Settings):
    database = Database(stored.database_url)
    with database.engine.begin() as connection:
        broken = text("UPDATE font_file SET content = :it")
        connection.execute(broken, {"it": composite_font(7, 4)})
    is_refused(stored, "The font “.+” of the event “Harbour Run 2026” is no longer supported")
    # One that no design has is no reason.
    with database.engine.begin() as connection:
        written = text("SELECT id, CAST(layout AS TEXT) FROM design")
        for id, layout in connection.execute(written).all():
            without = re.sub(r'"face": "\w{64}"', '"face": "hei"', layout)
            put = text("UPDATE design SET layout = :it WHERE id = :id")
            connection.execute(put, {"it": without, "id": id})
    database.close()
    open_installation(stored).database.close()


def test_layouts_of_version_1_say_the_same_in_version_2(stored: Settings):
    heading: dict[str, Any] = {
        "id": "a", "kind": "text", "content": "{Thanks}", "size": 0.1,
        "box": {"left": 0.1, "top": 0.1, "width": 0.8, "height": 0.1},
    }  # fmt: skip
    database = Database(stored.database_url)
    old = {"version": 1, "fields": [heading]}
    with database.engine.begin() as connection:
        versions = "SELECT count(*) FROM design WHERE CAST(layout AS TEXT) LIKE '%\"version\": 1%'"
        assert connection.scalar(text(versions)) > 2
        first = text("UPDATE design SET layout = :it WHERE id = 1")
        connection.execute(first, {"it": json.dumps(old)})
    database.close()
    read = Layout.from_json(old)
    database = open_installation(stored).database
    with database.reading() as session:
        layouts = {one.id: one.layout for one in session.query(Design)}
    assert {layout["version"] for layout in layouts.values()} == {2, 3}
    assert Layout.from_json(layouts[1]) == read
    assert read.fields[0].content == "{{Thanks}}"
    database.close()
