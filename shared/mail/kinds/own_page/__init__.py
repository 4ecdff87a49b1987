"""The personal link for people who have entered their name: their certificate is behind it.

Never queued by itself: it is the text of an invitation for them (`MessageKind.to_holder`).
"""

from pathlib import Path

from shared.language import N_
from shared.mail.kinds.message_kind import MessageKind
from shared.mail.kinds.personal_link import PersonalLink

OWN_PAGE = MessageKind(
    name="own_page",
    folder=Path(__file__).parent,
    title=N_("Personal link"),
    queued=N_("Invitation queued"),
    accepted=N_("Invitation accepted by the mail server for {address}"),
    needs=PersonalLink,
    is_editable=False,
)
