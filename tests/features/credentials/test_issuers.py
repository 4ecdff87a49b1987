"""Who signs for an event is stored with it, in a column of the feature."""

from sqlalchemy import select

from shared.certificates.designs.event_copy import copy_event
from shared.events.installation import Installation
from shared.features.credentials import issuers
from shared.storage.models import Action, AuditEntry, Event


def assign(installation: Installation, event_id: int, slug: str) -> list[list[str]]:
    """The fields that the log says were changed, of each entry about this event."""
    with installation.database.writing() as session:
        issuers.assign(session, session.get_one(Event, event_id), slug)
    with installation.database.reading() as session:
        about = AuditEntry.event_id == event_id, AuditEntry.action == Action.ISSUER_CHANGED
        return list(session.scalars(select(AuditEntry.fields).where(*about)))


def test_a_copy_of_an_event_is_signed_for_by_the_same_issuer(
    installation: Installation, event_id: int
) -> None:
    with installation.database.writing() as session:
        issuers.create(session, "rotary", "Rotary Club", "https://rotary.example")
    assign(installation, event_id, "rotary")
    with installation.database.writing() as session:
        source = session.get_one(Event, event_id)
        copy = copy_event(session, installation.seal, source, name="Run 2027").event
        assert issuers.issuer_of(session, copy).slug == "rotary"
        rotary = issuers.find(session, "rotary")
        assert issuers.events_of(session, rotary) == [source, copy]


def test_the_log_says_that_another_issuer_signs_and_nothing_of_the_same_one(
    installation: Installation, event_id: int
) -> None:
    with installation.database.writing() as session:
        issuers.create(session, "rotary", "Rotary Club", "https://rotary.example")
    said = [["issuer_id"]]
    assert assign(installation, event_id, "rotary") == said
    assert assign(installation, event_id, "rotary") == said
    assert assign(installation, event_id, issuers.INSTALLATION) == said * 2
