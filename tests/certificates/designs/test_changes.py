"""What was prepared is what is stored, and nothing older is stored by mistake."""

import pytest

from shared import events
from shared.certificates.designs import designs
from shared.certificates.designs.changes import (
    LayoutChange,
    OwnDesign,
    PixelsChange,
    TemplateChange,
    prepare,
    store,
)
from shared.errors import DesignChanged, ProductError
from shared.events import groups
from shared.rendering.layout import standard_layout
from shared.storage.models import Event
from tests.support import factories
from tests.support.designing import change, set_layout
from tests.support.drawn_designs import box


def moved(top: float):
    fields = [
        field.model_copy(update={"box": box(0.1, top, 0.8, 0.2)}) if field.id == "name" else field
        for field in standard_layout().fields
    ]
    return standard_layout().model_copy(update={"fields": tuple(fields)})


def prepared(database, event_id, wanted):
    with database.reading() as session:
        return prepare(session, session.get_one(Event, event_id), wanted)


def stored(database, event_id, ready):
    with database.writing() as session:
        store(session, events.event_for_change(session, event_id), ready)
    with database.reading() as session:
        return session.get_one(Event, event_id).design


def test_a_placement_of_somebody_else_in_between_is_not_overwritten(database, event_id):
    factories.design(database, event_id)
    ready = prepared(database, event_id, LayoutChange(moved(0.2), seen_version=1))
    with database.writing() as session:
        set_layout(session, events.event_for_change(session, event_id), moved(0.3))
    with pytest.raises(DesignChanged):
        stored(database, event_id, ready)


def test_a_picture_brings_what_was_placed_until_it_is_stored(database, event_id):
    factories.design(database, event_id)
    ready = prepared(
        database, event_id, TemplateChange(factories.accepted(factories.small_picture("red")))
    )
    with database.writing() as session:
        set_layout(session, events.event_for_change(session, event_id), moved(0.3))
    assert designs.layout_of(stored(database, event_id, ready)) == moved(0.3)


def test_pixels_that_arrive_before_a_picture_move_what_is_on_it_by_then(database, event_id):
    ready = prepared(database, event_id, PixelsChange({"name": (300, 100)}))
    factories.design(database, event_id)
    with database.reading() as session:
        assert session.get_one(Event, event_id).design.version == 1
    assert stored(database, event_id, ready).version == 2
    with database.reading() as session:
        assert session.get_one(Event, event_id).early_positions == {}


def test_what_is_meant_for_a_group_is_for_nobody_else_once_the_group_is_gone(database, event_id):
    factories.design(database, event_id)
    factories.add(database, event_id, "email,role\nana@example.org,speaker")
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        group = groups.add_group(session, event, "role", "speaker")
        change(session, event, OwnDesign(group_id=group.id))
        group_id, version = group.id, event.design.version
    ready = prepared(database, event_id, LayoutChange(moved(0.2), group_id=group_id))
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        groups.remove_group(session, event, groups.with_id(event, group_id))
    with pytest.raises(ProductError, match="group"):
        stored(database, event_id, ready)
    with database.reading() as session:
        assert session.get_one(Event, event_id).design.version == version
