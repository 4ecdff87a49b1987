"""What a report says about one recipient, and what that means for the person."""

import re
from dataclasses import dataclass
from enum import StrEnum

from shared.addresses import deliverable_address
from shared.mail.bounces.verdict import BounceVerdict, judge_failure

_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?![\d.])")
_LONGEST_TEXT = 500


class Action(StrEnum):
    """RFC 3464, 2.3.3; a mail neither failed nor delayed has arrived somehow."""

    FAILED = "failed"
    DELAYED = "delayed"
    ARRIVED = "arrived"


@dataclass(frozen=True)
class ReportedRecipient:
    """One recipient of a report: the address as it was tried, and as it was first given.

    `status` is that of RFC 3463 or empty, `diagnostic` the answer of the refusing server.
    """

    action: Action
    address: str = ""
    original: str = ""
    status: str = ""
    diagnostic: str = ""

    @property
    def text(self) -> str:
        """What the server said, as one printable line."""
        status = "" if self.status in self.diagnostic else f"{self.status} "
        said = f"{status}{self.diagnostic}"
        # Anybody may write reports, and databases refuse a NUL or half a character.
        printable = "".join(letter if letter.isprintable() else " " for letter in said)
        return " ".join(printable.split())[:_LONGEST_TEXT]

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
        named = [one for one in (self.address, self.original) if one and one.isprintable()]
        forms = (form for one in named for form in (one, _as_kept(one)))
        return tuple(dict.fromkeys(form.lower() for form in forms))

    def verdict(self) -> BounceVerdict:
        """What it means for the person."""
        if self.action is Action.ARRIVED:
            return BounceVerdict.IGNORED
        if self.action is Action.DELAYED:
            return BounceVerdict.DELAYED
        return judge_failure(self.text)


def _as_kept(address: str) -> str:
    try:
        return deliverable_address(address)
    except ValueError:
        return address
