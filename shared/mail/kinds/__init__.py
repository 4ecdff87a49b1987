"""The kinds of message, one folder each. All that distinguishes one stands in its `MessageKind`:
what it may say, and when it is still wanted. Its bytes are made in its `message.py`, which is
needed only where a message is composed.

Other rooms ask the registry. When a message leaves is up to the queue, and its attachments come
from the worker.
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
    """From whom, to whom (both plain addr-specs), and the id that is the same on every try; `marks`
    are headers by which a relay names the mail when it tells of it."""

    sender: str
    to: str
    message_id: str
    marks: Mapping[str, str] = field(default_factory=dict)


class Material(Protocol):
    """What a message is made of, which the worker supplies."""

    def compose(self, kind: "MessageKind", addressing: Addressing) -> bytes:
        """The message as a mail server gets it."""


@dataclass(frozen=True, eq=False)
class MessageKind:
    """One kind. Its folder holds `subject.txt` and `body.txt`, in English.

    Texts that people read (`title` and what follows it) are msgids.
    """

    # As the database stores it, in at most 32 characters.
    name: str
    folder: Path
    title: str
    # Two lines of a person's history; the second is given the {address}.
    queued: str
    accepted: str
    placeholders: tuple[str, ...] = (*EVERYWHERE, "link")
    # The last check, as a condition on the row in `Mail`: is it still wanted?
    is_still_wanted: ColumnElement[bool] = field(default_factory=true)
    # The (earliest) status of volunteers for whom it is queued, and the one that they reach when a
    # server accepts it.
    status_queued: Status = Status.NEW
    status_accepted: Status | None = None
    # Whether what it brought still counts, as a condition on the row in `Mail`; None: it always
    # does. Only then they reach that status.
    still_counts: ColumnElement[bool] | None = None
    # It is for the organizer's own eyes, and about no volunteer.
    for_organizer: bool = False
    # It asks for the name: people who got one recently are not reminded.
    is_asking: bool = False
    # Somebody was promised it: it leaves even if the organizer cancels what is waiting.
    is_promised: bool = False
    # People who opted out get none of this kind.
    may_opt_out: bool = False
    # Organizers may write their own text for it.
    is_editable: bool = True
    # Warnings for such a text that omits a placeholder which it should have.
    left_out: Mapping[str, str] = field(default_factory=dict)
    # Its text for people who are asked to check their name on the list; never queued.
    to_check: "MessageKind | None" = None
    # Its text for people who have entered their name, whatever organizers wrote for the others;
    # never queued.
    to_holder: "MessageKind | None" = None
    # The number on the screen that counts it until it has left; kinds may share one.
    to_go: str = ""
    # The words on the button, where the text has nothing but {link} in a paragraph.
    button: str = N_("Open my page")
    # Why one gets it, for its footer: with an organization's name, and without.
    reasons: tuple[str, str] = ON_THE_LIST
    # The name of a test mail that shows it; empty: there is none.
    sample: str = ""
    # Whom an organizer may send it to with its own button, as a condition on `Volunteer`.
    audience: ColumnElement[bool] | None = None

    @property
    def family(self) -> str:
        """The key of its text; kinds in one folder share it, and their versions.

        Of one person's messages in a family, the newest counts. Programs know a kind by this name.
        """
        return self.folder.name

    @property
    def may_be_taken_back(self) -> bool:
        """Whether an organizer may cancel it."""
        return not self.is_promised and not self.for_organizer

    def steps_up(self, mail: Any) -> ColumnElement[bool]:
        """Whether a volunteer's status grows when a server accepts the message with the id
        `mail`."""
        if self.status_accepted is None:
            return false()
        steps = [Volunteer.status >= self.status_queued, Volunteer.status < self.status_accepted]
        if self.still_counts is not None:
            steps.append(exists().where(Mail.id == mail, self.still_counts))
        return and_(*steps)

    @property
    def takers(self) -> ColumnElement[bool]:
        """The trait of the people who take it."""
        if not self.may_opt_out:
            return REACHABLE
        return MAY_GET_LINK if self.is_asking else MAY_BE_NOTIFIED


def goes_to(*who: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a message in `Mail` goes to a volunteer who meets all these conditions."""
    # Not EXISTS, for which PostgreSQL may read everybody beforehand.
    answer = select(and_(*who)).where(Volunteer.id == Mail.volunteer_id)
    return answer.correlate(Mail).scalar_subquery()
