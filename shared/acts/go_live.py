"""Going live: from rehearsal to real mails.

An account alone changes nothing. An event goes live once the account has passed a test: its server
accepts the sign-in and the sender, or takes a test mail if only that can prove the sender. A person
may go live although a server is down.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from shared.acts import Act, ConcludedAct, Lock, Tally, Turn
from shared.acts.held_back import TakeBack
from shared.acts.run import run
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.findings import Finding, Level, gravest
from shared.language import N_
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.accounts.credentials import try_stored_account
from shared.mail.accounts.sharing import sends_as
from shared.mail.kinds.registry import may_be_taken_back
from shared.mail.queue.attempts import Claimed
from shared.mail.queue.transitions import taken_back
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import Action, Event, Mail
from shared.storage.turns import Progress, unseen

May = Callable[[Event], bool]


def go_live(session: Session, event: Event) -> bool:
    """Send the event's mails from its account from now on; call with the event locked.

    Rehearsal invitations that are not sent are cancelled, since they must not reach people unasked.
    Certificates are still sent, because people who entered a name were promised one. Returns False,
    and changes nothing, for an event that is already live or has no account.
    """
    if not _may_go_live(event):
        return False
    audit.record(session, Action.GONE_LIVE, event.id)
    _let_mails_leave(session, event)
    return True


def _let_mails_leave(session: Session, event: Event) -> None:
    event.live_at = database_time(session)
    # No certificates are issued for people who were asked in rehearsal, either.
    event.issue_at = None
    taken_back(session, Mail.event_id == event.id, may_be_taken_back())


def _may_go_live(event: Event) -> bool:
    return event.live_at is None and event.account is not None


@dataclass(frozen=True)
class TakeBackRehearsed(TakeBack):
    """Cancel what was queued in rehearsal, while the event is in it: once it is live, mails are for
    people."""

    lock = Lock.ALONE

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        return super().store(turn, ids) if _may_go_live(turn.event) else 0


@dataclass(frozen=True)
class GoLive(TakeBackRehearsed, ConcludedAct):
    """Go live once no mail that was queued in rehearsal waits."""

    summary = (N_("The event is live."),)

    def conclude(self, session: Session, event: Event, collected: Tally) -> None:
        if _may_go_live(event):
            _let_mails_leave(session, event)


def begin_going_live(session: Session, event: Event) -> list[Act]:
    """Return the acts that make an event live, which is locked, although no test was passed."""
    audit.record(session, Action.GONE_LIVE, event.id)
    return [GoLive()]


def go_live_in_turns(
    database: Database,
    event_id: int,
    *,
    may: May = _may_go_live,
    by: Actor | None = None,
    progress: Progress = unseen,
) -> bool:
    """Do `go_live` in turns, between which others can write; return whether the event went live.

    Invitations are cancelled while the event is still in rehearsal, and the last commit cancels
    those queued in the meantime. So after an interruption nobody was mailed, and the next call goes
    live. `may` is checked first, and in the last commit. Raises EventUnknown.
    """
    with database.reading() as session:
        event = session.get(Event, event_id)
        if event is None or not may(event):
            return False
    run(database, TakeBackRehearsed(), event_id, progress=progress)
    with database.writing(by=by) as session:
        event = event_for_change(session, event_id)
        return may(event) and go_live(session, event)


def check_and_go_live(
    installation: Installation, event_id: int, by: Actor | None = None
) -> Finding:
    """Check the stored account, for some seconds; if it passes, make the event live.

    Returns the most serious finding: red if a person has to fix something, amber if the server is
    down or asks to wait. Raises EventUnknown.
    """
    with installation.database.reading() as session:
        tried = session.get(Event, event_id)
        if tried is None or tried.account is None:
            return Finding(Level.RED, N_("Mail account"), N_("There is no mail account yet."))
    found = try_stored_account(installation, tried)
    if not any(finding.stops or finding.needs_mail for finding in found):
        _go_live_as(installation.database, tried, by)
    return gravest(found)


def go_live_after_test(database: Database, claimed: Claimed) -> None:
    """Go live after the server of the event's account took a test mail, which is the proof."""
    if claimed.account:
        _go_live_as(database, claimed.event)


def _go_live_as(database: Database, tried: Event, by: Actor | None = None) -> None:
    def may(event: Event) -> bool:
        # An account that was entered in the meantime has passed no test.
        return sends_as(event, tried) and _may_go_live(event)

    go_live_in_turns(database, tried.id, may=may, by=by)
