"""Personal links that an organizer passes on other than by mail."""

from sqlalchemy.orm import Session

from shared.events.links import volunteer_link
from shared.log import audit
from shared.settings import Settings
from shared.storage.models import Action, Volunteer
from shared.storage.sealing.tokens import Seal, new_token


def link_to_copy(session: Session, settings: Settings, seal: Seal, person: Volunteer) -> str:
    """The person's own page, to which they have a link from now on; they are still invited.

    Anybody with the link is taken for this person, so it is logged.
    """
    if person.token is None:
        person.token = seal.seal_token(new_token())
    audit.record(session, Action.LINK_COPIED, person.event_id, volunteer_id=person.id)
    return volunteer_link(settings, person.event, seal.open_token(person.token))
