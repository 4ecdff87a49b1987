"""Sending: certificates to people with a name on the list, invitations to the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shared.acts import Act, Context
from shared.acts.invite import FIRST_FEW, Invite
from shared.acts.issue import IssueFromList, issue_first
from shared.acts.issue_anew import Due, IssueAnew
from shared.acts.run import run
from shared.acts.waiting import Waiting, count_held, count_waiting
from shared.certificates.designs.fit_sheet import FitSheet, fit_sheet
from shared.errors import ProductError
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.naming import asks_to_check, end_of_check, issues_at_once
from shared.language import N_
from shared.log.actor import Actor
from shared.storage.clock import database_time
from shared.storage.models import JUDGED, Event, Naming
from shared.storage.traits import holds
from shared.storage.turns import Progress, unseen
from shared.volunteers.people.listing import ALL

NOT_JUDGED = N_(
    "The conditions for a certificate have changed, and the list is being checked. Nothing is sent "
    "until that is done: try again in a moment."
)


@dataclass(frozen=True)
class QueuedMails:
    """The numbers of certificates and invitations that were queued, and of people who are held."""

    issued: int
    invited: int
    held: int
    # Certificates older than the list that were reissued; None if that was not requested.
    issued_anew: int | None = None


def expect(session: Session, event: Event, sheet: FitSheet | None = None) -> Waiting:
    """Return `count_waiting`, but count people who will be held as such, not among those who get a
    certificate.

    That is known of names that were examined: see `fit_sheet`, whose `sheet` the caller may have.
    """
    waiting = count_waiting(session, event)
    if event.naming is Naming.ASK:
        return waiting
    to_be_held = (sheet or fit_sheet(session, event)).to_be_held
    return replace(
        waiting, to_issue=max(waiting.to_issue - to_be_held, 0), held=waiting.held + to_be_held
    )


def send(
    installation: Installation,
    event_id: int,
    *,
    by: Actor | None = None,
    progress: Progress = unseen,
    **how: Any,
) -> QueuedMails:
    """Queue everybody's mails in turns, between which others can write; return how many. `how` is
    as for `begin_sending`.

    A second call queues nobody twice; after an interruption, it does the rest. Raises EventUnknown,
    NoDesign, and what `begin_sending` does.
    """
    with installation.database.writing() as session:
        acts = begin_sending(session, event_for_change(session, event_id), **how)
    return finish_sending(installation, event_id, acts, by=by, progress=progress)


def finish_sending(
    installation: Installation,
    event_id: int,
    acts: Sequence[Act],
    *,
    by: Actor | None = None,
    is_logged: bool = False,
    progress: Progress = unseen,
) -> QueuedMails:
    """Carry out the acts of a sending; return how many mails were queued. `is_logged` and the
    errors are those of `run`."""
    database, done = installation.database, dict[type[Act], int]()
    context = Context(installation.seal, installation.settings)
    for act in acts:
        if isinstance(act, IssueFromList) and act.most is not None:
            count = issue_first(installation, event_id, act.most, by, is_logged=is_logged)
        elif isinstance(act, Invite) and act.first_few and done.get(IssueFromList):
            continue  # Some had a certificate, although none was expected.
        else:
            count = run(
                database, act, event_id, context, by=by, is_logged=is_logged, progress=progress
            ).done
        done[type(act)] = count
    with database.reading() as session:
        held = count_held(session, session.get_one(Event, event_id))
    issued, invited = done.get(IssueFromList, 0), done.get(Invite, 0)
    return QueuedMails(issued, invited, held, done.get(IssueAnew))


def begin_sending(
    session: Session,
    event: Event,
    *,
    send_at: datetime | None = None,
    first_few: bool = False,
    seen: int | None = None,
    again: bool = False,
) -> list[Act]:
    """Return the acts of a sending, for an event that is locked. Earlier mails that were the first
    few no longer count as such, and people who check their names have until the event's day.

    No invitation is sent before `send_at`. With `first_few`, five certificates are queued if any
    were to be expected, and no invitation even if none can be issued; otherwise five invitations,
    and the others are held until released; `Event.first_few` has the ids of their people. `seen` is
    the number of sendings (`Event.sendings`) when a person decided. With `again`, certificates
    older than the list are reissued and mailed. Raises ProductError if there are more sendings by
    now, or while it is not known who qualifies.
    """
    if seen not in (None, event.sendings):
        words = N_("Something was just sent. Check the new counts, then send.")
        raise ProductError(words)
    if not holds(JUDGED, event):
        raise ProductError(NOT_JUDGED)
    event.sendings, event.first_few = event.sendings + 1, []
    at = database_time(session)
    if asks_to_check(event, at):
        event.issue_at = end_of_check(event)
    reissued = [IssueAnew(ALL, mailed=True, only=Due.OUTDATED)] if again else []
    invited = Invite(send_at, first_few)
    # Names on the list are issued at once or, if people check them first, from the day on.
    if not issues_at_once(event, at):
        return [*reissued, invited]
    if not first_few:
        return [*reissued, IssueFromList(), invited]
    # The first few are certificates, if there are any, since they reveal most.
    are_expected = expect(session, event).to_issue > 0
    few = IssueFromList(most=FIRST_FEW, are_first=True)
    return [*reissued, few, *([] if are_expected else [invited])]
