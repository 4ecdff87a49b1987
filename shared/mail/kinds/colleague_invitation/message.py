"""The message that invites a colleague to work on an event."""

from dataclasses import dataclass

from shared.mail.kinds import Addressing, MessageKind, mime, texts
from shared.storage.models import Event


@dataclass(frozen=True)
class ColleagueLink:
    """Who is invited to work on which event, and where their link leads."""

    event: Event
    name: str
    link: str

    def compose(self, kind: MessageKind, addressing: Addressing) -> bytes:
        text = texts.write(self.event, kind, {"name": self.name, "link": self.link})
        return mime.letter(self.event, text, addressing, self.name)
