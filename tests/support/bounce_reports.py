"""Reports as mail systems write them, about a mail of ours: forms from their documentation.

RFC 3464 and 6533; the manuals of Postfix, Sendmail, Exim and Courier; Microsoft's “NDRs in
Exchange Online” and “DSN messages in Exchange Server”; Google's “SMTP errors”; the help pages of
NetEase, QQ, Yahoo and iCloud on returned mail. The sentences and names are our own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from shared.features.returned_mail.recipient import BounceVerdict

HARD, SOFT, DELAYED = BounceVerdict.HARD, BounceVerdict.SOFT, BounceVerdict.DELAYED
IGNORED = BounceVerdict.IGNORED


@dataclass(frozen=True)
class Original:
    """The mail that a report is about."""

    message_id: str = "<12-0123456789abcdef@example.org>"
    recipient: str = "ana@example.net"
    sender: str = "thanks@example.org"

    @property
    def headers(self) -> str:
        return (
            f"From: Harbour Friends <{self.sender}>\nTo: {self.recipient}\n"
            f"Subject: Your certificate\nMessage-ID: {self.message_id}\n"
            "Auto-Submitted: auto-generated\nMIME-Version: 1.0\n"
        )


@dataclass(frozen=True)
class Dsn:
    """A report of RFC 3464: `returned` is how the mail itself is given back."""

    status: str = ""
    diagnostic: str = ""
    action: str = "failed"
    by: str = "MAILER-DAEMON@mx.example.net"
    subject: str = "Undelivered Mail Returned to Sender"
    returned: str = "message/rfc822"
    more: str = ""
    final: str = "rfc822; {recipient}"
    kind: str = "message/delivery-status"

    def __call__(self, original: Original) -> bytes:
        fields = [
            f"Final-Recipient: {self.final.format(recipient=original.recipient)}",
            f"Action: {self.action}" if self.action else "",
            f"Status: {self.status}" if self.status else "",
            f"Diagnostic-Code: {self.diagnostic}".format(recipient=original.recipient)
            if self.diagnostic
            else "",
        ]
        status = "Reporting-MTA: dns; mx.example.net\n\n" + "\n".join(filter(None, fields)) + "\n"
        parts = [("text/plain; charset=utf-8", "The mail could not be handed on.\n")]
        parts.append((self.kind, status))
        if self.returned:
            body = "\nHello Ana\n" if self.returned == "message/rfc822" else ""
            parts.append((self.returned, original.headers + body))
        more = self.more.format(id=original.message_id, recipient=original.recipient)
        return report(original, self.by, self.subject, parts, more)


def report(
    original: Original, by: str, subject: str, parts: list[tuple[str, str]], more: str = ""
) -> bytes:
    head = (
        f"Return-Path: <>\nFrom: Mail Delivery System <{by}>\nTo: {original.sender}\n"
        f"Subject: {subject}\nDate: Thu, 19 Nov 2026 08:00:00 +0000\nMIME-Version: 1.0\n"
        f"Auto-Submitted: auto-replied\n{more}"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"\n\n'
    )
    bodies = "".join(f"--=_b\nContent-Type: {kind}\n\n{body}\n" for kind, body in parts)
    return (head + bodies + "--=_b--\n").replace("\n", "\r\n").encode()


Build = Callable[[Original], bytes]
_EXCHANGE = "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.net"
_NDR = "X-MS-Exchange-Message-Is-Ndr:\nX-MS-Exchange-Organization-AuthAs: Internal\n"


def _exchange(status: str, diagnostic: str, action: str = "failed", **more: str) -> Dsn:
    return Dsn(
        status,
        f"smtp;{diagnostic}",
        action,
        by="postmaster@example.onmicrosoft.com",
        subject="Undeliverable: Your certificate",
        more=_NDR,
        **more,
    )


EXCHANGE_UNKNOWN: Build = _exchange(
    "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP lookup"
)


def _gmail(status: str, diagnostic: str, action: str = "failed") -> Dsn:
    return Dsn(
        status,
        f"smtp; {diagnostic}",
        action,
        by="mailer-daemon@googlemail.com",
        subject="Delivery Status Notification (Failure)",
        more="X-Failed-Recipients: {recipient}\nIn-Reply-To: {id}\nReferences: {id}\n",
    )


def _netease(diagnostic: str) -> Dsn:
    return Dsn(
        "5.0.0",
        f"smtp; {diagnostic}",
        by="postmaster@163.com",
        subject="=?utf-8?B?57O757uf6YCA5L+h?=",
        more="X-CM-Original-Message-ID: {id}\n",
        returned="",
    )


DSNS: list[tuple[str, Build, BounceVerdict]] = [
    ("postfix unknown", Dsn("5.1.1", "smtp; 550 5.1.1 <{recipient}>: Recipient address rejected: "
     "User unknown in virtual mailbox table"), HARD),
    ("postfix relay table", Dsn("5.1.1", "smtp; 550 5.1.1 <{recipient}>: Recipient address "
     "rejected: User unknown in relay recipient table"), HARD),
    ("a callout to the sender", Dsn("5.1.1", "smtp; 550 5.1.1 <thanks@example.org>: user unknown"),
     SOFT),
    ("postfix at MAIL FROM", Dsn("5.1.1", "smtp; host mx.example.net said: 550 5.1.1 User unknown "
     "(in reply to MAIL FROM command)"), SOFT),
    ("unknown in the words of a block list", Dsn("5.1.1", "smtp; 550 5.1.1 User unknown; see "
     "https://postmaster.example.net/blocked"), HARD),
    ("postfix headers only", Dsn("5.1.1", "smtp; 550 5.1.1 User unknown",
     returned="text/rfc822-headers"), HARD),
    ("postfix no host", Dsn("5.4.4", "X-Postfix; Host or domain name not found. Name service error "
     "for name=example.net type=AAAA: Host not found"), HARD),
    ("postfix full", Dsn("5.2.2", "smtp; 552 5.2.2 Mailbox is over quota"), SOFT),
    ("postfix expired", Dsn("4.4.1", "X-Postfix; connect to mx.example.net[192.0.2.25]:25: "
     "Connection timed out"), SOFT),
    ("postfix greylisted to the end", Dsn("4.2.0", "smtp; 450 4.2.0 Greylisted, try later"), SOFT),
    ("postfix delayed", Dsn("4.4.1", "X-Postfix; connect to mx.example.net: timed out", "delayed",
     subject="Delayed Mail (still being retried)"), DELAYED),
    ("postfix delivered", Dsn("2.0.0", "smtp; 250 2.0.0 ok", "delivered",
     subject="Successful Mail Delivery Report"), IGNORED),
    ("postfix relayed", Dsn("2.0.0", "", "relayed"), IGNORED),
    ("postfix global", Dsn("5.1.1", "smtp; 550 5.1.1 User unknown", final="utf-8; {recipient}",
     kind="message/global-delivery-status", returned="message/global"), HARD),
    ("sendmail unknown", Dsn("5.1.1", "SMTP; 550 5.1.1 <{recipient}>... User unknown",
     final="RFC822; {recipient}", subject="Returned mail: see transcript for details"), HARD),
    ("sendmail warning", Dsn("4.4.1", "", "delayed", subject="Warning: could not send message for "
     "past 4 hours"), DELAYED),
    ("sendmail expired", Dsn("4.4.7", "", subject="Returned mail: Cannot send message for 5 days"),
     SOFT),
    ("sendmail host unknown", Dsn("5.1.2", "", final="RFC822; {recipient}"), HARD),
    ("exim with dsn", Dsn("5.0.0", "smtp; 550 No Such User Here", more="X-Failed-Recipients: "
     "{recipient}\n", by="Mailer-Daemon@mx.example.net",
     subject="Mail delivery failed: returning message to sender"), HARD),
    ("exchange unknown", _exchange("5.1.1", "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found"),
     HARD),
    ("exchange disabled", _exchange("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; "
     "Recipient {recipient} not found by SMTP address lookup"), HARD),
    ("exchange access denied", _exchange("5.4.1", "550 5.4.1 Recipient address rejected: Access "
     "denied. [AM0EUR02FT010.eop-EUR02]"), HARD),
    ("exchange no domain", _exchange("5.4.310", "550 5.4.310 DNS domain example.net does not exist "
     "[Message=InfoDomainNonexistent]"), HARD),
    ("exchange full", _exchange("5.2.2", "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:"
     "QuotaExceededException"), SOFT),
    ("exchange busy", _exchange("5.2.121", "550 5.2.121 RESOLVER.RST.RecipientThreshold"), SOFT),
    ("exchange policy", _exchange("5.7.1", "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message "
     "was rejected by organization policy"), SOFT),
    ("exchange restricted", _exchange("5.7.133", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticated"
     "ForGroup; authentication required"), SOFT),
    ("exchange expired", _exchange("4.4.7", "550 4.4.7 QUEUE.Expired; message expired"), SOFT),
    ("exchange expired now", _exchange("5.4.300", "550 5.4.300 Message expired -> 451 4.4.1 "
     "Connection timed out"), SOFT),
    ("exchange delayed", _exchange("4.4.7", "400 4.4.7 Message delayed", "delayed"), DELAYED),
    ("exchange headers as text", _exchange("5.1.1", "550 5.1.1 User unknown",
     returned="text/plain"), HARD),
    ("exchange online own name", Dsn("5.1.10", "smtp;550 5.1.10 RecipientNotFound", by=_EXCHANGE,
     more=_NDR), HARD),
    ("outlook.com renames", Dsn("5.5.0", "smtp;550 5.5.0 Requested action not taken: mailbox "
     "unavailable (S2017062302)", by="postmaster@outlook.com", returned="message/rfc822",
     more="X-Microsoft-Original-Message-ID: {id}\n"), HARD),
    ("gmail unknown", _gmail("5.1.1", "550-5.1.1 The email account that you tried to reach does "
     "not exist."), HARD),
    ("gmail inactive", _gmail("5.2.1", "550 5.2.1 The email account that you tried to reach is "
     "inactive."), HARD),
    ("gmail full", _gmail("5.2.2", "552 5.2.2 The recipient's inbox is out of storage space."),
     SOFT),
    ("gmail no domain", _gmail("5.1.2", "DNS Error: DNS type 'mx' lookup of example.net responded "
     "with code NXDOMAIN"), HARD),
    ("gmail spam", _gmail("5.7.1", "550-5.7.1 Our system has detected that this message is likely "
     "unsolicited mail."), SOFT),
    ("gmail delayed", _gmail("4.4.1", "The recipient server did not accept our requests to connect."
     , "delayed"), DELAYED),
    ("icloud unknown", Dsn("5.1.1", "smtp; 550 5.1.1 <{recipient}>: user does not exist",
     by="MAILER-DAEMON@st43p00im.me.com"), HARD),
    ("icloud full", Dsn("5.2.2", "smtp; 552 5.2.2 User is over quota",
     by="MAILER-DAEMON@st43p00im.me.com"), SOFT),
    ("domino unlisted", Dsn("5.0.0", "X-Notes; User {recipient} not listed in public Name & "
     "Address Book", subject="DELIVERY FAILURE: User not listed"), HARD),
    ("domino restricted", Dsn("5.7.1", "X-Notes; Router: mail rejected by policy",
     subject="DELIVERY FAILURE"), SOFT),
    ("163 unknown", _netease("550 User not found: {recipient}"), HARD),
    ("163 full", _netease("552 Quota exceeded or service disabled."), SOFT),
    ("163 spam", _netease("554 DT:SPM 163 mx21, see help/help_spam_16.htm"), SOFT),
    ("126 too often", _netease("550 MI:FRQ 126 mx30, frequency limited"), SOFT),
    ("courier", Dsn("5.0.0", "smtp; 550 User unknown.", subject="NOTICE: mail delivery status.",
     by="mailer-daemon@mx.example.net"), HARD),
    ("zoho", Dsn("5.1.1", "smtp; 550 5.1.1 User does not exist - <{recipient}>",
     by="mailer-daemon@mail.zoho.com"), HARD),
    ("ses", Dsn("5.1.1", "smtp; 550 5.1.1 user unknown", by="MAILER-DAEMON@amazonses.com"), HARD),
    ("no action", Dsn("5.1.1", "smtp; 550 5.1.1 user unknown", ""), HARD),
    ("no status", Dsn("", "smtp; 550 5.1.1 user unknown"), HARD),
    ("nothing but failed", Dsn("5.0.0", ""), SOFT),
    ("decorated action", Dsn("5.1.1", "smtp; 550 user unknown", "Failed (bounced)"), HARD),
]  # fmt: skip
