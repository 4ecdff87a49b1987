"""The progress of an event: counts that add up to the list, failures, and a person's history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session, joinedload

from shared.addresses import readable_address
from shared.language import N_
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.registry import Kind, Kinds, is_to_people, kind_of, kinds
from shared.storage import hooks
from shared.storage.models import (
    NOT_SENT,
    Attempt,
    Certificate,
    Event,
    Mail,
    MailState,
    Problem,
    Status,
    Verdict,
    Volunteer,
)
from shared.storage.models.message import NOT_ARRIVED, OPEN, RETURNED
from shared.storage.models.volunteer import FACTS, HAS_PROBLEM, LEFT_OUT
from shared.storage.rows import count_rows, count_where
from shared.storage.traits import written_out
from shared.storage.word_search import with_words
from shared.volunteers.people.search import OF_A_PERSON

STATUS_NAMES = {
    Status.NEW: N_("New"),
    Status.INVITED: N_("Invited"),
    Status.SUBMITTED: N_("Submitted"),
    Status.PICTURE_MADE: N_("Picture made"),
    Status.MAILED: N_("Certificate mailed"),
}
PROBLEM_NAMES = {
    Problem.REFUSED_ADDRESS: N_("Address refused"),
    Problem.MAIL_FAILED: N_("Mail failed"),
    Problem.UNKNOWN_OUTCOME: N_("Outcome unknown"),
    Problem.CAME_BACK: N_("Mail bounced"),
    Problem.NAME_DOES_NOT_FIT: N_("Name does not fit"),
    Problem.NO_GLYPH: N_("Character missing"),
}
MOST_NEEDING = 999
_NOT_ARRIVED = (MailState.FAILED, MailState.UNSURE)
# SQLite counts parts up to this; the largest part is the rest.
_FEW = 10_000
# The most rows of other events that are counted in order to know this event's.
_FEW_ELSEWHERE = 100_000


@dataclass(frozen=True)
class EventProgress:
    """Counts of an event, and what they mean.

    `by_status` has all statuses, `mails` the existing pairs of a kind's name and a state.
    """

    # People whom somebody has to check.
    problems: int
    # Mails to volunteers that a server accepted and that were returned.
    came_back: int
    by_status: dict[Status, int]
    mails: dict[tuple[str, MailState], int]

    @property
    def total(self) -> int:
        """Everybody on the list."""
        return sum(self.by_status.values())

    def to_go(self, label: str) -> int:
        """Count unsent messages of the kinds that count under this label."""
        return self._open(kind for kind in kinds() if kind.to_go == label)

    def _open(self, some: Iterable[Kind]) -> int:
        return sum(self.mails.get((kind.name, state), 0) for kind in some for state in NOT_SENT)

    @property
    def to_take_back(self) -> int:
        """The number of unsent messages that nobody was promised."""
        return self._open(kind for kind in kinds() if kind.may_be_taken_back)

    @property
    def certificates_held(self) -> int:
        """The number of certificates whose mail an organizer holds."""
        return self.mails.get((CERTIFICATE.name, MailState.HELD), 0)

    def undecided(self, kind: Kind) -> int:
        """Count messages of a kind that are unsent, or whose outcome is unknown."""
        return self._open([kind]) + self.mails.get((kind.name, MailState.UNSURE), 0)

    @property
    def invitations_held(self) -> int:
        """The number of invitations that are held behind the first few."""
        return self.count(MailState.HELD) - self.certificates_held

    @property
    def all_to_go(self) -> dict[str, int]:
        """The numbers of unsent messages to people, by the labels under which they count."""
        labels = dict.fromkeys(kind.to_go for kind in kinds() if kind.to_go)
        return {label: self.to_go(label) for label in labels}

    @property
    def under_way(self) -> tuple[int, int]:
        """The numbers of sent and of all messages, of the kinds that have unsent ones."""
        names = [kind.name for kind in kinds() if kind.to_go and self._open([kind])]
        sent = sum(self.mails.get((name, MailState.SENT), 0) for name in names)
        return sent, sent + sum(self.all_to_go.values())

    @property
    def invitations_to_go(self) -> int:
        """The number of unsent invitations, reminders and requested links."""
        return self.to_go(INVITATION.to_go)

    @property
    def certificates_to_go(self) -> int:
        return self.to_go(CERTIFICATE.to_go)

    def count(self, state: MailState) -> int:
        """Count mails to volunteers in this state, of any kind."""
        return sum(
            number
            for (kind, its_state), number in self.mails.items()
            if its_state == state and not kind_of(kind).for_organizer
        )

    @property
    def mailed(self) -> int:
        """The number of mails to volunteers that a mail server took, returned ones included."""
        return self.count(MailState.SENT) + self.came_back

    def people(
        self, statuses: Sequence[Status] = (), trait: ColumnElement[bool] | None = None
    ) -> int | None:
        """Return how many people have one of these statuses, or with none any, and the trait; None
        if that was not counted."""
        if trait is HAS_PROBLEM:
            return None if statuses else self.problems
        if trait is not None:
            return None
        return sum(self.by_status[status] for status in set(statuses or Status))

    @property
    def not_arrived(self) -> int:
        """The number of `failures`."""
        return sum(self.count(state) for state in _NOT_ARRIVED)


@dataclass(frozen=True)
class Failure:
    """A mail that failed or whose outcome is unknown, with the server's answer."""

    mail_id: int
    volunteer_id: int | None
    email: str
    # Its name.
    kind: str
    state: MailState
    code: int | None
    answer: str


