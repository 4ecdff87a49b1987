"""The mail with a certificate: attached, shown, and with its links."""

from pathlib import Path

from sqlalchemy import and_, exists

from shared.language import N_
from shared.mail.kinds import EVERYWHERE, MessageKind, goes_to
from shared.storage.models import Certificate, Mail, Status
from shared.storage.models.certificate import CURRENT, STANDING
from shared.storage.models.volunteer import HAS_SUBMITTED

_BROUGHT = exists().where(Certificate.id == Mail.certificate_id)
_IS_VOID = _BROUGHT.where(~STANDING)
CERTIFICATE = MessageKind(
    name="certificate",
    folder=Path(__file__).parent,
    title=N_("Certificate"),
    queued=N_("Certificate queued"),
    accepted=N_("Certificate accepted by the mail server for {address}"),
    placeholders=(*EVERYWHERE, "link", "pdf", "verification", "page"),
    is_still_wanted=and_(goes_to(HAS_SUBMITTED), ~_IS_VOID),
    button=N_("Open my certificate"),
    status_queued=Status.SUBMITTED,
    status_accepted=Status.MAILED,
    still_counts=_BROUGHT.where(CURRENT),
    is_promised=True,
    to_go=N_("Certificates left"),
    sample=N_("Text of the certificate mail"),
)
