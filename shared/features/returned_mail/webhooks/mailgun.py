"""Mailgun (documentation.mailgun.com, “Webhook payloads”, “Securing webhooks”, “Event types” and
“Attaching metadata to messages”, as of November 2026)."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shared.features.returned_mail.webhooks.protocol import (
    COMPLAINED,
    DELAYED,
    FAILED,
    NO_MAILBOX,
    Unproven,
    WebhookEvent,
    WebhookService,
)
from shared.language import N_

# It refused to try an address that failed for good before.
_KNOWN_AS_DEAD = "suppress-bounce"


class _Signature(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    timestamp: str
    token: str
    signature: str


class _Status(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    code: str | None = None
    enhanced_code: str | None = Field(None, alias="enhanced-code")
    message: str | None = None
    description: str | None = None

    @property
    def answer(self) -> str:
        """The server's answer; its code and status are often beside its words, too."""
        words = self.message or self.description or ""
        codes = [code for code in (self.code, self.enhanced_code) if code and code not in words]
        return " ".join((*codes, words))


class _MailgunEvent(BaseModel):
    id: str
    event: str
    recipient: str = ""
    severity: str | None = None
    reason: str | None = None
    status: _Status = Field(_Status(), alias="delivery-status")


class _Body(BaseModel):
    signature: _Signature
    event: _MailgunEvent = Field(alias="event-data")


class Mailgun(WebhookService):
    """Mailgun, whose events are each proven by a keyed hash."""

    name, title, server = "mailgun", "Mailgun", "mailgun."
    advice = N_(
        "At Mailgun, open Sending, then Webhooks, and add this address for Permanent failure, "
        "Temporary failure and Spam complaints. The signing key is shown on the same page."
    )
    asks = N_("HTTP webhook signing key")

    def marks(self, message_id: str) -> Mapping[str, str]:
        """See `WebhookService`."""
        return {"X-Mailgun-Variables": json.dumps({"certificates": message_id})}

    def read(self, said: Any, entered: str) -> Iterator[WebhookEvent]:
        """See `WebhookService`."""
        body = _Body.model_validate(said)
        signature, told = body.signature, body.event
        signed = f"{signature.timestamp}{signature.token}".encode("utf-8", "replace")
        right = hmac.new(entered.encode(), signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right.encode(), signature.signature.encode("utf-8", "replace")):
            raise Unproven(_WRONG)
        fate = NO_MAILBOX if told.reason == _KNOWN_AS_DEAD else FAILED
        if told.event == "complained":
            fate = COMPLAINED
        elif told.event != "failed":
            return
        elif told.severity == "temporary":
            fate = DELAYED
        yield self.told(said, (told.id,), fate, told.recipient, told.status.answer)


_WRONG = N_(
    "An event arrived with a signature that does not match this key. Copy the signing key again."
)
