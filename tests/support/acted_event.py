"""An event with a person of every state, the acts on them, and what is promised of each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import func, select, update
from sqlalchemy.orm import object_session

from shared.acts import Act
from shared.acts.add_list import add_list
from shared.acts.decide import MailsDecision, decide
from shared.acts.forget import Forget, forget
from shared.acts.forget_column import forget_column
from shared.acts.go_live import go_live_in_turns
from shared.acts.held_back import (
    HoldCertificates,
    Release,
    TakeBack,
    TakeBackCertificates,
    take_back_certificates,
)
from shared.acts.invite import Invite, count_waiting
from shared.acts.issue import IssueFromList
from shared.acts.issue_anew import IssueAnew, issue_anew
from shared.acts.mark_suppressed import MarkSuppressed
from shared.acts.pass_on import PassOn
from shared.acts.queue_kind import QueueKind
from shared.acts.remind import Remind, Rules
from shared.acts.remove import Remove, remove
from shared.acts.rename import Rename
from shared.acts.retry import Retry
from shared.acts.run import apply, apply_to, run
from shared.acts.send import send
from shared.acts.undo_list import UndoList
from shared.acts.update_list import ListUpdated, update_list
from shared.acts.waiting import count_to_issue
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.certificates.issuing import chosen
from shared.certificates.issuing.columns import hours_of
from shared.certificates.issuing.sums import Sums, sums_of
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.naming import set_naming
from shared.events.settings import create_event
from shared.mail.accounts.suppressions import suppress
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.reminder import REMINDER
from shared.mail.queue import hold, opt_outs, transitions
from shared.mail.transport.outcome import Outcome
from shared.privacy.erasure import erase
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import (
    Certificate,
    Event,
    Mail,
    MailState,
    Problem,
    Sending,
    Status,
    Suppression,
    Volunteer,
    now,
)
from shared.storage.models.certificate import STANDING
from shared.storage.models.volunteer import KNOWN, TO_ISSUE
from shared.storage.traits import holds
from shared.volunteers.lists.recipients import RecipientList
from shared.volunteers.people import roster
from shared.volunteers.people.list_changes import imports_of
from shared.volunteers.people.listing import ALL
from shared.volunteers.people.progress import event_progress
from tests.support import factories
from tests.support.acting import begin_for_real, held, of, take_back_invitations
from tests.support.kept_rows import KeptRows
from tests.support.lists import read_call
from tests.support.sending_steps import LOST, NOBODY, SENT, add_account, begin, claim, settle
from tests.support.submitting import submit_name

# Nobody's face draws cuneiform.
UNDRAWN = "𒀀𒀁"
# Who is invited first, and what becomes of them.
_FIRST = (
    *("silent", "failed", "unsure", "ended", "dead", "erased", "forgotten", "handed"),
    *("submitted", "held", "mailed", "returned", "corrected", "withdrawn", "reopened"),
)
_SUBMIT = ("mailed", "returned", "corrected", "withdrawn", "reopened")
_OPEN = (MailState.HELD, MailState.QUEUED, MailState.SENDING)
_LONG_AGO = timedelta(days=400)


@dataclass
class Acted:
    """One event, and what may happen in it."""

    installation: Installation
    event_id: int
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        return self.installation.database

    def add(self, *names: str, listed: str = "") -> None:
        """Put people on the list, each with the same name there, if any."""
        rows = "\n".join(f"{name}.{self.event_id}@example.org,{listed}" for name in names)
        pasted = read_call(f"email,name\n{rows}")
        add_list(self.database, self.installation.seal, self.event_id, pasted)
        with self.database.reading() as session:
            people = select(Volunteer.email, Volunteer.id)
            people = people.where(Volunteer.event_id == self.event_id, Volunteer.email != "")
            for email, id in session.execute(people):
                self.ids.setdefault(email.partition(".")[0], id)

    def bring_again(self, *more: str) -> ListUpdated:
        """Bring the whole list, and more people, with other names and a column."""
        return update_list(self.database, self.installation.seal, self.event_id, self.again(*more))

    def again(self, *more: str) -> RecipientList:
        names = {**self.ids, **dict.fromkeys(more)}
        rows = "\n".join(f"{one}.{self.event_id}@example.org,{one.title()},8" for one in names)
        return read_call(f"email,name,hours\n{rows}")

    def undo_update(self) -> None:
        """Undo the newest update, if there was one."""
        with self.database.reading() as session:
            event = session.get_one(Event, self.event_id)
            kept = [one.id for one in imports_of(session, event, most=99) if one.updated]
        if kept:
            run(self.database, UndoList(kept[0]), self.event_id, held(self.installation))

    def submit(self, name: str, wanted: str, *, correct: bool = False) -> None:
        with self.database.reading() as session:
            token = session.get_one(Volunteer, self.ids[name]).token
        assert token is not None
        seal = self.installation.seal
        with self.database.writing() as session:
            settings = self.installation.settings
            given = seal.open_token(token)
            submit_name(session, settings, seal, given, wanted, correct=correct)

    def deliver(self, outcomes: dict[str, Outcome] | None = None) -> None:
        """Claim everything that is due, and let servers say this of it; of the rest, that it was
        taken."""
        named = {id: name for name, id in self.ids.items()}
        for claimed in claim(self.database):
            if claimed.mail.volunteer is None or claimed.event.id != self.event_id:
                continue
            if begin(self.database, claimed):
                said = (outcomes or {}).get(named.get(claimed.mail.volunteer.id, ""), SENT)
                settle(self.database, claimed, said)

    def person(self, name: str) -> Volunteer:
        with self.database.reading() as session:
            return session.get_one(Volunteer, self.ids[name])

    def alter(self, change: Callable[[Event], object]) -> None:
        with self.database.writing() as session:
            change(event_for_change(session, self.event_id))


def with_everybody(installation: Installation) -> Acted:
    """A new, live event with a person of every state."""
    database, seal = installation.database, installation.seal
    with database.writing() as session:
        event, _ = create_event(session, name="Harbour Run")
        # What a server left unsaid is asked of a person.
        event.ask_when_unsure = True
        event_id = event.id
    factories.design(database, event_id)
    add_account(database, event_id)
    acted = Acted(installation, event_id)
    acted.add(*_FIRST)
    run(database, Invite(), event_id, held(installation))
    acted.deliver({"failed": NOBODY, "unsure": LOST})
    for name in _SUBMIT:
        acted.submit(name, name.title())
    acted.deliver()
    acted.submit("submitted", "Sub Mitted")
    acted.submit("held", "He Ld")
    acted.submit("corrected", "Corrected Anew", correct=True)
    _make_further_states(acted)
    acted.add("cancelled", "gone")
    run(database, Invite(), event_id, held(installation))
    with database.writing() as session:
        apply(session, TakeBack(), event_id)
        erase(session, seal, event_id, acted.ids["gone"])
    acted.add(*(f"few{number}" for number in range(7)))
    run(database, Invite(first_few=True), event_id, held(installation))
    acted.add("new")
    acted.add("nameless", listed=UNDRAWN)
    acted.add("named", listed="Nam Ed")
    acted.add("waiting", "copied", listed="Wai Ting")
    with database.writing() as session:
        ids = [acted.ids[one] for one in ("nameless", "waiting", "copied")]
        apply(session, IssueFromList(), event_id, ids, held(installation))
        apply(session, PassOn(), event_id, [acted.ids["copied"]])
        on_hold = select(Mail.id).where(Mail.volunteer_id == acted.ids["held"])
        waiting = session.scalars(on_hold.where(Mail.kind == CERTIFICATE.name)).all()
        apply(session, HoldCertificates(), event_id, waiting)
    return acted


class Again:
    """`with_everybody`, made once and put back each time: to make it takes five times as long."""

    def __init__(self, installation: Installation) -> None:
        self._made = with_everybody(installation)
        self._kept = KeptRows(installation.database)

    def anew(self) -> Acted:
        self._kept.put_back()
        return replace(self._made, ids=dict(self._made.ids))


def _make_further_states(acted: Acted) -> None:
    installation, ids, event_id = acted.installation, acted.ids, acted.event_id
    seal = installation.seal
    with acted.database.writing() as session:
        people = {name: session.get_one(Volunteer, id) for name, id in ids.items()}
        apply_to(session, Withdraw(of(ids["withdrawn"]), "Was not there"), people["withdrawn"])
        roster.reopen(session, people["reopened"])
        token = people["ended"].token
        assert token is not None
        key = opt_outs.opt_out_key(ids["ended"], seal.open_token(token))
        opt_outs.end_reminders(session, seal, key)
        at, event = database_time(session), people["dead"].event
        assert event.account_id is not None
        address = [people["dead"].email_key]
        suppress(session, seal, event.account_id, address, Suppression.DEAD, at)
        erase(session, seal, event_id, ids["erased"])
        settings = installation.settings
        issue_anew(session, settings, people["handed"], "Hand Over", mailed=False)
        mails = select(Mail).where(Mail.volunteer_id == ids["returned"])
        (mail,) = session.scalars(mails.where(Mail.kind == CERTIFICATE.name)).all()
        transitions.came_back(mail, 550, "5.1.1 unknown", now(), Problem.CAME_BACK)
    grow_old(acted, ids["forgotten"])
    acted.alter(lambda event: setattr(event, "retention_days", 30))
    with acted.database.writing() as session:
        apply(session, Forget(), event_id, [ids["forgotten"]], held(installation))
    acted.alter(lambda event: setattr(event, "retention_days", None))


def grow_old(acted: Acted, *ids: int) -> None:
    """All that concerns these people, or everybody, was long ago."""
    with acted.database.writing() as session:
        everybody = select(Volunteer.id).where(Volunteer.event_id == acted.event_id)
        whom = ids or session.scalars(everybody).all()
        then = now() - _LONG_AGO
        session.execute(update(Volunteer).where(Volunteer.id.in_(whom)).values(created_at=then))
        submitted = Volunteer.id.in_(whom), Volunteer.submitted_at.is_not(None)
        session.execute(update(Volunteer).where(*submitted).values(submitted_at=then))
        theirs = Mail.volunteer_id.in_(whom)
        session.execute(update(Mail).where(theirs).values(created_at=then))
        sent = update(Mail).where(theirs, Mail.sent_at.is_not(None))
        session.execute(sent.values(sent_at=then))


def _run(make: Callable[[Acted], Act]) -> Callable[[Acted], object]:
    return lambda acted: run(acted.database, make(acted), acted.event_id, held(acted.installation))


def _remove_with_all(acted: Acted, name: str) -> None:
    with acted.database.writing() as session:
        if person := session.get(Volunteer, acted.ids[name]):
            remove(session, person, with_all=True)


def _forget_column(acted: Acted) -> None:
    with acted.database.reading() as session:
        is_there = "role" in session.get_one(Event, acted.event_id).list_columns
    if is_there:
        forget_column(acted.database, acted.event_id, "role")


# The acts that the runner carries out, by their names, as organizers wish them.
RUN: dict[str, Callable[[Acted], Act]] = {
    "invite": lambda acted: Invite(),
    "remind": lambda acted: Remind(rules=Rules(at_most=9, days_apart=0)),
    "queue a kind": lambda acted: QueueKind(REMINDER.name),
    "issue": lambda acted: IssueFromList(),
    "issue anew": lambda acted: IssueAnew(ALL, True),
    "withdraw": lambda acted: Withdraw(ALL, "A mistake"),
    "undo": lambda acted: UndoWithdrawal(ALL),
    "rename": lambda acted: Rename(UNDRAWN, "Name Less"),
    "remove": lambda acted: Remove(),
    "retry": lambda acted: Retry(),
    "release": lambda acted: Release(),
    "release certificates": lambda acted: Release(certificates=True),
    "take back unseen": lambda acted: TakeBackCertificates(),
    "hold certificates": lambda acted: HoldCertificates(),
    "pass on": lambda acted: PassOn(),
}
# All acts, as organizers do them.
ACTS: dict[str, Callable[[Acted], object]] = {
    **{name: _run(make) for name, make in RUN.items()},
    "mark the suppressed": _run(lambda acted: MarkSuppressed()),
    "send": lambda acted: send(acted.installation, acted.event_id),
    "send to a first few": lambda acted: send(acted.installation, acted.event_id, first_few=True),
    "remove one with all": lambda acted: _remove_with_all(acted, "mailed"),
    "take back": lambda acted: take_back_invitations(acted.database, acted.event_id),
    "take back certificates": lambda acted: take_back_certificates(acted.database, acted.event_id),
    "begin for real": lambda acted: begin_for_real(acted.database, acted.event_id),
    "go live": lambda acted: go_live_in_turns(acted.database, acted.event_id),
    "forget": lambda acted: forget(acted.database, acted.installation.seal, acted.event_id),
    "forget a column": _forget_column,
    "add a list": lambda acted: acted.add("late", "later", listed="La Te"),
    "update a list": lambda acted: acted.bring_again("latest"),
    "undo a list": lambda acted: acted.undo_update(),
    "decide": lambda acted: decide(acted.installation, acted.event_id, MailsDecision.SEND_AGAIN),
}


def _add_a_column(event: Event) -> None:
    event.list_columns = ["role"]
    session = object_session(event)
    assert session is not None
    for one in session.scalars(select(Volunteer).where(Volunteer.event_id == event.id)):
        one.columns = {"role": "speaker"}


def make_way(acted: Acted, name: str) -> None:
    """What must have happened for an act to have anything to do."""
    if name == "go live":
        acted.alter(lambda event: setattr(event, "live_at", None))
    elif name == "begin for real":
        # As after a removal that was interrupted.
        acted.alter(lambda event: setattr(event, "is_forgetting_rehearsal", True))
    elif name == "forget":
        grow_old(acted)
        acted.alter(lambda event: setattr(event, "retention_days", 30))
    elif name == "undo a list":
        acted.bring_again("newest")
    elif name == "forget a column":
        acted.alter(_add_a_column)
    elif name == "decide":
        with acted.database.writing() as session:
            hold.hold(session)


# What is promised of each person, whatever was done to them: words, and whether it is kept.
Kept = Callable[["Whole"], bool]


@dataclass(frozen=True)
class Whole:
    """All that is stored about a person."""

    person: Volunteer
    mails: list[Mail]
    certificates: list[Certificate]

    @property
    def open(self) -> list[Mail]:
        return [mail for mail in self.mails if mail.state in _OPEN]

    @property
    def current(self) -> Certificate | None:
        return next((one for one in self.certificates if one.replaced_at is None), None)

    def mails_of(self, certificate: Certificate) -> list[Mail]:
        return [mail for mail in self.mails if mail.certificate_id == certificate.id]


def _is_erased_whole(whole: Whole) -> bool:
    person = whole.person
    is_silent = not (person.email or person.token or person.name or person.problem)
    return is_silent and not any(holds(STANDING, one) for one in whole.certificates)


def _is_on_its_way(whole: Whole) -> bool:
    """From status 2 on, the certificate's mail has a future, or a person decides about it."""
    current = whole.current
    if current is None or current.withdrawn_at or whole.person.status != Status.SUBMITTED:
        return True
    if not holds(KNOWN, whole.person):
        return True
    return any(mail.state is not MailState.CANCELLED for mail in whole.mails_of(current))


