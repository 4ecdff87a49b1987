"""Why a mail does not leave: one list, and a claim that asks the same one."""

from datetime import timedelta
from itertools import product

from sqlalchemy import select

from shared.events.installation import Installation
from shared.mail.queue import claim, reasons
from shared.storage.database import database_time
from shared.storage.models import Event, Mail, MailState, Owner, Sending
from tests.support.mailing import invite
from tests.support.sending_steps import IDS, LEASE, add_account

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
            # One by one beside each state of the mail, all together beside one that is due.
            mails = MAILS if sum(flags) < 2 else [(MailState.QUEUED, False)]
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
                found = reasons.why(session, mail, "en")
                said.add(found and found.name)
                turn = session.begin_nested()
                claimed = claim.claim(session, 1, LEASE, IDS)
                turn.rollback()
                assert (found is None) == bool(claimed), (flags, state, is_later, found)
    every = [*reasons.OF_EVENTS, *reasons.OF_PEOPLES_MAIL, *reasons.OF_MAILS, *reasons.OF_ACCOUNTS]
    assert said == {None} | {one.name for one in every} - {"tried_again", "unknown"}
