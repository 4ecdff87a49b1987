"""Erasing a person from an event: their row still counts, but says nothing about them.

All columns but a few are blanked, so a column added later is blanked too. Their address stays known
as a keyed hash, so that later lists of the event leave them out.

People can erase themselves: they ask on their page, and confirm by a link mailed to them. The link
is derived from that mail and a key of the installation, so nothing more is stored. Anybody with the
personal link can ask, but only somebody who reads the person's mail can confirm.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from shared.addresses import address_key, address_on_the_wire
from shared.certificates.issuing import sums
from shared.certificates.issuing.links import has_asked_enough
from shared.errors import AddressKeptNoLonger, InvitationUnknown, ProductError
from shared.events import event_for_change
from shared.events.erased_addresses import forgotten_person, note_erased
from shared.language import N_
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.accounts import health
from shared.mail.accounts.own import own_event
from shared.mail.kinds.erasure import ERASURE
from shared.mail.queue import attempts, transitions
from shared.mail.queue.enqueue import enqueue_one
from shared.mail.queue.mailed_keys import mail_of_key
from shared.rendering.text.typesetting import Typesetting
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import (
    ALIVE,
    Action,
    Attempt,
    Base,
    Certificate,
    Event,
    Mail,
    RehearsalMail,
    Volunteer,
)
from shared.storage.models.message import OPEN
from shared.storage.models.volunteer import ADDRESS_FORGOTTEN, ERASED
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import holds
from shared.volunteers.lists.list_columns import count_out
from shared.volunteers.people.list_changes import forget_changes
from shared.volunteers.people.waiting_lines import forget_lines

_NOBODY_OF_THIS_ADDRESS = N_("Nobody on the list of this event has this address.")

# Columns that keep the counts right.
KEPT_OF_VOLUNTEER = frozenset({"id", "event_id", "status", "created_at"})
# Columns that say which message it was, and when it was sent.
_KEPT_OF_MAIL = frozenset(
    {
        *("id", "event_id", "volunteer_id", "certificate_id", "kind", "version", "state"),
        *("urgent", "due_at", "tries", "verdict", "code", "maybe_duplicate", "created_at"),
        *("sent_at", "wording_of"),
    }
)
# Columns for the page that says that it was withdrawn. The public id is on the paper.
_KEPT_OF_CERTIFICATE = frozenset(
    {
        *("id", "public_id", "event_id", "volunteer_id", "design_id", "revision", "date"),
        *("event_name", "organization", "language", "created_at", "replaced_at"),
        "taken_back_at",
        *("is_correction", "by_organizer"),
    }
)
_NOT_SET = Typesetting(fields={}).to_json()
LINK_LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Erased:
    """Numbers of what was removed besides the person's row; all 0 if they were erased before."""

    mails: int = 0
    rehearsal_mails: int = 0
    certificates: int = 0


def erase_person(
    database: Database,
    seal: Seal,
    volunteer: Volunteer,
    by: Actor | None,
    action: Action = Action.ERASED,
) -> Erased:
    """Run `erase` in a transaction of its own, then empty SQLite's journal, which has copies."""
    with database.writing(by=by) as session:
        erased = erase(session, seal, volunteer.event_id, volunteer.id, action)
    database.empty_journal()
    return erased


def erase(
    session: Session, seal: Seal, event_id: int, volunteer_id: int, action: Action = Action.ERASED
) -> Erased:
    """Erase a person of the event, who gets no more mail. Repeating it changes nothing.

    Raises EventUnknown, and ProductError for a person of another event.
    """
    event_for_change(session, event_id)
    # Mails before their person, as when an outcome is settled, so the two never deadlock.
    theirs = select(Mail).where(Mail.volunteer_id == volunteer_id).order_by(Mail.id)
    locked = theirs.with_for_update().execution_options(populate_existing=True)
    mails = session.scalars(locked).all()
    volunteer = session.get(Volunteer, volunteer_id, with_for_update=True, populate_existing=True)
    if volunteer is None or volunteer.event_id != event_id:
        raise ProductError(_NOBODY_OF_THIS_ADDRESS)
    if holds(ERASED, volunteer):
        return Erased()
    known_by = list(filter(None, (volunteer.email_key, volunteer.stood_key)))
    forget_lines(session, seal, event_id, known_by)
    for known in known_by:
        note_erased(session, seal, event_id, known)
    addresses = addresses_of(session, [volunteer], mails)
    transitions.person_erased(volunteer, mails)
    # Mails that the organizer sent to them as a test or as to a colleague, and links to their
    # record, which they can ask for again.
    own = own_event(session)
    spellings = [*(address.lower() for address in addresses), *addresses]
    theirs_alone = func.lower(Mail.address).in_(spellings)
    if own:
        transitions.taken_back(session, Mail.event_id == own.id, theirs_alone)
    sent = select(Mail).where(
        Mail.volunteer_id.is_(None),
        Mail.event_id.in_([event_id, own.id] if own else [event_id]),
        theirs_alone,
        ~OPEN,
    )
    tests = session.scalars(sent.order_by(Mail.id).with_for_update()).all()
    addresses |= {mail.address for mail in tests}
    forget_mails(session, [*mails, *tests])
    health.forget_addresses(session)
    rehearsed = delete_rehearsal_mails(session, event_id, addresses)
    issued = select(Certificate).where(Certificate.volunteer_id == volunteer.id)
    certificates = session.scalars(issued).all()
    before = sums.share_of(certificates)
    for certificate in certificates:
        _blank(certificate, _KEPT_OF_CERTIFICATE)
        # It is never drawn again, so how its texts were set is not needed.
        certificate.typesetting = _NOT_SET
        certificate.withdrawn_at = database_time(session)
    hooks.features().erased(session, certificates)
    sums.change(session, event_id, sums.SumShare() - before)
    count_out(session, volunteer.event, [volunteer])
    forget_changes(session, [volunteer.id])
    _blank(volunteer, KEPT_OF_VOLUNTEER)
    # Unique within their event, and no address.
    volunteer.email_key = volunteer.number = f"erased-{volunteer.id}"
    volunteer.erased_at = database_time(session)
    session.flush()
    audit.record(session, action, event_id, volunteer_id=volunteer.id)
    return Erased(len(mails), rehearsed, len(certificates))


