"""Events whose account is signed in to at Microsoft: over SMTP, and by Graph. What they send
waits for the version that comes."""

from typing import TYPE_CHECKING, Any

from shared.acts import go_live
from shared.destinations import ANYWHERE
from shared.events.installation import Installation
from shared.mail.accounts.sending_account import set_account
from shared.storage.models import Event
from tests.support import graph_sending, mail_sign_ins
from tests.support.acting import queue_invitations
from tests.support.factories import set_picture, small_picture
from tests.support.mail_identity import MailIdentity, served_mail_identity
from tests.support.mail_sign_ins import AT_MICROSOFT, SENDER, at_identity

if TYPE_CHECKING:
    from tests.installations.story import Story


def sign_in_by_token(story: "Story") -> dict[str, Any]:
    """Ids of the two events, whose refresh tokens they hold, and all that was ever given."""
    with served_mail_identity() as identity:
        known = at_identity(story.installation, identity)
        told = {
            "smtp": _over_smtp(story, known, identity),
            "graph": _by_graph(story, known, identity),
        }
        refresh = list(identity._refresh)
        return told | {"refresh": refresh, "given": identity.given, "sender": SENDER}


def _over_smtp(story: "Story", known: Installation, identity: MailIdentity) -> int:
    event_id = story.event("By XOAUTH2", "en")

    def enter(session: Any, event: Event) -> None:
        set_account(
            session, known.seal, event, username=SENDER, server_address=story.sink.host,
            smtp_port=story.sink.port, smtp_ssl=True, reach=ANYWHERE, sign_in=AT_MICROSOFT,
        )  # fmt: skip

    story.change(event_id, enter)
    mail_sign_ins.sign_in(known, event_id, identity)
    _queue(story, event_id, "xo@token.example")
    return event_id


def _by_graph(story: "Story", known: Installation, identity: MailIdentity) -> int:
    event_id = story.event("By Graph", "en")
    graph_sending.enter_account(known, event_id)
    graph_sending.sign_in(known, event_id, identity)
    _queue(story, event_id, "graph@token.example")
    return event_id


def _queue(story: "Story", event_id: int, address: str) -> None:
    story.change(event_id, lambda s, e: set_picture(s, e, small_picture()))
    story.change(event_id, go_live.go_live)
    story.put(event_id, address)
    story.change(event_id, lambda s, e: queue_invitations(s, story.installation.seal, e))
