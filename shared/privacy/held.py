"""What is held about a person, for that person: all of it, as JSON."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.certificates.credentials import stored
from shared.events.groups import group_of
from shared.privacy.statement import statement_of
from shared.storage.database import database_time
from shared.storage.models import Attempt, Certificate, Mail, RehearsalMail, Volunteer
from shared.volunteers.lists.list_columns import public_titles, secret_titles, veiled
from shared.volunteers.people.list_changes import kept_until


def held_about(session: Session, volunteer: Volunteer, language: str) -> dict[str, Any]:
    """Everything in their event that names them or is about them; times are ISO 8601, UTC.

    What other people or programs wrote, such as a mail server's answers, is given unchanged. Secret
    values are masked: a link may be passed on, so it does not prove who asks, while the organizer
    named on the page knows the person.
    """
    told = statement_of(volunteer.event, language)
    issued = select(Certificate).where(Certificate.volunteer_id == volunteer.id)
    certificates = session.scalars(issued.order_by(Certificate.revision)).all()
    sent = select(Mail).where(Mail.volunteer_id == volunteer.id)
    mails = session.scalars(sent.order_by(Mail.id)).all()
    theirs = RehearsalMail.recipient == volunteer.email
    rehearsed = select(func.count()).where(RehearsalMail.event_id == volunteer.event_id, theirs)
    return {
        "as_of": _written(database_time(session)),
        "event": volunteer.event.name,
        "responsible": {"organization": told.organization, "contact": told.contact},
        "person": {
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
            "no_more_mail_because": volunteer.suppressed,
            "no_more_mail_since": _written(volunteer.suppressed_at),
        },
        "certificates": [
            {
                "id": one.public_id,
                "name": one.name,
                "number": one.number,
                "date": one.date.isoformat(),
                "further_columns": one.columns,
                "public_columns": one.public_columns,
                "issued_at": _written(one.created_at),
                "replaced_at": _written(one.replaced_at),
                "taken_back_at": _written(one.taken_back_at),
                "withdrawn_at": _written(one.withdrawn_at),
                "withdrawn_because": one.withdrawal_reason,
                "signed_credentials": stored.said_about(session, one.id),
                "shown_on_the_events_page_since": _written(one.on_wall_at),
            }
            for one in certificates
        ],
        "mails": [
            {
                "kind": one.kind,
                "state": one.state.value,
                "queued_at": _written(one.created_at),
                "sent_at": _written(one.sent_at),
                "sent_all_the_same_because": one.despite,
                "tries": _tries(session, one),
            }
            for one in mails
        ],
        "earlier_values_of_the_list_kept_until": _written(kept_until(session, volunteer.id)),
        "mails_in_rehearsal_mailbox": session.scalars(rehearsed).one(),
    }


def _tries(session: Session, mail: Mail) -> list[dict[str, Any]]:
    tries = select(Attempt).where(Attempt.mail_id == mail.id).order_by(Attempt.id)
    return [
        {"at": _written(one.at), "address": one.address, "code": one.code, "answer": one.answer}
        for one in session.scalars(tries)
    ]


def _written(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
