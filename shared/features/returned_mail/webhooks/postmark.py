"""Postmark (postmarkapp.com/developer, “Bounce webhook”, “Spam complaint webhook”, “Bounce API:
bounce types” and “Custom metadata FAQ”, as of November 2026)."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, Field

from shared.features.returned_mail.recipient import DeliveryAction, ReportedRecipient
from shared.features.returned_mail.webhooks.protocol import (
    NO_ADDRESS,
    NO_MAILBOX,
    WebhookEvent,
    WebhookService,
    event,
    failed,
)
from shared.language import N_

_COMPLAINT = "SpamComplaint"
# Nobody failed to get a mail: an absence note, a question back, a subscription.
_NO_FAILURES = (
    *("AutoResponder", "ChallengeVerification", "AddressChange", "OpenRelayTest"),
    *("Subscribe", "Unsubscribe"),
)
# What is said where the server's own answer has no status.
_STATUSES = {"HardBounce": NO_MAILBOX, "BadEmailAddress": NO_ADDRESS}


class _PostmarkEvent(BaseModel):
    record_type: str = Field("", alias="RecordType")
    type: str = Field("", alias="Type")
    id: int | str = Field("", alias="ID")
    message_id: str = Field("", alias="MessageID")
    email: str = Field("", alias="Email")
    details: str | None = Field(None, alias="Details")


class Postmark(WebhookService):
    """Postmark, whose events are proven by the secret in the address."""

    name, title, server = "postmark", "Postmark", "postmarkapp."
    advice = N_(
        "At Postmark, open the server and its message stream, then Webhooks, add one with this "
        "address, and tick Bounce and Spam complaint."
    )

    def marks(self, message_id: str) -> Mapping[str, str]:
        """See `WebhookService`. Postmark otherwise replaces the Message-ID."""
        return {"X-PM-Metadata-certificates": message_id, "X-PM-KeepID": "true"}

    def read(self, said: Any, entered: str) -> Iterator[WebhookEvent]:
        """See `WebhookService`."""
        told = _PostmarkEvent.model_validate(said)
        kinds = (told.record_type, told.type)
        key = (*kinds, told.id, told.message_id)
        if _COMPLAINT in kinds:
            reader = ReportedRecipient(DeliveryAction.ARRIVED, told.email)
            yield WebhookEvent(event(self.name, said, reader, key, is_complaint=True))
        elif told.record_type == "Bounce" and told.type not in _NO_FAILURES:
            answer = told.details or ""
            recipient = failed(told.email, answer, _STATUSES.get(told.type, ""))
            if told.type == "Transient":
                recipient = ReportedRecipient(DeliveryAction.DELAYED, told.email, diagnostic=answer)
            yield WebhookEvent(event(self.name, said, recipient, key))
