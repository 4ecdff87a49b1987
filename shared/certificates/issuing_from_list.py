"""Certificates for people whose names are on the list, without anybody entering them.

They are issued in turns. Slow work (fitting the names) is done before each turn's transaction,
which checks again who still needs a certificate: people who submit in the meantime already have
one, and of two programs at work the second finds nobody. A name that cannot be drawn is flagged,
and only that one is held.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from shared.certificates.issuing import (
    basis_of,
    day_of_issue,
    draft,
    number_revisions,
    problem_of,
    set_texts,
)
from shared.errors import NameProblem, NoDesign, explain
from shared.events.installation import Installation
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue import transitions
from shared.mail.queue.enqueue import enqueue_certificates, give_tokens
from shared.mail.queue.long_commands import Told
from shared.rendering.names import new_name
from shared.settings import Settings
from shared.storage.database import database_time
from shared.storage.models import (
    Action,
    Certificate,
    Event,
    Mail,
    MailState,
    Status,
    Volunteer,
)
from shared.storage.models.volunteer import HELD_FOR_NAME, TO_ISSUE
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import asked
from shared.storage.turns import turns

# An invitation in one of these states has reached its person, or is about to.
_UNDER_WAY = (MailState.QUEUED, MailState.SENDING, MailState.SENT, MailState.UNSURE)
# How often the next of the list take the place of some whose names cannot be drawn.
_MOST_TRIED = 20

Which = Sequence[ColumnElement[bool]]


@dataclass(frozen=True)
class _Made:
    """What was prepared for one turn, by the ids of its people."""

    basis: tuple[object, ...]
    # Their row on the list at that time: the name, and the further columns.
    listed: dict[int, tuple[str, dict[str, str]]] = field(default_factory=dict)
    certificates: dict[int, Certificate] = field(default_factory=dict)
    refused: dict[int, NameProblem] = field(default_factory=dict)


def count_to_issue(session: Session, event: Event) -> int:
    """How many people have a name on the list and no certificate yet; from indexes only."""
    return session.scalar(select(func.count()).where(*_to_issue(event.id))) or 0


def count_held(session: Session, event: Event) -> int:
    """How many people get no certificate because their name on the list cannot be drawn."""
    held = [Volunteer.event_id == event.id, asked(HELD_FOR_NAME)]
    return session.scalar(select(func.count()).where(*held)) or 0


def is_anybody_due(session: Session, event: Event) -> bool:
    """Whether anybody is left who was asked to check their name."""
    due = select(Volunteer.id).where(*_to_issue(event.id), _was_asked()).limit(1)
    return session.scalar(due) is not None


def issue_in_turns(
    installation: Installation,
    event_id: int,
    *,
    told: Told = lambda _: None,
    only_asked: bool = False,
    most: int | None = None,
    by: Actor | None = None,
) -> int:
    """Issue and queue certificates for everybody with a name on the list; returns how many.

    `only_asked`: only people who were invited and did not answer. `most`: only the first of the
    list, at most this many. After an interruption, the next call does the rest. Raises NoDesign.
    """
    database = installation.database
    which = [*_to_issue(event_id), *([_was_asked()] if only_asked else [])]
    with database.reading() as session:
        people = select(Volunteer.id).where(*which).order_by(Volunteer.id).limit(most)
        ids = session.scalars(people).all()
    audit.begin(database, by, Action.QUEUED, event_id, len(ids), fields=[CERTIFICATE.name])
    count = done = 0
    for turn, part in enumerate(turns(ids), start=1):
        count += _issue(installation, event_id, which, part)
        done += len(part)
        told(done / len(ids))
        database.look_at_growth(turn)
    return count


def issue_first(
    installation: Installation, event_id: int, most: int, by: Actor | None = None
) -> int:
    """Issue and queue certificates for the first of the list; returns how many, at most `most`.

    In place of somebody whose name cannot be drawn comes the next one, unless there are too many
    of them. Raises NoDesign.
    """
    database, which = installation.database, _to_issue(event_id)
    count = last = 0
    for tried in range(_MOST_TRIED):
        following = select(Volunteer.id).where(*which, Volunteer.id > last)
        with database.reading() as session:
            ids = session.scalars(following.order_by(Volunteer.id).limit(most - count)).all()
        if not tried:
            fields = [CERTIFICATE.name]
            audit.begin(database, by, Action.QUEUED, event_id, len(ids), fields=fields)
        if not ids:
            break
        issued = _issue(installation, event_id, which, ids, are_first=True)
        count, last = count + issued, ids[-1]
    return count


def _to_issue(event_id: int) -> list[ColumnElement[bool]]:
    return [Volunteer.event_id == event_id, asked(TO_ISSUE)]


def _was_asked() -> ColumnElement[bool]:
    """Whether somebody was invited by an event that still waits for the end of its check."""
    waits = exists().where(Event.id == Volunteer.event_id, Event.issue_at.is_not(None))
    invited = exists().where(
        Mail.volunteer_id == Volunteer.id,
        Mail.kind == INVITATION.name,
        Mail.state.in_(_UNDER_WAY),
    )
    is_new_but_invited = and_(Volunteer.asked_at.is_not(None), invited.correlate(Volunteer))
    was_invited = or_(Volunteer.status == Status.INVITED, is_new_but_invited)
    return and_(waits.correlate(Volunteer), was_invited)


def _issue(
    installation: Installation,
    event_id: int,
    which: Which,
    ids: Sequence[int],
    *,
    are_first: bool = False,
) -> int:
    database = installation.database
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        made = _make(session, installation.settings, event, ids)
    with database.writing() as session:
        # Not locked against foreign keys, so somebody who submits, holding the person, can go on.
        locked = select(Event).where(Event.id == event_id).with_for_update(key_share=True)
        event = session.scalars(locked).one()
        if basis_of(event) != made.basis:
            # The placement or a name has changed: the next call makes these again.
            return 0
        still = _locked(session, which, made)
        _flag(session, event, {id: made.refused[id] for id in still & made.refused.keys()})
        issued = [one for id, one in made.certificates.items() if id in still]
        _store(session, installation.seal, issued)
        if are_first:
            event.first_few = [*event.first_few, *(one.volunteer_id for one in issued)]
        return len(issued)


def _make(session: Session, settings: Settings, event: Event, ids: Sequence[int]) -> _Made:
    """Certificates for these people with their texts set, and who gets none, and why."""
    if event.design is None:
        raise NoDesign()
    made = _Made(basis_of(event))
    issued_on = day_of_issue(session, event)
    for one in session.scalars(select(Volunteer).where(Volunteer.id.in_(ids))):
        made.listed[one.id] = (one.listed_name, one.columns)
        try:
            certificate, design = draft(one, new_name(one.listed_name), issued_on)
            set_texts(session, settings, certificate, design)
            certificate.by_organizer = True
        except NameProblem as problem:
            made.refused[one.id] = problem
        else:
            made.certificates[one.id] = certificate
    return made


def _locked(session: Session, which: Which, made: _Made) -> set[int]:
    """Those of the prepared people who still need one, and whose row on the list is unchanged."""
    people = select(Volunteer.id, Volunteer.listed_name, Volunteer.columns).where(
        Volunteer.id.in_(made.listed), *which
    )
    rows = session.execute(people.order_by(Volunteer.id).with_for_update())
    return {id for id, *listed in rows if made.listed[id] == tuple(listed)}


def _flag(session: Session, event: Event, refused: Mapping[int, NameProblem]) -> None:
    for id, problem in refused.items():
        reason = explain(problem, event.language)
        transitions.name_not_drawn(session, id, problem_of(problem), reason)


def _store(session: Session, seal: Seal, issued: Sequence[Certificate]) -> None:
    ids = [one.volunteer_id for one in issued]
    number_revisions(session, issued)
    at = database_time(session)
    for certificate in issued:
        certificate.created_at = at
    session.add_all(issued)
    # With their link they may correct the name, like everybody.
    give_tokens(session, seal, Volunteer.id.in_(ids))
    reached = update(Volunteer).where(Volunteer.id.in_(ids)).values(status=Status.SUBMITTED)
    session.execute(reached.execution_options(synchronize_session=False))
    enqueue_certificates(session, CERTIFICATE, issued)
