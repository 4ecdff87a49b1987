"""Several events prove the same account at the same time, while everybody else goes on."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from shared import events
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.accounts.sending_account import set_account
from shared.mail.accounts.sharing import note_sign_in
from shared.storage.models import Event, SendingAccount
from tests.support.sending_steps import account_of

RIGHT = {"username": "thanks@example.org", "password": "s3cret"}
EVENTS = 6


@pytest.fixture
def event_ids(installation: Installation) -> list[int]:
    """Events with the same credentials, which no server has taken yet."""
    with installation.database.writing() as session:
        made = [create_event(session, name=f"{n}", language="en")[0] for n in range(EVENTS)]
        for event in made:
            set_account(session, installation.seal, event, **RIGHT)
        return [event.id for event in made]


def at_once(*works: Callable[[], None]) -> None:
    """All begin together; what one of them raises is raised here."""
    failures: list[Exception] = []
    begin = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        begin.wait(10)
        try:
            work()
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    assert failures == []


def prove(installation: Installation, event_id: int) -> None:
    """As mail after mail is taken, until one of them is heard."""
    while not account_of(installation.database, event_id).signed_in:
        read_before = account_of(installation.database, event_id)
        with installation.database.writing() as session:
            note_sign_in(session, read_before)


def change_pace(installation: Installation, event_id: int) -> None:
    for seconds in range(5):
        with installation.database.writing() as session:
            event = events.event_for_change(session, event_id)
            set_account(session, installation.seal, event, min_second=seconds)


def test_all_events_that_prove_the_same_at_once_use_one_row(
    installation: Installation, event_ids: list[int]
) -> None:
    at_once(
        *(lambda id=id: prove(installation, id) for id in event_ids),
        *(lambda id=id: change_pace(installation, id) for id in event_ids),
    )
    with installation.database.reading() as session:
        assert session.scalars(select(func.count()).select_from(SendingAccount)).one() == 1
        (used,) = set(
            session.scalars(select(Event.account_id).where(Event.id.in_(event_ids))).all()
        )
        assert session.get_one(SendingAccount, used).signed_in


# SQLite has one writer at a time anyway.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_whoever_notes_a_sign_in_waits_for_nobody(
    installation: Installation, event_ids: list[int]
) -> None:
    """It may hold mails for which the other one waits."""
    first, second, *_ = event_ids
    with installation.database.writing() as session:
        note_sign_in(session, account_of(installation.database, first))
    read_before = account_of(installation.database, second)
    with installation.database.writing() as organizer:
        events.event_for_change(organizer, second)
        with installation.database.writing() as session:
            note_sign_in(session, read_before)
    assert not account_of(installation.database, second).signed_in
    with installation.database.writing() as session:
        note_sign_in(session, read_before)
    assert account_of(installation.database, second).id == (
        account_of(installation.database, first).id
    )
