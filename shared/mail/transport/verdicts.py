"""Meanings of mail servers' answers for the mail, the address and the account, and advice to
people."""

import re

from shared.errors import SIGN_IN_TROUBLES, DestinationRefused, SignInBusy, SignInEnded
from shared.findings import Finding, Level
from shared.language import N_
from shared.mail.transport.outcome import Outcome
from shared.mail.transport.own_answers import (
    NO_MAIL_SERVER,
    NO_TOKEN,
    NOT_REACHED,
    ONLY_ASCII,
    STUCK,
    TOKEN_REFUSED,
    TURNED_AWAY,
)
from shared.mail.transport.phrases import Meaning, meaning
from shared.mail.transport.protocol import Account, Advice
from shared.mail.transport.providers import Period, ends_soon, sign_in_help
from shared.storage.models import Phase, Security, Verdict

# Addresses are not part of the wording: a recipient may be called sender@, and 195.2.1.44 is no
# status 5.2.1.
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+|\d+(\.\d+){3}")
_ANY_WORDS = ""
_NO_ANSWER = "0"
# OpenSSL's words if the other side does not begin with TLS, as on port 587.
_NOT_TLS = r"wrong.version|un(supported|known).protocol|record.layer.failure|packet.length"
# smtplib makes a "500" of its own when it cannot read an answer to the end.
_UNREADABLE = r"^line too long\.?$"
# This account may not send under this address; Yahoo's words, after the content, are "mailbox
# unavailable".
_SENDER = (
    r"5\.1\.[78]\b|5\.2\.252\b|send.?as.?denied|to send as\b|DT:SUM|MI:(NHD|IMF)"
    r"|\bsender\b.{0,20}(reject|denied|invalid|not (valid|allowed|owned)|verify failed)"
    r"|not one of your addresses|request failed; mailbox unavailable"
)
# This account may not send at all until a person has talked to the provider.
_BARRED = (
    r"bad outbound sender|5\.7\.70[58]\b|sending (paused|suspended|denied)|suspected spam sender"
    r"|your account.{0,40}(suspended|disabled|blocked|locked)|user in blacklist|MI:SPB"
)
# One mailbox that gets too much mail: Gmail, Yahoo, Exchange, and QQ, which words it like a
# missing mailbox. Gmail uses 4.2.1 for the relay's own limit as well.
_ONE_BUSY_MAILBOX = (
    r"4\.2\.1\b(?!.*(relay|customer))|receiving e?mail (at a rate|too quickly)"
    r"|recipient thread limit|5\.2\.12[12]\b|mailbox unavailable or access denied"
)
_FULL_MAILBOX = (
    r"[45]\.2\.2\b|over ?quota|mailbox.{0,30}(full|size|quota|storage)|out of storage"
    r"|storage.*exceed|exceeded storage"
)
_TOO_LARGE = (
    r"5\.3\.4\b|5\.2\.3\b|(message|mail|attachment)s?( is)? ?(size|too (big|large|long))"
    r"|exceeded mailsize|size (exceed|limit)"
)
_NOBODY = (
    r"5\.1\.[0-36]\b|5\.2\.1\b|5\.4\.1\b|no such (user|recipient|mailbox|address|here)"
    r"|unknown user|unrouteable address|bad address syntax"
    r"|(user|recipient|mailbox|address|account).{0,40}(unknown|not (found|exist)|n.t exist"
    r"|disabled|suspend|inactive|unavailable|not available|invalid)"
    r"|(unknown|invalid|inactive) (recipient|mailbox|address|user|local)"
    r"|no (mailbox|account|user) (here|by that name)|not our customer"
    r"|n.t have an? .{0,40}account|no longer on server|ErrorInvalidRecipients"
)
# The server refuses the first mail from us.
_GREYLISTED = r"gr[ae]y.?list|postgrey"
# NetEase's codes for too many mails, recipients, connections, commands or errors.
_NETEASE_TOO_MUCH = r"(MI|RP):(SFQ|STC|DMC|TRC|QRC|DRC|RCL|CEL|CCL)|HL:(ICC|IFC|IFQ|ITC)"

