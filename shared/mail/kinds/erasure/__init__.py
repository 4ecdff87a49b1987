"""The link by which somebody confirms their erasure; having it proves that they read their mail."""

from dataclasses import dataclass
from pathlib import Path

from shared.language import N_
from shared.mail.kinds import assembling, texts
from shared.mail.kinds.message_kind import MessageKind
from shared.mail.kinds.mime import Addressing
from shared.storage.models import Event, Volunteer


@dataclass(frozen=True)
class ErasureLink:
    """The person whom the link erases, and from which event."""

    event: Event
    volunteer: Volunteer
    link: str

    def compose(self, kind: MessageKind, addressing: Addressing) -> bytes:
        person = self.volunteer
        values = {"name": person.name, "number": person.number, "link": self.link}
        text = texts.write(self.event, kind, values, columns=person.columns)
        return assembling.letter(self.event, text, addressing, person.name)


ERASURE = MessageKind(
    name="erasure",
    folder=Path(__file__).parent,
    title=N_("Confirmation of an erasure"),
    queued=N_("Asked to be erased"),
    accepted=N_("Link to confirm the erasure accepted by the mail server for {address}"),
    needs=ErasureLink,
    button=N_("Erase my data …"),
    is_promised=True,
    is_editable=False,
)
