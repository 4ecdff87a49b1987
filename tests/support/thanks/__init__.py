"""A kind of message that the product does not have: thanks, with a link, after the certificate."""

from pathlib import Path

from sqlalchemy import ColumnElement

from shared.mail.kinds.message_kind import EVERYWHERE, MessageKind, goes_to
from shared.mail.kinds.personal_link import PersonalLink, compose_with_link
from shared.storage.models import Status, Volunteer


def _has_certificate() -> ColumnElement[bool]:
    return Volunteer.status == Status.MAILED


THANKS = MessageKind(
    name="thanks",
    folder=Path(__file__).parent,
    title="Thank-you",
    queued="Thank-you queued",
    accepted="Thank-you accepted by the mail server for {address}",
    placeholders=(*EVERYWHERE, "link"),
    needs=PersonalLink,
    composing=compose_with_link,
    is_still_wanted=lambda: goes_to(_has_certificate()),
    left_out={"link": "The thank-you does not say where {{link}} goes."},
    to_go="Thank-yous to go",
    audience=_has_certificate,
)
