"""What the answer of a mail server means for the mail, the address and the account."""

import re
from dataclasses import dataclass
from enum import StrEnum

from shared.language import N_, translate

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
_NOBODY = (
    r"5\.1\.[0-36]\b|5\.4\.1\b|no such (user|recipient|mailbox|address|here)|unknown user"
    r"|(user|recipient|mailbox|address|account).{0,40}(unknown|not (found|exist)|n.t exist"
    r"|disabled|suspend|inactive|unavailable|not available|invalid)"
    r"|(unknown|invalid|inactive) (recipient|mailbox|address|user|local)"
    r"|no (mailbox|account|user) (here|by that name)|not our customer"
    r"|n.t have an? .{0,40}account|no longer on server"
)
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
        _NOBODY,
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
    """What a trouble means and how to mend it, in plain words; empty when nobody knows.

    `host` is the mail server's name: providers want different cures for the same answer.
    """
    said = f"{code or ''} {text}"
    for words, advice in _ADVICE:
        if words.search(said):
            return translate(advice if advice else _sign_in_advice(host), language)
    return ""


def _sign_in_advice(host: str) -> str:
    return next((cure for name, cure in _SIGN_IN_CURES if name.search(host)), _ANY_SIGN_IN)


def _meaning(words: str, advice: str) -> tuple[re.Pattern[str], str]:
    return re.compile(words, re.I), advice


_ANY_SIGN_IN = N_(
    "The server does not accept this user name and password. Many providers want a special "
    "password for programs, which is made in the account's security settings."
)
_SIGN_IN_CURES = (
    _meaning(
        r"gmail|google",
        N_(
            "Gmail wants an app password, not the password of the account: turn on two-step "
            "verification, make one at myaccount.google.com/apppasswords and enter its 16 letters."
        ),
    ),
    _meaning(
        r"exmail\.qq",
        N_(
            "Tencent Exmail wants a client password: log in to the mailbox on the web, open "
            "Settings, then Client settings, switch SMTP on, and make one there."
        ),
    ),
    _meaning(
        r"\bqq\.com|foxmail",
        N_(
            "QQ Mail wants the authorization code, not the password: log in at mail.qq.com, open "
            "Settings, then Account, switch the SMTP service on, and copy the 16 letters shown."
        ),
    ),
    _meaning(
        r"\b(163|126|188)\.com|yeah\.net",
        N_(
            "NetEase Mail (163, 126, yeah) wants the authorization code, not the password: log in "
            "on the web, open Settings, then POP3/SMTP/IMAP, switch SMTP on, and copy the code."
        ),
    ),
    _meaning(
        r"outlook|office365|hotmail|live\.com",
        N_(
            "Microsoft no longer lets programs sign in with the password of Outlook.com. For "
            "Microsoft 365 an administrator can allow “Authenticated SMTP” for this mailbox; "
            "otherwise send from another provider's account."
        ),
    ),
    _meaning(
        r"yahoo|icloud|mail\.me\.com|aol|zoho|yandex|fastmail",
        N_(
            "This provider wants an app password, not the password of the account. It is made in "
            "the account's security settings."
        ),
    ),
)
# The first that fits explains; "" stands for the cure of the provider's own sign-in.
_ADVICE = (
    _meaning(
        r"certificate",
        N_(
            "The server cannot prove who it is (its certificate), so nothing was sent to it. Check "
            "the server's name; on a network of your own, ask who runs the server."
        ),
    ),
    _meaning(
        r"wrong.version",
        N_(
            "Port and encryption do not belong together: 465 goes with TLS, 587 with STARTTLS, "
            "25 with a relay on your own network."
        ),
    ),
    _meaning(
        r"starttls.*not supported|never sent without TLS|must issue a STARTTLS",
        N_(
            "The server offers no encryption on this port, and a password is never sent without "
            "it. Choose TLS with port 465, or STARTTLS with port 587."
        ),
    ),
    _meaning(
        r"auth.*not supported",
        N_("The server does not ask for a password here. Choose “without sign-in”, or its port."),
    ),
    _meaning(
        r"name or service not known|nodename nor servname|no address associated|getaddrinfo"
        r"|name resolution",
        N_("There is no server of this name, or the network is down. Check the server's name."),
    ),
    _meaning(
        r"\b53[0458]\b|5\.7\.(8|9|30|139)\b|authenticat(ion|e) (failed|unsuccessful|required)"
        r"|authentication is required|login fail|invalid login|password|no permission|授权|登录",
        "",
    ),
    _meaning(
        r"\bday\b|daily|5\.4\.5|24.?h|sending (quota|limit)|MI:SFQ|RP:QRC",
        N_(
            "The account has sent as many mails as its provider allows in a day. The rest leaves "
            "by itself as soon as it is allowed again."
        ),
    ),
    _meaning(
        r"(message|mail|attachment).{0,12}(size|too (big|large|long))|5\.3\.4|5\.2\.3|mailsize",
        N_("The mail is too large for this server. Make the certificate's picture smaller."),
    ),
    _meaning(
        r"4\.2\.2|5\.2\.2|mailbox.*full|over ?quota|out of storage",
        N_("The mailbox of this person is full. Ask for another address."),
    ),
    _meaning(
        r"gr[ae]y.?list",
        N_("The server wants to be asked twice. The mail is sent again by itself in some minutes."),
    ),
    _meaning(
        r"5\.7\.(26|515)|dmarc|\bspf\b|dkim|unauthenticated",
        N_(
            "The domain of the sender does not say that this server may send for it (SPF, DKIM, "
            "DMARC). Send through the domain's own provider, or let its administrator add it."
        ),
    ),
    _meaning(
        r"DT:SP|HL:|spam|content (den|rej)|suspicious|virus",
        N_(
            "The provider takes the mail for spam. Write your own words, name the organization, "
            "and send more slowly; a test mail shows whether it helps."
        ),
    ),
    _meaning(
        r"sender.{0,40}(reject|denied|not (owned|allow)|refus)|send.?as|from.{0,20}must be"
        r"|mail from.{0,40}(same|user)|not owned|address is not verified",
        N_(
            "This account may not send under this address. Use the account's own address as sender."
        ),
    ),
    _meaning(
        r"relay",
        N_("The server does not send for strangers. Sign in, or use the server of the account."),
    ),
    _meaning(
        _NOBODY + "|plain e-mail address",
        N_("There is no such mailbox. Check the address for a typing mistake, or ask for another."),
    ),
    _meaning(
        r"\b421\b|4\.7\.0|4\.7\.28|\brate\b|limit|too (many|fast|much|quick)|frequen|throttl|exceed"
        r"|busy|MI:|RP:",
        N_("The provider asks for slower sending. It goes on by itself after the pause."),
    ),
    _meaning(
        r"polic|block|black|\brbl\b",
        N_("The server refuses mail from here for reasons of its own. Its answer names them."),
    ),
    _meaning(
        r"timed? ?out|refused|unreachable|unexpectedly closed|reset by peer|broken pipe",
        N_(
            "The server did not answer. It is tried again by itself; if that lasts, check the "
            "server's name, the port, and the firewall between."
        ),
    ),
)
