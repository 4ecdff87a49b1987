"""Issuing from the list: certificates for people whose names it has, without anybody entering them;
and how many certificates are issued, as issuing anew does it, too.

They are made, which takes long, before a turn locks anything, and stored for those whose row, name
and earlier certificate are still the same by then: who submits in the meantime already has one, and
of two programs at work the second finds nobody. A name that cannot be drawn is flagged, and only
that one is held.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, or_, select, update
from sqlalchemy.orm import Session

from shared.acts import Context, Counted, Lock, PreparedAct, Tally, Turn
from shared.acts.run import run
from shared.certificates.issuing.pipeline import NextCertificate, day_of_issue, make, store
from shared.errors import NameProblem, NoDesign, explain
from shared.events.installation import Installation
from shared.language import N_
from shared.log.actor import Actor
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue import transitions
from shared.mail.queue.enqueue import give_tokens
from shared.rendering.names import new_name
from shared.storage.models import (
    JUDGED,
    Action,
    Certificate,
    Event,
    Mail,
    MailState,
    NameFrom,
    Problem,
    Status,
    Volunteer,
)
from shared.storage.models.volunteer import REACHABLE, TO_ISSUE
from shared.storage.traits import holds

# An invitation in one of these states has reached its person, or is about to.
_UNDER_WAY = (MailState.QUEUED, MailState.SENDING, MailState.SENT, MailState.UNSURE)
# How often the next of the list take the place of some whose names cannot be drawn.
_MOST_TRIED = 20
# By the ids of a turn's people: what was made for each, or why nothing was, and of what.
Made = dict[int, tuple[Certificate | NameProblem, tuple[object, ...]]]


HELD = Counted(
    "{count} name cannot be drawn. Correct it to make the certificate.",
    "{count} names cannot be drawn. Correct them to make the certificates.",
    "refused",
)


class IssuingAct(PreparedAct):
    """An act that issues for many people."""

    @abstractmethod
    def wanted(
        self, session: Session, event: Event, people: Sequence[Volunteer]
    ) -> Iterator[NextCertificate]:
        """What these people are to get; nothing for some of them."""

    @abstractmethod
    def keep(self, turn: Turn, issued: Mapping[Certificate, NextCertificate]) -> None:
        """Store these for their locked people."""

    def prepare(self, turn: Turn, ids: Sequence[int]) -> Made:
        made: Made = {}
        session = turn.session
        people = session.scalars(select(Volunteer).where(Volunteer.id.in_(ids))).all()
        for one in self.wanted(session, turn.event, people):
            result: Certificate | NameProblem
            try:
                # A name that was issued before is not looked at again.
                is_issued = one.current is not None and one.name == one.current.name
                listed = one if is_issued else replace(one, name=new_name(one.name))
                result = make(session, turn.settings, listed, by_organizer=True)
            except NameProblem as problem:
                result = problem
            made[one.person.id] = result, one.made_from
        return made

    def store(self, turn: Turn, ids: Sequence[int]) -> Tally:
        made: Made = turn.made
        people, issued, refused = turn.people(list(made)), dict[Certificate, NextCertificate](), 0
        for one in list(self.wanted(turn.session, turn.event, people)):
            result, made_from = made.get(one.person.id, (None, None))
            if made_from != one.made_from:
                continue
            if isinstance(result, NameProblem):
                problem, reason = Problem.of(result), explain(result, turn.event.language)
                transitions.name_not_drawn(turn.session, one.person.id, problem, reason)
                refused += 1
            elif result:
                issued[result] = one
        self.keep(turn, issued)
        return Tally(done=len(issued), refused=refused)


@dataclass(frozen=True)
class IssueFromList(IssuingAct):
    """Issue and queue certificates for everybody with a name on the list.

    `only_asked`: only people who were invited and did not answer. `most`: only the first of the
    list, at most this many. `are_first`: they are noted in `Event.first_few`. Raises NoDesign.
    """

    only_asked: bool = False
    most: int | None = None
    are_first: bool = False

    action = Action.QUEUED
    label = N_("Queueing certificates …")
    told = (
        Counted("{count} certificate is being sent.", "{count} certificates are being sent."),
        HELD,
    )
    fields = (CERTIFICATE.name,)
    # Who submits, and has locked the person already, adds rows that refer to the event.
    lock = Lock.BESIDE

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        # Nobody while it is not known of everybody who qualifies.
        known = [] if holds(JUDGED, event) else [false()]
        return [TO_ISSUE, *known, *([_was_asked()] if self.only_asked else [])]

    def whom(self, session: Session, event: Event) -> Select[int]:
        return self.everybody(session, event).limit(self.most)

    def wanted(
        self, session: Session, event: Event, people: Sequence[Volunteer]
    ) -> Iterator[NextCertificate]:
        if event.design is None:
            raise NoDesign()
        day = day_of_issue(session, event)
        return (
            NextCertificate(one, one.listed_name, day, name_from=NameFrom.LIST) for one in people
        )

    def keep(self, turn: Turn, issued: Mapping[Certificate, NextCertificate]) -> None:
        session, ids = turn.session, [one.volunteer_id for one in issued]
        people = [one.person for one in issued.values()]
        mailed = [one.id for one in people if holds(REACHABLE, one)]
        # With their link they may correct the name, like everybody.
        give_tokens(session, turn.seal, Volunteer.id.in_(ids))
        made = case((Volunteer.id.in_(mailed), Status.SUBMITTED), else_=Status.PICTURE_MADE)
        reached = update(Volunteer).where(Volunteer.id.in_(ids)).values(status=made)
        session.execute(reached.execution_options(synchronize_session=False))
        store(session, dict.fromkeys(issued), mailed=mailed)
        if self.are_first:
            turn.event.first_few = [*turn.event.first_few, *ids]


def issue_first(
    installation: Installation,
    event_id: int,
    most: int,
    by: Actor | None = None,
    *,
    is_logged: bool = False,
) -> int:
    """Issue and queue certificates for the first of the list; returns how many, at most `most`.

    In place of somebody whose name cannot be drawn comes the next one, unless there are too many
    of them. `is_logged`: as in `run`. Raises NoDesign.
    """
    count = 0
    for _ in range(_MOST_TRIED):
        act = IssueFromList(most=most - count, are_first=True)
        context = Context(installation.seal, installation.settings)
        tally = run(installation.database, act, event_id, context, by=by, is_logged=is_logged)
        count += tally.done
        if count == most or not tally.looked_at:
            break
    return count


def _was_asked() -> ColumnElement[bool]:
    """Whether somebody was invited by an event that still waits for the end of its check."""
    waits = exists().where(Event.id == Volunteer.event_id, Event.issue_at.is_not(None))
    its_kind = Mail.kind == INVITATION.name
    invited = exists().where(
        Mail.volunteer_id == Volunteer.id, its_kind, Mail.state.in_(_UNDER_WAY)
    )
    is_new_but_invited = and_(Volunteer.asked_at.is_not(None), invited.correlate(Volunteer))
    was_invited = or_(Volunteer.status == Status.INVITED, is_new_but_invited)
    return and_(waits.correlate(Volunteer), was_invited)
