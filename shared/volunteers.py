"""The list of an event: who is on it, and what an organizer may change about one person."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from shared.addresses import deliverable_address
from shared.errors import SettingRefused
from shared.events import event_for_change, numbered
from shared.language import N_
from shared.mail.outbox import take_back
from shared.models import Event, Mail, MailKind, MailState, Status, Volunteer
from shared.recipients import Recipient, RecipientList, Refusal
from shared.sending import retry_failed, send_unsure_again


@dataclass(frozen=True)
class ListCheck:
    """What would happen if a list were added: nothing is stored by asking."""

    new: list[Recipient]
    already_there: list[Recipient]
    repeated: list[Refusal]
    refused: list[Refusal]


def check_list(session: Session, event: Event, pasted: RecipientList) -> ListCheck:
    """Compare a list with the event's: who is new, who is there, whose number is taken."""
    known = set(session.scalars(select(Volunteer.email_key).where(Volunteer.event_id == event.id)))
    numbers = _numbers(session, event)
    new, already, refused = [], [], list(pasted.refused)
    for recipient in pasted.accepted:
        if recipient.key in known:
            already.append(recipient)
        elif recipient.number and recipient.number in numbers:
            text = f"{recipient.email},{recipient.number}"
            reason = N_("The number already belongs to somebody else on the list.")
            refused.append(Refusal(recipient.line, text, reason))
        else:
            new.append(recipient)
    return ListCheck(new, already, pasted.repeated, sorted(refused, key=lambda line: line.line))


def add_volunteers(session: Session, event: Event, pasted: RecipientList) -> ListCheck:
    """Store who is new; call with the event locked. Adding a list twice is harmless."""
    checked = check_list(session, event, pasted)
    taken = _numbers(session, event) | {r.number for r in checked.new if r.number}
    session.flush()
    rows = [
        {
            "event_id": event.id,
            "email": recipient.email,
            "email_key": recipient.key,
            "number": recipient.number or _next_number(event, taken),
            "listed_name": recipient.name,
            "columns": recipient.columns,
        }
        for recipient in checked.new
    ]
    if rows:
        session.execute(insert(Volunteer), rows)
    return checked


def change_address(session: Session, volunteer: Volunteer, address: str) -> None:
    """Give a volunteer another address; mails that did not reach the old one are sent again.

    Raises SettingRefused when it is no address, or somebody else's on this list.
    """
    try:
        email = deliverable_address(address)
    except ValueError as reason:
        raise SettingRefused(field="email", reason=str(reason)) from None
    # So that nobody else takes the address on the same list meanwhile.
    event_for_change(session, volunteer.event_id)
    taken = select(Volunteer.id).where(
        Volunteer.event_id == volunteer.event_id,
        Volunteer.email_key == email.lower(),
        Volunteer.id != volunteer.id,
    )
    if session.scalar(taken):
        raise SettingRefused(field="email", reason=N_("is already on the list"))
    volunteer.email, volunteer.email_key = email, email.lower()
    session.flush()
    retry_failed(session, volunteer.event_id, [volunteer.id])
    unsure = select(Mail).where(Mail.volunteer_id == volunteer.id, Mail.state == MailState.UNSURE)
    for mail in session.scalars(unsure):
        send_unsure_again(session, mail)


def remove(session: Session, volunteer: Volunteer) -> None:
    """Take somebody off the list to whom nothing was ever sent.

    Raises SettingRefused for everybody else: what was sent stays on record.
    """
    event_for_change(session, volunteer.event_id)
    mails = session.scalars(
        select(Mail).where(Mail.volunteer_id == volunteer.id).with_for_update()
    ).all()
    if volunteer.status != Status.NEW or any(mail.tries for mail in mails):
        raise SettingRefused(field="email", reason=N_("has been written to and stays on the list"))
    for mail in mails:
        session.delete(mail)
    session.flush()
    session.delete(volunteer)


def reopen(session: Session, volunteer: Volunteer) -> None:
    """Let a volunteer submit anew. The link that they have stays valid.

    A certificate that has not left stays here: its name is the one that is to be changed.
    """
    if volunteer.status < Status.SUBMITTED:
        return
    its_mail = [Mail.volunteer_id == volunteer.id, Mail.kind == MailKind.CERTIFICATE]
    # Mails before their person, as when an outcome is settled: the two never wait for each other.
    take_back(session, *its_mail)
    session.execute(
        update(Mail)
        .where(*its_mail, Mail.state == MailState.FAILED)
        .values(state=MailState.CANCELLED)
    )
    volunteer.status = Status.INVITED
    # What befell the old certificate is over; with a problem nobody would be reminded.
    volunteer.problem, volunteer.problem_text = None, ""


def sample_columns(session: Session, event: Event) -> dict[str, str]:
    """The further columns of the imported list: title -> the value of whoever was added last."""
    newest = (
        select(Volunteer.columns)
        .where(Volunteer.event_id == event.id)
        .order_by(Volunteer.id.desc())
        .limit(1)
    )
    return dict(session.scalar(newest) or {})


def _numbers(session: Session, event: Event) -> set[str]:
    return set(session.scalars(select(Volunteer.number).where(Volunteer.event_id == event.id)))


def _next_number(event: Event, taken: set[str]) -> str:
    while True:
        number = numbered(event.number_pattern, event.next_number)
        event.next_number += 1
        if number not in taken:
            taken.add(number)
            return number
