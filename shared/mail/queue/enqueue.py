"""Entering the queue: messages for one person, for many with one statement, test mails, and links
sent again; and the times at which invitations are to be sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Select, Table, false, func, insert, literal, select
from sqlalchemy.orm import Session

from shared.addresses import entered_address
from shared.errors import SettingRefused
from shared.language import N_
from shared.log import audit
from shared.mail.kinds.colleague_invitation import COLLEAGUE_INVITATION
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.registry import Kind, of_family
from shared.mail.kinds.trial import TEST
from shared.mail.queue import transitions
from shared.storage.clock import database_time
from shared.storage.many_values import change_rows
from shared.storage.models import (
    Action,
    Certificate,
    ColleagueInvitation,
    Event,
    Group,
    Mail,
    MailState,
    Verdict,
    Volunteer,
)
from shared.storage.models.message import OPEN, SENT_AGAIN
from shared.storage.models.volunteer import HAS_SUBMITTED, KNOWN, MAY_BE_NOTIFIED, MAY_GET_LINK
from shared.storage.sealing.tokens import Seal, new_token
from shared.storage.traits import holds


def enqueue_one(
    session: Session,
    volunteer: Volunteer,
    kind: Kind,
    now: datetime,
    *,
    due_at: datetime | None = None,
    urgent: bool = False,
) -> Mail:
    """Queue one more message of `kind` for a volunteer, due at `due_at`, or else now; return it."""
    newest = select(func.max(Mail.version)).where(
        Mail.volunteer_id == volunteer.id, of_family(kind.family)
    )
    mail = Mail(
        event_id=volunteer.event_id,
        volunteer_id=volunteer.id,
        kind=kind.name,
        version=(session.scalar(newest) or 0) + 1,
        urgent=urgent,
        due_at=due_at or now,
        created_at=now,
    )
    session.add(mail)
    session.flush()
    # The message brings the personal link, too.
    transitions.may_have_been_seen(session, Mail.volunteer_id == volunteer.id)
    return mail


def enqueue_certificates(
    session: Session,
    kind: Kind,
    certificates: Sequence[Certificate],
    *,
    urgent: bool,
    unseen: Collection[int] = (),
) -> None:
    """Queue the messages that bring stored certificates.

    They are `urgent` if people wait for them, having just entered their name; `unseen` are the ids
    of people whom nothing has reached yet.
    """
    session.flush()
    session.add_all(
        Mail(
            event_id=certificate.event_id,
            volunteer_id=certificate.volunteer_id,
            certificate_id=certificate.id,
            kind=kind.name,
            version=certificate.revision,
            urgent=urgent,
            due_at=certificate.created_at,
            created_at=certificate.created_at,
            unseen_since=certificate.created_at if certificate.volunteer_id in unseen else None,
        )
        for certificate in certificates
    )


def queue_test_mail(
    session: Session, event: Event, kind: Kind, address: str, group: Group | None = None
) -> Mail:
    """Queue one mail of `kind` with sample values to the organizer's own address, with the text for
    people of this group; return it.

    It is handed over like any mail, so it also shows that a worker runs. One still waiting is
    cancelled: with two, nobody would know what each shows. Raises SettingRefused.
    """
    email = entered_address("email", address)
    transitions.taken_back(session, Mail.event_id == event.id, Mail.kind == TEST.name)
    audit.record(session, Action.TEST_MAIL_SENT, event.id, fields=[kind.name])
    mail = queue_to_address(session, event, TEST, email, wording_of=kind.name)
    mail.group_id = group.id if group else None
    return mail


def queue_colleague_link(
    session: Session, event: Event, invitation: ColleagueInvitation, address: str
) -> Mail:
    """Queue the mail that brings a colleague their link, and return it; the event is locked.

    Raises SettingRefused, also before the event is live: then the link can only be copied.
    """
    email = entered_address("email", address)
    if event.live_account is None:
        raise SettingRefused(
            field="email",
            reason=N_("mails are sent once the event is live. Copy the link instead."),
        )
    mail = queue_to_address(session, event, COLLEAGUE_INVITATION, email)
    invitation.mail_id = mail.id
    return mail


def queue_to_address(
    session: Session, event: Event, kind: Kind, email: str, wording_of: str = ""
) -> Mail:
    """Queue a mail of `kind` to an address of nobody on the list, and return it; a test mail shows
    the text of the kind `wording_of`."""
    mail = Mail(
        event_id=event.id,
        kind=kind.name,
        address=email,
        urgent=True,
        due_at=(at := database_time(session)),
        created_at=at,
        wording_of=wording_of,
    )
    session.add(mail)
    session.flush()
    return mail


def newest_version(kind: Kind) -> ColumnElement[int]:
    """Return the newest version among a volunteer's messages of the kind's family, with cancelled
    ones; 0 if there are none."""
    newest = select(func.coalesce(func.max(Mail.version), 0)).where(
        Mail.volunteer_id == Volunteer.id, of_family(kind.family)
    )
    return newest.correlate(Volunteer).scalar_subquery()


def give_tokens(session: Session, seal: Seal, *who: ColumnElement[bool]) -> None:
    """Give each of these volunteers without a token one for the personal link."""
    ids = session.scalars(select(Volunteer.id).where(*who, Volunteer.token.is_(None))).all()
    # In the order of the index, whose neighbours are then written together.
    tokens = sorted(seal.seal_token(new_token()) for _ in ids)
    given = [{"id": id, "token": token} for id, token in zip(ids, tokens, strict=True)]
    change_rows(session.connection(), cast(Table, Volunteer.__table__), given)


def enqueue_many(
    session: Session,
    kind: Kind,
    people: Select[int, int],
    now: datetime,
    *,
    due_at: datetime | None = None,
    version: ColumnElement[int] = literal(1),
    state: MailState = MailState.QUEUED,
) -> int:
    """Queue a mail for each of `people`, selected as event and volunteer; return how many."""
    values = {"kind": kind.name, "state": state, "due_at": due_at or now, "created_at": now}
    columns = [literal(value, Mail.__table__.c[name].type) for name, value in values.items()]
    names = ["event_id", "volunteer_id", "version", *values]
    # Through the connection: the ORM would read the new rows, and not count them.
    inserting = insert(Mail.__table__).from_select(  # type: ignore[arg-type]
        names, people.add_columns(version, *columns)
    )
    # On PostgreSQL the count of an INSERT is lost with its cursor, unless requested.
    counted = inserting.execution_options(preserve_rowcount=True)
    return int(session.connection().execute(counted).rowcount)


@dataclass(frozen=True)
class Departure:
    """The number of invitations that are sent at a time."""

    at: datetime
    count: int


def departures(session: Session, event: Event) -> list[Departure]:
    """Return the invitations that wait for a time that an organizer chose (`send_at`), soonest
    first."""
    waiting = (
        select(Mail.due_at, func.count())
        .where(
            Mail.event_id == event.id,
            OPEN,
            Mail.urgent == false(),
            Mail.due_at > database_time(session),
            Mail.kind == INVITATION.name,
            Mail.state == MailState.QUEUED,
            # Mails that were tried wait for their next attempt.
            Mail.verdict == Verdict.NONE,
        )
        .group_by(Mail.due_at)
        .order_by(Mail.due_at)
    )
    return [Departure(at, count) for at, count in session.execute(waiting)]


def resend_invitation(
    session: Session, seal: Seal, volunteer: Volunteer, despite: str = ""
) -> Mail:
    """Queue the personal link again, as a new version; older links stay valid. Return the mail.

    If an invitation still waits, it is due now instead, and no second one is queued. `despite` is
    why it is sent to somebody who gets no more mail, or opted out. Raises SettingRefused without
    it, if the person's address is no longer known, or if they do not qualify.
    """
    if not holds(KNOWN, volunteer):
        raise SettingRefused(field="email", reason=N_("is no longer known"))
    if holds(MAY_BE_NOTIFIED, volunteer) and not holds(MAY_GET_LINK, volunteer):
        raise SettingRefused(field="email", reason=_UNQUALIFIED)
    if not holds(MAY_BE_NOTIFIED, volunteer) and not despite.strip():
        raise SettingRefused(
            field="email", reason=N_("gets no more mail. Give a reason to mail it anyway.")
        )
    now = database_time(session)
    audit.record(
        session,
        Action.QUEUED,
        volunteer.event_id,
        volunteer_id=volunteer.id,
        fields=[INVITATION.name],
    )
    if waiting := _waiting_invitation(session, volunteer):
        transitions.brought_forward(waiting, now)
        waiting.despite = despite.strip()
        return waiting
    if volunteer.token is None:
        volunteer.token = seal.seal_token(new_token())
    volunteer.asked_at = volunteer.asked_at or now
    mail = enqueue_one(session, volunteer, INVITATION, now, urgent=True)
    mail.despite = despite.strip()
    return mail


_UNQUALIFIED = N_("belongs to somebody who does not qualify. First decide that they do.")


def _waiting_invitation(session: Session, volunteer: Volunteer) -> Mail | None:
    waiting = select(Mail).where(
        Mail.volunteer_id == volunteer.id,
        of_family(INVITATION.family),
        Mail.state.in_([MailState.HELD, MailState.QUEUED]),
    )
    if holds(HAS_SUBMITTED, volunteer):
        waiting = waiting.where(SENT_AGAIN)
    # Locked: a worker may claim it at the same moment.
    newest = waiting.order_by(Mail.version.desc()).limit(1).with_for_update()
    return session.scalars(newest.execution_options(populate_existing=True)).first()
