"""What a report says about one recipient: that the address takes no mail, or only that this mail
failed.

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


class BounceVerdict(StrEnum):
    """What a mail in the mailbox means; `certs bounce` prints these values."""

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


# Addresses are no wording: a recipient may be called spam@, and 195.2.1.44 is no status 5.2.1.
_NO_WORDS = re.compile(r"[^\s<>@]{1,64}@[^\s<>]{1,255}|\d+(?:\.\d+){3}")
# A persistent transient failure (RFC 3463, 3.1), whatever its words.
_TRANSIENT = r"^4\.\d{1,3}\.\d{1,3}\b|^4\d\d\b"
# It was retried for days: a server that cannot be reached says nothing about the address.
_EXPIRED = (
    r"[45]\.4\.7\b|expired|timed? ?out|too long in (the )?queue|retry time|time limit"
    r"|multiple retries|超时|过期"
)
# Another mail may find room.
_FULL = (
    r"[45]\.2\.2\b|\b522\b|over ?quota|quota (exceeded|violation)"
    r"|(exceed|beyond|out of|insufficient|no).{0,30}\b(quota|storage|disk|space|size)"
    r"|(mail)?(box|folder|account).{0,30}\b(full|quota|storage)|inbox is full"
    r"|已满|空间不足|容量"
)
# Whom the words blame instead of the recipient. They outweigh the status, which many servers add to
# any refusal ("5.1.1 550 5.7.1 IP address blacklisted").
_NETWORK = (
    r"(black|block|deny|bl[ao]ck ?hole).?list|\brbl\b|dnsbl|spamhaus|spamcop|blocked|banned"
    r"|(?<!rejected: )access denied"
    r"|reputation|\bptr\b|reverse (dns|lookup|host)|\brdns\b|open relay|dynamic ip"
    r"|\bip( address)?\b[ :]{1,3}(\S+ )?(not|is|has|was|reject|listed|for|black|block)"
    r"|mismatch\w* client|client (host|ip)|(invalid|your|this) (ip|network|server|host)\b"
    r"|(host|network|server) (access|network|not allowed)|mail servers? (must|from|is|does)"
)
_SENDER = (
    r"\b5\.1\.[78]\b|\bsender\b.{0,40}\b(address|domain|reject|denied|invalid|unknown|not|verif|refus|does)"
    r"|(invalid|unknown|unrout\w+|unresolvable|bad|forged|missing) (sender|from|return|envelope)"
    r"|\bfrom: |\bmail from\b|\bfrom header|\b(helo|ehlo)\b|invalid domain name|send mail as"
    r"|\b(spf|dkim|dmarc)\b|authenticat|unauthorized|not authori[sz]ed|sender policy|\brelay"
    r"|verification failed"
)
_CONTENT = (
    r"\bspam|junk|virus|malware|phish|suspicious|\bcontent|\bpolicy|policies"
    r"|(illegal|forbidden|blocked|invalid) attachment"
    r"|message (was |is |has been )?(rejected|refused|blocked|too|size|content)"
    r"|(mail|message) rejet|rfc.?\d{3,4}|垃圾|拒收|拒绝|拦截|黑名单"
)
_RATE = (
    r"too (many|fast|much|frequent)|\brate\b|throttl|frequen|(this|per|an|each) (hour|day|minute)"
    r"|limit exceeded|exceed\w* .{0,20}limit|gr[ae]y.?list|try (again )?later|later time|频率"
)
_SERVER = (
    r"service .{0,20}(unavailable|not available|refuse)|not accepting|unavailable at this"
    r"|transaction failed|protocol (violation|error)|syntax error|improper sequence|parameter"
    r"|(unrecognized|unknown|invalid|bad|illegal) command|command (not|rejected|unrecognized)"
    r"|socket error|connection (refused|reset|lost|dropped|closed|timed)"
    r"|did not accept .{0,20}connect"
    r"|(couldn|can).t (create|open)|cannot (create|open)|\bpipe\b"
    r"|(configuration|internal|system) (error|problem|failure)|local configuration"
    r"|loop|too many hops|starttls|\btls\b|certificate|malformed or unexpected"
    r"|temporar|deferred|permission|[权權]限"
)
# What is wrong with the way in which all mails of an account leave.
_HOW_IT_WAS_SENT = re.compile(f"{_NETWORK}|{_SENDER}", re.I)
_NOT_THE_ADDRESS = re.compile(
    "|".join((_TRANSIENT, _EXPIRED, _FULL, _NETWORK, _SENDER, _CONTENT, _RATE, _SERVER)), re.I
)
# Unknown, disabled or moved: by a status of RFC 3463 (3.2, 3.3, 3.5), or by words.
_NO_MAIL_TAKEN = re.compile(
    r"\b5\.1\.([0-4]|6|10)\b|\b5\.2\.1\b|\b5\.4\.4\b"
    r"|\b5\.4\.1\b.*recipient address rejected"
    r"|no such (user|recipient|mailbox|address|account|person|domain|host|local|here)"
    r"|(unknown|invalid|non-?existent|inactive|disabled|unrout\w+|undeliverable)"
    r" (\w+ )?(user|recipient|mailbox|address|account|local|host|domain)"
    r"|(user|recipient|mailbox|address|account|host|domain|destination)\b.{0,40}"
    r"\b(unknown|not (found|exist|recognized|listed|known|a valid|valid|active)|n.t exist"
    r"|does not (exist|have)|disabled|deactivated|inactive|suspended|discontinued|closed"
    r"|terminated|invalid|moved|no longer)"
    r"|mailbox unavailable(?! or access)|no (mailbox|account|user) (here|by that name|with)"
    r"|not (our|a valid|one of our) (customer|user|mailbox|recipient|address)|not a registered"
    r"|n.t have an? .{0,40}account|(has|have) moved"
    r"|no longer (here|valid|employed|works?|exists?|on|with)"
    r"|name is not recognized|no valid recipients|host not found|null mx"
    r"|(couldn.t|can.?not) (find|locate).{0,40}(user|host|mailbox|recipient|domain)"
    r"|(address|user|mailbox|host) (couldn.t|could not|can.?not) be found"
    r"|不存在|无此用户|无效的?(用户|收件人|地址)"
    r"|(用户|收件人|地址|帐号|账号).{0,10}(无效|停用|冻结|注销|错误|禁用)"
    r"|(没有|找不到)[该此这个]{0,2}(用户|收件人|帐号|账号)",
    re.I | re.S,
)


def blames_the_sender(text: str) -> bool:
    """Whether the words of a report about a mail that failed blame the sender (SPF, DKIM, DMARC,
    the address in From) or the network that it came from (block lists, PTR)."""
    return _HOW_IT_WAS_SENT.search(_NO_WORDS.sub(" ", text)) is not None


def _judge_failure(text: str) -> BounceVerdict:
    """HARD if the words of a report about a mail that failed say that the address takes no mail;
    SOFT if they blame anything else, or nothing. `text` begins with the status, if there is one.
    """
    words = _NO_WORDS.sub(" ", text)
    if _NOT_THE_ADDRESS.search(words):
        return BounceVerdict.SOFT
    return BounceVerdict.HARD if _NO_MAIL_TAKEN.search(words) else BounceVerdict.SOFT


_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?![\d.])")


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
        named = [one for one in (self.address, self.original) if one and one.isprintable()]
        forms = (form for one in named for form in (one, _as_kept(one)))
        return tuple(dict.fromkeys(form.lower() for form in forms))

    def verdict(self) -> BounceVerdict:
        """What it means for the person."""
        if self.action is Action.ARRIVED:
            return BounceVerdict.IGNORED
        if self.action is Action.DELAYED:
            return BounceVerdict.DELAYED
        return _judge_failure(self.text)


def _as_kept(address: str) -> str:
    try:
        return deliverable_address(address)
    except ValueError:
        return address
