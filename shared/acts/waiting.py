"""Counts of whom a sending would reach, which are read so often that nothing that draws is
loaded."""

from dataclasses import dataclass

from sqlalchemy import CompoundSelect, select, union_all
from sqlalchemy.orm import Session

from shared.acts import invite
from shared.events.naming import issues_at_once
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.registry import Kind
from shared.mail.queue.failed_mails import count_failed
from shared.storage.clock import database_time
from shared.storage.models import Event, Mail, Naming, Volunteer
from shared.storage.models.volunteer import HELD_FOR_NAME, TO_ISSUE
from shared.storage.rows import count_where
from shared.volunteers.people.progress import EventProgress


@dataclass(frozen=True)
class Waiting:
    """The numbers of people whom a sending would give a certificate, or invite."""

    to_issue: int
    to_invite: int
    # People whose name on the list cannot be drawn, if the list decides the names.
    held: int

    @property
    def total(self) -> int:
        return self.to_issue + self.to_invite


def count_waiting(session: Session, event: Event) -> Waiting:
    """Return the counts, from indexes only."""
    at_once = issues_at_once(event, database_time(session))
    return Waiting(
        to_issue=count_to_issue(session, event) if at_once else 0,
        to_invite=invite.count_waiting(session, event),
        held=count_held(session, event),
    )


def count_undone_invitations(session: Session, event: Event, progress: EventProgress) -> int:
    """Return how many invitations are not sent yet, or wait for a decision, because they failed or
    their outcome is unknown."""
    return _undone(session, event, progress, INVITATION)


def count_undone_certificates(session: Session, event: Event, progress: EventProgress) -> int:
    """Return how many mails of certificates are not sent yet, or wait for a decision as invitations
    do."""
    return _undone(session, event, progress, CERTIFICATE)


def _undone(session: Session, event: Event, progress: EventProgress, kind: Kind) -> int:
    failed = count_failed(session, event.id, None, Mail.kind == kind.name)
    return progress.undecided(kind) + failed


def ids_waiting(session: Session, event: Event) -> CompoundSelect[int]:
    """Return the ids of people whom a sending would reach."""
    to_issue = select(Volunteer.id).where(Volunteer.event_id == event.id, TO_ISSUE)
    at_once = issues_at_once(event, database_time(session))
    return union_all(*invite.waiting(session, event), *([to_issue] if at_once else []))


def count_to_issue(session: Session, event: Event) -> int:
    """Return how many people have a name on the list and no certificate yet; from indexes only."""
    return count_where(session, Volunteer.event_id == event.id, TO_ISSUE)


def count_held(session: Session, event: Event) -> int:
    """Return how many people get no certificate because their name on the list cannot be drawn; 0
    if everybody enters their own."""
    if event.naming is Naming.ASK:
        return 0
    return count_where(session, Volunteer.event_id == event.id, HELD_FOR_NAME)