# Phases, code, words, and the verdict: the first match decides. Texts win over codes, since
# providers announce temporary limits with 5xx codes and permanent refusals with 4xx codes.
_RULES = (
    # The connection; first what no waiting can fix.
    ("connect auth", _NO_ANSWER, rf"certificate|{_NOT_TLS}|not supported", Verdict.NEEDS_OPERATOR),
    ("auth", _NO_ANSWER, r"cannot be sent in a sign-in", Verdict.NEEDS_OPERATOR),
    ("connect auth", r"0|4..", _ANY_WORDS, Verdict.PAUSE),
    # QQ names everything that may be wrong, its limit too; mostly it is the authorization code.
    ("auth", r"5..", r"password|account is abnormal|not open", Verdict.NEEDS_OPERATOR),
    (
        "connect auth",
        r"5..",
        rf"limit|frequen|too many|try again later|^connection denied|{_NETEASE_TOO_MUCH}",
        Verdict.PAUSE,
    ),
    ("connect auth", r"5..", _ANY_WORDS, Verdict.NEEDS_OPERATOR),
    # Any 2xx says yes (RFC 5321, 4.2.1).
    ("content", r"2..", _ANY_WORDS, Verdict.SENT),
    # Exchange has it already, with this Message-ID, from an attempt whose answer was lost.
    ("content", r"5..", r"MapiExceptionDuplicateDelivery", Verdict.SENT),
    # The connection was lost, or the answer says neither yes nor no.
    ("content", r"500", _UNREADABLE, Verdict.UNSURE),
    ("content", r"0|[^245]..", _ANY_WORDS, Verdict.UNSURE),
    ("mail rcpt data", r"500", _UNREADABLE, Verdict.RETRY),
    ("mail rcpt data", _NO_ANSWER, _ANY_WORDS, Verdict.RETRY),
    # The server is about to close, at whatever step it says so (RFC 5321, 3.8).
    ("mail rcpt data content", r"421", _ANY_WORDS, Verdict.PAUSE),
    # Not signed in, or no longer.
    (
        "mail rcpt data content",
        r"53[0458]|5..",
        r"5\.7\.30\b|5\.7\.139|authenticat(ion|e).*(required|first)|must issue a STARTTLS"
        r"|not authenticated|login first",
        Verdict.NEEDS_OPERATOR,
    ),
    # The sender is refused, often in the words of a missing mailbox: before the rules for those.
    ("mail rcpt data content", r"5..", _SENDER, Verdict.NEEDS_OPERATOR),
    ("mail rcpt data content", r"5..", _BARRED, Verdict.NEEDS_OPERATOR),
    # A busy or full mailbox concerns one address, though the answer speaks of rate, quota or size.
    ("rcpt data content", r"[45]..", _ONE_BUSY_MAILBOX, Verdict.RETRY),
    ("rcpt data content", r"4..", _FULL_MAILBOX, Verdict.RETRY),
    ("rcpt data content", r"5..", _FULL_MAILBOX, Verdict.REJECTED),
    # Too large for the server.
    ("mail rcpt data content", r"5..", _TOO_LARGE, Verdict.NEEDS_OPERATOR),
    ("mail rcpt data content", r"4..", _GREYLISTED, Verdict.RETRY),
    # There is no such mailbox.
    ("rcpt data content", r"5..", _NOBODY, Verdict.REJECTED),
    # Too much or too fast: the account pauses; no address is to blame.
    (
        "mail rcpt data content",
        r"[45]..",
        r"[45]\.4\.5\b|4\.7\.0\b|[45]\.7\.28\b|5\.7\.50\d|quota|\brate\b|\blimit"
        r"|too (many|fast|much|quick)|frequen|throttl|exceed|\bbusy\b"
        rf"|{_NETEASE_TOO_MUCH}",
        Verdict.PAUSE,
    ),
    ("mail rcpt data content", r"4..", _ANY_WORDS, Verdict.RETRY),
    # The sender, the content or the relay is refused, as it would be for the next mail.
    ("mail", r"5..", _ANY_WORDS, Verdict.NEEDS_OPERATOR),
    (
        "rcpt data content",
        r"5..",
        r"5\.[67]\.\d+|DT:SP|HL:|MI:DMA|spam|content (den|rej)|illegal attachment|polic(y|ies)"
        r"|message not a(llow|ccept)ed|prohibit|block|black|\brbl\b|relay|RP:FRL|auth|verif"
        r"|suspicious|virus|dmarc|\bspf\b|dkim",
        Verdict.NEEDS_OPERATOR,
    ),
    ("rcpt data content", r"5..", _ANY_WORDS, Verdict.REJECTED),
)


