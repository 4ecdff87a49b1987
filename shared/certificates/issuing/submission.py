"""Submitting a name, with a personal link.

A name may be corrected after its certificate was mailed, and each correction sends a mail: so a few
times a day, but not endlessly. Before that, each name is a certificate that is kept, so these are
limited, too. When an organizer re-opens a person, the counts start again.
"""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from shared.budgets import CORRECTIONS, CORRECTIONS_A_DAY, UNMAILED_NAMES
from shared.certificates.issuing.current import (
    NextCertificate,
    current_certificate,
    day_at,
    is_listed,
    mails_of,
    store,
)
from shared.errors import (
    AddressKeptNoLonger,
    AlreadyMailed,
    CorrectionRefused,
    InvitationUnknown,
    NotQualified,
)
from shared.events import hold_event
from shared.language import N_
from shared.mail.queue import transitions
from shared.mail.queue.attempts import has_begun_to_leave, may_have_left
from shared.rendering.names import Name
from shared.storage.clock import database_time
from shared.storage.models import (
    ALIVE,
    Certificate,
    Event,
    Mail,
    MailState,
    NameFrom,
    Status,
    Volunteer,
)
from shared.storage.models.volunteer import ADDRESS_FORGOTTEN, HAS_SUBMITTED, REACHABLE
from shared.storage.rows import count_where
from shared.storage.sealing.tokens import LONGEST_TOKEN, Seal
from shared.storage.traits import holds
from shared.volunteers.lists.qualifying import qualifies

_DAY = timedelta(days=1)
_TOO_OFTEN = N_(
    "The name was already corrected {count} times. If it is still wrong, ask the "
    "organizer to reopen it."
)
_TOO_OFTEN_TODAY = N_(
    "The name was corrected {count} times within a day. It can be corrected again from {time}."
)


def find_volunteer(session: Session, seal: Seal, token: str, *, lock: bool = False) -> Volunteer:
    """Return the volunteer whose personal link contains `token`. Raises InvitationUnknown."""
    if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN:
        raise InvitationUnknown()
    carries_it = Volunteer.token.in_(seal.sealed_forms(token))
    event = joinedload(Volunteer.event, innerjoin=True)
    # With the design, which nearly every caller is about to draw.
    found = select(Volunteer).options(event.joinedload(Event.design)).where(carries_it)
    if lock:
        hold_event(session, select(Volunteer.event_id).where(carries_it).scalar_subquery())
        # The previous holder of the lock may have changed what this session has already read.
        found = found.with_for_update(of=Volunteer).execution_options(populate_existing=True)
    volunteer = session.scalar(found)
    if volunteer is None or not holds(ALIVE, volunteer.event):
        raise InvitationUnknown()
    return volunteer


def submit(
    session: Session,
    seal: Seal,
    token: str,
    name: Name,
    make: Callable[[NextCertificate], Certificate],
    *,
    correct: bool = False,
) -> Certificate:
    """Store a volunteer's name, the certificate and its mail in one commit; return the certificate,
    whose texts `make` sets.

    The same name again changes nothing (but a failed mail is queued again); another name before the
    mail was sent replaces the certificate. Once it was mailed, AlreadyMailed is raised, unless
    `correct` requests a correction and the event allows it.

    Raises InvitationUnknown, AlreadyMailed, CorrectionRefused, NotQualified, AddressKeptNoLonger,
    and what `make` does (NameProblem, NoDesign): then nothing is stored.
    """
    volunteer = find_volunteer(session, seal, token, lock=True)
    event = volunteer.event
    current = current_certificate(session, volunteer)
    check_qualified(session, volunteer)
    has_submitted = holds(HAS_SUBMITTED, volunteer)
    if current and current.withdrawn_at and has_submitted:
        words = N_("This certificate was withdrawn. Only the organizer can reissue it.")
        raise CorrectionRefused(words)
    if volunteer.status == Status.MAILED and not (correct and event.corrections_allowed):
        raise AlreadyMailed(address=volunteer.email)
    if holds(ADDRESS_FORGOTTEN, volunteer):
        raise AddressKeptNoLonger()
    if current and current.name == name and has_submitted:
        failed = select(Mail).where(*mails_of([current]), Mail.state == MailState.FAILED)
        for mail in session.scalars(failed):
            transitions.same_name_submitted(mail, volunteer, database_time(session))
        return current
    # By the database's clock, by which corrections are counted.
    at = database_time(session)
    is_correction = current is not None and _corrects(session, volunteer, current)
    if is_correction:
        _check_corrections(session, volunteer)
    elif current is not None:
        _check_unmailed(session, volunteer)
    whose = NameFrom.CONFIRMED if is_listed(volunteer, name) else NameFrom.RECIPIENT
    wanted = NextCertificate(volunteer, name, day_at(event, at), current, whose)
    certificate = make(wanted)
    certificate.is_correction = is_correction
    is_mailed = holds(REACHABLE, volunteer)
    mailed = [volunteer.id] if is_mailed else []
    store(session, {certificate: current}, mailed=mailed, at=at, urgent=True)
    if current is not None:
        # Somebody who answers has the link, even if its mail has no outcome yet.
        transitions.may_have_been_seen(session, Mail.volunteer_id == volunteer.id)
    volunteer.given_name, volunteer.submitted_at = name, at
    volunteer.status = Status.SUBMITTED if is_mailed else Status.PICTURE_MADE
    transitions.name_submitted(volunteer)
    return certificate


