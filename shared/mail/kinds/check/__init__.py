"""The invitation for people whose name is on the list: they only check it, until a given day.

Never queued by itself: it is the text of an invitation for them (`MessageKind.to_check`).
"""

from pathlib import Path

from shared.language import N_
from shared.mail.kinds.message_kind import EVERYWHERE, MessageKind
from shared.mail.kinds.personal_link import PersonalLink

CHECK = MessageKind(
    name="check",
    folder=Path(__file__).parent,
    title=N_("Request to check the name"),
    queued=N_("Invitation queued"),
    accepted=N_("Invitation accepted by the mail server for {address}"),
    placeholders=(*EVERYWHERE, "link", "until"),
    needs=PersonalLink,
    button=N_("Check my name"),
    may_opt_out=True,
    left_out={
        "link": N_("The invitation does not say where {{link}} goes; it will stand at the end."),
        "until": N_("The request to check the name does not say until when: {{until}}."),
    },
    sample=N_("Text of the request to check the name"),
)
