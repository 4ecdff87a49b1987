"""The list of an event: adding people, and an organizer's changes of one person."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.addresses import entered_address
from shared.errors import ProductError, SettingRefused
from shared.events import event_for_change
from shared.events.erased_addresses import erased_among, forgotten_among, forgotten_person
from shared.events.settings import numbered
from shared.language import N_
from shared.log import audit
from shared.mail.accounts import recent_mails
from shared.mail.accounts.suppressions import mark_listed
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.queue import transitions
from shared.mail.queue.failed_mails import retry_failed, send_unsure_again
from shared.storage.clock import database_time
from shared.storage.facts import Ended, without
from shared.storage.many_values import add_rows, among
from shared.storage.models import Action, Event, Mail, MailState, Status, Volunteer
from shared.storage.models.volunteer import ERASED, FACTS, HAS_SUBMITTED, REACHABLE
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import holds
from shared.volunteers.lists.list_columns import READ_KINDS, columns_of_kind, count_in, note_titles
from shared.volunteers.lists.recipients import (
    Recipient,
    RecipientList,
    RejectedLine,
    further_columns,
)
from shared.volunteers.people.grouping import drop_out, drops_out, following
from shared.volunteers.people.list_changes import seal_rows
from shared.volunteers.people.stood import NOTHING, Stood

# Addresses or numbers for which one statement looks.
_BATCH_SIZE = 1_000
Address = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
# Returns those of these numbers that are reserved for others.
Reserved = Callable[[Sequence[str]], Collection[str]]
NUMBER_IS_TAKEN = N_("The number already belongs to somebody else on the list.")
ERASED_EARLIER = N_("This person was erased from the event and gets no more mail.")


@dataclass
class ListCheck:
    """The effect of adding a list."""

    new: list[Recipient]
    already_there: list[Recipient]
    repeated: list[RejectedLine]
    refused: list[RejectedLine]
    # The rows that were stored for the new people, by their ids.
    stored: dict[int, dict[str, Any]] = field(default_factory=dict, compare=False)

    @property
    def erased(self) -> int:
        """The number of the refused who were erased from the event earlier."""
        return sum(refusal.reason == ERASED_EARLIER for refusal in self.refused)


def check_list(
    session: Session, event: Event, pasted: RecipientList, seal: Seal | None = None
) -> ListCheck:
    """Compare a list with the event's, without storing anything: who is new, and who is refused.

    Without `seal`, people who were erased, or are known only as a hash, are not recognized.
    """
    keys = [key for person in pasted.accepted for key in person.keys]
    erased = erased_among(session, seal, event.id, keys) if seal else set()
    known = forgotten_among(session, seal, event.id, keys) if seal else set()
    known |= _known(session, event, Volunteer.stood_key, keys)
    there = _known(session, event, Volunteer.email_key, [person.key for person in pasted.accepted])
    given = (person.number for person in pasted.accepted if person.number)
    numbers = _known(session, event, Volunteer.number, given)
    new, already, refused = [], [], list(pasted.refused)
    for recipient in pasted.accepted:
        if recipient.key in there or not known.isdisjoint(recipient.keys):
            already.append(recipient)
        elif not erased.isdisjoint(recipient.keys):
            refused.append(RejectedLine(recipient.line, recipient.email, ERASED_EARLIER))
        elif recipient.number and recipient.number in numbers:
            text = f"{recipient.email},{recipient.number}"
            refused.append(RejectedLine(recipient.line, text, NUMBER_IS_TAKEN))
        else:
            new.append(recipient)
    return ListCheck(new, already, pasted.repeated, sorted(refused, key=lambda line: line.line))


def add_volunteers(
    session: Session,
    event: Event,
    pasted: RecipientList,
    reserved: Reserved = lambda _: (),
    seal: Seal | None = None,
) -> ListCheck:
    """Store the new people; call with the event locked. Adding a list twice is harmless.

    People without a number get none that is on the list or `reserved`. Secret columns and
    `check_list` need `seal`.
    """
    checked = check_list(session, event, pasted, seal)
    given = {person.number for person in checked.new if person.number}
    session.flush()
    # The next number is stored once, not before each query for free ones.
    with session.no_autoflush:
        wanted = sum(not person.number for person in checked.new)
        numbers = _free_numbers(session, event, wanted, given, reserved)
        # First, since groups and qualification depend on the kinds of columns.
        note_titles(session, event, further_columns(checked.new))
        rows = _rows_of(session, event, checked.new, numbers)
    seal_rows(seal, event, rows)
    if rows:
        table = cast(Table, Volunteer.__table__)
        by_key = {row["email_key"]: row for row in rows}
        ids = add_rows(session.connection(), table, rows, table.c.id, table.c.email_key)
        checked.stored.update((id, by_key[key]) for id, key in ids)
        if columns_of_kind(event, *READ_KINDS):
            people = [(id, row["columns"]) for id, row in checked.stored.items()]
            count_in(session, event, people)
        recent_mails.expect_strangers(session, event)
        if seal:
            mark_listed(session, seal, event, [row["email_key"] for row in rows])
    return checked


def _rows_of(
    session: Session, event: Event, people: Sequence[Recipient], numbers: Iterator[str]
) -> list[dict[str, Any]]:
    follow = following(session, event)
    return [
        {
            "event_id": event.id,
            "email": person.email,
            "email_key": person.key,
            "number": person.number or next(numbers),
            "listed_name": person.name,
            "columns": person.columns,
            **follow(person.columns, None),
            **_stood_of(person).as_row(),
        }
        for person in people
    ]


def _stood_of(person: Recipient) -> Stood:
    if person.before is None:
        return NOTHING
    stood = NOTHING.with_name(person.before.name, person.name, is_tidied=True)
    return stood.readdressed(person.before.key, person.key)


def with_id(session: Session, event: Event, volunteer_id: int) -> Volunteer:
    """Return the person on the event's list with this id.

    Raises ProductError for somebody of another event, and for somebody removed or erased.
    """
    volunteer = session.get(Volunteer, volunteer_id)
    if volunteer is None or volunteer.event_id != event.id or holds(ERASED, volunteer):
        raise ProductError(N_("This person is no longer on the list."))
    return volunteer


def change_address(session: Session, seal: Seal, volunteer: Volunteer, address: str) -> None:
    """Change a volunteer's address; mails that did not reach the old one are sent again.

    Raises SettingRefused if it is no address, or belongs to somebody else on this list or to
    somebody who was erased from the event, as this person may have been.
    """
    email = entered_address("email", address)
    event_id, key = volunteer.event_id, email.lower()
    # Keeps others from getting this address on the same list.
    event_for_change(session, event_id)
    session.refresh(volunteer)
    taken = select(Volunteer.id).where(Volunteer.event_id == event_id, Volunteer.email_key == key)
    forgotten = forgotten_person(session, seal, event_id, key)
    owner = session.scalar(taken) or (forgotten.id if forgotten else None)
    if owner not in (None, volunteer.id):
        raise SettingRefused(field="email", reason=N_("is already on the list"))
    if holds(ERASED, volunteer) or erased_among(session, seal, event_id, [key]):
        raise SettingRefused(
            field="email", reason=N_("belongs to somebody who was erased from the event")
        )
    stood = Stood.of(volunteer).readdressed(volunteer.email_key, key)
    volunteer.email, volunteer.email_key, volunteer.stood_key = email, key, stood.key
    for column in without(FACTS, Ended.NEW_ADDRESS):
        setattr(volunteer, column, None)
    action = Action.VOLUNTEER_CHANGED
    audit.record_change(session, action, event_id, volunteer, volunteer_id=volunteer.id)
    session.flush()
    mark_listed(session, seal, volunteer.event, [key])
    session.refresh(volunteer)
    if not holds(REACHABLE, volunteer):
        return
    retry_failed(session, event_id, [volunteer.id])
    unsure = select(Mail).where(Mail.volunteer_id == volunteer.id, Mail.state == MailState.UNSURE)
    for mail in session.scalars(unsure):
        send_unsure_again(session, mail)


def qualify_by_hand(session: Session, volunteer: Volunteer, *, is_qualified: bool) -> None:
    """Let a person qualify whatever the list says, or let the event's rule decide again.

    Raises EventUnknown.
    """
    event = event_for_change(session, volunteer.event_id)
    lock_with_mails(session, volunteer)
    volunteer.qualified_by_hand_at = database_time(session) if is_qualified else None
    follow(session, event, volunteer)
    action, fields = Action.VOLUNTEER_CHANGED, ["qualified_by_hand"]
    audit.record(session, action, event.id, volunteer_id=volunteer.id, fields=fields)


def lock_with_mails(session: Session, volunteer: Volunteer) -> None:
    """Lock mails before their person, as settling an outcome does, so that the two never
    deadlock."""
    mails = select(Mail.id).where(Mail.volunteer_id == volunteer.id).order_by(Mail.id)
    session.execute(mails.with_for_update())
    session.refresh(volunteer, with_for_update=True)


def follow(session: Session, event: Event, volunteer: Volunteer) -> None:
    """Store the group and qualification of a person, whose row is locked."""
    follows = following(session, event)(volunteer.columns, volunteer)
    if drops_out(volunteer, follows):
        drop_out(session, [volunteer.id])
    for name, value in follows.items():
        setattr(volunteer, name, value)


def reopen(session: Session, volunteer: Volunteer) -> None:
    """Let a volunteer submit again; their link stays valid.

    An unsent certificate is not sent, since its name will change. Earlier corrections no longer
    count.
    """
    if not holds(HAS_SUBMITTED, volunteer) or holds(ERASED, volunteer):
        return
    its_mail = [Mail.volunteer_id == volunteer.id, Mail.kind == CERTIFICATE.name]
    transitions.reopened(session, volunteer, *its_mail)
    audit.record(session, Action.VOLUNTEER_REOPENED, volunteer.event_id, volunteer_id=volunteer.id)
    volunteer.status = Status.INVITED
    volunteer.reopened_at = database_time(session)


def _known(session: Session, event: Event, column: Address, values: Iterable[str]) -> set[str]:
    """Return those of these values that occur in a column of the event's list."""
    return {value for (value,) in rows_with(session, event, column, values)}


