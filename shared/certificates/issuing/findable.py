"""The holder's wish whether search engines may list the page of a certificate."""

from sqlalchemy.orm import Session

from shared.certificates.issuing.current import current_certificate
from shared.certificates.issuing.submission import find_volunteer
from shared.storage.clock import database_time
from shared.storage.models import Certificate
from shared.storage.models.volunteer import HAS_SUBMITTED
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import holds


def let_find(session: Session, seal: Seal, token: str, *, is_wished: bool) -> None:
    """Let search engines find the certificate of the person with the link of `token`, and any that
    replaces it, or no longer. Repeating it changes nothing.

    Raises InvitationUnknown. Nothing is stored for somebody who has no certificate yet.
    """
    person = find_volunteer(session, seal, token, lock=True)
    if not is_wished:
        person.findable_at = None
    elif holds(HAS_SUBMITTED, person) and current_certificate(session, person):
        person.findable_at = person.findable_at or database_time(session)


def is_findable(certificate: Certificate) -> bool:
    """Return whether its page may be listed: never for a sample, or a certificate that was
    withdrawn or replaced."""
    is_standing = certificate.id is not None and not certificate.is_void
    return is_standing and certificate.volunteer.findable_at is not None
