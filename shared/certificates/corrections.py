"""Names corrected after their certificate was mailed: each correction sends a mail.

With the link, one may correct a few times a day, but not endlessly. When an organizer re-opens a
person, the count starts again.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from shared.errors import CorrectedTodayAlready, CorrectedTooOften
from shared.mail.queue.attempts import has_begun_to_leave
from shared.storage.database import database_time
from shared.storage.models import Certificate, Mail, MailState, Status, Volunteer

MOST_A_DAY = 3
MOST = 10
_DAY = timedelta(days=1)


def is_correction(session: Session, volunteer: Volunteer, current: Certificate | None) -> bool:
    """Whether another name would correct a certificate that was already mailed.

    That includes one whose outcome is not known yet: otherwise a quick person would be mailed
    endlessly.
    """
    if current is None or volunteer.status < Status.SUBMITTED:
        return False
    has_left = exists().where(
        # By its person as well, which an index finds among a million mails.
        Mail.volunteer_id == volunteer.id,
        Mail.certificate_id == current.id,
        or_(Mail.state == MailState.SENT, has_begun_to_leave()),
    )
    return volunteer.status == Status.MAILED or bool(session.scalar(select(has_left)))


def count_corrections(session: Session, volunteer: Volunteer) -> int:
    """How many there were since an organizer re-opened the person, or ever."""
    return session.scalars(select(func.count()).where(*_corrections(volunteer))).one()


def check_corrections(session: Session, volunteer: Volunteer) -> None:
    """Call with the volunteer locked. Raises CorrectedTooOften and CorrectedTodayAlready."""
    if count_corrections(session, volunteer) >= MOST:
        raise CorrectedTooOften(count=MOST)
    today = Certificate.created_at > database_time(session) - _DAY
    newest = select(Certificate.created_at).where(*_corrections(volunteer), today)
    issued = session.scalars(newest.order_by(Certificate.created_at.desc()).limit(MOST_A_DAY))
    if len(of_today := issued.all()) == MOST_A_DAY:
        # The minute after it, since seconds are not shown.
        again = of_today[-1] + _DAY + timedelta(minutes=1)
        zone = ZoneInfo(volunteer.event.time_zone)
        time = f"{again.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"
        raise CorrectedTodayAlready(count=MOST_A_DAY, time=time)


def _corrections(volunteer: Volunteer) -> list[ColumnElement[bool]]:
    counted = [Certificate.volunteer_id == volunteer.id, Certificate.is_correction.is_(True)]
    if volunteer.reopened_at is not None:
        counted.append(Certificate.created_at > volunteer.reopened_at)
    return counted
