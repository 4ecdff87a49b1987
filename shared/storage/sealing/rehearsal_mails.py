"""Mails in the rehearsal mailbox carry personal links, so their content is stored sealed.

Recipient and subject stay in the clear, for searching the mailbox.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import exists, select, text
from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.storage.database import Database
from shared.storage.models import RehearsalMail
from shared.storage.sealing.tokens import Seal

# Certificates are attached, so even a few are megabytes.
_BATCH = 20


def opened(seal: Seal, mail: RehearsalMail) -> bytes:
    """The content of the mail. Raises SettingRefused if none of the keys sealed it."""
    return seal.open_mail(mail.content, mail.recipient) if mail.is_sealed else mail.content


def seal_earlier_mails(database: Database, seal: Seal) -> None:
    """Seal the mails of versions that did not; several processes may begin at once."""
    while _is_any_in_the_clear(database):
        with database.writing() as session:
            # Otherwise SQLite leaves the old bytes in the file until their space is needed.
            if session.get_bind().dialect.name == "sqlite":
                session.execute(text("PRAGMA secure_delete = ON"))
            # A process that waited for another one finds those that it left.
            found = select(RehearsalMail).where(~RehearsalMail.is_sealed).limit(_BATCH)
            some_in_the_clear = session.scalars(found.with_for_update()).all()
            for mail in some_in_the_clear:
                mail.content = seal.seal_mail(mail.content, mail.recipient)
                mail.is_sealed = True


def reseal_mails(database: Database, seal: Seal) -> int:
    """Seal all with the newest key; how many were sealed with an older one.

    Raises SettingRefused when none of the keys opens one.
    """
    changed = last = 0
    while True:
        with database.writing() as session:
            mails = _sealed_after(session, last)
            changed += sum(_reseal(seal, mail) for mail in mails)
        if not mails:
            return changed
        last = mails[-1].id


def count_lost_mails(database: Database, seal: Seal) -> int:
    """How many none of the keys of `seal` opens."""
    return sum(not _opens(seal, mail) for mail in _all_sealed(database))


def _is_any_in_the_clear(database: Database) -> bool:
    with database.reading() as session:
        return bool(session.scalar(select(exists().where(~RehearsalMail.is_sealed))))


def _sealed_after(session: Session, last: int) -> Sequence[RehearsalMail]:
    found = select(RehearsalMail).where(RehearsalMail.is_sealed, RehearsalMail.id > last)
    return session.scalars(found.order_by(RehearsalMail.id).limit(_BATCH).with_for_update()).all()


def _reseal(seal: Seal, mail: RehearsalMail) -> bool:
    before = mail.content
    mail.content = seal.seal_mail(opened(seal, mail), mail.recipient)
    return mail.content != before


def _all_sealed(database: Database) -> Iterator[RehearsalMail]:
    last = 0
    while True:
        with database.reading() as session:
            mails = _sealed_after(session, last)
        if not mails:
            return
        yield from mails
        last = mails[-1].id


def _opens(seal: Seal, mail: RehearsalMail) -> bool:
    try:
        opened(seal, mail)
    except SettingRefused:
        return False
    return True
