"""The link to everything that an address was thanked for.

The installation's own account mails it, since it opens what several organizers said; having it
proves that somebody reads the mail.
"""

from pathlib import Path

from sqlalchemy import func, select

from shared.language import N_
from shared.mail.kinds import MessageKind
from shared.storage.models import Mail, Volunteer
from shared.storage.models.volunteer import KNOWN

_REASON = N_("You receive this mail because somebody asked for it on our page with your address.")
RECORD_LINK = MessageKind(
    name="record_link",
    folder=Path(__file__).parent,
    title=N_("Link to all that somebody did"),
    queued=N_("Link to all that they did asked for"),
    accepted=N_("Link to all that they did accepted by the mail server for {address}"),
    placeholders=("event", "link"),
    # Without a person of this address, the link opens nothing. Not EXISTS, for which PostgreSQL may
    # read everybody beforehand.
    is_still_wanted=select(Volunteer.id)
    .where(Volunteer.email_key == func.lower(Mail.address), KNOWN)
    .limit(1)
    .correlate(Mail)
    .scalar_subquery()
    .is_not(None),
    button=N_("Open my list"),
    for_organizer=True,
    is_editable=False,
    reasons=(_REASON, _REASON),
)