def judge(phase: Phase, code: int | None, text: str) -> Verdict:
    """Return the verdict on an unwelcome answer.

    `code` is None (or 0) when the connection failed instead; `text` is then the error. After an
    answer that no rule knows, the mail is retried.
    """
    words = _ADDRESS.sub("", text)
    if phase in _ABOUT_A_RECIPIENT and code and code >= 500 and _says_nobody(text):
        return Verdict.REJECTED
    for phases, codes, said, verdict in _RULES:
        fits = phase in phases.split() and re.fullmatch(codes, str(code or 0))
        if fits and re.search(said, words, re.I):
            return verdict
    return Verdict.RETRY


# The steps at which a server knows the recipient.
_ABOUT_A_RECIPIENT = (Phase.RCPT, Phase.DATA, Phase.CONTENT)


def _says_nobody(text: str) -> bool:
    """Return whether a server says that nobody has the address, whatever else is in its answer:
    "User unknown in relay recipient table" is not about relaying."""
    return meaning(text) is Meaning.UNKNOWN


def is_own(text: str) -> bool:
    """Return whether `text` comes from this program, and is not a server's answer to quote."""
    return text.startswith((NOT_REACHED, NO_MAIL_SERVER, TURNED_AWAY, NO_TOKEN, STUCK))


def without_token(refusal: SignInEnded | SignInBusy) -> Outcome:
    """Return the outcome of a message for which there is no token: no server was asked."""
    if isinstance(refusal, SignInEnded):
        said = f"{NO_TOKEN}: {refusal.stored}"
        return Outcome(Verdict.NEEDS_OPERATOR, Phase.AUTH, None, said)
    return Outcome(Verdict.PAUSE, Phase.AUTH, None, f"{NO_TOKEN}: {refusal.word}")


_ABOUT_ONE_MAIL = re.compile(rf"{_ONE_BUSY_MAILBOX}|{_FULL_MAILBOX}|{_GREYLISTED}", re.I)


def is_about_one_mail(text: str) -> bool:
    """Return whether a temporary refusal says nothing about other mails: a busy or full mailbox, or
    a server that greylists."""
    return _ABOUT_ONE_MAIL.search(text) is not None


_TOO_MANY_CONNECTIONS = re.compile(
    r"concurren|simultaneous|sender thread limit|too many.{0,30}(connection|session)s"
    r"|connections? limit|HL:ICC",
    re.I,
)
_TOO_MANY_ON_ONE = re.compile(
    r"(too many|max(imum)?|limit).{0,40}(messages?|mails?|recipients|transactions)\b"
    r"|(messages?|mails?|recipients|transactions)\b.{0,40}(limit|per (connection|session))",
    re.I,
)
# Failures (cPanel) and connections are limited, too, which says nothing about mails.
_OTHER_COUNT = r"(?<!failures )(?<!connections )"
_QUOTAS = {
    Period.HOUR: re.compile(rf"{_OTHER_COUNT}(per|each|every) hour|mails? an hour|hourly", re.I),
    Period.MINUTE: re.compile(rf"{_OTHER_COUNT}(per|each|every) minute|mails? a minute", re.I),
    Period.DAY: re.compile(
        r"daily|per day|\bday\b|24.?h|5\.4\.5\b|sending (quota|limit)|MI:STC|RP:TRC|today"
        r"|ErrorExceededMessageLimit",
        re.I,
    ),
}


def quota_period(text: str) -> Period | None:
    """Return the time over which a pausing answer counts mails; None if it does not say.

    A quota is free again when that time is over; trying earlier is of no use.
    """
    return next((period for period, words in _QUOTAS.items() if words.search(text)), None)


def counts_connections(text: str) -> bool:
    """Return whether a pausing answer asks for fewer connections at a time."""
    return _TOO_MANY_CONNECTIONS.search(text) is not None


def counts_mails_of_connection(text: str) -> bool:
    """Return whether an answer that ends a connection says that it carried as many mails as it
    may."""
    return _TOO_MANY_ON_ONE.search(text) is not None


