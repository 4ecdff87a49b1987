"""The message that invites a colleague to work on an event."""

from dataclasses import dataclass

from shared.mail.kinds import Addressing, MessageKind, mime, texts
from shared.storage.models import Event


@dataclass(frozen=True)
class ColleagueLink:
    """A colleague's invitation to an event, with their name and link."""

    event: Event
    name: str
    link: str

    def compose(self, kind: MessageKind, addressing: Addressing) -> bytes:
        text = texts.write(self.event, kind, {"name": self.name, "link": self.link})
        return mime.letter(self.event, text, addressing, self.name)
