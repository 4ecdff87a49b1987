"""The certificates on an event's public page: valid ones whose owners agreed."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from shared.certificates.issuing.current import current_certificate
from shared.certificates.issuing.submission import find_volunteer
from shared.errors import ProductError
from shared.language import N_
from shared.storage.clock import database_time
from shared.storage.models import Certificate, Event
from shared.storage.models.certificate import ON_THE_WALL
from shared.storage.models.volunteer import HAS_SUBMITTED
from shared.storage.rows import count_where
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import holds


def agree(session: Session, seal: Seal, token: str, *, is_shown: bool) -> None:
    """Let the event's page show the certificate of the person with the link of `token`, or no
    longer. Repeating it changes nothing; a corrected certificate needs their agreement again.

    Raises InvitationUnknown, and ProductError while there is no page that could show it.
    """
    person = find_volunteer(session, seal, token, lock=True)
    certificate = current_certificate(session, person)
    if certificate is None:
        return
    if not is_shown:
        certificate.on_wall_at = None
        return
    is_made = holds(HAS_SUBMITTED, person) and not certificate.is_void
    if not is_made or person.event.page_published_at is None:
        raise ProductError(N_("There is no page of the event that could show your certificate."))
    certificate.on_wall_at = certificate.on_wall_at or database_time(session)


def count(session: Session, event: Event) -> int:
    """Return how many certificates are shown."""
    return count_where(session, *_of(event))


def shown(session: Session, event: Event, page: int, page_size: int) -> Sequence[Certificate]:
    """Return one page of them, in the order in which they were issued; `page` counts from 1."""
    found = select(Certificate).where(*_of(event)).order_by(Certificate.id)
    return session.scalars(found.limit(page_size).offset((page - 1) * page_size)).all()


def _of(event: Event) -> list[ColumnElement[bool]]:
    return [Certificate.event_id == event.id, ON_THE_WALL]
