"""The kinds of message, one folder each.

A `MessageKind` holds all that distinguishes one: what it may say, and when it is still wanted. Its
`message.py` makes the bytes, and is needed only where a message is composed. Other rooms ask the
registry. The queue decides when a message is sent, and the worker brings attachments.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, exists, false, select, true

from shared.language import N_
from shared.storage.models import Mail, Status, Volunteer
from shared.storage.models.volunteer import MAY_BE_NOTIFIED, MAY_GET_LINK, REACHABLE

# Placeholders that every text may use.
EVERYWHERE = ("name", "number", "organization", "website", "event")
ON_THE_LIST = (
    N_("You receive this mail because {organization} has you on its list for {event}."),
    N_("You receive this mail because you are on the list for {event}."),
)


@dataclass(frozen=True)
class Addressing:
    """Sender and recipient (both plain addr-specs), and the id, which is the same on every attempt;
    `marks` are headers by which a relay names the mail in its reports."""

    sender: str
    to: str
    message_id: str
    marks: Mapping[str, str] = field(default_factory=dict)


class Material(Protocol):
    """The content of a message, which the worker supplies."""

    def compose(self, kind: "MessageKind", addressing: Addressing) -> bytes:
        """Return the message as a mail server gets it."""


@dataclass(frozen=True, eq=False)
class MessageKind:
    """One kind. Its folder has `subject.txt` and `body.txt`, in English.

    Texts that people read (`title` and the following) are msgids.
    """

    # As the database stores it, in at most 32 characters.
    name: str
    folder: Path
    title: str
    # Two lines of a person's history; the second is given the {address}.
    queued: str
    accepted: str
    placeholders: tuple[str, ...] = (*EVERYWHERE, "link")
    # Whether it is still wanted, as a condition on the row in `Mail`; checked last.
    is_still_wanted: ColumnElement[bool] = field(default_factory=true)
    # The lowest status of volunteers for whom it is queued, and their status once a server accepts
    # it.
    status_queued: Status = Status.NEW
    status_accepted: Status | None = None
    # Whether what it brought still counts, as a condition on the row in `Mail`; only then that
    # status is reached. None: it always counts.
    still_counts: ColumnElement[bool] | None = None
    # It goes to no volunteer: to an organizer, a colleague or a plain address.
    for_organizer: bool = False
    # It asks for the name: people who got one recently are not reminded.
    is_asking: bool = False
    # Somebody was promised it: it is sent even if the organizer cancels what is waiting.
    is_promised: bool = False
    # People who opted out get none of this kind.
    may_opt_out: bool = False
    # Organizers may write their own text for it.
    is_editable: bool = True
    # Warnings for such a text that omits a placeholder which it should have.
    left_out: Mapping[str, str] = field(default_factory=dict)
    # The text for people who are asked to check their name on the list; never queued.
    to_check: "MessageKind | None" = None
    # The text for people who have entered their name, whatever organizers wrote for the others;
    # never queued.
    to_holder: "MessageKind | None" = None
    # The number on the screen that counts it until it is sent; kinds may share one.
    to_go: str = ""
    # The words on the button, which replaces a paragraph that is only {link}.
    button: str = N_("Open my page")
    # The reason in the footer for getting it: with an organization's name, and without.
    reasons: tuple[str, str] = ON_THE_LIST
    # The name of a test mail that shows it; empty if there is none.
    sample: str = ""
    # People whom an organizer may send it to with its own button, as a condition on `Volunteer`.
    audience: ColumnElement[bool] | None = None

    @property
    def family(self) -> str:
        """The key of its text; kinds in one folder share it, and their versions.

        Of one person's messages in a family, the newest counts. In calls, this is the name of a
        kind.
        """
        return self.folder.name

    @property
    def may_be_taken_back(self) -> bool:
        """Return whether an organizer may cancel it."""
        return not self.is_promised and not self.for_organizer

    def steps_up(self, mail: Any) -> ColumnElement[bool]:
        """Return whether accepting the message with the id `mail` raises its volunteer's status."""
        if self.status_accepted is None:
            return false()
        steps = [Volunteer.status >= self.status_queued, Volunteer.status < self.status_accepted]
        if self.still_counts is not None:
            steps.append(exists().where(Mail.id == mail, self.still_counts))
        return and_(*steps)

    @property
    def takers(self) -> ColumnElement[bool]:
        """The trait of the people who get this kind."""
        if not self.may_opt_out:
            return REACHABLE
        return MAY_GET_LINK if self.is_asking else MAY_BE_NOTIFIED


def goes_to(*who: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether a message in `Mail` goes to a volunteer who meets all these conditions."""
    # Not EXISTS, for which PostgreSQL may read everybody beforehand.
    answer = select(and_(*who)).where(Volunteer.id == Mail.volunteer_id)
    return answer.correlate(Mail).scalar_subquery()