def check_qualified(session: Session, volunteer: Volunteer) -> None:
    """Raise NotQualified for somebody who has no certificate and gets none."""
    if not qualifies(volunteer) and current_certificate(session, volunteer) is None:
        event = volunteer.event
        raise not_qualified(event.organization or event.name, event.contact_address)


def not_qualified(organization: str, contact: str) -> NotQualified:
    """Return the error that such a person reads: who decided it, and whom to ask."""
    return NotQualified(organization=organization, contact=contact or organization)


def _corrects(session: Session, volunteer: Volunteer, current: Certificate) -> bool:
    """Return whether another name would correct a certificate that was already mailed.

    That includes one whose outcome is not known yet: otherwise a quick person would be mailed
    endlessly.
    """
    if not holds(HAS_SUBMITTED, volunteer):
        return False
    has_left = exists().where(*mails_of([current]), _has_left())
    return volunteer.status == Status.MAILED or bool(session.scalar(select(has_left)))


def _has_left() -> ColumnElement[bool]:
    return or_(Mail.state == MailState.SENT, may_have_left(), has_begun_to_leave())


def count_corrections(session: Session, volunteer: Volunteer) -> int:
    """Return how many corrections there were since an organizer re-opened the person, or ever."""
    return count_where(session, *_corrections(volunteer))


def _check_corrections(session: Session, volunteer: Volunteer) -> None:
    """Check the limits of corrections; call with the volunteer locked. Raises CorrectionRefused."""
    if count_corrections(session, volunteer) >= CORRECTIONS.most:
        raise CorrectionRefused(_TOO_OFTEN, count=CORRECTIONS.most)
    most = CORRECTIONS_A_DAY.most
    today = Certificate.created_at > database_time(session) - _DAY
    newest = select(Certificate.created_at).where(*_corrections(volunteer), today)
    issued = session.scalars(newest.order_by(Certificate.created_at.desc()).limit(most))
    if len(of_today := issued.all()) == most:
        # One minute later, since seconds are not shown.
        again = of_today[-1] + _DAY + timedelta(minutes=1)
        zone = ZoneInfo(volunteer.event.time_zone)
        time = f"{again.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"
        raise CorrectionRefused(_TOO_OFTEN_TODAY, count=most, time=time)


def _check_unmailed(session: Session, volunteer: Volunteer) -> None:
    """Check the limit of names before a mail; call with the volunteer locked. Raises
    CorrectionRefused."""
    theirs = Mail.volunteer_id == Certificate.volunteer_id, Mail.certificate_id == Certificate.id
    is_mailed = exists().where(*theirs, _has_left()).correlate(Certificate)
    by_volunteer = Certificate.by_organizer.is_(False)
    if count_where(session, *_of(volunteer), by_volunteer, ~is_mailed) >= UNMAILED_NAMES.most:
        raise CorrectionRefused(_TOO_OFTEN, count=UNMAILED_NAMES.most)


def _corrections(volunteer: Volunteer) -> list[ColumnElement[bool]]:
    return [*_of(volunteer), Certificate.is_correction.is_(True)]


def _of(volunteer: Volunteer) -> list[ColumnElement[bool]]:
    """Return the condition on their certificates since an organizer re-opened them, or ever."""
    theirs = [Certificate.volunteer_id == volunteer.id]
    if volunteer.reopened_at is not None:
        theirs.append(Certificate.created_at > volunteer.reopened_at)
    return theirs
