"""One recipient of a report, and what it says about them: that the address takes no mail, or only
that this mail failed.

Whoever is flagged gets no more mail, so a report has to say so itself. At the door, where the
server answers us, a refusal without words is enough (`transport.verdicts`); a report is written by
servers that nobody chose, which blame recipients for what was wrong with the sender, the content or
a network.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from shared.addresses import deliverable_address
from shared.mail.transport.answers import printed
from shared.mail.transport.phrases import Meaning, is_transient, meaning


class BounceVerdict(StrEnum):
    """The meaning of a mail in the mailbox; `certs bounce` prints these values."""

    # The address takes no mail: its person is flagged.
    HARD = "hard"
    # The mail did not arrive, but a later one may.
    SOFT = "soft"
    # The server keeps trying.
    DELAYED = "delayed"
    # It arrived, and its reader told their provider that it was unwanted.
    COMPLAINED = "complained"
    # Its reader asks for no more invitations and reminders.
    OPTED_OUT = "opted_out"
    IGNORED = "ignored"


_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?![\d.]|-\d)")


class DeliveryAction(StrEnum):
    """The fate of a mail (RFC 3464, 2.3.3); one that neither failed nor is delayed has arrived
    somehow."""

    FAILED = "failed"
    DELAYED = "delayed"
    ARRIVED = "arrived"


@dataclass(frozen=True)
class ReportedRecipient:
    """One recipient of a report: the address as it was tried, and as it was first given.

    `status` is that of RFC 3463 or empty, `diagnostic` the answer of the refusing server, and `us`
    the address that the report was sent to.
    """

    action: DeliveryAction
    address: str = ""
    original: str = ""
    status: str = ""
    diagnostic: str = ""
    us: str = ""

    @property
    def text(self) -> str:
        """The server's words, as one printable line."""
        status = "" if self.status in self.diagnostic else f"{self.status} "
        return printed(f"{status}{self.diagnostic}")

    @property
    def code(self) -> int:
        """The server's reply code of RFC 5321, derived from the status if it gave none."""
        if found := _CODE.search(self.diagnostic):
            return int(found[1])
        return 450 if self.status.startswith("4") else 550

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that are named, in the forms in which ours may be stored; only printable
        ones, since a database refuses to look for others."""
        named = [
            address
            for address in (self.address, self.original)
            if address and address.isprintable()
        ]
        forms = (form for address in named for form in (address, _as_kept(address)))
        return tuple(dict.fromkeys(form.lower() for form in forms))

    def verdict(self) -> BounceVerdict:
        """Return what it means for the person."""
        if self.action is DeliveryAction.ARRIVED:
            return BounceVerdict.IGNORED
        if self.action is DeliveryAction.DELAYED:
            return BounceVerdict.DELAYED
        if is_transient(self.diagnostic, self.status):
            return BounceVerdict.SOFT
        # What the recipient has in common with us names nobody.
        theirs = {*self.addresses, *(address.rpartition("@")[2] for address in self.addresses)}
        ours = {self.us.lower(), self.us.lower().rpartition("@")[2]} - {""}
        us = sorted(ours - theirs, key=len, reverse=True)
        said = meaning(self.diagnostic, self.status, us)
        is_dead = said in (Meaning.UNKNOWN, Meaning.GONE)
        return BounceVerdict.HARD if is_dead else BounceVerdict.SOFT


def _as_kept(address: str) -> str:
    try:
        return deliverable_address(address)
    except ValueError:
        return address
