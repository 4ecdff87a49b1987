"""Long lists are stored in turns: others write between, and what was interrupted is finished."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from shared.acts.add_list import add_list
from shared.acts.invite import FIRST_FEW, Invite
from shared.acts.run import run
from shared.storage import turns
from shared.storage.models import ConsoleDraft, Event, Mail, MailState, Volunteer, now
from shared.storage.turns import delete_in_turns, unseen
from shared.volunteers.lists import list_parser
from tests.support.acting import held
from tests.support.factories import SEAL
from tests.support.lists import read_call

PEOPLE = 1_500


class Interrupted(Exception):
    pass


def a_list() -> list_parser.RecipientList:
    lines = [f"v{number}@example.org" for number in range(PEOPLE)]
    # The last one has a number that would otherwise be given to somebody before.
    return read_call("\n".join([*lines, "last@example.org,2026-000002"]))


def add(database, event_id, told=lambda _: None):
    return add_list(database, SEAL, event_id, a_list(), progress=told)


def queue(installation, event_id, told=unseen, *, first_few=False) -> int:
    act = Invite(first_few=first_few)
    return run(installation.database, act, event_id, held(installation), progress=told).done


def mails(database) -> dict[MailState, int]:
    with database.reading() as session:
        counted = select(Mail.state, func.count()).group_by(Mail.state)
        return {state: count for state, count in session.execute(counted)}


def writer(database, event_id, shares):
    """What is told of a share: writes something else, which waits while a turn is not over."""

    def told(share: float) -> None:
        shares.append(share)
        with database.writing() as session:
            session.get_one(Event, event_id).name = f"{len(shares)} turns"

    return told


def interrupt(share: float) -> None:
    raise Interrupted


def test_others_write_while_a_long_list_is_added(database, event_id):
    shares = []
    added = add(database, event_id, writer(database, event_id, shares))
    assert len(added.new) == PEOPLE + 1
    assert len(shares) > 2
    assert shares == sorted(shares)
    assert shares[-1] == 1
    with database.reading() as session:
        assert session.get_one(Event, event_id).name == f"{len(shares)} turns"


def test_a_number_that_comes_later_on_the_list_is_given_to_nobody_before(database, event_id):
    assert add(database, event_id).refused == []
    with database.reading() as session:
        numbers = dict(session.execute(select(Volunteer.email, Volunteer.number)).all())
    assert numbers["last@example.org"] == "2026-000002"
    assert numbers["v1@example.org"] == "2026-000003"
    assert len(set(numbers.values())) == PEOPLE + 1


def test_adding_that_was_interrupted_is_finished_by_adding_again(database, event_id):
    with pytest.raises(Interrupted):
        add(database, event_id, interrupt)
    with database.reading() as session:
        stored = session.scalar(select(func.count()).select_from(Volunteer))
    assert 0 < stored < PEOPLE
    again = add(database, event_id)
    assert len(again.already_there) == stored
    assert len(again.new) == PEOPLE + 1 - stored


def test_others_write_while_a_long_list_is_queued(installation, database, event_id):
    add(database, event_id)
    shares = []
    assert queue(installation, event_id, told=writer(database, event_id, shares)) == PEOPLE + 1
    assert len(shares) > 2
    assert mails(database) == {MailState.QUEUED: PEOPLE + 1}


def test_queueing_that_was_interrupted_is_finished_by_the_next_call(
    installation, database, event_id
):
    add(database, event_id)
    with pytest.raises(Interrupted):
        queue(installation, event_id, told=interrupt)
    queued = mails(database)[MailState.QUEUED]
    assert 0 < queued < PEOPLE
    assert queue(installation, event_id) == PEOPLE + 1 - queued
    assert queue(installation, event_id) == 0
    assert mails(database) == {MailState.QUEUED: PEOPLE + 1}


def test_a_first_few_are_few_in_however_many_turns(installation, database, event_id):
    add(database, event_id)
    assert queue(installation, event_id, first_few=True) == PEOPLE + 1
    assert mails(database) == {
        MailState.QUEUED: FIRST_FEW,
        MailState.HELD: PEOPLE + 1 - FIRST_FEW,
    }


def test_what_is_renewed_between_two_turns_of_a_deletion_stays(database, monkeypatch):
    presses, over = [f"p{number:04}" for number in range(1_000)], now() - timedelta(hours=1)
    with database.writing() as session:
        session.add_all(ConsoleDraft(place=one, sealed="", expires_at=over) for one in presses)
    last = ConsoleDraft.place == presses[-1]
    rest = turns.time.sleep

    def renew(seconds: float) -> None:
        rest(seconds)
        with database.writing() as session:
            later = now() + timedelta(hours=1)
            session.execute(update(ConsoleDraft).where(last).values(expires_at=later))

    monkeypatch.setattr(turns.time, "sleep", renew)
    gone = delete_in_turns(database, ConsoleDraft.place, ConsoleDraft.expires_at <= now())
    with database.reading() as session:
        assert session.scalars(select(ConsoleDraft.place)).all() == presses[-1:]
    assert gone == len(presses) - 1
