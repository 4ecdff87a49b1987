"""What an organizer sends: certificates to people with a name on the list, invitations to the
others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

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
    """How many certificates and invitations were queued, and how many people are held."""

    issued: int
    invited: int
    held: int
    # Certificates older than the list that were issued anew; None: nobody asked for that.
    issued_anew: int | None = None


def expect(session: Session, event: Event, sheet: FitSheet | None = None) -> Waiting:
    """`count_waiting`, in which who will be held is not counted among who gets a certificate.

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
    send_at: datetime | None = None,
    first_few: bool = False,
    seen: int | None = None,
    again: bool = False,
    by: Actor | None = None,
    progress: Progress = unseen,
) -> QueuedMails:
    """Queue what everybody is due, in turns, between which others can write.

    `send_at`: no invitation leaves earlier. `first_few`: five certificates, if any were to be
    expected, and no invitation even if none can be issued; otherwise five invitations, and the
    others are held until released; `Event.first_few` says who got theirs. `seen`: how many sendings
    (`Event.sendings`) the event had when a person decided. `again`: certificates that are older
    than the list are issued anew and mailed. Called twice, it queues nobody twice; after an
    interruption, the next call does the rest. Raises EventUnknown and NoDesign, and
    ProductError if there are more sendings by now.
    """
    with installation.database.writing() as session:
        acts = begin_sending(
            session, event_for_change(session, event_id),
            send_at=send_at, first_few=first_few, seen=seen, again=again,
        )  # fmt: skip
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
    """Do what a sending that was begun does. `is_logged`, and what it raises: as in `run`."""
    database, done = installation.database, dict[type[Act], int]()
    context = Context(installation.seal, installation.settings)
    for act in acts:
        if isinstance(act, IssueFromList) and act.most is not None:
            count = issue_first(installation, event_id, act.most, by, is_logged=is_logged)
        elif isinstance(act, Invite) and act.first_few and done.get(IssueFromList):
            # Some had a certificate all the same.
            continue
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
    """What a sending does, for an event that is locked: the first five are no longer waited for,
    and people who check their names have until the event's day. Asked and raising as `send`."""
    if seen not in (None, event.sendings):
        words = N_("Something was just sent. Check the new counts, then send.")
        raise ProductError(words)
    if not holds(JUDGED, event):
        raise ProductError(NOT_JUDGED)
    event.sendings, event.first_few = event.sendings + 1, []
    at = database_time(session)
    if asks_to_check(event, at):
        event.issue_at = end_of_check(event)
    anew = [IssueAnew(ALL, mailed=True, only=Due.OUTDATED)] if again else []
    invited = Invite(send_at, first_few)
    # Names of the list are issued at once; if people check them first, then from the day on.
    if not issues_at_once(event, at):
        return [*anew, invited]
    if not first_few:
        return [*anew, IssueFromList(), invited]
    # Of few, certificates first, if there are any, since they reveal most.
    are_expected = expect(session, event).to_issue > 0
    few = IssueFromList(most=FIRST_FEW, are_first=True)
    return [*anew, few, *([] if are_expected else [invited])]