@dataclass(frozen=True)
class HistoryEntry:
    """One line of a person's history; `what` is a msgid, `details` are its values."""

    at: datetime
    what: str
    details: dict[str, Any]


def event_progress(session: Session, event: Event) -> EventProgress:
    """Return the current counts, from indexes alone; all statements of a session see one moment.

    Separate counts take half the time of GROUP BY if a million rows are one group. SQLite compares
    each entry that it counts, except for a whole table, which is ten times as fast: so the largest
    part is what the others leave (`make bench`: counts).
    """
    known, wanted = kinds(), {"event": event.id}
    if session.get_bind().dialect.name != "sqlite":
        return _named(known, session.execute(_counts(known), wanted).one())
    counted = session.execute(_counts(known, _FEW + 1), wanted).one()
    several, people, mails = counted[:2], counted[2 : 2 + len(Status)], counted[2 + len(Status) :]
    exact = [
        *several,
        *_completed(session, event.id, _people(), people),
        *_completed(session, event.id, _mails(known), mails),
    ]
    return _named(known, exact)


def progress_of_each(session: Session, events: Sequence[Event]) -> dict[int, EventProgress]:
    """Return the current counts of many events, by their ids, with one statement."""
    known, wanted = kinds(), {"events": [event.id for event in events]}
    rows = session.execute(_counts_of_each(known), wanted)
    return {row[0]: _named(known, row[1:]) for row in rows}


def _named(known: Kinds, counted: Sequence[int]) -> EventProgress:
    problems, came_back, *others = counted
    people, mails = others[: len(Status)], others[len(Status) :]
    named = zip(_kinds_and_states(known), mails, strict=True)
    by_status = dict(zip(Status, people, strict=True))
    return EventProgress(
        problems, came_back, by_status, {which: some for which, some in named if some}
    )


def _kinds_and_states(known: Kinds) -> list[tuple[str, MailState]]:
    return [(kind.name, state) for kind in known for state in MailState]


@cache
def _counts(known: Kinds, most: int | None = None) -> Select[*tuple[Any, ...]]:
    """Build the statement once: that takes longer than running it on a short list."""
    return select(*_counts_of(known, bindparam("event"), most))


@cache
def _counts_of_each(known: Kinds) -> Select[*tuple[Any, ...]]:
    wanted = Event.id.in_(bindparam("events", expanding=True))
    return select(Event.id, *_counts_of(known, Event.id)).where(wanted)


def _counts_of(
    known: Kinds, event_id: SQLColumnExpression[int], most: int | None = None
) -> list[ScalarSelect[int]]:
    """Return the counts in the order of `_named`; those of parts go up to `most`."""
    of_people, of_mails = Volunteer.event_id == event_id, Mail.event_id == event_id
    return [
        _count(of_people, HAS_PROBLEM),
        _count(of_mails, RETURNED, is_to_people()),
        *(_count(of_people, *part, most=most) for part in _people().parts),
        *(_count(of_mails, *part, most=most) for part in _mails(known).parts),
    ]


