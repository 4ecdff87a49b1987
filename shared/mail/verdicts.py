"""What the answer of a mail server means for the mail, the address and the account."""

import re
from dataclasses import dataclass
from enum import StrEnum

# The steps of one hand-over. `data` ends when the server asks for the content (354); from then
# on, `content`, a lost connection leaves open whether the mail was accepted.
PHASES = ("connect", "auth", "mail", "rcpt", "data", "content")


class Verdict(StrEnum):
    SENT = "sent"
    RETRY = "retry"
    PAUSE = "pause"
    BAD = "bad"
    FIX = "fix"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Rule:
    phases: tuple[str, ...]
    codes: re.Pattern[str]
    words: re.Pattern[str]
    verdict: Verdict

    def fits(self, phase: str, code: int | None, text: str) -> bool:
        return (
            phase in self.phases
            and self.codes.fullmatch(str(code or 0)) is not None
            and self.words.search(text) is not None
        )


def _rule(phases: str, codes: str, words: str, verdict: Verdict) -> Rule:
    return Rule(tuple(phases.split()), re.compile(codes), re.compile(words, re.I), verdict)


_ANY_WORDS = ""
_NO_ANSWER = "0"

# The first rule that fits decides. Texts win over codes, because providers announce temporary
# limits with 5xx codes and permanent refusals with 4xx codes.
RULES: tuple[Rule, ...] = (
    # The connection: what no waiting can mend first.
    _rule("connect auth", _NO_ANSWER, r"certificate|wrong.version|not supported", Verdict.FIX),
    _rule("auth", _NO_ANSWER, r"cannot be sent in a sign-in", Verdict.FIX),
    _rule("connect auth", r"0|4..", _ANY_WORDS, Verdict.PAUSE),
    _rule("connect auth", r"5..", r"limit|frequen|too many|try again later", Verdict.PAUSE),
    _rule("connect auth", r"5..", _ANY_WORDS, Verdict.FIX),
    # The connection was lost.
    _rule("content", _NO_ANSWER, _ANY_WORDS, Verdict.UNSURE),
    _rule("mail rcpt data", _NO_ANSWER, _ANY_WORDS, Verdict.RETRY),
    # The server is about to close, whatever step it says it in (RFC 5321, 3.8).
    _rule("mail rcpt data content", r"421", _ANY_WORDS, Verdict.PAUSE),
    # Not signed in, or not any more.
    _rule(
        "mail rcpt data content",
        r"53[0458]|5..",
        r"5\.7\.30\b|5\.7\.139|authenticat(ion|e).*(required|first)|must issue a STARTTLS"
        r"|not authenticated|login first",
        Verdict.FIX,
    ),
    # Too large for the server.
    _rule(
        "mail rcpt data content",
        r"5..",
        r"5\.3\.4|5\.2\.3|(message|mail|attachment)s?( is)? ?(size|too (big|large|long))"
        r"|exceeded mailsize|size (exceed|limit)",
        Verdict.FIX,
    ),
    # A full mailbox concerns one address, though it speaks of a quota.
    _rule("rcpt data content", r"4..", r"4\.2\.2|over ?quota|mailbox.*full", Verdict.RETRY),
    _rule(
        "rcpt data content",
        r"5..",
        r"5\.2\.2|over ?quota|mailbox.*full|storage.*exceed|out of storage",
        Verdict.BAD,
    ),
    # One address that gets too much mail (Gmail's 4.2.1), or a first mail from us (greylisting).
    _rule("rcpt data content", r"4..", r"4\.2\.1(?!.*(relay|customer))", Verdict.RETRY),
    _rule("mail rcpt data content", r"4..", r"gr[ae]y.?list|postgrey", Verdict.RETRY),
    # Nobody there.
    _rule(
        "rcpt data content",
        r"5..",
        r"5\.1\.[0-36]\b|5\.4\.1\b|no such (user|recipient|mailbox|address|here)|unknown user"
        r"|(user|recipient|mailbox|address|account).{0,40}(unknown|not (found|exist)|n.t exist"
        r"|disabled|suspend|inactive|unavailable|not available|invalid)"
        r"|(unknown|invalid|inactive) (recipient|mailbox|address|user|local)"
        r"|no (mailbox|account|user) (here|by that name)|not our customer|mailbox not found",
        Verdict.BAD,
    ),
    # Too much, too fast: the account rests, no address is to blame.
    _rule(
        "mail rcpt data content",
        r"[45]..",
        r"[45]\.4\.5\b|4\.7\.0\b|[45]\.7\.28\b|5\.7\.50\d|quota|\brate\b|\blimit"
        r"|too (many|fast|much|quick)|frequen|throttl|exceed|\bbusy\b"
        r"|(MI|RP):(SFQ|STC|DMC|TRC|QRC|DRC)",
        Verdict.PAUSE,
    ),
    _rule("mail rcpt data content", r"4..", _ANY_WORDS, Verdict.RETRY),
    # The sender, the content or the relay is refused: the next mail would fare the same.
    _rule("mail", r"5..", _ANY_WORDS, Verdict.FIX),
    _rule(
        "rcpt data content",
        r"5..",
        r"5\.7\.\d+|DT:SP|HL:|spam|content (den|rej)|polic(y|ies)|block|black|\brbl\b|relay|auth"
        r"|verif|suspicious|virus|dmarc|\bspf\b|dkim",
        Verdict.FIX,
    ),
    _rule("rcpt data content", r"5..", _ANY_WORDS, Verdict.BAD),
)


def judge(phase: str, code: int | None, text: str) -> Verdict:
    """What an answer means that is not a success.

    `phase` is one of PHASES; `code` is None (or 0) when the connection failed instead, and
    `text` is then the error. An answer that no rule knows is tried again.
    """
    return next((rule.verdict for rule in RULES if rule.fits(phase, code, text)), Verdict.RETRY)


_DAILY = re.compile(
    r"daily|per day|\bday\b|24.?h|[45]\.4\.5\b|sending (quota|limit)|MI:(SFQ|STC)|RP:(QRC|DRC)"
    r"|today",
    re.I,
)


def is_daily_quota(text: str) -> bool:
    """Whether a pausing answer speaks of the day's quota, so that minutes will not mend it."""
    return _DAILY.search(text) is not None


def explain_answer(code: int | None, text: str, host: str, language: str) -> str:
    """What a trouble means and how to mend it, in plain words; empty without a trouble."""
    return ""
