"""Why a mail does not leave: one list, and a claim that asks the same one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.events.installation import Installation
from shared.mail.accounts.sharing import account_name
from shared.mail.kinds.registry import kinds
from shared.mail.queue import claim, reasons, standing
from shared.mail.queue.standing import Why
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import (
    Attempt,
    Event,
    Mail,
    MailState,
    Owner,
    Phase,
    Sending,
    Status,
    Suppression,
    Verdict,
    Volunteer,
    now,
)
from tests.support.mailing import invite
from tests.support.sending_steps import IDS, LEASE, add_account
from tests.support.statements import statements_of

HOUR = timedelta(hours=1)
# State, and whether its time is still to come.
MAILS = [(state, later) for state in MailState for later in (False, True)]


def test_a_mail_is_claimed_exactly_when_no_reason_holds(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 1)
    said = set()
    with database.writing() as session:
        now = database_time(session)
        event, mail = session.get_one(Event, event_id), session.scalars(select(Mail)).one()
        owner, account = session.get_one(Owner, 1), event.account
        assert account is not None
        for flags in product([False, True], repeat=8):
            # None beside each state of the mail, all together beside one that is due.
            mails = [(MailState.QUEUED, False)] if any(flags) else MAILS
            deleted, held, stopped, comparing, judging, broken, paused, between = flags
            event.deleted_at = now if deleted else None
            owner.held_at = now + HOUR if held else None
            event.sending = Sending.STOPPED if stopped else Sending.RUNNING
            event.suppressions_due = comparing
            event.qualifying = {"column": "Hours"} if judging else None
            event.grouped_until = 0 if judging else None
            account.needs_fixing = broken
            account.paused_until = now + HOUR if paused else None
            account.next_at = now + HOUR if between else None
            for state, is_later in mails:
                mail.state, mail.due_at = state, now + HOUR if is_later else now - HOUR
                session.flush()
                found = standing.why(session, mail, "en")
                said.add(found and found.name)
                turn = session.begin_nested()
                claimed = claim.claim(session, 1, LEASE, IDS)
                turn.rollback()
                assert (found is None) == bool(claimed), (flags, state, is_later, found)
    every = [*reasons.OF_EVENTS, *reasons.OF_PEOPLES_MAIL, *reasons.OF_STATES]
    every += [*reasons.OF_TIMES, *reasons.OF_ACCOUNTS]
    assert said == {None} | {one.name for one in every} - {"tried_again"}


def test_what_is_counted_for_an_account_is_asked_as_a_claim_asks_it(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    add_account(database, event_id)
    invite(installation, event_id, 2)
    said = set()
    with database.writing() as session:
        at = database_time(session)
        account = session.get_one(Event, event_id).account
        assert account is not None
        before, mail = session.scalars(select(Mail).order_by(Mail.id))
        before.state, before.due_at, before.tries = MailState.SENDING, at + HOUR, 1
        name = account_name(account)
        session.add(Attempt(mail_id=before.id, account=name, try_number=1, at=at))
        for spent, slow, busy, refused in product([False, True], repeat=4):
            account.per_hour = 1 if spent else None
            account.tokens, account.filled_at = (0.0, at) if slow else (None, None)
            account.connections = 1 if busy else None
            account.pauses_in_a_row = int(refused)
            session.flush()
            turn = session.begin_nested()
            claimed = claim.claim(session, 1, LEASE, IDS)
            turn.rollback()
            found = standing.why(session, mail, "en")
            said.add(found and found.name)
            assert (found is None) == bool(claimed), (spent, slow, busy, refused, found)
    assert said == {None, "spent", "slow", "at_once"}


PEOPLE: dict[str, dict[str, object]] = {
    "fine": {},
    "opted out": {"reminders_ended_at": now()},
    "suppressed": {"suppressed_at": now(), "suppressed": Suppression.COMPLAINED},
    "unqualified": {"unqualified_at": now()},
    "erased": {"erased_at": now()},
    "has submitted": {"status": Status.SUBMITTED},
}
KINDS = ["invitation", "certificate", "link_request", "a kind of a later version"]
# What a worker left before it died: nothing, or an outcome that nobody knows.
LEFT = [(Phase.NONE, 0), (Phase.CONTENT, 1), (Phase.CONTENT, 3)]


@pytest.mark.parametrize("asks", [False, True], ids=["sends again", "asks"])
def test_a_claim_takes_of_all_kinds_to_all_people_exactly_those_without_a_reason(
    installation: Installation, event_id: int, asks: bool
) -> None:
    database = installation.database
    add_account(database, event_id)
    with database.writing() as session:
        at = database_time(session)
        session.get_one(Event, event_id).ask_when_unsure = asks
        _add_everything(session, event_id, at)
        mails = session.scalars(select(Mail).order_by(Mail.id)).all()
        told = {mail.id: standing.why(session, mail, "en") for mail in mails}
        _ask_for_everybody(database, session, event_id, mails, told)
        taken = set()
        while claimed := claim.claim(session, len(mails), LEASE, IDS):
            taken |= {one.mail_id for one in claimed}
        assert taken == {id for id, why in told.items() if why is None}
    said = {why.name for why in told.values() if why}
    known = {one.name for one in reasons.when_read(kinds())}
    assert known <= said


def _ask_for_everybody(
    database: Database,
    session: Session,
    event_id: int,
    mails: Sequence[Mail],
    told: dict[int, Why | None],
) -> None:
    """Of a page of people, the same is said as of each mail, and half of it saves no statement."""
    waiting: dict[int, list[Why]] = {}
    for mail in mails:
        if mail.state in (MailState.HELD, MailState.QUEUED, MailState.SENDING):
            why = told[mail.id]
            waiting.setdefault(mail.volunteer_id or 0, []).extend([why] if why else [])
    event, counts = session.get_one(Event, event_id), []
    for people in ([*waiting][::2], [*waiting]):
        with statements_of(database) as run:
            found = standing.of_people(session, event, people, "en")
        assert found == {person: waiting[person] for person in people}
        counts.append(len(run))
    assert counts[0] == counts[1]


def _add_everything(session: Session, event_id: int, at: datetime) -> None:
    """A mail of each kind to each sort of person in each state, due or later, tried or not."""
    for number, (state, is_later, who) in enumerate(product(MailState, (False, True), PEOPLE)):
        email = f"v{number}@example.org"
        person = Volunteer(
            event_id=event_id, email=email, email_key=email, number=str(number), **PEOPLE[who]
        )
        session.add(person)
        session.flush()
        due_at, waits_since = (at + HOUR, at) if is_later else (at - HOUR, None)
        its = {"state": state, "due_at": due_at, "waits_since": waits_since}
        its |= {"event_id": event_id, "volunteer_id": person.id}
        session.add_all(Mail(kind=kind, **its) for kind in KINDS)
        session.add(Mail(kind="invitation", version=2, despite="wished", **its))
        if who == "fine":
            unsure = Mail(kind="link_request", version=2, verdict=Verdict.UNSURE, **its)
            session.add(unsure)
            for phase, times in LEFT:
                mail = Mail(kind="link_request", version=3 + times, tries=times or 1, **its)
                session.add(mail)
                session.flush()
                its_try = {"mail_id": mail.id, "account": "", "phase": phase, "at": at - HOUR}
                session.add_all(Attempt(try_number=n + 1, **its_try) for n in range(times))
    session.flush()
