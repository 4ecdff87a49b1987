"""What is held about a person, for that person: all of it, as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.events.groups import group_of
from shared.privacy.statement import statement_of
from shared.storage.database import database_time
from shared.storage.models import Attempt, Certificate, Mail, RehearsalMail, Volunteer
from shared.volunteers.lists.list_columns import public_titles, secret_titles, veiled


def held_about(session: Session, volunteer: Volunteer, language: str) -> dict[str, Any]:
    """Everything in their event that names them or is about them; times are ISO 8601, UTC.

    What other people or programs wrote, such as a mail server's answers, is given unchanged. Secret
    values are masked: a link may be passed on, so it does not prove who asks, while the organizer
    named on the page knows the person.
    """
    told = statement_of(volunteer.event, language)
    return {
        "as_of": _written(database_time(session)),
        "event": volunteer.event.name,
        "responsible": {"organization": told.organization, "contact": told.contact},
        "person": _person(volunteer),
        "certificates": [_certificate(one) for one in _certificates(session, volunteer)],
        "mails": [_mail(session, one) for one in _mails(session, volunteer)],
        "mails_in_rehearsal_mailbox": _rehearsed(session, volunteer),
    }


def _person(volunteer: Volunteer) -> dict[str, Any]:
    return {
        "address": volunteer.email,
        "name_on_the_list": volunteer.listed_name,
        "name_given": volunteer.given_name,
        "number": volunteer.number,
        "further_columns_of_the_list": veiled(volunteer.event, volunteer.columns),
        "secret_columns": sorted(secret_titles(volunteer.event)),
        "public_columns": public_titles(volunteer.event),
        "group": group.name if (group := group_of(volunteer)) else "",
        "status": int(volunteer.status),
        "problem": volunteer.problem_text,
        "added_at": _written(volunteer.created_at),
        "submitted_at": _written(volunteer.submitted_at),
        "reminders_ended_at": _written(volunteer.reminders_ended_at),
    }


def _certificates(session: Session, volunteer: Volunteer) -> Sequence[Certificate]:
    found = select(Certificate).where(Certificate.volunteer_id == volunteer.id)
    return session.scalars(found.order_by(Certificate.revision)).all()


def _certificate(certificate: Certificate) -> dict[str, Any]:
    return {
        "id": certificate.public_id,
        "name": certificate.name,
        "number": certificate.number,
        "date": certificate.date.isoformat(),
        "further_columns": certificate.columns,
        "public_columns": certificate.public_columns,
        "issued_at": _written(certificate.created_at),
        "replaced_at": _written(certificate.replaced_at),
        "withdrawn_at": _written(certificate.withdrawn_at),
        "withdrawn_because": certificate.withdrawal_reason,
    }


def _mails(session: Session, volunteer: Volunteer) -> Sequence[Mail]:
    found = select(Mail).where(Mail.volunteer_id == volunteer.id)
    return session.scalars(found.order_by(Mail.id)).all()


def _mail(session: Session, mail: Mail) -> dict[str, Any]:
    tries = select(Attempt).where(Attempt.mail_id == mail.id).order_by(Attempt.id)
    return {
        "kind": mail.kind,
        "state": mail.state.value,
        "queued_at": _written(mail.created_at),
        "sent_at": _written(mail.sent_at),
        "tries": [
            {
                "at": _written(one.at),
                "address": one.address,
                "code": one.code,
                "answer": one.answer,
            }
            for one in session.scalars(tries)
        ],
    }


def _rehearsed(session: Session, volunteer: Volunteer) -> int:
    kept = select(func.count()).where(
        RehearsalMail.event_id == volunteer.event_id, RehearsalMail.recipient == volunteer.email
    )
    return session.scalars(kept).one()


def _written(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