def advice_on(code: int | None, text: str, host: str, own: Advice | None = None) -> str:
    """Return the msgid that says what an answer means and how to fix it; empty if that is not
    known.

    `host` is the mail server's name: providers need different cures for the same answer. `own`
    explains the answers of transports that are no mail servers.
    """
    said = f"{code or ''} {_ADDRESS.sub('', text)}"
    known_better = {**_FIRST_ADVICE, **(own or {})}
    for words, advice in known_better.items():
        if re.search(words, said, re.I):
            return advice
    if _says_nobody(text):
        return _NO_SUCH_MAILBOX
    for words, advice in _ADVICE.items():
        if re.search(words, said, re.I):
            return advice or sign_in_help(host).advice
    return ""


_NO_SUCH_MAILBOX = N_(
    "There is no such mailbox. Check the address for a typing mistake, or ask for another."
)
_SLOWER = N_(
    "The provider asks us to send more slowly. Sending continues automatically after the pause."
)
# The first match decides; "" means the advice about the provider's own sign-in.
_FIRST_ADVICE = {
    NOT_REACHED: DestinationRefused.message,
    STUCK: N_(
        "This mail could not be made in two tries and was put aside so that the others "
        "are sent. Check the name and the design, then send it again. If it returns "
        "here, ask the administrator to run `certs doctor`."
    ),
    NO_MAIL_SERVER: N_(
        "There is no mail server at this address. Check the server's name and the port."
    ),
    f"{NO_TOKEN}: {SignInBusy.word}": SignInBusy.message,
    **{f"{NO_TOKEN}: {word}": trouble.message for word, trouble in SIGN_IN_TROUBLES.items()},
    rf"{TOKEN_REFUSED}.*(5\.7\.139|SmtpClientAuthentication)": N_(
        "Microsoft 365 has SMTP switched off for this mailbox or the whole tenant. An "
        "administrator switches “Authenticated SMTP” on for both; sending through Microsoft "
        "Graph needs neither."
    ),
    TOKEN_REFUSED: N_(
        "The provider signed you in, but the mail server refused you. Sign in with the "
        "address above. You may need to switch on SMTP for this mailbox."
    ),
    re.escape(ONLY_ASCII): N_(
        "This account's mail server refuses addresses with unusual letters. Ask this "
        "person for another address, or send from another account."
    ),
    r"certificate": N_(
        "The server cannot prove who it is (its certificate), so nothing was sent to it. Check "
        "the server's name; on a network of your own, ask who runs the server."
    ),
}
_ADVICE = {
    _NOT_TLS: N_(
        "Port and encryption do not match. Use 465 with TLS, 587 with STARTTLS, 25 with "
        "a relay on your own network."
    ),
    r"starttls.*not supported|never sent without TLS|must issue a STARTTLS": N_(
        "The server offers no encryption on this port, and a password is never sent without "
        "it. Choose TLS with port 465, or STARTTLS with port 587."
    ),
    r"auth extension not supported": N_(
        "The server does not ask for a password here. Choose “without sign-in”, or its port."
    ),
    r"name or service not known|nodename nor servname|no address associated|getaddrinfo"
    r"|name resolution": N_(
        "There is no server of this name, or the network is down. Check the server's name."
    ),
    r"\b53[0458]\b|5\.7\.(30|139)\b|authenticat(ion|e) (failed|unsuccessful|required)"
    r"|authentication is required|not logged in|login fail|invalid login|password"
    r"|no permission|授权|登录": "",
    _QUOTAS[Period.DAY].pattern: N_(
        "The account reached its provider's daily limit. The rest is sent automatically "
        "when the provider allows it."
    ),
    _TOO_MANY_CONNECTIONS.pattern: N_(
        "The provider accepts fewer mails at the same time. Fewer are now sent at once. "
        "Sending continues automatically after the pause."
    ),
    # Gmail's 4.7.28 is about a rate, though it names the domain that SPF vouches for.
    rf"[45]\.7\.28\b|refusequota|submissionquota|connection denied|{_NETEASE_TOO_MUCH}": _SLOWER,
    _BARRED + r"|outboundspam": N_(
        "The provider blocked this account from sending. Log in to its mailbox on the "
        "web and follow the instructions, or contact the provider."
    ),
    _SENDER + r"|sender.{0,40}refus|from.{0,20}must be|mail from.{0,40}(same|user)"
    r"|not owned|local user only|not authorized to|address is not verified": N_(
        "This account may not send under this address. Use the account's own address as sender."
    ),
    _ONE_BUSY_MAILBOX: N_(
        "This person is getting too much mail right now. We retry automatically."
    ),
    _FULL_MAILBOX: N_("The mailbox of this person is full. Ask for another address."),
    _TOO_LARGE: N_(
        "The mail is too large for this server. Make the certificate's picture smaller."
    ),
    _GREYLISTED: N_("The server asks us to try twice. We retry automatically in a few minutes."),
    r"5\.7\.25\b|\bptr\b|\brdns\b|reverse (dns|lookup|host)": N_(
        "The sending network address has no name in the DNS (PTR), which many servers "
        "require. Ask the mail server's administrator to add it, or send through the "
        "account's own provider."
    ),
    r"5\.7\.(26|515)|dmarc|\bspf\b|dkim|unauthenticated|MI:DMA": N_(
        "The domain of the sender does not say that this server may send for it (SPF, DKIM, "
        "DMARC). Send through the domain's own provider, or let its administrator add it."
    ),
    r"spamhaus|\brbl\b|bl(o|a)ck ?list|blocked using|banned sending|HL:IPB": N_(
        "The server refuses mail from this network address, because it is on a block "
        "list. Send through the account's own provider, or ask the network's "
        "administrator."
    ),
    r"DT:SP|HL:|spam|content (den|rej)|suspicious|virus": N_(
        "The provider treats the mail as spam. Use your own words, name the "
        "organization and send more slowly. Then send a test mail."
    ),
    r"relay|RP:FRL": N_(
        "The server does not relay mail without a sign-in. Sign in, or use the "
        "account's own server."
    ),
    r"rejected by recipient": N_(
        "This person's mailbox refuses mails from this sender. Ask for another address."
    ),
    _NOBODY + "|plain e-mail address": _NO_SUCH_MAILBOX,
    r"\b421\b|4\.7\.0|4\.7\.28|\brate\b|limit|too (many|fast|much|quick)|frequen|throttl|exceed"
    r"|busy": _SLOWER,
    r"polic|block|black|prohibit|illegal attachment|not a(llow|ccept)ed|access denied"
    r"|5\.[67]\.\d": N_("The server refuses mail from here. Its answer says why."),
    r"timed? ?out|unreachable": N_(
        "The server did not answer. We retry automatically. If this continues, the "
        "network may block it: many hosts block ports 25, 465 and 587. Try another port "
        "of the provider (2525 at many relays, 443 at some), or a service that sends "
        "over HTTPS."
    ),
    r"refused|unexpectedly closed|reset by peer|broken pipe": N_(
        "The server did not answer. We retry automatically. If this continues, check "
        "the server's name, the port and the firewall."
    ),
    # After more specific ones: too many connections, or a limit.
    TURNED_AWAY: N_(
        "The server refuses connections from here. Check the server's name and the "
        "port. If they are right, ask its provider whether this network is on a block "
        "list."
    ),
}


