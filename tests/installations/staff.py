"""Who works on an event: keys, invitations, sign-ins, and what they left in the log."""

from typing import Any

from shared import events
from shared.access import colleagues, sessions
from shared.access.keys import Identity
from shared.access.sessions import Browser, Opener
from shared.destinations import ANYWHERE
from shared.events.installation import Installation
from shared.events.settings import update_organization
from shared.features.returned_mail.mailbox import MailboxChange, set_mailbox
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.queue.enqueue import queue_colleague_link
from shared.storage.models import Action, Role, Security
from tests.support.colleagues import invite_colleague, join
from tests.support.sessions import begin_session

SUBJECT = Identity("https://login.harbour.example", "4711")
MAILBOX_PASSWORD = "a-mailbox-that-nobody-may-open"
_NETWORK = "192.0.2.7"
# Nothing answers at the port "discard".
_CLOSED = 9


def tell_of_staff(installation: Installation, event_id: int) -> dict[str, Any]:
    """Keys by names, and the tokens of invitations and browsers."""
    database = installation.database
    keys = {
        "Mei": join(database, event_id, "Mei", Role.ORGANIZER),
        "Bo": join(database, event_id, "Bo", Role.HELPER),
        "Cy": join(database, event_id, "Cy", Role.VIEWER),
    }
    gone = join(database, event_id, "Gone", Role.ORGANIZER)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        mei = Actor(
            colleagues.person_named(session, event, "Mei").id, Role.ORGANIZER, "Mei", _NETWORK
        )
        colleagues.remove_person(session, event, colleagues.person_named(session, event, "Gone").id)
    invited = _invite(installation, event_id, mei)
    with database.writing(by=mei) as session:
        event = events.event_for_change(session, event_id)
        update_organization(event, website="https://lantern.example")
        audit.record_change(session, Action.ORGANIZATION_CHANGED, event.id, event)
        place = ("127.0.0.1", _CLOSED, Security.TLS, "thanks@lantern.example")
        change = MailboxChange(*place, MAILBOX_PASSWORD)
        set_mailbox(session, installation.seal, event, change, ANYWHERE)
    browsers = [begin_session(database, key, stays=True) for key in keys.values()]
    with database.writing() as session:
        known = installation.settings.model_copy(update={"oidc_issuer": SUBJECT.issuer})
        opener = Opener(identity=SUBJECT, name="Dee")
        begun = sessions.begin(session, known, opener, Browser("Safari", _NETWORK), stays=True)
    return {"keys": keys, "gone": gone, "browsers": [*browsers, begun], **invited}


def _invite(installation: Installation, event_id: int, by: Actor) -> dict[str, Any]:
    """One link to copy, one that is mailed, one taken back, one used by the organization's word."""
    opened = invite_colleague(installation, event_id, "Eve", Role.HELPER, by=by)
    revoked = invite_colleague(installation, event_id, "Nobody", Role.HELPER, by=by)
    used = invite_colleague(installation, event_id, "Dee", Role.ORGANIZER, by=by)
    with installation.database.writing(by=by) as session:
        event = events.event_for_change(session, event_id)
        invitation, mailed = colleagues.invite(
            session, installation.seal, event, name="Fay", role=Role.VIEWER
        )
        queue_colleague_link(session, event, invitation, "fay@lantern.example")
        waiting = colleagues.pending(session, event_id)
        (unwanted,) = (one.invitation for one in waiting if one.invitation.name == "Nobody")
        colleagues.revoke(session, event, unwanted.id)
    with installation.database.writing() as session:
        colleagues.take(session, used, _NETWORK, SUBJECT)
    return {"open": [opened, mailed], "closed": [revoked, used]}
