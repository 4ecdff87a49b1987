"""Reports written only for people, and mails that are not reports: the sentences are ours."""

import base64
from dataclasses import dataclass

from tests.support.bounce_reports import (
    DELAYED,
    DSNS,
    HARD,
    IGNORED,
    SOFT,
    BounceVerdict,
    Build,
    Dsn,
    Original,
    report,
)


@dataclass(frozen=True)
class Plain:
    """One text with the mail below it; `{…}` are the attributes of the original."""

    text: str
    by: str = "MAILER-DAEMON@mx.example.net"
    name: str = ""
    subject: str = "failure notice"
    more: str = ""
    kind: str = "text/plain; charset=utf-8"
    packed: bool = False
    charset: str = "utf-8"

    def __call__(self, original: Original) -> bytes:
        values = {
            "recipient": original.recipient,
            "id": original.message_id,
            "bare_id": original.message_id.strip("<>"),
            "headers": original.headers,
            "sender": original.sender,
        }
        text = self.text.format(**values)
        head = (
            f"From: {self.name} <{self.by}>\nTo: {original.sender}\nSubject: {self.subject}\n"
            f"Date: Thu, 19 Nov 2026 08:00:00 +0000\nMIME-Version: 1.0\n"
            f"{self.more.format(**values)}Content-Type: {self.kind}\n"
        )
        if self.packed:
            head += "Content-Transfer-Encoding: base64\n"
            text = base64.encodebytes(text.encode()).decode()
        return f"{head}\n{text}".replace("\n", "\r\n").encode(self.charset)


_QMAIL = (
    "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver "
    "your message to the following addresses.\nThis is a permanent error; I've given up.\n\n"
    "<{{recipient}}>:\n{reason}\n\n--- Below this line is a copy of the message.\n\n"
    "Return-Path: <{{sender}}>\n{{headers}}"
)
_EXIM = (
    "This message was created automatically by mail delivery software.\n\nA message that you sent "
    "could not be delivered to one or more of its recipients. This is a permanent error.\n\n"
    "  {{recipient}}\n    {reason}\n\n"
    "------ This is a copy of the message, including all the headers. ------\n\n{{headers}}"
)
_QQ = (
    "<html><body><style>p {{{{color: red}}}}</style><h3>很抱歉，您的邮件被退回</h3>"
    "<p>收件人：{{recipient}}</p><p>退信原因：{reason}</p>"
    "<p>Message-ID: {{id}}</p></body></html>"
)
_YAHOO = (
    "Sorry, we were unable to deliver your message to the following address.\n\n"
    "<{{recipient}}>:\n{reason}\n\n--- Original message below. ---\n\n{{headers}}"
)


def _qmail(reason: str) -> Plain:
    return Plain(_QMAIL.format(reason=reason))


def _exim(reason: str) -> Plain:
    return Plain(
        _EXIM.format(reason=reason),
        subject="Mail delivery failed: returning message to sender",
        more="X-Failed-Recipients: {recipient}\nAuto-Submitted: auto-replied\n",
    )


def _qq(reason: str) -> Plain:
    return Plain(
        _QQ.format(reason=reason),
        by="PostMaster@qq.com",
        subject="=?utf-8?B?5p2l6IeqcXEuY29t55qE6YCA5L+h?=",
        kind="text/html; charset=utf-8",
        packed=True,
    )


def _yahoo(reason: str) -> Plain:
    return Plain(_YAHOO.format(reason=reason), by="MAILER-DAEMON@yahoo.com")


def _mixed(original: Original) -> bytes:
    """The parts of a standard report in a mail that does not call itself one."""
    fields = (
        f"Original-Recipient: <{original.recipient}>\nAction: failed\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n"
    )
    parts = [
        ("text/plain", "--- The following addresses had delivery problems ---\n"),
        ("message/delivery-status", fields),
        ("message/rfc822", original.headers + "\nHello\n"),
    ]
    whole = report(original, "postmaster@example.net", "Delivery Status", parts)
    return whole.replace(b"multipart/report; report-type=delivery-status", b"multipart/mixed")


