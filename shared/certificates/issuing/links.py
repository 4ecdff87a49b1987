"""Personal links that people request, and those that an organizer passes on.

People get their own link at the address on record, and nowhere else. Anybody who knows an address
or has a certificate can request it, so nothing here may help to harass somebody, to learn who is on
a list, or to use up the mails that an organizer may send.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from shared import budgets
from shared.addresses import address_key
from shared.certificates.issuing.drawing import find_certificate
from shared.errors import CertificateNeverSent, InvitationUnknown
from shared.events.links import volunteer_link
from shared.log import audit
from shared.mail.kinds.invitation import LINK_REQUEST
from shared.mail.queue import reasons
from shared.mail.queue.enqueue import enqueue_one
from shared.settings import Settings
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import ALIVE, Action, Event, Mail, Problem, Status, Volunteer
from shared.storage.models.message import OPEN, REQUESTED
from shared.storage.models.volunteer import REACHABLE
from shared.storage.rows import count_where
from shared.storage.sealing.tokens import Seal, new_token
from shared.storage.traits import holds

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# The part of an account's daily limit for links that are requested in one event.
SHARE_OF_DAY = 0.05


def link_to_copy(session: Session, settings: Settings, seal: Seal, person: Volunteer) -> str:
    """Return the link to the person's own page, which is made if there is none; they are still
    invited.

    Anybody with the link is taken for this person, so it is logged.
    """
    if person.token is None:
        person.token = seal.seal_token(new_token())
    audit.record(session, Action.LINK_COPIED, person.event_id, volunteer_id=person.id)
    return volunteer_link(settings, person.event, seal.open_token(person.token))


def send_link_to_address(database: Database, seal: Seal, address: str) -> int:
    """Queue the link for each event that invited this address; return how many.

    0 also for text that is no address, and for people who may get no link now.
    """
    # By way of the events: addresses are indexed per event.
    of_address = (
        select(Volunteer.id, Volunteer.event_id)
        .join(Event, Event.id == Volunteer.event_id)
        .where(Volunteer.email_key == address_key(address), ALIVE)
    )
    with database.reading() as session:
        people = [(id, event_id) for id, event_id in session.execute(of_address)]
    return _send_to(database, seal, people)


def send_link_to_holder(database: Database, seal: Seal, public_id: str) -> int:
    """Queue the link for the person to whom this certificate was issued; return 1 or 0."""
    with database.reading() as session:
        try:
            certificate = find_certificate(session, public_id)
        except (InvitationUnknown, CertificateNeverSent):
            return 0
    return _send_to(database, seal, [(certificate.volunteer_id, certificate.event_id)])


def _send_to(database: Database, seal: Seal, people: Sequence[tuple[int, int]]) -> int:
    """Queue the link for each of these, ids of a volunteer and of their event; return how many."""
    sent = 0
    if not people:
        # It takes as long as for somebody on a list: others' waiting would show the difference.
        with database.writing() as session:
            _is_spent(session, Event(id=0), database_time(session))
    for volunteer_id, event_id in people:
        with database.writing() as session:
            # The lock allows foreign keys: a submit that already holds the person's row continues.
            locked = select(Event).where(Event.id == event_id).with_for_update(key_share=True)
            event, volunteer = session.scalar(locked), session.get(Volunteer, volunteer_id)
            now = database_time(session)
            if event is None or volunteer is None:
                continue
            if not _may_get_link(session, event, volunteer, now):
                continue
            if volunteer.token is None:
                volunteer.token = seal.seal_token(new_token())
            # This time puts it before waiting invitations, and after urgent mails.
            enqueue_one(session, volunteer, LINK_REQUEST, now, due_at=event.created_at)
            sent += 1
    return sent


def _may_get_link(session: Session, event: Event, volunteer: Volunteer, now: datetime) -> bool:
    if any(holds(reason.holds, event) for reason in reasons.BY_A_PERSON):
        return False
    # Five refused addresses in a row would stop everybody's mails.
    is_refused = volunteer.problem == Problem.REFUSED_ADDRESS
    if volunteer.status < Status.INVITED or is_refused or not holds(REACHABLE, volunteer):
        return False
    theirs = REQUESTED, Mail.volunteer_id == volunteer.id
    return not has_asked_enough(session, now, *theirs) and not _is_spent(session, event, now)


def has_asked_enough(session: Session, now: datetime, *theirs: ColumnElement[bool]) -> bool:
    """Return whether somebody may not request one more of `theirs`, mails of a kind: while one
    waits, and after an hour's and a day's limit."""
    is_waiting = OPEN
    an_hour = count_where(session, *theirs, or_(Mail.created_at > now - HOUR, is_waiting))
    a_day = count_where(session, *theirs, Mail.created_at > now - DAY)
    return an_hour >= budgets.ASKED_AN_HOUR.most or a_day >= budgets.ASKED_A_DAY.most


def _is_spent(session: Session, event: Event, now: datetime) -> bool:
    of_event = REQUESTED, Mail.event_id == event.id
    if count_where(session, *of_event, Mail.created_at > now - HOUR) >= budgets.LINKS_OF_EVENT.most:
        return True
    account = event.live_account
    if account is None or account.per_day is None:
        return False
    a_day = count_where(session, *of_event, Mail.created_at > now - DAY)
    return a_day >= max(1, int(account.per_day * SHARE_OF_DAY))
