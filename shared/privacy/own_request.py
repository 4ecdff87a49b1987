"""People who erase themselves: asked for on their page, confirmed by a link to their address.

Anybody with the personal link can ask, but only somebody who reads the person's mail can confirm.
The link is derived from the message that brings it and a key of the installation, so nothing more
is stored.
"""

import hmac
from datetime import timedelta

from sqlalchemy.orm import Session

from shared.certificates.issuing.links import has_asked_enough
from shared.errors import AddressKeptNoLonger, InvitationUnknown, ProductError
from shared.language import N_
from shared.mail.kinds.erasure import ERASURE
from shared.mail.queue.enqueue import enqueue_one
from shared.mail.queue.opt_outs import row_of_key
from shared.privacy.erasure import erase_person
from shared.storage.database import Database, database_time
from shared.storage.models import Action, Mail, Volunteer
from shared.storage.sealing.tokens import Seal

LINK_LASTS = timedelta(days=7)


class ErasureLinkOver(ProductError):
    message = N_("This link is over. Ask for a new one on your page.")


def ask(session: Session, volunteer: Volunteer) -> bool:
    """Queue the link that confirms it; False if one was requested recently.

    Call with the volunteer locked. Raises AddressKeptNoLonger if there is no address to mail it to.
    """
    if volunteer.address_forgotten_at:
        raise AddressKeptNoLonger()
    now = database_time(session)
    theirs = Mail.volunteer_id == volunteer.id, Mail.kind == ERASURE.name
    if has_asked_enough(session, now, *theirs):
        return False
    # Due since then: ahead of waiting invitations, and behind what is urgent.
    enqueue_one(session, volunteer, ERASURE, now, due_at=volunteer.event.created_at)
    return True


def key_of(seal: Seal, mail: Mail) -> str:
    """What the link in this message carries: 256 bits that only the installation can compute."""
    return _keys(seal, mail)[0]


def find(session: Session, seal: Seal, key: str) -> Volunteer:
    """The person whom the link with `key` erases, or has erased.

    Raises InvitationUnknown for a key that was never mailed, and ErasureLinkOver after 7 days.
    """
    mail = row_of_key(session, Mail, key)
    if mail is None or mail.kind != ERASURE.name or mail.volunteer is None:
        raise InvitationUnknown()
    given = key.encode(errors="replace")
    is_gone = mail.volunteer.event.deleted_at is not None
    if is_gone or not any(hmac.compare_digest(one.encode(), given) for one in _keys(seal, mail)):
        raise InvitationUnknown()
    if mail.volunteer.erased_at is None and mail.created_at + LINK_LASTS < database_time(session):
        raise ErasureLinkOver()
    return mail.volunteer


def confirm(database: Database, seal: Seal, key: str) -> None:
    """Erase the person whom the link with `key` is for; repeating it changes nothing. Raises what
    `find` does."""
    with database.reading() as session:
        volunteer = find(session, seal, key)
    erase_person(database, seal, volunteer, None, Action.ERASED_BY_THEMSELVES)


def _keys(seal: Seal, mail: Mail) -> list[str]:
    """With each key of the installation, newest first."""
    # The time as well: SQLite reuses the number of a deleted mail.
    parts = ("erasure", str(mail.id), str(mail.volunteer_id), mail.created_at.isoformat())
    return [f"{mail.id}-{proof}" for proof in seal.fingerprints(*parts)]
