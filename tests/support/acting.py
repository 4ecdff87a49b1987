"""Acts on people as tests carry them out."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Select
from sqlalchemy.orm import Session

from shared.acts import Context, Tally
from shared.acts.begin_for_real import begin_forgetting, count_rehearsed
from shared.acts.held_back import begin_taking_back
from shared.acts.invite import Invite
from shared.acts.issue import IssueFromList
from shared.acts.issue_anew import IssueAnew
from shared.acts.run import apply, run
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import Event
from shared.storage.sealing.tokens import Seal
from shared.storage.turns import Progress, unseen
from shared.volunteers.people.listing import Selection


def of(*ids: int) -> Selection:
    """These people."""
    return Selection(ids=ids)


def held(installation: Installation) -> Context:
    """What a runner holds."""
    return Context(installation.seal, installation.settings)


def queue_invitations(session: Session, seal: Seal, event: Event, **how: object) -> int:
    """Invite all whom a sending would; how many that were. Each is a press of its own."""
    event.first_few = []
    act = Invite(**how)  # type: ignore[arg-type]
    return apply(session, act, event.id, context=Context(seal)).done


def begin_for_real(database: Database, event_id: int, *, progress: Progress = unseen) -> int:
    """Remove the rehearsal, and return of how many people; after an interruption, the rest."""
    with database.writing() as session:
        event = event_for_change(session, event_id)
        count = count_rehearsed(session, event)
        acts = begin_forgetting(session, event)
    for place, act in enumerate(acts):
        share = partial(lambda place, share: progress((place + share) / len(acts)), place)
        run(database, act, event_id, progress=share)
    return count


def issue_in_turns(
    installation: Installation,
    event_id: int,
    *,
    only_asked: bool = False,
    by: Actor | None = None,
    progress: Progress = unseen,
) -> int:
    """Issue certificates with the names on the list; how many."""
    act = IssueFromList(only_asked=only_asked)
    context = held(installation)
    return run(installation.database, act, event_id, context, by=by, progress=progress).done


def reissue_in_turns(
    installation: Installation,
    event_id: int,
    people: Select[int] | Sequence[int],
    *,
    mailed: bool,
    by: Actor | None = None,
    progress: Progress = unseen,
) -> Tally:
    """Issue the certificates of these people anew."""
    with installation.database.reading() as session:
        ids = session.scalars(people).all() if isinstance(people, Select) else people
    act, context = IssueAnew(of(*ids), mailed), held(installation)
    return run(installation.database, act, event_id, context, by=by, progress=progress)


def take_back_invitations(database: Database, event_id: int, *, progress: Progress = unseen) -> int:
    """As *Send* takes back what is no certificate; how many mails."""
    with database.writing() as session:
        event = event_for_change(session, event_id)
        acts = begin_taking_back(session, event, certificates=False)
    return sum(run(database, act, event_id, progress=progress).done for act in acts)
