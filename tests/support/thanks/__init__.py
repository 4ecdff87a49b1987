"""A kind of message that the product does not have: thanks, with a link, after the certificate."""

from pathlib import Path

from shared.mail.kinds import MessageKind, goes_to
from shared.storage.models import Status, Volunteer

_HAS_CERTIFICATE = Volunteer.status == Status.MAILED

THANKS = MessageKind(
    name="thanks",
    folder=Path(__file__).parent,
    title="Thank-you",
    queued="Thank-you queued",
    accepted="Thank-you accepted by the mail server for {address}",
    is_still_wanted=goes_to(_HAS_CERTIFICATE),
    left_out={"link": "The thank-you does not say where {{link}} goes."},
    to_go="Thank-yous to go",
    audience=_HAS_CERTIFICATE,
)
