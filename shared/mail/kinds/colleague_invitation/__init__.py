"""The mail with the link by which a colleague starts to work on an event."""

from pathlib import Path

from sqlalchemy import select

from shared.language import N_
from shared.mail.kinds import MessageKind
from shared.storage.models import ColleagueInvitation, Mail

_IS_UNTAKEN = ColleagueInvitation.taken_at.is_(None) & ColleagueInvitation.revoked_at.is_(None)
COLLEAGUE_INVITATION = MessageKind(
    name="colleague_invitation",
    folder=Path(__file__).parent,
    title=N_("Invitation of a colleague"),
    queued=N_("Invitation of a colleague queued"),
    accepted=N_("Invitation of a colleague accepted by the mail server for {address}"),
    is_still_wanted=select(_IS_UNTAKEN)
    .where(ColleagueInvitation.mail_id == Mail.id)
    .correlate(Mail)
    .scalar_subquery(),
    button=N_("View the invitation"),
    for_organizer=True,
    is_editable=False,
    reasons=(
        N_("You receive this mail because {organization} invites you to work on {event}."),
        N_("You receive this mail because you are invited to work on {event}."),
    ),
)
