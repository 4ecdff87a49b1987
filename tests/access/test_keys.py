"""Who may open what."""

import pytest

from shared.access.keys import (
    EventName,
    access_of,
    event_opened_by,
    events_opened_by,
    is_owner,
    is_whole_key,
    names_opened_by,
    new_key,
)
from shared.errors import EventUnknown, NotAllowed
from shared.events.settings import create_event, renew_organizer_token
from shared.storage.models import Event
from tests.conftest import OWNER_TOKEN
from tests.support import factories


def opened_by(session, token) -> list[Event]:
    return events_opened_by(session, access_of(session, token))


def test_the_owner_opens_all_events_the_default_one_first(database, event_id):
    with database.reading() as session:
        opened = opened_by(session, OWNER_TOKEN)
    assert [event.name for event in opened] == ["Volunteers", "Harbour Run 2026"]


def test_an_organizers_token_opens_their_event_alone_until_it_is_renewed(database):
    with database.writing() as session:
        event, old = create_event(session, name="Clean Beach")
        assert [e.name for e in opened_by(session, old)] == ["Clean Beach"]
        new = renew_organizer_token(event)
        session.flush()
        assert [e.name for e in opened_by(session, new)] == ["Clean Beach"]
        assert not is_owner(session, new)
        with pytest.raises(NotAllowed):
            opened_by(session, old)


WRONG_TOKENS = ["", "1234", "x" * 129, "x" * 1_000_000, "\x00", "\ud800", "主人", None, 7, ["a"]]


def test_any_other_token_opens_nothing(database):
    for wrong in WRONG_TOKENS:
        with database.reading() as session, pytest.raises(NotAllowed):
            opened_by(session, wrong)
        with database.reading() as session, pytest.raises(NotAllowed):
            names_opened_by(session, access_of(session, wrong))
        with database.reading() as session, pytest.raises(NotAllowed):
            event_opened_by(session, access_of(session, wrong), 1)


def test_events_are_named_in_the_order_in_which_they_open(database, event_id):
    with database.reading() as session:
        names = names_opened_by(session, access_of(session, OWNER_TOKEN))
    assert names == [
        EventName(1, "Volunteers", is_unused=True),
        EventName(event_id, "Harbour Run 2026"),
    ]


def test_one_event_opens_with_its_design_to_its_own_token_and_to_the_owners(database):
    with database.writing() as session:
        event, token = create_event(session, name="Clean Beach")
    factories.design(database, event.id)
    for key in (token, OWNER_TOKEN):
        with database.reading() as session:
            opened = event_opened_by(session, access_of(session, key), event.id)
        assert opened.design.event_id == event.id
        assert opened.account is None


def test_an_organizers_token_opens_no_other_event(database, event_id):
    with database.writing() as session:
        _, token = create_event(session, name="Clean Beach")
    for other in (1, event_id, 999, None):
        with database.reading() as session, pytest.raises(EventUnknown):
            event_opened_by(session, access_of(session, token), other)


def test_a_key_that_was_not_copied_whole_is_known_by_its_checksum():
    keys = [new_key() for _ in range(50)]
    assert len(set(keys)) == 50
    for key in keys:
        assert key.startswith("certs_")
        assert len(key) == 55
        assert key[6:].isalnum()
        assert is_whole_key(key)
    slips = [key[:-1], key + "a", key[:20] + key[21:], key.swapcase(), key[:7], "certs_", ""]
    slips += [key[:place] + ("a" if key[place] != "a" else "b") + key[place + 1 :]
              for place in range(len(key))]  # fmt: skip
    assert not any(is_whole_key(slip) for slip in slips)
