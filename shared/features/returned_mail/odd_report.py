"""Reports written only for people: Exim, qmail, QQ, Yahoo and others.

They are recognized by their sender, a mail system. A person's mail is never one, whatever it
quotes.
"""

import re
from collections.abc import Iterator
from email.message import Message
from email.utils import getaddresses, parseaddr
from itertools import islice, takewhile

from flufl.bounce import all_failures

from shared.features.returned_mail.decoded import header_text, parts_of, raw_header, text_of
from shared.features.returned_mail.recipient import DeliveryAction, ReportedRecipient
from shared.mail.transport.phrases import meaning, status_in

_MAIL_SYSTEM = re.compile(
    r"(mailer-?daemon|post[-_]?master|mdaemon|mail-?daemon|mail[.-]?delivery|mail-?administrator"
    r"|system[- ]?administrator|ndr|daemon|microsoftexchange[0-9a-f]{32})\b",
    re.I,
)
# By another name, but without a sender to return it to (RFC 5321, 4.5.5), and saying so in its
# subject: the answer of somebody who is away has no sender either.
_RETURNED = re.compile(
    r"undeliver|returned mail|failure notice|deliver[a-z]* (status|fail|problem|error)"
    r"|could not be delivered|mail error|退信",
    re.I,
)
# A person replying to or forwarding a mail system's message.
_OF_A_PERSON = re.compile(r"\s*(re|aw|sv|fwd?|wg|tr|回复|答复|转发)\s*[:：]", re.I)
_FAILED = re.compile(
    r"undeliver|n.t (be )?deliver|deliver[a-z]* (has )?fail|failure|failed|return(ed|ing)"
    r"|could ?n.t|could not|did not reach|error.{0,40}deliver|deliver.{0,40}(error|problem)"
    r"|(unable|not able) to deliver|permanent|rejected|refused|bounce"
    r"|no such user|unknown user|user unknown"
    r"|退信|退回|失败|无法(投递|送达|发送)|未能(投递|送达)|拒收|不存在",
    re.I,
)
_DELAYED = re.compile(
    r"delay|not yet been|(will|to) (be retried|keep trying|continue)|still (trying|being retried)"
    r"|no action is required|warning: message|延迟|延误|尚未|继续(尝试|投递)",
    re.I,
)
_GIVEN_UP = re.compile(r"permanent|giv(en|ing) up|(has|have) failed|退信|退回", re.I)
# Where the returned mail begins, after the server's text.
_COPY = re.compile(
    r"^-{2,}.{0,12}(this is a copy|below this line|original (message|mail|headers)"
    r"|the (body of the|header of the|transcript of the) ?.{0,12}(original|message)"
    r"|returned (message|mail)|原(始)?邮件).*$"
    # Two headers, one below the other.
    r"|^(return-path|received|from|message-id|mime-version): .*\r?\n([\w-]+: |[ \t]+\S)",
    re.I | re.M,
)
_ANSWER = re.compile(
    r"(?<![\d.-])[45]\d\d(?=[ :\])]|-\D|-[45]\.|$)|(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)"
)
# An answer that says its code at the end: (#5.1.1).
_CODE_AT_END = re.compile(r"\(?#?[45]\.\d{1,3}\.\d{1,3}\W*$")
# What ends the server's words: a line of signs, above a footer or the note of a virus scanner.
_LINE_OF_SIGNS = re.compile(r"[-_=*#~+]{5,}")
# What surrounds an address in a text, in Chinese as well.
_AROUND = r"\s<>()\[\]\",;:|：；，。（）《》【】"
_WORD = re.compile(rf"[^{_AROUND}]+")
_ID = re.compile(r"\d+-[0-9a-f]{16}@")
_LONGEST_TEXT = 20_000
_LONGEST_LINE, _MOST_LINES = 998, 4000
_LINES_OF_REASON = 4
# What a report repeats of the mail's own headers, where it names them in a text.
_REPEATED_HEADER = re.compile(
    r"(to|cc|from|subject|sent|date|sender|reply-to|message-id|in-reply-to|references):", re.I
)
# Whom one may ask.
_HELP = re.compile(r"post[-_]?master@", re.I)
_MOST_ADDRESSES = 20


def is_from_mail_system(message: Message) -> bool:
    """Return whether a mail system wrote it, judging by its headers."""
    if _OF_A_PERSON.match(header_text(message, "Subject")):
        return False
    if raw_header(message, "X-Failed-Recipients"):
        return True
    # DragonFly's agent writes `MAILER-DAEMON <>`.
    name, address = parseaddr(raw_header(message, "From"))
    if _MAIL_SYSTEM.match(_local(address) or name):
        return True
    returns_to = raw_header(message, "Return-Path").strip()
    nobody = returns_to == "<>" or raw_header(message, "From").strip().endswith("<>")
    if not (nobody or _MAIL_SYSTEM.match(_local(parseaddr(returns_to)[1]))):
        return False
    return _RETURNED.search(header_text(message, "Subject")) is not None


def _local(address: str) -> str:
    return (address.rpartition("@")[0] or address).strip('"')


