"""The personal link: with the request for a name, with that to check the one on the list, or alone,
for people who have entered theirs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import or_, true

from shared.events.naming import asks_to_check
from shared.language import N_
from shared.mail.kinds import EVERYWHERE, Addressing, MessageKind, goes_to, mime, texts
from shared.storage.models import Event, Group, Status, Volunteer, now
from shared.storage.models.message import SENT_AGAIN
from shared.storage.models.volunteer import HAS_SUBMITTED, NAMED_BY_LIST
from shared.storage.traits import holds

_KINDS = Path(__file__).parents[1]


@dataclass(frozen=True)
class PersonalLink:
    """Whose link it is, and the headers by which mail programs recognize the event's list."""

    event: Event
    volunteer: Volunteer
    link: str
    headers: Mapping[str, str] = field(default_factory=dict)
    # Where they unsubscribe from invitations and reminders.
    reminders: str = ""
    # The group that the person is in, if any.
    group: Group | None = None

    def compose(self, kind: MessageKind, addressing: Addressing) -> bytes:
        """No attachment: spam filters judge us by these messages."""
        text, name = self.text(kind), self.volunteer.name
        return mime.letter(self.event, text, addressing, name, **self.headers)

    def text(self, kind: MessageKind) -> texts.MessageText:
        """What its person reads, in the text for those who stand where they stand."""
        person = self.volunteer
        values = {"name": person.name, "number": person.number, "link": self.link}
        may_opt_out = kind.may_opt_out
        has_submitted = holds(HAS_SUBMITTED, person)
        # They are only asked to check their name, and still have time.
        checks_name = holds(NAMED_BY_LIST, person)
        if kind.to_holder and has_submitted:
            kind = kind.to_holder
        elif kind.to_check and checks_name and asks_to_check(self.event, now()):
            kind = kind.to_check
        if may_opt_out and kind.may_opt_out:
            values["reminders"] = self.reminders
        return texts.write(self.event, kind, values, columns=person.columns, group=self.group)


_QUEUED = N_("Invitation queued")
_ACCEPTED = N_("Invitation accepted by the mail server for {address}")
_NO_LINK = N_("The invitation has no {{link}}. It is added at the end.")
# The text of an invitation for people whose name is on the list: they only check it, until a given
# day. Never queued by itself.
CHECK = MessageKind(
    name="check",
    folder=_KINDS / "check",
    title=N_("Request to check the name"),
    queued=_QUEUED,
    accepted=_ACCEPTED,
    placeholders=(*EVERYWHERE, "link", "until"),
    needs=PersonalLink,
    button=N_("Check my name"),
    may_opt_out=True,
    left_out={
        "link": _NO_LINK,
        "until": N_("The request to check the name does not say until when: {{until}}."),
    },
    sample=N_("Text of the request to check the name"),
)
# The same for people who have entered their name: their certificate is behind the link.
OWN_PAGE = MessageKind(
    name="own_page",
    folder=_KINDS / "own_page",
    title=N_("Personal link"),
    queued=_QUEUED,
    accepted=_ACCEPTED,
    needs=PersonalLink,
    is_editable=False,
)
INVITATION = MessageKind(
    name="invitation",
    folder=Path(__file__).parent,
    title=N_("Invitation"),
    queued=_QUEUED,
    accepted=_ACCEPTED,
    needs=PersonalLink,
    # Sent by hand, also to people who have submitted: it is their way back.
    is_still_wanted=or_(SENT_AGAIN, goes_to(~HAS_SUBMITTED)),
    button=N_("Enter my name"),
    status_accepted=Status.INVITED,
    is_asking=True,
    may_opt_out=True,
    left_out={"link": _NO_LINK},
    to_go=N_("Invitations left"),
    sample=N_("Text of the invitation"),
    to_check=CHECK,
    to_holder=OWN_PAGE,
)
# For somebody who asked for it: an invitation that no organizer sent.
LINK_REQUEST = replace(
    INVITATION,
    name="link_request",
    queued=N_("Personal link requested by the person"),
    is_still_wanted=true(),
    may_opt_out=False,
)
