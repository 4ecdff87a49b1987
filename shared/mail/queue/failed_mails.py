"""Mails that did not arrive: those retried automatically or by an organizer, and those whose
outcome a person knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from shared.mail.kinds import goes_to
from shared.mail.kinds.registry import is_same_family, kind_of
from shared.mail.queue import transitions
from shared.mail.transport.answers import codes_of
from shared.storage.clock import database_time
from shared.storage.models import Event, Mail, MailState, Problem, Volunteer
from shared.storage.models.message import TRIED_AGAIN
from shared.storage.models.volunteer import HAS_PROBLEM, SUPPRESSED

_ADDRESS_PROBLEMS = (Problem.REFUSED_ADDRESS, Problem.CAME_BACK)


def count_failed(
    session: Session, event_id: int, people: Select[int] | None = None, *which: ColumnElement[bool]
) -> int:
    """Return how many mails `retry_failed` would queue for these people; None for everybody."""
    counted = select(func.count()).select_from(Mail).where(*failed(event_id), *which)
    if people is not None:
        counted = counted.where(Mail.volunteer_id.in_(people))
    return session.scalars(counted).one()


def people_of_failed(event_id: int, people: Select[int] | None = None) -> Select[int]:
    """Return the ids of those of these people (None: everybody) to whom mails can be retried."""
    found = select(Volunteer.id).where(
        Volunteer.id.in_(select(Mail.volunteer_id).where(*failed(event_id)))
    )
    return found if people is None else found.where(Volunteer.id.in_(people.order_by(None)))


def count_refused(session: Session, event_id: int, people: Select[int] | None = None) -> int:
    """Return how many of those mails failed because a server refused the address for good."""
    refused = goes_to(Volunteer.problem.in_(_ADDRESS_PROBLEMS))
    return count_failed(session, event_id, people, refused)


def retry_failed(session: Session, event_id: int, volunteer_ids: Sequence[int]) -> int:
    """Queue failed mails of the event to these volunteers again; return how many."""
    mails = [*failed(event_id), Mail.volunteer_id.in_(volunteer_ids)]
    people = [*flagged(event_id), Volunteer.id.in_(volunteer_ids)]
    return transitions.retried(session, mails, people, database_time(session))


def flagged(event_id: int) -> list[ColumnElement[bool]]:
    """Return the condition on people whose problem ends when a mail to them is retried."""
    return [
        Volunteer.event_id == event_id,
        HAS_PROBLEM,
        Volunteer.problem != Problem.UNKNOWN_OUTCOME,
        ~SUPPRESSED,
    ]


def failed(event_id: int) -> list[ColumnElement[bool]]:
    """Return the condition on mails to people that can be retried."""
    # Not test mails: the organizer sends another one.
    is_to_somebody = Mail.volunteer_id.is_not(None)
    is_failed = Mail.state == MailState.FAILED
    # A newer one that was cancelled reaches nobody, so the one before it is retried.
    is_newest = ~has_newer(*(state for state in MailState if state is not MailState.CANCELLED))
    # People who get no more mail are mailed one by one, or at another address.
    takes_mail = or_(Mail.despite != "", goes_to(~SUPPRESSED))
    return [Mail.event_id == event_id, is_to_somebody, is_failed, is_newest, takes_mail]


def send_unsure_again(session: Session, mail: Mail) -> None:
    """Send a mail with an unknown outcome again. It may arrive twice, with one Message-ID."""
    if _is_still_unsure(session, mail):
        transitions.sent_again(mail, database_time(session))


def mark_unsure_as_sent(session: Session, mail: Mail) -> None:
    """Note that a mail arrived, as a person knows from the sent folder or by asking."""
    if not _is_still_unsure(session, mail):
        return
    transitions.seen_to_have_arrived(mail, database_time(session))
    kind = kind_of(mail.kind)
    # The condition is needed since the person may submit at the same time, and a status never
    # falls.
    session.execute(
        update(Volunteer)
        .where(Volunteer.id == mail.volunteer_id, kind.steps_up(mail.id))
        .values(status=kind.status_accepted)
    )


def _is_still_unsure(session: Session, mail: Mail) -> bool:
    # Locked: a late answer of the server may settle it at the same time.
    session.refresh(mail, with_for_update={"of": Mail})
    return mail.state is MailState.UNSURE


def has_newer(*states: MailState) -> ColumnElement[bool]:
    """Return whether a later mail of the same family to the same person is in one of `states`."""
    newer = aliased(Mail)
    found = exists().where(
        newer.volunteer_id == Mail.volunteer_id,
        is_same_family(newer.kind, Mail.kind),
        newer.version > Mail.version,
        newer.state.in_(states),
    )
    return found.correlate(Mail)


# Mails that servers have deferred for long

_LONG = timedelta(hours=4)


@dataclass(frozen=True)
class Delayed:
    """`count` mails that servers deferred, and that are retried automatically.

    `said` is the last answer to the one that has waited longest; it may repeat addresses.
    """

    count: int
    said: str

    def reason(self, *, sees_addresses: bool) -> str:
        """Return the answer, or only its codes for somebody who may see no addresses."""
        return self.said if sees_addresses else codes_of(self.said)


def delayed(session: Session, event: Event, longer_than: timedelta = _LONG) -> Delayed | None:
    """Return the event's mails that were first tried longer ago than `longer_than`; None if there
    are none."""
    long = [
        Mail.event_id == event.id,
        TRIED_AGAIN,
        Mail.waits_since < database_time(session) - longer_than,
    ]
    count = session.scalars(select(func.count()).where(*long)).one()
    if not count:
        return None
    first = select(Mail).where(*long).order_by(Mail.waits_since).limit(1)
    mail = session.scalars(first).one()
    return Delayed(count, f"{mail.code or ''} {mail.answer}".strip())
