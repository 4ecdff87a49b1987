"""The personal link for people who have entered their name: their certificate is behind it.

Never queued by itself: it is the text of an invitation for them (`MessageKind.to_holder`).
"""

from pathlib import Path

from sqlalchemy import true

from shared.language import N_
from shared.mail.kinds.message_kind import EVERYWHERE, MessageKind
from shared.mail.kinds.personal_link import PersonalLink, compose_with_link

OWN_PAGE = MessageKind(
    name="own_page",
    folder=Path(__file__).parent,
    title=N_("Personal link"),
    queued=N_("Invitation queued"),
    accepted=N_("Invitation accepted by the mail server for {address}"),
    placeholders=(*EVERYWHERE, "link"),
    needs=PersonalLink,
    composing=compose_with_link,
    is_still_wanted=true,
    is_editable=False,
)
