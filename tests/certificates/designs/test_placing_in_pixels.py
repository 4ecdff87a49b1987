"""Positions in pixels, as programs of the old API send them."""

import pytest
from sqlalchemy import select

from shared import events
from shared.certificates.designs import designs
from shared.certificates.designs.changes import PixelsChange
from shared.rendering.layout import standard_layout
from shared.storage.models import Design, Event
from tests.support.designing import change
from tests.support.factories import design


def all_designs(database, event_id) -> list[Design]:
    with database.reading() as session:
        rows = select(Design).where(Design.event_id == event_id).order_by(Design.version)
        return list(session.scalars(rows))


def test_old_positions_that_came_before_the_picture_wait_for_it(database, event_id):
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        change(session, event, PixelsChange({"name": (300, 100)}))
        change(session, event, PixelsChange({"number": (30, 400), "date": (0, 0)}))
        assert event.design is None
    design(database, event_id)
    layout = designs.layout_of(all_designs(database, event_id)[0])
    name, number = layout.field("name").box, layout.field("number").box
    assert (name.left + name.width / 2) * 600 == pytest.approx(300)
    assert name.top * 424 == pytest.approx(100)
    assert (number.left * 600, number.top * 424) == pytest.approx((30, 400))
    assert not layout.field("date").shown
    with database.reading() as session:
        assert session.get_one(Event, event_id).early_positions == {}


def test_old_positions_move_their_fields_on_the_picture_and_leave_the_others(database, event_id):
    design(database, event_id)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        change(session, event, PixelsChange({"number": (60, 212)}))
    layout = designs.layout_of(all_designs(database, event_id)[-1])
    assert layout.field("number").box.left == pytest.approx(0.1)
    assert layout.field("name") == standard_layout("en").field("name")
