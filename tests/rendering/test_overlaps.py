"""Fields that overlap on the certificate are reported."""

from shared import events
from shared.rendering.design import compile_design
from shared.rendering.facts import Facts
from shared.rendering.layout import Layout
from shared.rendering.placed import overlaps
from shared.storage.database import Database
from tests.support import designing, factories
from tests.support.console_screens import Open, undisturbed

WIDE = {"left": 0.1, "top": 0.3, "width": 0.8, "height": 0.2}


def layout(*fields: dict[str, object]) -> Layout:
    return Layout.from_json({"fields": list(fields)})


def found(layout: Layout, name: str = "Ana") -> list[tuple[str, str]]:
    design = compile_design(factories.small_picture(), layout)
    return overlaps(design, Facts(name, number="7", link="https://example.org/v/1"))


def test_two_texts_on_each_other_are_found():
    both = layout({"kind": "name", "box": WIDE}, {"kind": "number", "box": WIDE})
    assert found(both) == [("name", "number")]


def test_boxes_that_overlap_where_nothing_is_drawn_are_none():
    left = layout(
        {"kind": "name", "box": WIDE, "align": "left"},
        {"kind": "number", "box": WIDE, "align": "right"},
    )
    assert found(left) == []
    assert found(left, "Maximiliana Konstantina von Hohenberg") == [("name", "number")]


def test_a_code_under_a_name_is_found():
    code = {"kind": "qr", "box": {"left": 0.4, "top": 0.3, "width": 0.2, "height": 0.3}}
    assert found(layout({"kind": "name", "box": WIDE}, code)) == [("name", "qr")]


def test_the_screen_says_it(open_screen: Open, database: Database, event_id: int):
    factories.design(database, event_id)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        both = layout({"kind": "name", "box": WIDE}, {"kind": "number", "box": WIDE})
        designing.set_layout(session, event, both)
    screen = undisturbed(open_screen("certificate", event_id))
    told = [warning.value for warning in screen.warning]
    assert any("These overlap: Full name and Number." in one for one in told)