def recipients(message: Message) -> tuple[ReportedRecipient, ...]:
    """Return the recipients that it names, all with the same text; empty if it reports no
    failure."""
    text = _text_of_server(message)
    written = f"{header_text(message, 'Subject')}\n{text}"
    if _DELAYED.search(written) and not _GIVEN_UP.search(written):
        action = DeliveryAction.DELAYED
    elif _FAILED.search(written):
        action = DeliveryAction.FAILED
    else:
        return ()
    found, addresses = [], _addresses(message, text) or [""]
    for address in addresses:
        said = _about(address, addresses, text)
        found.append(ReportedRecipient(action, address, "", status_in(said), said))
    return tuple(found)


def reason(message: Message, about: ReportedRecipient) -> str:
    """Return what the mail system says in words about a recipient; empty if it says nothing."""
    text = _text_of_server(message)
    named = next(
        (address for address in (about.address, about.original) if address and address in text), ""
    )
    return _about(named, list(islice(_written_addresses(text), _MOST_ADDRESSES)), text)


def _about(address: str, addresses: list[str], text: str) -> str:
    """Return the reason given for one of several addresses: what follows it, up to the next."""
    lines = [line.strip() for line in text.splitlines()] or [""]
    at = _line_of(address, lines)
    others = [other for other in addresses if address not in other]
    later = (n for n in range(at + 1, len(lines)) if any(other in lines[n] for other in others))
    section = lines[at : next(later, len(lines))]
    own = _beside_code(section)
    if not own and others and meaning(said := _beside_address(section, 0)):
        own = said
    return own or _beside_code(lines) or _beside_address(lines, at)


def _text_of_server(message: Message) -> str:
    texts = [
        text_of(part)
        for part in _own_parts(message)
        # With a boundary that never comes, the whole is one text.
        if part.get_content_maintype() in ("text", "multipart")
        and part.get_content_type() != _HEADERS
    ]
    text = next(filter(str.strip, texts), "")[:_LONGEST_TEXT]
    copy = _COPY.search(text)
    return text[: copy.start()] if copy and copy.start() else text


_HEADERS = "text/rfc822-headers"


def _own_parts(message: Message) -> list[Message]:
    """Return the parts that the mail system wrote; those of the returned mail are nested in
    another."""
    if not message.is_multipart():
        return [message]
    if message.get_content_maintype() != "multipart":
        return []
    return [own for part in parts_of(message)[:10] for own in _own_parts(part)]


def _line_of(address: str, lines: list[str]) -> int:
    """Return the first line that names this address, or any, other than as a header or for help."""
    named = [at for at, line in enumerate(lines) if (address or "@") in line]
    own = (at for at in named if not (_REPEATED_HEADER.match(lines[at]) or _HELP.search(lines[at])))
    return next(own, named[0] if named else 0)


def _block(lines: list[str]) -> list[str]:
    """Return the first lines, up to an empty one or a line of signs."""
    ends = (at for at, line in enumerate(lines) if not line or _LINE_OF_SIGNS.match(line))
    return lines[: min(next(ends, len(lines)), _LINES_OF_REASON)]


def _beside_code(lines: list[str]) -> str:
    """Return the sentence with the server's answer; empty if there is none."""
    at = next((at for at, line in enumerate(lines) if _ANSWER.search(line)), None)
    if at is None:
        return ""
    if _CODE_AT_END.search(lines[at]):
        # It may have begun in the line above.
        begun = _block(lines[:at][::-1])[:1]
        return " ".join([*(line for line in begun if line[-1] != ":"), lines[at]])
    return " ".join(_block(lines[at:]))


def _beside_address(lines: list[str], at: int) -> str:
    """Return what is written beside an address, where no code says which words are the answer."""
    own, above = _block(lines[at:]), _block(lines[:at][::-1])[::-1]
    # A blank line or two may be between.
    further = takewhile(lambda line: not _LINE_OF_SIGNS.match(line), lines[at + len(own) :])
    below = _block([line for line in further if line])
    for words in (own, own + below, above + own):
        if meaning(said := " ".join(words)):
            return said
    return " ".join(own)


def _addresses(message: Message, text: str) -> list[str]:
    """Return the addresses named by Exim's customary header, by a known format, or in the server's
    answer."""
    header = raw_header(message, "X-Failed-Recipients")
    if named := [address for _, address in getaddresses([header]) if "@" in address]:
        return named[:_MOST_ADDRESSES]
    if known := sorted(address for address in _known_form(message) if address in text):
        return known[:_MOST_ADDRESSES]
    written = (address for address in _written_addresses(text) if not _ID.match(address))
    return list(dict.fromkeys(written))[:_MOST_ADDRESSES]


def _written_addresses(text: str) -> Iterator[str]:
    """Yield words like `ana@example.org`. One pattern for word and address took cubic time."""
    for word in _WORD.findall(text):
        at = word.find("@", 1)
        if at > 0 and word.find(".", at + 2, -1) > 0:
            yield word


def _known_form(message: Message) -> set[str]:
    """Return what flufl.bounce finds; on its own it takes a quoted report for a report.

    It is shown mails of short lines alone (RFC 5322, 2.1.1): 64 KB of commas in one took it 9 s.
    """
    try:
        lines = bytes(message).splitlines()
        if len(lines) > _MOST_LINES or max(map(len, lines), default=0) > _LONGEST_LINE:
            return set()
        found = all_failures(message)
    except Exception:
        # It parses what anybody may send, and may raise anything.
        return set()
    return {
        one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one)
        for some in found
        for one in some
    }
