"""The request to download a certificate again, because its earlier signed files no longer count."""

from pathlib import Path

from sqlalchemy import exists

from shared.language import N_
from shared.mail.kinds import MessageKind
from shared.storage.models import Certificate, Mail
from shared.storage.models.certificate import STANDING

RENEWAL = MessageKind(
    name="renewal",
    folder=Path(__file__).parent,
    title=N_("Request to download again"),
    queued=N_("Signed again, and request to download queued"),
    accepted=N_("Request to download again accepted by the mail server for {address}"),
    # A certificate that was replaced or withdrawn in the meantime cannot be downloaded.
    is_still_wanted=exists().where(Certificate.volunteer_id == Mail.volunteer_id, STANDING),
    button=N_("Open my certificate"),
    may_opt_out=True,
    is_editable=False,
    to_go=N_("Requests to download again to go"),
)
