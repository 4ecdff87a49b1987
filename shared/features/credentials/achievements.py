"""The pictures of what credentials thank for: the design without anybody's name."""

from contextlib import suppress

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared.certificates.issuing.drawing import render_nameless
from shared.errors import FontTooDeep, NameProblem
from shared.features.credentials.models import Achievement, Credential
from shared.storage.database import Database
from shared.storage.models import Certificate

_WIDTH = 1000


def picture_of(session: Session, achievement_id: int) -> bytes | None:
    """Return what the certificates that thank for this have in common, as JPEG (`render_nameless`),
    for ever the same; None where there is no such certificate any more, and no picture was kept."""
    kept = select(Achievement.picture).where(Achievement.id == achievement_id)
    if picture := session.scalar(kept):
        return picture
    theirs = select(Certificate).join(Credential, Credential.certificate_id == Certificate.id)
    theirs = theirs.where(Credential.achievement_id == achievement_id).order_by(Certificate.id)
    certificate = session.scalars(theirs.limit(1)).first()
    return render_nameless(session, certificate, _WIDTH) if certificate else None


def keep_pictures(database: Database, event_id: int) -> None:
    """Draw those of an event before its designs go, and keep them."""
    undrawn = Achievement.event_id == event_id, Achievement.picture.is_(None)
    with database.reading() as session:
        thanked = session.scalars(select(Achievement.id).where(*undrawn)).all()
    for achievement_id in thanked:
        # One that cannot be drawn any more has had no picture before.
        with suppress(NameProblem, FontTooDeep):
            with database.reading() as session:
                picture = picture_of(session, achievement_id)
            with database.writing() as session:
                stored = update(Achievement).where(Achievement.id == achievement_id)
                session.execute(stored.values(picture=picture))
