"""The message with somebody's personal link, in the text that fits their status."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.events.naming import asks_to_check
from shared.mail.kinds import Addressing, MessageKind, mime, texts
from shared.storage.models import Event, Group, Volunteer, now
from shared.storage.models.volunteer import HAS_SUBMITTED, NAMED_BY_LIST
from shared.storage.traits import holds


@dataclass(frozen=True)
class PersonalLink:
    """A person's link, and the headers by which mail programs recognize the event's list."""

    event: Event
    volunteer: Volunteer
    link: str
    headers: Mapping[str, str] = field(default_factory=dict)
    # The address to unsubscribe from invitations and reminders.
    reminders: str = ""
    # The person's group, if any.
    group: Group | None = None

    def compose(self, kind: MessageKind, addressing: Addressing) -> bytes:
        """Return the message. It has no attachment: spam filters judge us by these messages."""
        text, name = self.text(kind), self.volunteer.name
        return mime.letter(self.event, text, addressing, name, **self.headers)

    def text(self, kind: MessageKind) -> texts.MessageText:
        """Return the text that fits the person's status."""
        person = self.volunteer
        values = {"name": person.name, "number": person.number, "link": self.link}
        may_opt_out = kind.may_opt_out
        has_submitted = holds(HAS_SUBMITTED, person)
        # People on a list with names only check theirs, as long as there is time.
        checks_name = holds(NAMED_BY_LIST, person)
        if kind.to_holder and has_submitted:
            kind = kind.to_holder
        elif kind.to_check and checks_name and asks_to_check(self.event, now()):
            kind = kind.to_check
        if may_opt_out and kind.may_opt_out:
            values["reminders"] = self.reminders
        return texts.write(self.event, kind, values, columns=person.columns, group=self.group)
