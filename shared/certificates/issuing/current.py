"""Which certificate counts for somebody, and how the next one takes its place: one commit with its
mail, whoever issues it.

Nothing here draws. A certificate arrives with its texts set (see `making`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from shared.certificates.issuing import sums
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue import transitions
from shared.mail.queue.attempts import may_have_left
from shared.mail.queue.enqueue import enqueue_certificates
from shared.rendering.names import alike
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.models import (
    Certificate,
    Event,
    Mail,
    MailState,
    NameFrom,
    Volunteer,
)
from shared.storage.models.certificate import CURRENT
from shared.storage.models.message import SENT_AGAIN
from shared.storage.models.volunteer import UNREACHED


@dataclass(frozen=True)
class NextCertificate:
    """Somebody's next certificate, and the one that it replaces; `name_from` is None if unknown."""

    person: Volunteer
    name: str
    day: date
    current: Certificate | None = None
    name_from: NameFrom | None = None

    @property
    def made_from(self) -> tuple[object, ...]:
        """What it is made from besides the event; a value of the list may become secret."""
        return self.name, self.person.columns, self.current.id if self.current else None


def is_listed(person: Volunteer, name: str) -> bool:
    """Return whether the list has this name for them, as it would be printed."""
    return alike(name, person.listed_name)


def current_certificate(session: Session, volunteer: Volunteer) -> Certificate | None:
    return session.scalar(
        select(Certificate).where(Certificate.volunteer_id == volunteer.id, CURRENT)
    )


def day_at(event: Event, moment: datetime) -> date:
    """Return the date on a certificate issued at this moment."""
    return event.certificate_date or moment.astimezone(ZoneInfo(event.time_zone)).date()


def day_of_issue(session: Session, event: Event) -> date:
    """Return the date on a certificate issued now."""
    return event.certificate_date or day_at(event, database_time(session))


def store(
    session: Session,
    issued: Mapping[Certificate, Certificate | None],
    *,
    mailed: Collection[int],
    at: datetime | None = None,
    urgent: bool = False,
) -> None:
    """Store new certificates, at most one for each person, in place of current ones, and queue
    mails to the people in `mailed`, which are `urgent` if somebody waits for them.

    The earlier certificate says that it was replaced; its mail is cancelled, if it is not sent yet.
    `at` is the database's time.
    """
    at = at or database_time(session)
    people = [certificate.volunteer_id for certificate in issued]
    newest = select(Certificate.volunteer_id, func.max(Certificate.revision))
    newest = newest.where(Certificate.volunteer_id.in_(people)).group_by(Certificate.volunteer_id)
    newest_of = {id: revision for id, revision in session.execute(newest)}
    for certificate in issued:
        certificate.revision = newest_of.get(certificate.volunteer_id, 0) + 1
        certificate.created_at = at
    replaced = [certificate for certificate in issued.values() if certificate]
    before = sums.share_of(replaced)
    for earlier in replaced:
        earlier.replaced_at = at
    if replaced:
        # An index allows a person one current certificate.
        session.flush()
        transitions.certificate_replaced(session, *mails_of(replaced))
        hooks.features().voided(session, replaced)
    session.add_all(issued)
    hooks.features().issued(session, list(issued))
    mails = [certificate for certificate in issued if certificate.volunteer_id in mailed]
    unseen = _unreached(
        session, [certificate.volunteer_id for certificate in mails if certificate.by_organizer]
    )
    enqueue_certificates(session, CERTIFICATE, mails, urgent=urgent, unseen=unseen)
    if issued:
        event_id = next(iter(issued)).event_id
        sums.change(session, event_id, sums.share_of(issued) - before)


def _unreached(session: Session, people: Collection[int]) -> set[int]:
    """Return which of these people, who are locked, nothing has reached or is about to: no mail,
    and no link or file that an organizer passed on."""
    if not people:
        return set()
    # The first invitation is cancelled once there is a certificate.
    still_leaves = and_(
        Mail.state == MailState.QUEUED,
        Mail.kind != CERTIFICATE.name,
        or_(Mail.kind != INVITATION.name, SENT_AGAIN),
    )
    leaves = or_(Mail.state.in_([MailState.SENDING, MailState.UNSURE]), still_leaves)
    reached = exists().where(Mail.volunteer_id == Volunteer.id, or_(may_have_left(), leaves))
    unreached = select(Volunteer.id).where(
        Volunteer.id.in_(people), UNREACHED, ~reached.correlate(Volunteer)
    )
    return set(session.scalars(unreached))


def mails_of(certificates: Collection[Certificate]) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions on their mails, by their people as well, which an index finds among a
    million mails."""
    return (
        Mail.volunteer_id.in_([certificate.volunteer_id for certificate in certificates]),
        Mail.certificate_id.in_([certificate.id for certificate in certificates]),
    )