def find_person(session: Session, seal: Seal, event: Event, address: str) -> Volunteer:
    """Return the person with this address, however written, or who had it until its retention
    ended. Raises ProductError if there is none."""
    key = address_key(address)
    of_address = select(Volunteer).where(Volunteer.event_id == event.id, Volunteer.email_key == key)
    person = session.scalar(of_address) or forgotten_person(session, seal, event.id, key)
    if person is None:
        raise ProductError(_NOBODY_OF_THIS_ADDRESS)
    return person


def addresses_of(session: Session, people: Iterable[Volunteer], mails: Sequence[Mail]) -> set[str]:
    """Return all addresses that they were written to, as entered and as given to servers."""
    ids = [mail.id for mail in mails]
    tried = session.scalars(select(Attempt.address).where(Attempt.mail_id.in_(ids)).distinct())
    kept = {*(person.email for person in people), *(mail.address for mail in mails), *tried} - {""}
    return kept | {address_on_the_wire(address) for address in kept}


def forget_mails(session: Session, mails: Sequence[Mail]) -> None:
    """Keep which mails these were and when they were sent, but no recipient and no answer."""
    for mail in mails:
        _blank(mail, _KEPT_OF_MAIL)
    session.flush()
    ids = [mail.id for mail in mails]
    attempts.forget(session, ids, database_time(session))
    hooks.features().mails_forgotten(session, ids)


def delete_rehearsal_mails(session: Session, event_id: int, addresses: Iterable[str]) -> int:
    """Delete the mails of the rehearsal mailbox to these addresses; return how many."""
    theirs = RehearsalMail.event_id == event_id, RehearsalMail.recipient.in_(addresses)
    kept = select(RehearsalMail.id).where(*theirs)
    ids = session.scalars(kept).all()
    session.execute(delete(RehearsalMail).where(RehearsalMail.id.in_(ids)))
    return len(ids)


def _blank(row: Base, kept: frozenset[str]) -> None:
    """Reset every column but those `kept` to its default, or to an empty value."""
    for column in row.__table__.columns:
        if column.key in kept:
            continue
        nothing: Any = None
        if not column.nullable and column.default is None:
            nothing = column.type.python_type()
        elif not column.nullable:
            given = column.default.arg
            nothing = given(None) if callable(given) else given
        setattr(row, column.key, nothing)


class ErasureLinkOver(ProductError):
    message = N_("This link has expired. Ask for a new one on your page.")


def ask(session: Session, volunteer: Volunteer) -> bool:
    """Queue the mail with the link that confirms erasure; return False if one was asked for lately.

    Call with the volunteer locked. Raises AddressKeptNoLonger if there is no address left.
    """
    if holds(ADDRESS_FORGOTTEN, volunteer):
        raise AddressKeptNoLonger()
    now = database_time(session)
    theirs = Mail.volunteer_id == volunteer.id, Mail.kind == ERASURE.name
    if has_asked_enough(session, now, *theirs):
        return False
    # Due since the event began: ahead of waiting invitations, behind what is urgent.
    enqueue_one(session, volunteer, ERASURE, now, due_at=volunteer.event.created_at)
    return True


def find_by_key(session: Session, seal: Seal, key: str) -> Volunteer:
    """Return the person whom the link with `key` erases, or has erased.

    Raises InvitationUnknown for a key that was never mailed, and ErasureLinkOver after 7 days.
    """
    mail = mail_of_key(session, seal, ERASURE, key)
    if mail.volunteer is None or not holds(ALIVE, mail.volunteer.event):
        raise InvitationUnknown()
    is_over = mail.created_at + LINK_LASTS < database_time(session)
    if is_over and not holds(ERASED, mail.volunteer):
        raise ErasureLinkOver()
    return mail.volunteer


def confirm(database: Database, seal: Seal, key: str) -> None:
    """Erase the person of the link with `key`. Repeating it changes nothing.

    Raises what `find_by_key` does.
    """
    with database.reading() as session:
        volunteer = find_by_key(session, seal, key)
    erase_person(database, seal, volunteer, None, Action.ERASED_BY_THEMSELVES)
