"""Issuing certificates from the names on the list, without anybody entering them; and what issuing
and reissuing have in common.

Certificates are made, which takes long, before a turn locks anything, and stored for people whose
row, name and earlier certificate are still the same by then: somebody who submits in the meantime
already has one, and of two programs at work the second finds nobody. A name that cannot be drawn is
flagged, and only that person is held.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, or_, select, update
from sqlalchemy.orm import Session

from shared.acts import Context, Counted, Lock, PreparedAct, Tally, Turn
from shared.acts.run import run
from shared.certificates.issuing.current import NextCertificate, day_of_issue, store
from shared.certificates.issuing.making import make
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
from shared.storage.rows import change_unread
from shared.storage.traits import holds

# States of invitations that have reached their person, or are about to.
_UNDER_WAY = (MailState.QUEUED, MailState.SENDING, MailState.SENT, MailState.UNSURE)
# The next people on the list replace those whose names cannot be drawn at most so often.
_MOST_TRIED = 20
# By the ids of a turn's people: the certificate or the problem, and what it was made from.
Made = dict[int, tuple[Certificate | NameProblem, tuple[object, ...]]]
HELD = Counted(
    "{count} name cannot be drawn. Correct it to make the certificate.",
    "{count} names cannot be drawn. Correct them to make the certificates.",
    "refused",
)


class IssuingAct(PreparedAct):
    """An act that issues certificates for many people."""

    @abstractmethod
    def wanted(
        self, session: Session, event: Event, people: Sequence[Volunteer]
    ) -> Iterator[NextCertificate]:
        """Yield the certificates that these people are to get; none for some of them."""

    @abstractmethod
    def keep(self, turn: Turn, issued: Mapping[Certificate, NextCertificate]) -> None:
        """Store these certificates for their people, who are locked."""

    def prepare(self, turn: Turn, ids: Sequence[int]) -> Made:
        made: Made = {}
        session = turn.session
        people = session.scalars(select(Volunteer).where(Volunteer.id.in_(ids))).all()
        for wanted in self.wanted(session, turn.event, people):
            result: Certificate | NameProblem
            try:
                # A name that was issued before is not checked again.
                is_issued = wanted.current is not None and wanted.name == wanted.current.name
                listed = wanted if is_issued else replace(wanted, name=new_name(wanted.name))
                result = make(session, turn.settings, listed, by_organizer=True)
            except NameProblem as problem:
                result = problem
            made[wanted.person.id] = result, wanted.made_from
        return made

    def store(self, turn: Turn, ids: Sequence[int]) -> Tally:
        made: Made = turn.made
        people, issued, refused = turn.people(list(made)), dict[Certificate, NextCertificate](), 0
        for wanted in list(self.wanted(turn.session, turn.event, people)):
            result, made_from = made.get(wanted.person.id, (None, None))
            if made_from != wanted.made_from:
                continue
            if isinstance(result, NameProblem):
                problem, reason = Problem.of(result), explain(result, turn.event.language)
                transitions.name_not_drawn(turn.session, wanted.person.id, problem, reason)
                refused += 1
            elif result:
                issued[result] = wanted
        self.keep(turn, issued)
        return Tally(done=len(issued), refused=refused)


@dataclass(frozen=True)
class IssueFromList(IssuingAct):
    """Issue and queue certificates for everybody with a name on the list.

    `only_asked` leaves only people who were invited and did not answer, `most` the first ones of
    the list; with `are_first`, they are noted in `Event.first_few`. Raises NoDesign.
    """

    only_asked: bool = False
    most: int | None = None
    are_first: bool = False

    action = Action.QUEUED
    label = N_("Queueing certificates …")
    summary = (
        Counted("{count} certificate is being sent.", "{count} certificates are being sent."),
        HELD,
    )
    fields = (CERTIFICATE.name,)
    # A submit that has locked the person already adds rows that refer to the event.
    lock = Lock.BESIDE

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        # Nobody, before it is known of everybody whether they qualify.
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
            NextCertificate(person, person.listed_name, day, name_from=NameFrom.LIST)
            for person in people
        )

    def keep(self, turn: Turn, issued: Mapping[Certificate, NextCertificate]) -> None:
        session, ids = turn.session, [certificate.volunteer_id for certificate in issued]
        people = [wanted.person for wanted in issued.values()]
        mailed = [person.id for person in people if holds(REACHABLE, person)]
        # With their link they may correct the name.
        give_tokens(session, turn.seal, Volunteer.id.in_(ids))
        made = case((Volunteer.id.in_(mailed), Status.SUBMITTED), else_=Status.PICTURE_MADE)
        change_unread(session, update(Volunteer).where(Volunteer.id.in_(ids)).values(status=made))
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
    """Issue and queue certificates for the first people of the list; return how many, at most
    `most`.

    The next person replaces one whose name cannot be drawn, unless there are too many of them.
    `is_logged` is that of `run`. Raises NoDesign.
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
    """Return whether somebody was invited by an event whose check has not ended."""
    waits = exists().where(Event.id == Volunteer.event_id, Event.issue_at.is_not(None))
    its_kind = Mail.kind == INVITATION.name
    invited = exists().where(
        Mail.volunteer_id == Volunteer.id, its_kind, Mail.state.in_(_UNDER_WAY)
    )
    is_new_but_invited = and_(Volunteer.asked_at.is_not(None), invited.correlate(Volunteer))
    was_invited = or_(Volunteer.status == Status.INVITED, is_new_but_invited)
    return and_(waits.correlate(Volunteer), was_invited)
