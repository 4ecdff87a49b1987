"""A sign-in at a provider that ends, or is renewed, in the middle of a sending."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.mail.queue.standing import Standing, of_sending
from shared.storage.models import Event, Security
from tests.faults.scene import Audit, Scene
from tests.support.mail_identity import (
    CLIENT_ID,
    CLIENT_SECRET,
    MailIdentity,
    served_mail_identity,
)
from tests.support.mail_sign_ins import BACK, SENDER, at_identity, expire, sign_in
from tests.support.mailing import wait_until
from tests.support.smtp_sink import Fault, SmtpSink, Step, trust_in


@contextmanager
def _signed_in(
    folder: Path, database_url: str, mails: int
) -> Iterator[tuple[Scene, MailIdentity, dict[str, str]]]:
    """A scene whose server takes a provider's tokens alone, and what its workers have to know."""
    with served_mail_identity() as identity, SmtpSink(security=Security.TLS) as sink:
        identity.redirects = [BACK]
        sink.opens = lambda user, token: identity.opens(token, user, "SMTP.Send")
        account = {"username": SENDER, "security": Security.TLS, "skip_auth": False}
        scene = Scene(folder, database_url, sink, mails, timeout=5, account=account)
        scene.installation = at_identity(scene.installation, identity)
        sign_in(scene.installation, scene.event_id, identity)
        environment = {
            "MICROSOFT_AUTHORITY": identity.site,
            "MICROSOFT_CLIENT_ID": CLIENT_ID,
            "MICROSOFT_CLIENT_SECRET": CLIENT_SECRET,
            "SSL_CERT_FILE": str(trust_in(sink, folder)),
        }
        yield scene, identity, environment


def token_that_ends(folder: Path, database_url: str, mails: int) -> tuple[Audit, int]:
    """All access tokens end in the middle, before two workers: the audit, and how many renewals."""
    with _signed_in(folder, database_url, mails) as (scene, identity, environment):

        def script(step: Step) -> Fault | None:
            if step.phase == "mail" and step.mail == mails // 2:
                identity.end_access()
                return Fault.DROP
            return None

        scene.sink.script = script
        with scene.worker(**environment), scene.worker(**environment):
            wait_until(lambda: scene.open_mails() == 0, 300)
        return scene.end(), identity.renewals


def renewal_that_is_refused(folder: Path, database_url: str, mails: int) -> tuple[Audit, bool]:
    """The sign-in has ended: the audit after somebody signed in anew, and whether all waited."""
    with _signed_in(folder, database_url, mails) as (scene, identity, environment):
        expire(scene.installation)
        identity.refuses = (400, "invalid_grant", "AADSTS50173: the password was changed")
        with scene.worker(**environment):
            wait_until(lambda: _waits(scene), 60)
            waited = scene.sink.received == []
            identity.refuses = None
            sign_in(scene.installation, scene.event_id, identity)
            wait_until(lambda: scene.open_mails() == 0, 120)
        return scene.end(), waited


def _waits(scene: Scene) -> bool:
    with scene.database.reading() as session:
        state = of_sending(session, session.get_one(Event, scene.event_id), "en")
    return state.standing is Standing.NEEDS_FIXING and "sign in again" in state.cure
