"""Events of relays that tell of returned mail, made of the fields that each publishes.

Postmark: “Bounce webhook”, “Spam complaint webhook”; Brevo: “Transactional webhooks”; Mailgun:
“Webhook payloads”, “Securing webhooks”; SES: “Amazon SNS notification contents for Amazon SES”.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support import amazon

SIGNING_KEY = "signing-key-of-the-account"
UNKNOWN = "smtp; 550 5.1.1 The email account that you tried to reach does not exist"
FULL = "smtp; 552 5.2.2 The email account that you tried to reach is over quota"


@dataclass(frozen=True)
class Relayed:
    """A mail as its relay knows it: the marks in its headers, and to whom it went."""

    marks: dict[str, str]
    address: str
    # Given anew for each event, or again for the same one.
    number: int = 1


def _postmark(mail: Relayed, kind: str, answer: str) -> Any:
    types = {
        "dead": ("Bounce", "HardBounce", 1),
        "soft": ("Bounce", "SoftBounce", 4096),
        "late": ("Bounce", "Transient", 2),
        "complaint": ("SpamComplaint", "SpamComplaint", 512),
        "arrived": ("Delivery", "", 0),
    }
    record, name, code = types[kind]
    metadata = {
        header.removeprefix("X-PM-Metadata-"): value
        for header, value in mail.marks.items()
        if header.startswith("X-PM-Metadata-")
    }
    return {
        "RecordType": record,
        "MessageStream": "outbound",
        "ID": mail.number,
        "Type": name,
        "TypeCode": code,
        "Name": name,
        "Tag": None,
        "MessageID": f"5d1b8c1e-0000-4000-8000-{mail.number:012}",
        "Metadata": metadata,
        "ServerID": 23,
        "Description": "What this kind of event means, in general.",
        "Details": answer,
        "Email": mail.address,
        "From": "thanks@example.org",
        "BouncedAt": "2026-12-01T10:00:00.0000000Z",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": "A certificate for you",
    }


def _brevo(mail: Relayed, kind: str, answer: str) -> Any:
    names = {
        "dead": "hard_bounce",
        "soft": "soft_bounce",
        "late": "deferred",
        "complaint": "spam",
        "arrived": "delivered",
    }
    return {
        "event": names[kind],
        "email": mail.address,
        "id": 26224,
        "date": "2026-12-01 11:00:00",
        "ts": 1_796_000_000,
        "message-id": f"<20261201.{mail.number}@smtp-relay.mailin.fr>",
        "ts_event": 1_796_000_000 + mail.number,
        "subject": "A certificate for you",
        "X-Mailin-custom": mail.marks.get("X-Mailin-custom", ""),
        "sending_ip": "192.0.2.7",
        "template_id": 0,
        "tags": [],
        "reason": answer,
    }


def _mailgun(mail: Relayed, kind: str, answer: str) -> Any:
    severity = {"dead": "permanent", "soft": "permanent", "late": "temporary"}
    code = 552 if "552" in answer else 550
    said = {
        "id": f"G9Bn5sl1TC6nu79C8C0bw{mail.number}",
        "timestamp": 1_796_000_000.5,
        "log-level": "error",
        "event": {"complaint": "complained", "arrived": "delivered"}.get(kind, "failed"),
        "severity": severity.get(kind),
        "reason": "bounce",
        "delivery-status": {
            "attempt-no": 1,
            "message": answer.removeprefix("smtp; "),
            "code": code,
            "description": "",
            "session-seconds": 0.4,
        },
        "recipient": mail.address,
        "recipient-domain": mail.address.partition("@")[2],
        "message": {"headers": {"to": mail.address, "message-id": "of.mailgun@example.org"}},
        "user-variables": json.loads(mail.marks.get("X-Mailgun-Variables", "{}")),
        "tags": [],
    }
    return {"signature": signed(SIGNING_KEY, mail.number), "event-data": said}


def signed(key: str, number: int) -> dict[str, str]:
    timestamp, token = "1796000000", f"{number:050x}"
    digest = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256)
    return {"timestamp": timestamp, "token": token, "signature": digest.hexdigest()}


TOPIC = "arn:aws:sns:eu-west-1:123456789012:returned"


def _ses(mail: Relayed, kind: str, answer: str) -> Any:
    return amazon.published(TOPIC, ses_said(mail, kind, answer))


def ses_said(mail: Relayed, kind: str, answer: str) -> dict[str, Any]:
    at = "2026-12-01T10:00:00.000Z"
    parts = {
        "dead": ("Bounce", {"bounceType": "Permanent", "bounceSubType": "General"}),
        "soft": ("Bounce", {"bounceType": "Transient", "bounceSubType": "MailboxFull"}),
        "late": ("DeliveryDelay", {"delayType": "General"}),
        "complaint": ("Complaint", {"complaintFeedbackType": "abuse"}),
        "arrived": ("Delivery", {"smtpResponse": "250 2.6.0 Message received"}),
    }
    name, said = parts[kind]
    lists = {"Bounce": "bouncedRecipients", "Complaint": "complainedRecipients"}
    recipient = {"emailAddress": mail.address}
    if name != "Complaint":
        recipient |= {"action": "failed", "diagnosticCode": answer}
    who = {lists.get(name, "delayedRecipients"): [recipient]}
    part = name[0].lower() + name[1:]
    return {
        "notificationType": name,
        part: {**said, **who, "timestamp": at, "feedbackId": f"0100019{mail.number}-feedback"},
        "mail": {
            "timestamp": at,
            "source": "thanks@example.org",
            "messageId": ses_id(mail),
            "destination": [mail.address],
            "headersTruncated": False,
            "headers": [{"name": name, "value": value} for name, value in mail.marks.items()],
            "commonHeaders": {"messageId": "one of SES", "subject": "A certificate for you"},
        },
    }


def ses_id(mail: Relayed) -> str:
    return f"0102019a5d1b8c1e-00000000-0000-4000-8000-{mail.number:012}-000000"


Events = Callable[[Relayed, str, str], Any]
RELAYS: dict[str, Events] = {
    "ses": _ses,
    "mailgun": _mailgun,
    "postmark": _postmark,
    "brevo": _brevo,
}
# What an organizer enters besides.
ENTERED = {"ses": TOPIC, "mailgun": SIGNING_KEY, "postmark": "", "brevo": ""}
