"""Acts on people as tests carry them out."""

from collections.abc import Sequence

from sqlalchemy import Select
from sqlalchemy.orm import Session

from shared.acts import Tally
from shared.acts.invite import Invite
from shared.acts.issue import IssueFromList
from shared.acts.issue_anew import IssueAnew
from shared.acts.run import apply, run
from shared.events.installation import Installation
from shared.log.actor import Actor
from shared.storage.models import Event
from shared.storage.sealing.tokens import Seal
from shared.storage.turns import Progress, unseen


def queue_invitations(session: Session, seal: Seal, event: Event, **how: object) -> int:
    """Invite all whom a sending would; how many that were. Each is a press of its own."""
    event.first_few = []
    return apply(session, Invite(seal, **how), event.id).done  # type: ignore[arg-type]


def issue_in_turns(
    installation: Installation,
    event_id: int,
    *,
    only_asked: bool = False,
    by: Actor | None = None,
    progress: Progress = unseen,
) -> int:
    """Issue certificates with the names on the list; how many."""
    act = IssueFromList(installation.settings, installation.seal, only_asked=only_asked)
    return run(installation.database, act, event_id, by=by, progress=progress).done


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
    act = IssueAnew(people, installation.settings, mailed)
    return run(installation.database, act, event_id, by=by, progress=progress)
