"""A claimed mail becomes the message that is handed over; what it encloses is drawn here."""

import time
from collections.abc import Callable

from shared.certificates import issuing, samples
from shared.events import links
from shared.events.installation import Installation
from shared.mail.kinds import messages
from shared.mail.kinds.mailing_list import list_headers
from shared.mail.kinds.messages import CertificateLinks, Pictures
from shared.mail.kinds.mime import Envelope
from shared.mail.queue import claim, settle
from shared.mail.queue.claimed import Claimed
from shared.mail.queue.opt_outs import opt_out_key
from shared.storage.models import Certificate, Event, MailKind


def compose(installation: Installation, task: Claimed) -> bytes:
    """The message for this mail, with the facts of now.

    A certificate counts as made from then on. Raises NameProblem when it cannot be drawn, and
    SettingRefused when no key opens the personal link.
    """
    envelope = Envelope(claim.sender_of(task.event, task.account), task.address, task.message_id)
    if task.kind is MailKind.TEST or task.volunteer is None:
        return _test(installation, task, envelope)
    if task.kind is MailKind.CERTIFICATE:
        return _certificate(installation, task, envelope)
    return _asking(installation, task, envelope, _COMPOSE_ASKING[task.kind])


def _test(installation: Installation, task: Claimed, envelope: Envelope) -> bytes:
    kind = MailKind(task.wording_of or MailKind.TEST)
    with installation.database.reading() as session:
        event = session.get_one(Event, task.event.id)
        return samples.compose_test(
            session, installation.settings, installation.seal, event, kind, envelope
        )


_COMPOSE_ASKING: dict[MailKind, Callable[..., bytes]] = {
    MailKind.INVITATION: messages.compose_invitation,
    MailKind.REMINDER: messages.compose_reminder,
}


def _asking(
    installation: Installation,
    task: Claimed,
    envelope: Envelope,
    compose_asking: Callable[..., bytes],
) -> bytes:
    assert task.volunteer is not None
    assert task.volunteer.token is not None
    token = installation.seal.open_token(task.volunteer.token)
    page = links.volunteer_link(installation.settings, task.event, token)
    key = opt_out_key(task.volunteer.id, token)
    headers = list_headers(installation.settings, task.event, key)
    return compose_asking(task.event, task.volunteer, page, envelope, headers)


def _certificate(installation: Installation, task: Claimed, envelope: Envelope) -> bytes:
    assert task.certificate is not None
    settings = installation.settings
    addresses = CertificateLinks.of(settings, task.certificate.public_id)
    with installation.database.reading() as session:
        certificate = session.get_one(Certificate, task.certificate.id)
        voids_another = issuing.voids_another(session, certificate)
        start = time.monotonic()
        pictures = Pictures(*issuing.render_mailed(session, settings, certificate))
        duration = time.monotonic() - start
    # Before the mail leaves: the picture is there from now on.
    with installation.database.writing() as session:
        settle.note_picture_made(session, task, duration)
    return messages.compose_certificate(
        task.event, task.certificate, addresses, pictures, envelope, voids_another=voids_another
    )
