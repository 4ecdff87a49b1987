"""Reissuing certificates: one with another name, or all in the newest design.

The previous certificate is replaced, and its page says so. Texts are set before the database is
locked, and only people who are unchanged by then get a new one. People still waiting for their mail
get the new certificate with it, whether or not the others are mailed theirs.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from shared.certificates import chosen
from shared.certificates.designs import designs
from shared.certificates.issuing import (
    PREVIEW_PUBLIC_ID,
    basis_of,
    current_certificate,
    day_of_issue,
    draft,
    drawn_facts,
    mails_of,
    number_revisions,
    problem_of,
    set_texts,
)
from shared.errors import NameProblem, NothingToIssue, explain
from shared.events.event import hold_event
from shared.events.installation import Installation
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.queue import transitions
from shared.mail.queue.attempts import has_begun_to_leave
from shared.mail.queue.enqueue import enqueue_certificates
from shared.mail.queue.long_commands import Told
from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts
from shared.rendering.names import new_name
from shared.settings import Settings
from shared.storage.database import database_time
from shared.storage.models import (
    Action,
    Certificate,
    Design,
    Event,
    Mail,
    MailState,
    Status,
    Volunteer,
)
from shared.storage.turns import turns


@dataclass
class Reissued:
    """How many were reissued, and whose name does not fit the new design or lacks letters."""

    done: int = 0
    refused: int = 0


@dataclass
class _Made:
    """What was prepared for one turn, by the ids of its people."""

    basis: tuple[object, ...]
    # Which certificate each is to replace; 0: there is none.
    instead_of: dict[int, int] = field(default_factory=dict)
    # Their row on the list at that time.
    columns: dict[int, dict[str, str]] = field(default_factory=dict)
    certificates: dict[int, Certificate] = field(default_factory=dict)
    refused: dict[int, NameProblem] = field(default_factory=dict)


def next_look(
    session: Session, settings: Settings, person: Volunteer, name: str
) -> tuple[CompiledDesign, Facts]:
    """What the person's certificate would look like with this name. Nothing is stored.

    Raises NameProblem and NoDesign.
    """
    current = current_certificate(session, person)
    shown, design = _next(session, person, current, new_name(name))
    shown.public_id = PREVIEW_PUBLIC_ID
    facts = drawn_facts(settings, shown, person.event)
    return designs.compiled(session, design, facts), facts


def issue_anew(
    session: Session, settings: Settings, person: Volunteer, name: str, *, mailed: bool
) -> Certificate:
    """Issue one person's certificate with this name, in the newest design and by today's rules.

    Also to people who have none yet, or whose certificate was withdrawn. Raises NameProblem,
    NoDesign, and NothingToIssue if it would equal the one that they have.
    """
    cleaned = new_name(name)
    found = _locked(session, person.event_id, [person.id])
    if not found:
        raise NothingToIssue()
    (person,) = found
    current = current_certificate(session, person)
    certificate, design = _next(session, person, current, cleaned)
    set_texts(session, settings, certificate, design)
    if current and not current.withdrawn_at and _is_same(current, certificate):
        raise NothingToIssue()
    _store(session, {certificate: current}, {person.id: person}, mailed=mailed)
    action = Action.CERTIFICATES_ISSUED_ANEW
    audit.record(session, action, person.event_id, volunteer_id=person.id)
    return certificate


def reissue_in_turns(
    installation: Installation,
    event_id: int,
    people: Select[int],
    *,
    mailed: bool,
    by: Actor,
    told: Told,
) -> Reissued:
    """Reissue these people's certificates in the event's newest design, in turns.

    After an interruption, another call for `chosen.in_another_design` does the rest, and nobody
    gets two. People whose name cannot be drawn keep what they have, with a problem. Raises
    NoDesign.
    """
    database, result, done = installation.database, Reissued(), 0
    with database.writing(by=by) as session:
        planned = chosen.count(session, people)
        audit.record(session, Action.CERTIFICATES_ISSUED_ANEW, event_id, count=planned)
        ids = session.scalars(people).all()
    for turn, part in enumerate(turns(ids), start=1):
        with database.reading() as session:
            made = _make(session, installation.settings, event_id, part)
        with database.writing() as session:
            _store_made(session, event_id, made, result, mailed=mailed)
        done += len(part)
        told(done / len(ids))
        database.look_at_growth(turn)
    return result


def _make(session: Session, settings: Settings, event_id: int, people: Collection[int]) -> _Made:
    event = session.get_one(Event, event_id)
    made = _Made(basis_of(event))
    holders = select(Volunteer).where(Volunteer.id.in_(people))
    persons = {one.id: one for one in session.scalars(holders)}
    for current in _standing(session, people):
        person = persons[current.volunteer_id]
        certificate, design = _next(session, person, current, current.name)
        made.instead_of[person.id] = current.id
        made.columns[person.id] = person.columns
        try:
            set_texts(session, settings, certificate, design)
        except NameProblem as problem:
            made.refused[person.id] = problem
        else:
            made.certificates[person.id] = certificate
    return made


def _store_made(
    session: Session, event_id: int, made: _Made, result: Reissued, *, mailed: bool
) -> None:
    persons = {one.id: one for one in _locked(session, event_id, made.instead_of)}
    event = session.get_one(Event, event_id)
    if basis_of(event) != made.basis:
        # The placement or a name has changed: the same command issues these anew.
        return
    still = {
        one.volunteer_id: one
        for one in _standing(session, persons)
        if made.instead_of[one.volunteer_id] == one.id
        # A value of the list may have become secret in the meantime.
        and made.columns[one.volunteer_id] == persons[one.volunteer_id].columns
    }
    for id in still.keys() & made.refused.keys():
        _flag(session, event, id, made.refused[id])
        result.refused += 1
    issued = {made.certificates[id]: still[id] for id in still.keys() & made.certificates.keys()}
    _store(session, issued, persons, mailed=mailed)
    result.done += len(issued)


def _flag(session: Session, event: Event, person_id: int, refused: NameProblem) -> None:
    reason = explain(refused, event.language)
    transitions.name_not_drawn(session, person_id, problem_of(refused), reason)


def _next(
    session: Session, person: Volunteer, current: Certificate | None, name: str
) -> tuple[Certificate, Design]:
    """The date stays that of the previous one: the person did not help on another day."""
    event = person.event
    day = current.date if current else day_of_issue(session, event)
    certificate, design = draft(person, name, event.certificate_date or day)
    certificate.by_organizer = True
    return certificate, design


def _is_same(one: Certificate, other: Certificate) -> bool:
    facts = (
        *("design_id", "name", "number", "date", "columns", "public_columns", "language"),
        *("event_name", "organization"),
    )
    has_same_secrets = (one.secrets or {}).keys() == (other.secrets or {}).keys()
    # The place of its texts may have been found by earlier rules.
    set_alike = (
        not one.typesetting or one.typesetting["fields"] == (other.typesetting or {})["fields"]
    )
    return (
        has_same_secrets
        and set_alike
        and all(getattr(one, fact) == getattr(other, fact) for fact in facts)
    )


def _locked(session: Session, event_id: int, people: Collection[int]) -> Sequence[Volunteer]:
    """The people, locked as by somebody who submits, without those erased."""
    hold_event(session, event_id)
    of_event = [Volunteer.event_id == event_id, Volunteer.erased_at.is_(None)]
    whom = select(Volunteer).where(*of_event, Volunteer.id.in_(people))
    whom = whom.order_by(Volunteer.id).with_for_update()
    return session.scalars(whom.execution_options(populate_existing=True)).all()


def _standing(session: Session, people: Collection[int]) -> Sequence[Certificate]:
    standing = select(Certificate).where(
        Certificate.volunteer_id.in_(people),
        Certificate.replaced_at.is_(None),
        Certificate.withdrawn_at.is_(None),
    )
    return session.scalars(standing).all()


def _store(
    session: Session,
    issued: Mapping[Certificate, Certificate | None],
    persons: dict[int, Volunteer],
    *,
    mailed: bool,
) -> None:
    """Store the new certificates of locked people, with mails to those whose address is known."""
    at, to_mail = database_time(session), _waiting(session, issued)
    if mailed:
        to_mail |= {id for id, one in persons.items() if one.address_forgotten_at is None}
    number_revisions(session, issued)
    for certificate in issued:
        id = certificate.volunteer_id
        certificate.created_at = at
        _reach(persons[id], certificate.name, is_mailed=id in to_mail)
    before = [one for one in issued.values() if one]
    for one in before:
        one.replaced_at = at
    session.flush()
    transitions.certificate_replaced(session, *mails_of(before))
    session.add_all(issued)
    enqueue_certificates(
        session, CERTIFICATE, [one for one in issued if one.volunteer_id in to_mail]
    )


def _reach(person: Volunteer, name: str, *, is_mailed: bool) -> None:
    if person.name != name:
        person.given_name = name
    least = Status.SUBMITTED if is_mailed else Status.PICTURE_MADE
    person.status = max(person.status, least)
    transitions.name_submitted(person)


def _waiting(session: Session, issued: Collection[Certificate]) -> set[int]:
    """People whose certificate's mail has not begun to leave."""
    in_hand = and_(Mail.state == MailState.SENDING, ~has_begun_to_leave())
    waiting = select(Mail.volunteer_id).where(
        Mail.volunteer_id.in_([one.volunteer_id for one in issued]),
        Mail.kind == CERTIFICATE.name,
        or_(Mail.state == MailState.QUEUED, in_hand),
    )
    return {id for id in session.scalars(waiting) if id}