def _count(*which: ColumnElement[bool], most: int | None = None) -> ScalarSelect[int]:
    if most is None:
        return select(func.count()).where(*which).scalar_subquery()
    some = select(literal(1)).where(*which).limit(most).subquery()
    # Constants are compared faster. PostgreSQL, to which `most` does not apply, would look for a
    # state in an index that lacks the kind.
    return written_out(select(func.count()).select_from(some).scalar_subquery())


@dataclass(frozen=True)
class _Division:
    """The parts into which an event's rows in a table are divided, and those between them."""

    table: type[Volunteer] | type[Mail]
    parts: list[list[ColumnElement[bool]]]
    between: list[list[ColumnElement[bool]]]


@cache
def _people() -> _Division:
    return _Division(Volunteer, [[Volunteer.status == status] for status in Status], [])


@cache
def _mails(known: Kinds) -> _Division:
    parts = [[Mail.kind == kind, Mail.state == state] for kind, state in _kinds_and_states(known)]
    # Between them are kinds that only another version of the program knows.
    names = sorted(kind.name for kind in known)
    between = [[Mail.kind > name, Mail.kind < next] for name, next in pairwise(names)]
    return _Division(Mail, parts, [[Mail.kind < names[0]], *between, [Mail.kind > names[-1]]])


def _completed(
    session: Session, event_id: int, division: _Division, counted: Sequence[int]
) -> Sequence[int]:
    """Return exact counts for `counted`, which go no further than just above `_FEW`."""
    many = [place for place, count in enumerate(counted) if count > _FEW]
    if not many:
        return counted
    left, *others = many
    of_event = division.table.event_id == event_id
    in_others = [_count(of_event, *division.parts[place]) for place in others]
    in_none = [_count(of_event, *which) for which in division.between]
    found = session.execute(select(literal(0), *in_others, *in_none)).one()[1:]
    exact = [*counted]
    for place, count in zip([left, *others], [0, *found[: len(others)]], strict=True):
        exact[place] = count
    exact[left] = _all(session, division.table, event_id) - sum(exact) - sum(found[len(others) :])
    return exact


def _all(session: Session, table: type[Volunteer] | type[Mail], event_id: int) -> int:
    """Count the rows of an event in a table."""
    sides = [table.event_id < event_id, table.event_id > event_id]
    elsewhere = session.execute(select(*(_count(side, most=_FEW_ELSEWHERE + 1) for side in sides)))
    if (others := elsewhere.one()) and max(others) <= _FEW_ELSEWHERE:
        return session.scalars(select(func.count()).select_from(table)).one() - sum(others)
    return session.scalars(select(_count(table.event_id == event_id))).one()


def count_needing_somebody(session: Session, event: Event) -> int:
    """Count the people with a problem that somebody has to check, at most `MOST_NEEDING` + 1."""
    some = select(literal(1)).where(Volunteer.event_id == event.id, HAS_PROBLEM)
    return count_rows(session, some.limit(MOST_NEEDING + 1))


def is_sending(session: Session, event: Event) -> bool:
    """Return whether any mail to a volunteer is queued or being sent."""
    some = select(Mail.id).where(Mail.event_id == event.id, OPEN, is_to_people())
    return session.scalars(some.limit(1)).first() is not None


def failures(
    session: Session, event: Event, *, search: str = "", page: int = 1, page_size: int = 200
) -> list[Failure]:
    """Return one page of the mails that failed or whose outcome is unknown, newest first.

    `search` has words of the person or the mail server's answer; `page` counts from 1.
    """
    rows = (
        select(Mail, Volunteer.email)
        .join(Volunteer, Mail.volunteer_id == Volunteer.id)
        .where(*_not_arrived(event, _NOT_ARRIVED, search))
        .order_by(Mail.id.desc())
        .limit(page_size)
        .offset((max(page, 1) - 1) * page_size)
    )
    return [
        Failure(m.id, m.volunteer_id, email, m.kind, m.state, m.code, m.answer)
        for m, email in session.execute(rows)
    ]


def count_failures(session: Session, event: Event, *, search: str = "") -> int:
    """Count the mails on all pages of `failures`."""
    its_person = Mail.volunteer_id == Volunteer.id
    return count_where(session, its_person, *_not_arrived(event, _NOT_ARRIVED, search))


def unsure_mails(session: Session, event: Event) -> list[Mail]:
    """Return every mail to a volunteer that may or may not have arrived."""
    found = select(Mail).where(*_not_arrived(event, [MailState.UNSURE]))
    return list(session.scalars(found.options(joinedload(Mail.volunteer))))