ODD: list[tuple[str, Build, BounceVerdict]] = [
    ("qmail unknown", _qmail("Remote host said: 550 5.1.1 unknown user"), HARD),
    ("qmail no mailbox", _qmail("Sorry, no mailbox here by that name. (#5.1.1)"), HARD),
    ("qmail no host", _qmail("Sorry, I couldn't find any host named example.net. (#5.1.2)"), HARD),
    ("qmail too long in the queue", _qmail("192.0.2.25 failed after I sent the message.\nI'm not "
     "going to try again; this message has been in the queue too long. (#4.4.7)"), SOFT),
    ("qmail policy", _qmail("Remote host said: 554 5.7.1 Message refused as spam"), SOFT),
    ("exim unknown", _exim("Unrouteable address"), HARD),
    ("exim refused", _exim("SMTP error from remote mail server after RCPT TO:<{recipient}>:\n"
     "    host mx.example.net [192.0.2.25]: 550 5.1.1 User unknown"), HARD),
    ("exim expired", _exim("retry timeout exceeded"), SOFT),
    ("exim full", _exim("host mx.example.net: 552 5.2.2 mailbox full"), SOFT),
    ("exim delayed", Plain("This message was created automatically by mail delivery software.\nA "
     "message that you sent has not yet been delivered to one or more of its recipients after more "
     "than 24 hours on the queue.\n\nThe message identifier is: 1abc\nThe address to which the "
     "message has not yet been delivered is:\n\n  {recipient}\n\nNo action is required on your "
     "part. Delivery attempts will continue for some time.\n\n{headers}",
     subject="Warning: message 1abc delayed 24 hours"), DELAYED),
    ("a footer below the answer", _exim("host mx.example.net: 550 5.1.1 User unknown\n\n"
     "__________\nThis mail was scanned for viruses and spam by our policy.\n"), HARD),
    ("a scanner's note below the address", Plain("Delivery to the following recipients failed.\n\n"
     "       {recipient}\n\n________________\n**** Scanned for all viruses and spam by a filter\n\n"
     "Message-ID: {id}\n"), SOFT),
    ("the code first, the paragraph after", Plain("Your mail failed.\n\n<{recipient}>: host "
     "mx.example.net said:\n    550 5.1.1 unknown user\n\nMany mails fail because a mailbox is "
     "full or a sender is on a blacklist.\n\n--- Original message ---\n{headers}"), HARD),
    ("the words below the address", Plain("Your message\n\n  Subject: Your certificate\n\nwas not "
     "delivered to:\n\n  {recipient}\n\nbecause:\n\n  User ana not listed in Domino Directory\n\n"
     "--- Original message ---\n{headers}"), HARD),
    ("a network address is no status", Plain("Your mail could not be delivered to {recipient}:\n"
     "The server 195.5.1.1 did not answer.\n\n--- Original message ---\n{headers}"), SOFT),
    ("a boundary that never comes", Plain("This is a permanent error.\n\n<{recipient}>: 550 No "
     "such user\n\n--- Original message ---\n{headers}",
     kind='multipart/report; report-type=delivery-status; boundary="=_lost"'), HARD),
    ("latin letters without a charset", Plain("Your mail failed:\n\n<{recipient}>: 554 "
     "Usu\u00e1rio inv\u00e1lido ou inexistente\n\n--- Original message ---\n{headers}",
     kind="text/plain", charset="latin-1"), HARD),
    ("yahoo unknown", _yahoo("554: delivery error: This user doesn't have an account here. [-5]"),
     HARD),
    ("yahoo disabled", _yahoo("554: delivery error: This mailbox is disabled [-30]."), HARD),
    ("yahoo busy", _yahoo("452 4.2.2 this person is receiving email too quickly"), SOFT),
    ("qq unknown", _qq("550 Mailbox not found. 收件人不存在"), HARD),
    ("qq no code", _qq("该收件人地址不存在"), HARD),
    ("qq full", _qq("对方邮箱已满"), SOFT),
    ("qq spam", _qq("邮件内容被识别为垃圾邮件，拒收"), SOFT),
    ("foxmail unknown", _qq("用户不存在 550 User not found"), HARD),
    ("notes text", Plain("Your message could not be delivered to {recipient}:\n550 5.1.1 not "
     "listed\n\n{headers}", by="postmaster@notes.example.net", subject="DELIVERY FAILURE"), HARD),
    ("mdaemon", Plain("The following addresses had delivery errors:\n\n{recipient} - No such "
     "mailbox (550 5.1.1)\n\n: Message contains [1] file attachments\n{headers}",
     by="MDaemon@mx.example.net", subject="Permanent Delivery Failure"), HARD),
    ("dragonfly", Plain("This is the DragonFly Mail Agent v0.13 at mx.example.net.\n\nThere was an "
     "error delivering your mail to <{recipient}>.\n\nmx.example.com [192.0.2.25] did not like our "
     "RCPT TO:\n550 5.1.1 User unknown\n\nMessage headers follow.\n\n{headers}",
     by="", name="MAILER-DAEMON", subject="Mail delivery failed"), HARD),
    ("opensmtpd", Plain("    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this "
     "e-mail.\n\n    An error has occurred while attempting to deliver a message for\n    the "
     "following list of recipients:\n\n{recipient}: 550 5.1.1 No such user\n\n    Below is a copy "
     "of the original message:\n\n{headers}", subject="Delivery status notification: error"), HARD),
    ("a mail system by its own name", Plain("Delivery to the following recipients failed "
     "permanently:\n\n   * {recipient}\n\nTechnical details:\n\nSMTP:RCPT host 192.0.2.8: "
     "553 5.3.0 <{recipient}>... No such user here\n\n{headers}",
     by="Mail.Delivery.System@mx.example.net", subject="Delivery status notification"), HARD),
    ("exchange 2003", Plain("Your message\n\n  To:      {recipient}\n  Subject: Your certificate\n"
     "\ndid not reach the following recipient(s):\n\n{recipient} on Thu, 19 Nov 2026 08:00:00 "
     "-0000\n    The recipient name is not recognized\n\n{headers}", by="postmaster@example.net",
     subject="Undeliverable: Your certificate"), HARD),
    ("a carrier without a name of a mail system", Plain("Message could not be delivered to mobile."
     "\nError: No valid recipients for this MM\n\n{headers}", by="sysadmin@mx.example.net",
     subject="Undeliverable Message", more="Return-Path: <>\n"), HARD),
    ("mcafee", _mixed, HARD),
    ("escaped id", Plain("<p>550 5.1.1 user unknown</p><p>failed: {recipient}</p><pre>"
     "Message-ID: &lt;{bare_id}&gt;</pre>", kind="text/html"), HARD),
]  # fmt: skip


