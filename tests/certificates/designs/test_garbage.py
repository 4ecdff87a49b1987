"""Placing by hand leaves a design per movement; those no longer needed are deleted
automatically."""

import pytest
from sqlalchemy import select

from shared import events
from shared.certificates.designs import changes
from shared.certificates.issuing import drawing
from shared.events.settings import create_event
from shared.rendering.layout import standard_layout
from shared.storage.models import Certificate, Design, Event
from tests.support import designing
from tests.support.drawn_designs import moved
from tests.support.factories import add, design, invite
from tests.support.submitting import submit_name

KEPT = 7


@pytest.fixture(autouse=True)
def few_are_kept(monkeypatch):
    monkeypatch.setattr(changes, "NEWEST_KEPT", KEPT)


def place(database, event_id: int, times: int) -> None:
    for step in range(times):
        with database.writing() as session:
            event = events.event_for_change(session, event_id)
            designing.set_layout(session, event, moved(standard_layout(), step / 200))


def versions(database, event_id: int) -> list[int]:
    with database.reading() as session:
        of_event = select(Design.version).where(Design.event_id == event_id)
        return list(session.scalars(of_event.order_by(Design.version)))


def test_of_many_placements_the_newest_are_kept(database, event_id):
    design(database, event_id)
    place(database, event_id, KEPT + 5)
    newest = KEPT + 6
    assert versions(database, event_id) == list(range(7, newest + 1))
    with database.reading() as session:
        current = session.get_one(Event, event_id).design
        assert current is not None
        assert current.version == newest


def test_what_was_issued_keeps_its_design_however_old_that_is(installation, event_id):
    database = installation.database
    design(database, event_id)
    add(database, event_id, "ana@example.org")
    token = invite(installation, event_id)["ana@example.org"]
    with database.writing() as session:
        submit_name(session, installation.settings, installation.seal, token, "Ana")
    before = drawn(installation)
    place(database, event_id, KEPT + 5)
    assert versions(database, event_id)[0] == 1
    assert drawn(installation) == before


def drawn(installation) -> bytes:
    with installation.database.reading() as session:
        certificate = session.scalars(select(Certificate)).one()
        return drawing.render(session, installation.settings, certificate, "png")


def test_another_events_designs_stay(database, event_id):
    with database.writing() as session:
        other, _ = create_event(session, name="Other", language="en")
    design(database, other.id)
    design(database, event_id)
    place(database, event_id, KEPT + 5)
    assert versions(database, other.id) == [1]