PROMISES: dict[str, Kept] = {
    "who cannot be written to has no mail that could leave": lambda whole: (
        holds(KNOWN, whole.person) or not whole.open
    ),
    "who was erased is silent, and holds nothing valid": lambda whole: (
        whole.person.erased_at is None or _is_erased_whole(whole)
    ),
    "there is one current certificate at most": lambda whole: (
        sum(one.replaced_at is None for one in whole.certificates) <= 1
    ),
    "who has submitted has a certificate": lambda whole: (
        whole.person.status < Status.SUBMITTED or whole.current is not None
    ),
    "a promised certificate leaves": _is_on_its_way,
    "nothing leaves with what does not count": lambda whole: (
        not any(
            mail.state in (MailState.HELD, MailState.QUEUED)
            for one in whole.certificates
            if not holds(STANDING, one)
            for mail in whole.mails_of(one)
        )
    ),
    "who was mailed to was mailed to": lambda whole: (
        whole.person.status < Status.MAILED
        or any(mail.sent_at for mail in whole.mails if mail.kind == CERTIFICATE.name)
    ),
    "whoever has an invitation was asked": lambda whole: (
        whole.person.erased_at is not None
        or (whole.person.asked_at is not None)
        == any(mail.kind == INVITATION.name for mail in whole.mails)
    ),
    "whoever is written to has a link": lambda whole: (
        whole.person.token is not None or not whole.open
    ),
    "only invitations and certificates are held": lambda whole: all(
        mail.kind in (INVITATION.name, CERTIFICATE.name)
        for mail in whole.mails
        if mail.state is MailState.HELD
    ),
    "what was taken back was never sent": lambda whole: (
        not any(
            mail.sent_at or mail.maybe_duplicate or mail.state is not MailState.CANCELLED
            for one in whole.certificates
            if one.taken_back_at and whole.person.erased_at is None
            for mail in whole.mails_of(one)
        )
    ),
    "nothing has reached whoever cannot have seen their certificate": lambda whole: (
        not (
            any(mail.unseen_since for mail in whole.open)
            and (
                whole.person.passed_on_at
                or whole.person.submitted_at
                or any(mail.sent_at or mail.maybe_duplicate for mail in whole.mails)
            )
        )
    ),
    "no kind of mail waits twice": lambda whole: (
        len({mail.kind for mail in whole.open if mail.kind != CERTIFICATE.name})
        == sum(mail.kind != CERTIFICATE.name for mail in whole.open)
    ),
}