def _person(text: str, subject: str = "Re: Your certificate", more: str = "") -> Plain:
    return Plain(text, "ana@example.net", "Ana", subject, more)


def _nested(original: Original) -> bytes:
    """A person forwards a report as an attachment."""
    inside = Dsn("5.1.1", "smtp; 550 5.1.1 User unknown")(original)
    head = (
        f"From: bo@example.net\r\nTo: {original.sender}\r\nSubject: what is this?\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="=_m"\r\n\r\n--=_m\r\n'
        "Content-Type: text/plain\r\n\r\nLook.\r\n--=_m\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    return head.encode() + inside + b"\r\n--=_m--\r\n"


def _other_report(kind: str, part: str, fields: str) -> Build:
    def build(original: Original) -> bytes:
        said = fields.replace("{recipient}", original.recipient)
        parts = [("text/plain", "See below.\n"), (part, said), ("message/rfc822",
                 original.headers + "\nHello\n")]  # fmt: skip
        whole = report(original, "postmaster@example.net", "Report", parts)
        return whole.replace(b"report-type=delivery-status", f"report-type={kind}".encode())

    return build


# As a provider reports it: with the address, or without.
COMPLAINTS = [
    _other_report(
        "feedback-report",
        "message/feedback-report",
        f"Feedback-Type: abuse\nVersion: 1\n{named}",
    )
    for named in ("Original-Rcpt-To: <{recipient}>\n", "")
]


def _complaint_of_outlook(original: Original) -> bytes:
    """Its own form (JMRP): the mail below, in which the reader is named."""
    parts = [
        ("message/rfc822", f"X-HmXmrOriginalRecipient: {original.recipient}\n{original.headers}\n")
    ]
    whole = report(original, "staff@hotmail.com", "complaint about message from 192.0.2.1", parts)
    return whole.replace(b"multipart/report; report-type=delivery-status", b"multipart/mixed")


COMPLAINTS.append(_complaint_of_outlook)
OPT_OUTS = [
    _other_report(
        "feedback-report", "message/feedback-report", f"Feedback-Type: {said}\nVersion: 1\n"
    )
    for said in ("opt-out", "opt-out-list")
]
_QUOTED = (
    "I got this, what does it mean?\n\n> Final-Recipient: rfc822; {recipient}\n> Action: failed\n"
    "> Status: 5.1.1\n> 550 5.1.1 User unknown\n> Message-ID: {id}\n"
)
NO_REPORTS: list[tuple[str, Build, BounceVerdict]] = [
    ("a thank-you", _person("Thank you!\n", more="In-Reply-To: {id}\n"), IGNORED),
    ("a person quotes a report", _person(_QUOTED), IGNORED),
    ("a postmaster quotes a report",
     Plain(_QUOTED, "postmaster@example.net", subject="Re: help"), IGNORED),
    ("a postmaster forwards one",
     Plain(_QUOTED, "postmaster@example.net", subject="转发：退信"), IGNORED),
    ("a forwarded report", _nested, IGNORED),
    ("vacation", _person("I am away until Monday.\n", "Out of office",
     "Auto-Submitted: auto-replied\nIn-Reply-To: {id}\n"), IGNORED),
    ("vacation by subject alone", _person("我在休假，无法处理您的邮件。\n", "自动回复"), IGNORED),
    ("vacation of exchange", _person("Away.\n", "Automatic reply: Your certificate",
     "X-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\n"), IGNORED),
    ("read receipt", _other_report("disposition-notification",
     "message/disposition-notification", "Final-Recipient: rfc822; ana@example.net\n"
     "Disposition: automatic-action/MDN-sent-automatically; deleted\n"), IGNORED),
    ("taken out of the junk", _other_report("feedback-report", "message/feedback-report",
     "Feedback-Type: not-spam\nVersion: 1\n"), IGNORED),
    ("a notice of the mail system", Plain("The disk of this server is nearly used up.\n",
     "postmaster@example.org", subject="Notice"), IGNORED),
    ("an absent person without a return path", _person("I am away until Monday.\n", "Out of office",
     "Return-Path: <>\nAuto-Submitted: auto-replied\nIn-Reply-To: {id}\n"), IGNORED),
]  # fmt: skip

REPORTS = [*DSNS, *ODD]
EVERYTHING = [*REPORTS, *NO_REPORTS]
