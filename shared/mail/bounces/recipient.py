"""What a report says about one recipient, and what that means for the person."""

import re
from dataclasses import dataclass
from enum import StrEnum

from shared.addresses import deliverable_address
from shared.mail.transport.verdicts import judge
from shared.storage.models import Phase, Verdict

_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?![\d.])")
# It was retried for days: an unreachable server says nothing about the address.
_EXPIRED = re.compile(
    r"[45]\.4\.7\b|expired|timed? ?out|too long in (the )?queue|retry time|time limit|超时|过期",
    re.I,
)
# Mail systems that give no codes (QQ, NetEase): refused for its content or its sender.
_REFUSED_CONTENT = re.compile("垃圾|拒收|拒绝|拦截|反垃圾|频率|黑名单|已满|空间不足")
_LONGEST_TEXT = 500


class Action(StrEnum):
    """RFC 3464, 2.3.3; a mail neither failed nor delayed has arrived somehow."""

    FAILED = "failed"
    DELAYED = "delayed"
    ARRIVED = "arrived"


class BounceVerdict(StrEnum):
    """What a mail in the mailbox means; `certs bounce` prints these values."""

    # The address takes no mail: its person is flagged.
    HARD = "hard"
    # The mail did not arrive, but a later one may.
    SOFT = "soft"
    # The server keeps trying.
    DELAYED = "delayed"
    IGNORED = "ignored"


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
        """What it means; the text is judged as if the server had sent it to us."""
        if self.action is Action.ARRIVED:
            return BounceVerdict.IGNORED
        if self.action is Action.DELAYED:
            return BounceVerdict.DELAYED
        if _EXPIRED.search(self.text) or _REFUSED_CONTENT.search(self.text):
            return BounceVerdict.SOFT
        is_refused = judge(Phase.RCPT, self.code, self.text) is Verdict.REJECTED
        return BounceVerdict.HARD if is_refused else BounceVerdict.SOFT


def _as_kept(address: str) -> str:
    try:
        return deliverable_address(address)
    except ValueError:
        return address
