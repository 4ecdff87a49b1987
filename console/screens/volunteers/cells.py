"""The cells of the table of people: the person, their status and its reason, and the list's
columns."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from console.people_table import Head, Sorted, TableCell, TableRow
from console.session import may
from console.text import language, t, written_time
from shared.access.roles import Permission
from shared.addresses import readable_address
from shared.certificates.issuing.chosen import holding_among, withdrawn_among
from shared.mail.queue import standing
from shared.mail.queue.standing import Why
from shared.storage.models import Event, Mail, Problem, Status, Volunteer
from shared.storage.models.volunteer import ERASED, HAS_SUBMITTED, UNQUALIFIED
from shared.storage.traits import holds
from shared.volunteers.lists.list_columns import secret_titles, veiled
from shared.volunteers.lists.qualifying import Judge
from shared.volunteers.people.listing import Order
from shared.volunteers.people.progress import PROBLEM_NAMES, STATUS_NAMES, why_left_out
from shared.volunteers.people.qualification import reason


def heads_of(event: Event, further: Sequence[str], order: Order) -> list[Head]:
    """Return the columns: name, status and details, then those of the list, and the number."""

    def sorted_by(column: str, title: str = "") -> Sorted:
        if (order.column, order.title) != (column, title):
            return "none"
        return "descending" if order.is_descending else "ascending"

    secret = secret_titles(event)
    group = [Head("group", t("Group"), "further", None)] if event.groups else []
    return [
        Head("name", t("Full name"), "name", sorted_by("name")),
        Head("status", t("Status"), "state", sorted_by("status")),
        Head("detail", t("Details"), "detail", None),
        Head("address", t("Address"), "address", sorted_by("address")),
        *group,
        *(
            # Masks have no order.
            Head(f"c:{title}", title, "further", None if title in secret else sorted_by("", title))
            for title in further
        ),
        Head("number", t("Number"), "number", sorted_by("number")),
    ]


def rows_of(
    session: Session, event: Event, people: Sequence[Volunteer], further: Sequence[str]
) -> list[TableRow]:
    """Return the rows of a page, for `heads_of`. Mails and certificates are read for all people at
    once."""
    ids = [person.id for person in people]
    withdrawn, holders = withdrawn_among(session, ids), holding_among(session, ids)
    mailed, waits = _mailed_at(session, ids), standing.of_people(session, event, ids, language())
    groups = {group.id: group.name for group in event.groups}
    secret, may_change = secret_titles(event), may(Permission.CHANGE_LIST)
    judge = Judge.of(event)
    rows = []
    for person in people:
        is_open = may_change and may_be_edited(person, person.id in holders)
        address = t("Erased") if holds(ERASED, person) else readable_address(person.email)
        columns = veiled(event, person.columns)
        why = _why(
            person, event, judge, withdrawn.get(person.id, ""), waits.get(person.id),
            mailed.get(person.id),
        )  # fmt: skip
        cells = [
            TableCell(person.name, may_edit=is_open and not person.given_name),
            state_of(person, is_withdrawn=person.id in withdrawn),
            TableCell(why),
            TableCell(address),
            *([TableCell(groups.get(person.group_id or 0, ""))] if groups else []),
            *(
                TableCell(columns.get(title, ""), may_edit=is_open and title not in secret)
                for title in further
            ),
            TableCell(person.number),
        ]
        rows.append(TableRow(person.id, person.name or address, cells))
    return rows


def may_be_edited(person: Volunteer, has_certificate: bool) -> bool:
    """Return whether a person's cells may be changed, because no certificate was made of them."""
    return not (holds(HAS_SUBMITTED, person) or has_certificate or holds(ERASED, person))


def state_of(person: Volunteer, *, is_withdrawn: bool) -> TableCell:
    """Return the person's status, or what is wrong, as a badge."""
    if person.problem:
        is_name = person.problem in (Problem.NAME_DOES_NOT_FIT, Problem.NO_GLYPH)
        return TableCell(t(PROBLEM_NAMES[person.problem]), "look" if is_name else "bad")
    if is_withdrawn:
        return TableCell(t("Certificate withdrawn"), "bad")
    if holds(UNQUALIFIED, person) and not holds(HAS_SUBMITTED, person):
        return TableCell(t("Does not qualify"), "quiet")
    tone = {Status.INVITED: "look", Status.MAILED: "good"}.get(person.status, "quiet")
    return TableCell(t(STATUS_NAMES[person.status]), tone)  # type: ignore[arg-type]


def _why(
    person: Volunteer, event: Event, judge: Judge, withdrawn: str, waits: Sequence[Why] | None,
    mailed_at: datetime | None,
) -> str:  # fmt: skip
    """Return why the person has no certificate, or what became of it."""
    said = [person.problem_text, withdrawn, reason(judge, person, language())]
    if not said[-1] and (left_out := why_left_out(person)):
        said.append(t(left_out))
    said += [_waiting(wait, event) for wait in (waits or ())[:1]]
    if waits == []:
        said.append(t("Next to be sent"))
    if not any(said) and not person.problem and waits is None:
        said.append(_how_far(person, event, mailed_at))
    return " · ".join(filter(None, said))


def _how_far(person: Volunteer, event: Event, mailed_at: datetime | None) -> str:
    at = written_time(mailed_at, event) if mailed_at else ""
    match person.status:
        case Status.NEW:
            return t("Nothing sent yet")
        case Status.INVITED:
            return t("No name entered since {time}", time=at) if at else t("No name entered yet")
        case Status.SUBMITTED:
            return t("Certificate is being made")
        case Status.PICTURE_MADE:
            return t("Certificate not mailed")
    return at


def _waiting(why: Why, event: Event) -> str:
    """Return why a mail waits, and until when."""
    until = t("until {time}", time=written_time(why.until, event)) if why.until else ""
    return f"{why.words} ({until})" if until else why.words


def _mailed_at(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    """Return when the last mail to each of these people was sent."""
    last = select(Mail.volunteer_id, func.max(Mail.sent_at)).where(Mail.volunteer_id.in_(ids))
    found = session.execute(last.group_by(Mail.volunteer_id))
    return {person_id: sent_at for person_id, sent_at in found if person_id and sent_at}
