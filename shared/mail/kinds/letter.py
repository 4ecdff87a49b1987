"""The message with a link for somebody who need not be on a list."""

from dataclasses import dataclass

from shared.language import Language
from shared.mail.kinds import Addressing, MessageKind, mime, texts
from shared.storage.models import Event


@dataclass(frozen=True)
class Letter:
    """A link, with its reader's name and a language that they have, if these are known."""

    event: Event
    link: str
    name: str = ""
    language: Language | None = None

    def compose(self, kind: MessageKind, addressing: Addressing) -> bytes:
        values = {"name": self.name, "link": self.link}
        text = texts.write(self.event, kind, values, language=self.language)
        return mime.letter(self.event, text, addressing, self.name)
