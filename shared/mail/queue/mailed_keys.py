"""Keys in links that prove that somebody reads the mail which brought them.

Each is derived from its mail and a key of the installation, so nothing more is stored.
"""

import hmac

from sqlalchemy.orm import Session

from shared.errors import InvitationUnknown
from shared.mail.kinds.erasure import ERASURE
from shared.mail.kinds.record_link import RECORD_LINK
from shared.mail.kinds.registry import Kind
from shared.mail.queue.opt_outs import row_of_key
from shared.storage.models import Mail
from shared.storage.sealing.tokens import Seal

# What the key is for, by the kind of mail; mails that were sent have these.
_PURPOSES = {ERASURE.name: "erasure", RECORD_LINK.name: "record"}


def key_of(seal: Seal, mail: Mail) -> str:
    """Return the key in this mail's link: 256 bits that only the installation can compute."""
    return _keys(seal, mail)[0]


def mail_of_key(session: Session, seal: Seal, kind: Kind, key: str) -> Mail:
    """Return the mail of this kind that brought the key. Raises InvitationUnknown for a key that
    was never mailed."""
    mail, given = row_of_key(session, Mail, key), key.encode(errors="replace")
    keys = _keys(seal, mail) if mail and mail.kind == kind.name else []
    if mail is None or not any(hmac.compare_digest(own.encode(), given) for own in keys):
        raise InvitationUnknown()
    return mail


def _keys(seal: Seal, mail: Mail) -> list[str]:
    """Return the mail's key by each key of the installation, newest first."""
    whose = [] if mail.volunteer_id is None else [str(mail.volunteer_id)]
    # With the time, since SQLite reuses the id of a deleted mail.
    parts = _PURPOSES[mail.kind], str(mail.id), *whose, mail.created_at.isoformat()
    return [f"{mail.id}-{proof}" for proof in seal.fingerprints(*parts)]