# Findings about an account for organizers

_SUBJECT = N_("Mail account")


def finding_of(account: Account, outcome: Outcome, own: Advice | None = None) -> Finding:
    """Return what the `outcome` of signing in without a message says about `account`. `own` is that
    of `advice_on`."""
    if outcome.verdict is Verdict.SENT:
        if account.password and (warning := ends_soon(account.host)):
            return Finding(Level.AMBER, _SUBJECT, warning)
        level, words = Level.GREEN, N_("{host} accepts the sign-in, encrypted.")
        if account.security is Security.NONE:
            level = Level.AMBER
            words = N_(
                "{host} answers without encryption, so others can read the mails in transit."
            )
        elif not account.password and not account.token:
            level = Level.AMBER
            words = N_(
                "{host} answers, encrypted, but without a sign-in it may refuse to relay mail."
            )
        return Finding(level, _SUBJECT, words, {"host": account.host})
    level = Level.RED if outcome.verdict is Verdict.NEEDS_OPERATOR else Level.AMBER
    said = f"{account.host}: {outcome.code or ''} {outcome.text}".strip()
    advice = advice_on(outcome.code, outcome.text, account.host, own)
    details = {"host": account.host, "reason": advice, "said": said}
    words = "{reason} ({said})" if advice else "{said}"
    if is_own(outcome.text):
        words = "{host}: {reason}"
    return Finding(level, _SUBJECT, words, details, stops=True)