def why_left_out(person: Volunteer) -> str:
    """Return why somebody is left out of what is mailed to many, a msgid; empty if they are not."""
    return next(filter(None, (fact.said(person) for fact in LEFT_OUT)), "")


def history(session: Session, volunteer: Volunteer) -> list[HistoryEntry]:
    """Return everything that happened to one person, oldest first."""
    entries = [HistoryEntry(volunteer.created_at, N_("Added to the list"), {})]
    certificates = session.scalars(
        select(Certificate)
        .where(Certificate.volunteer_id == volunteer.id)
        .order_by(Certificate.revision)
    )
    for certificate in certificates:
        entries += _entries_of_certificate(certificate)
    for fact in FACTS:
        if said := fact.said(volunteer):
            at = getattr(volunteer, fact.column.key)
            entries.append(HistoryEntry(at, said, fact.details(volunteer)))
    mails = session.scalars(select(Mail).where(Mail.volunteer_id == volunteer.id)).all()
    for mail in mails:
        entries += _entries_of_mail(session, mail)
    return sorted(entries, key=lambda entry: entry.at)


def _entries_of_certificate(certificate: Certificate) -> list[HistoryEntry]:
    details = {"name": certificate.name, "revision": certificate.revision}
    issued = N_("Submitted the name “{name}”")
    if certificate.by_organizer:
        issued = N_("Issued by an organizer with the name “{name}”")
    entries = [HistoryEntry(certificate.created_at, issued, details)]
    if certificate.replaced_at:
        what = N_("Certificate {revision} was replaced by a corrected one")
        if certificate.taken_back_at:
            what = N_("Certificate {revision} was taken back before it was sent")
        entries.append(HistoryEntry(certificate.replaced_at, what, details))
    withdrawn = N_("Certificate {revision} was withdrawn: {reason}")
    for ended in certificate.undone_withdrawals:
        with_reason = details | {"reason": ended["reason"]}
        undone = N_("Certificate {revision} is valid again")
        entries.append(HistoryEntry(datetime.fromisoformat(ended["at"]), withdrawn, with_reason))
        entries.append(HistoryEntry(datetime.fromisoformat(ended["undone_at"]), undone, details))
    if certificate.withdrawn_at:
        with_reason = details | {"reason": certificate.withdrawal_reason}
        entries.append(HistoryEntry(certificate.withdrawn_at, withdrawn, with_reason))
    return entries


def _entries_of_mail(session: Session, mail: Mail) -> list[HistoryEntry]:
    kind = kind_of(mail.kind)
    entries = [HistoryEntry(mail.created_at, kind.queued, {})]
    for attempt in session.scalars(select(Attempt).where(Attempt.mail_id == mail.id)):
        if attempt.verdict is not Verdict.SENT and attempt.ended_at:
            details = {
                "code": attempt.code or "–",
                "answer": attempt.answer,
                "address": readable_address(attempt.address or mail.address),
            }
            what = N_("Attempt for {address} failed with {code}: {answer}")
            if attempt.verdict is Verdict.GIVEN_BACK:
                what = N_("Mail to {address} was stopped before it was handed over")
            entries.append(HistoryEntry(attempt.ended_at, what, details))
    if mail.sent_at:
        details = {"address": readable_address(mail.address)}
        entries.append(HistoryEntry(mail.sent_at, kind.accepted, details))
    for report in hooks.features().returned(session, [mail.id]):
        what = _REPORTED.get(report.verdict, _REPORTED["hard"])
        details = {"address": readable_address(report.address), "answer": report.answer or "–"}
        entries.append(HistoryEntry(report.found_at, what, details))
    return entries


_REPORTED = {
    "hard": N_("Mail to {address} bounced: {answer}"),
    "soft": N_("Mail to {address} bounced, though the address may be right: {answer}"),
    "delayed": N_("Mail to {address} is delayed: {answer}"),
}


def _not_arrived(
    event: Event, states: Sequence[MailState], search: str = ""
) -> list[ColumnElement[bool]]:
    return [
        Mail.event_id == event.id,
        is_to_people(),
        NOT_ARRIVED,
        Mail.state.in_(states),
        *with_words(search, *OF_A_PERSON, Mail.answer),
    ]