def check_promises(acted: Acted) -> None:
    """Every person is in a state that the promises allow, and the sums add up."""
    with acted.database.reading() as session:
        event = session.get_one(Event, acted.event_id)
        of_event = select(Volunteer).where(Volunteer.event_id == event.id)
        people = session.scalars(of_event.order_by(Volunteer.id)).all()
        mails = session.scalars(select(Mail).where(Mail.event_id == event.id)).all()
        issued = session.scalars(select(Certificate).where(Certificate.event_id == event.id)).all()
        names = {id: name for name, id in acted.ids.items()}
        for person in people:
            whole = Whole(
                person,
                [mail for mail in mails if mail.volunteer_id == person.id],
                [one for one in issued if one.volunteer_id == person.id],
            )
            broken = [promise for promise, is_kept in PROMISES.items() if not is_kept(whole)]
            state = [(mail.kind, mail.version, mail.state.value) for mail in whole.mails]
            assert not broken, (names.get(person.id), person.status, state, broken)
        progress = event_progress(session, event)
        assert progress.total == len(people) == sum(progress.by_status.values())
        assert sum(progress.mails.values()) == len(mails)
        whom = Invite().whom(session, event)
        assert count_waiting(session, event) == len(whom)
        assert count_to_issue(session, event) == sum(holds(TO_ISSUE, one) for one in people)
        counted = select(func.count()).select_from(chosen.with_certificate(event).subquery())
        assert session.scalar(counted) == sum(holds(STANDING, one) for one in issued)
        assert sums_of(session, event) == counted_sums(issued)


def counted_sums(issued: Iterable[Certificate]) -> Sums:
    """What the sums of these certificates of an event are, counted."""
    standing = [one for one in issued if holds(STANDING, one)]
    hours = sum((hours_of(one) or Decimal(0) for one in standing), Decimal(0))
    return Sums(len(standing), hours or None)


def put_aside(acted: Acted) -> None:
    """Nothing more leaves from this event, so that another one is looked at alone."""
    acted.alter(lambda event: setattr(event, "sending", Sending.STOPPED))


def say_names(acted: Acted, naming: str) -> None:
    """For "check": until tomorrow."""
    until = (now() + timedelta(days=1)).date() if naming == "check" else None
    with acted.database.writing() as session:
        set_naming(session, event_for_change(session, acted.event_id), naming, until)
