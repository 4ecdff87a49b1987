"""A sending step by step, without a worker: claim, begin, settle, and look what became of it."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from shared.events.installation import Installation
from shared.mail.queue import claim as outbox
from shared.mail.queue import settle as outcomes
from shared.mail.queue.attempts import Claimed
from shared.mail.queue.claim import MessageIds
from shared.mail.transport.outcome import Outcome
from shared.storage.database import Database
from shared.storage.models import (
    Event,
    Mail,
    Phase,
    Security,
    SendingAccount,
    Verdict,
    Volunteer,
    now,
)
from tests.support import factories
from tests.support.submitting import submit_name

LEASE = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
IDS = MessageIds(b"a key for tests")

SENT = Outcome(Verdict.SENT, Phase.CONTENT, 250, "2.0.0 ok")
GREYLISTED = Outcome(Verdict.RETRY, Phase.RCPT, 451, "4.7.1 Greylisted")
TOO_FAST = Outcome(Verdict.PAUSE, Phase.MAIL, 421, "4.7.0 Try again later")
DAILY = Outcome(Verdict.PAUSE, Phase.MAIL, 550, "5.4.5 Daily user sending limit exceeded")
NOBODY = Outcome(Verdict.REJECTED, Phase.RCPT, 550, "5.1.1 User unknown")
POLICY = Outcome(
    Verdict.NEEDS_OPERATOR, Phase.CONTENT, 550, "5.7.1 Message rejected due to content policy"
)
WRONG_PASSWORD = Outcome(
    Verdict.NEEDS_OPERATOR, Phase.AUTH, 535, "5.7.8 Username and Password not accepted"
)
LOST = Outcome(Verdict.UNSURE, Phase.CONTENT, None, "timed out")


def add_account(database: Database, event_id: int, **changes: object) -> None:
    """The event has an account from now on, and is live."""
    values: dict[str, object] = {
        "username": "thanks@example.org",
        "host": "smtp.example.org",
        "port": 465,
        "security": Security.TLS,
    }
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        event.account, event.live_at = SendingAccount(**values | changes), now()
        event.from_address = "thanks@example.org"


def share_account(database: Database, event_id: int, other_id: int) -> None:
    """The second event uses the first one's account from now on, and is live."""
    with database.writing() as session:
        first, other = (session.get_one(Event, id) for id in (event_id, other_id))
        other.account, other.from_address, other.live_at = first.account, "beach@example.org", now()


def change(database: Database, event_id: int, alter: Callable[[Event], None]) -> None:
    with database.writing() as session:
        alter(session.get_one(Event, event_id))


def claim(database: Database, slots: int = 100) -> list[Claimed]:
    with database.writing() as session:
        return outbox.claim(session, slots, LEASE, IDS)


def begin(database: Database, claimed: Claimed) -> bool:
    with database.writing() as session:
        return claimed.attempt_id in outcomes.begin_hand_overs(session, [claimed], LEASE)


def settle(database: Database, claimed: Claimed, outcome: Outcome) -> bool:
    with database.writing() as session:
        return outcomes.settle(session, [(claimed, outcome)]) == 1


def mail_of(database: Database, claimed: Claimed) -> Mail:
    with database.reading() as session:
        return session.get_one(Mail, claimed.mail_id)


def volunteer_of(database: Database, claimed: Claimed) -> Volunteer:
    assert claimed.mail.volunteer is not None
    with database.reading() as session:
        return session.get_one(Volunteer, claimed.mail.volunteer.id)


def account_of(database: Database, event_id: int) -> SendingAccount:
    with database.reading() as session:
        account = session.get_one(Event, event_id).account
        assert account is not None
        return account


def submit(installation: Installation, event_id: int, name: str = "Ana") -> int:
    """The first volunteer submits; the id of the certificate's mail."""
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        if event.design is None:
            factories.set_picture(session, event, factories.small_picture())
        volunteer = session.scalars(select(Volunteer).order_by(Volunteer.id)).first()
        assert volunteer is not None
        assert volunteer.token is not None
        token = installation.seal.open_token(volunteer.token)
        certificate = submit_name(session, installation.settings, installation.seal, token, name)
        session.flush()
        return session.scalars(select(Mail.id).where(Mail.certificate_id == certificate.id)).one()