def owners_of(session: Session, event: Event, numbers: Iterable[str]) -> dict[str, int]:
    """Return the ids of the people with these numbers on the event's list, by number."""
    owned = rows_with(session, event, Volunteer.number, numbers, Volunteer.id)
    return {number: id for number, id in owned}


def rows_with(
    session: Session, event: Event, column: Address, values: Iterable[str], *more: Any
) -> Iterator[Sequence[Any]]:
    """Yield the value, and `more`, of everybody on the event's list with one of these values in a
    column, looked up in batches by its index."""
    wanted = list(values)
    of_event = select(column, *more).where(Volunteer.event_id == event.id)
    for start in range(0, len(wanted), _BATCH_SIZE):
        batch = wanted[start : start + _BATCH_SIZE]
        yield from session.execute(of_event.where(among(column, batch)))


def _free_numbers(
    session: Session, event: Event, wanted: int, given: Collection[str], reserved: Reserved
) -> Iterator[str]:
    """Yield the event's next `wanted` numbers that nobody has, and are not `given` or
    `reserved`."""
    at_once = wanted
    while wanted:
        start = event.next_number
        following = range(start, start + min(at_once, _BATCH_SIZE))
        numbers = [numbered(event.number_pattern, number) for number in following]
        taken = (_known(session, event, Volunteer.number, numbers), given, reserved(numbers))
        for place, number in enumerate(numbers):
            event.next_number = start + place + 1
            if not any(number in some for some in taken):
                wanted -= 1
                yield number
                if not wanted:
                    return
        # A list with numbers of its own may have taken thousands in a row.
        at_once *= 10
