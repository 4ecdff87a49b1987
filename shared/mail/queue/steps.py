"""How far a message takes its volunteer: the status, which grows when a server accepts it."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, or_, true, update
from sqlalchemy.orm import Session

from shared.mail.kinds.certificate import DrawnCertificate
from shared.mail.kinds.registry import Kind, Kinds, kinds
from shared.mail.queue import attempts
from shared.mail.queue.claimed import Claimed
from shared.mail.queue.transitions import reaching
from shared.storage.models import Certificate, Mail, Status, Volunteer
from shared.storage.models.certificate import CURRENT
from shared.storage.models.message import NOT_ARRIVED
from shared.storage.prepared import PreparedChange
from shared.storage.traits import literal_sql


def step_up(session: Session, accepted: Iterable[Claimed]) -> None:
    """Raise the volunteers' status to what these messages bring, each kind with one statement."""
    accepted = list(accepted)
    for kind, statement in _reached(kinds()).items():
        reached = [one.names for one in accepted if one.kind is kind and one.volunteer]
        if reached:
            statement.run(session.connection(), reached)


def note_picture_made(session: Session, claimed: Claimed, seconds: float) -> None:
    """Note that a claimed mail's certificate is drawn, and how many seconds that took."""
    assert claimed.volunteer is not None
    assert claimed.certificate is not None
    session.execute(
        update(Volunteer)
        .where(
            Volunteer.id == claimed.volunteer.id,
            Volunteer.status == Status.SUBMITTED,
            is_current(claimed.certificate.id),
        )
        .values(status=Status.PICTURE_MADE)
    )
    attempts.note_drawing(session, claimed, seconds)


def is_current(certificate_id: Any) -> ColumnElement[bool]:
    """Whether no later certificate has replaced the one with this id."""
    return exists().where(Certificate.id == certificate_id, CURRENT)


def steps_up(kind: Kind, certificate_id: Any) -> ColumnElement[bool]:
    """Whether a volunteer's status grows when a server accepts their message of this kind."""
    if kind.status_accepted is None:
        return false()
    steps = [Volunteer.status >= kind.status_queued, Volunteer.status < kind.status_accepted]
    if kind.needs is DrawnCertificate:
        steps.append(is_current(certificate_id))
    return and_(*steps)


@cache
def _reached(known: Kinds) -> dict[Kind, PreparedChange]:
    """What to do for the volunteers whose messages of each kind were accepted."""
    # A link that arrives says nothing about a certificate that did not.
    trouble = exists().where(
        Mail.volunteer_id == Volunteer.id,
        or_(*(Mail.kind == kind.name for kind in known if kind.is_promised)),
        literal_sql(NOT_ARRIVED),
    )
    unspoiled = ~trouble.correlate(Volunteer)
    return {
        kind: reaching(
            kind.status_accepted,
            steps_up(kind, bindparam("certificate")),
            clears=true() if kind.is_promised else unspoiled,
        )
        for kind in known
        if not kind.for_organizer
    }
