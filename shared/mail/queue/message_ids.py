"""The Message-ID of a mail, derived from what the mail is, not made by chance when it leaves.

A database that was restored from a backup gives the same mail the same one again, so mailboxes can
fold the copies, and a sent folder or a server's log says which mails had left.
"""

import hmac
import json
import secrets

from sqlalchemy.orm import Session

from shared.mail.kinds.registry import kind_of
from shared.storage.models import Mail
from shared.storage.sealing.own_keys import MESSAGE_IDS, own_key
from shared.storage.sealing.tokens import Seal


class MessageIds:
    """Message-IDs by one key, without which nobody can guess one (RFC 5322, 3.6.4)."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, mail: Mail, domain: str) -> str:
        """`<number-16 hexadecimal digits@domain>`; the number is the person's row."""
        person = mail.volunteer
        if person is None:
            # A test mail is one of its own each time.
            return f"<0-{secrets.token_hex(8)}@{domain}>"
        certificate = mail.certificate.public_id if mail.certificate else ""
        # Neither the mail's row nor the person's alone: ids are given again after a restore.
        about = [
            *(mail.event_id, person.id, person.created_at.isoformat()),
            *(kind_of(mail.kind).family, mail.version, certificate),
        ]
        digest = hmac.digest(self._key, json.dumps(about).encode(), "sha256")
        return f"<{person.id}-{digest[:8].hex()}@{domain}>"


def message_ids(session: Session, seal: Seal) -> MessageIds:
    """Those of this installation; call it in a writing session for the first use.

    Raises SettingRefused when none of the keys of `seal` opens their key.
    """
    return MessageIds(own_key(session, seal, MESSAGE_IDS))
