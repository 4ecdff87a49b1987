"""The link by which somebody confirms their erasure; having it proves that they read their mail."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import true

from shared.language import N_
from shared.mail.kinds import assembling, texts
from shared.mail.kinds.message_kind import EVERYWHERE, MessageKind
from shared.mail.kinds.mime import Addressing
from shared.storage.models import Event, Volunteer


@dataclass(frozen=True)
class ErasureLink:
    """The person whom the link erases, and from which event."""

    event: Event
    volunteer: Volunteer
    link: str


def _compose(
    kind: MessageKind[ErasureLink], material: ErasureLink, addressing: Addressing
) -> bytes:
    event, volunteer = material.event, material.volunteer
    values = {"name": volunteer.name, "number": volunteer.number, "link": material.link}
    text = texts.write(event, kind, values, columns=volunteer.columns)
    return assembling.letter(event, text, addressing, volunteer.name)


ERASURE = MessageKind(
    name="erasure",
    folder=Path(__file__).parent,
    title=N_("Confirmation of an erasure"),
    queued=N_("Asked to be erased"),
    accepted=N_("Link to confirm the erasure accepted by the mail server for {address}"),
    placeholders=(*EVERYWHERE, "link"),
    needs=ErasureLink,
    composing=_compose,
    is_still_wanted=true,
    button=N_("Erase my data …"),
    is_promised=True,
    is_editable=False,
)
