"""Brevo (developers.brevo.com, “Transactional webhooks”, as of November 2026)."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shared.features.returned_mail.recipient import DeliveryAction, ReportedRecipient
from shared.features.returned_mail.webhooks.protocol import (
    FOR_NOW,
    NO_ADDRESS,
    NO_MAILBOX,
    WebhookEvent,
    WebhookService,
    event,
    failed,
)
from shared.language import N_

# With the status of each that counts where its reason has none.
_FAILURES = {
    "hard_bounce": NO_MAILBOX,
    "invalid_email": NO_ADDRESS,
    "soft_bounce": FOR_NOW,
    "blocked": "",
    "error": "",
}


class _BrevoEvent(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    event: str = ""
    email: str = ""
    reason: str | None = None
    message_id: str = Field("", alias="message-id")
    at: str | None = Field(None, alias="ts_event")


class Brevo(WebhookService):
    """Brevo, whose events are proven by the secret in the address."""

    name, title, server = "brevo", "Brevo", "brevo."
    advice = N_(
        "At Brevo, open Transactional, then Settings, Webhook, add one with this address, and tick "
        "hard bounce, soft bounce, blocked, invalid email, deferred, error and complaint."
    )

    def marks(self, message_id: str) -> Mapping[str, str]:
        """See `WebhookService`."""
        return {"X-Mailin-custom": f"certificates:{message_id}"}

    def read(self, said: Any, entered: str) -> Iterator[WebhookEvent]:
        """See `WebhookService`. One event, or several at once where that is chosen there."""
        for one in said if isinstance(said, list) else [said]:
            told = _BrevoEvent.model_validate(one)
            key = (told.event, told.message_id, told.email, told.at)
            answer = told.reason or ""
            if told.event == "spam":
                reader = ReportedRecipient(DeliveryAction.ARRIVED, told.email)
                yield WebhookEvent(event(self.name, one, reader, key, is_complaint=True))
            elif told.event == "deferred":
                waits = ReportedRecipient(DeliveryAction.DELAYED, told.email, diagnostic=answer)
                yield WebhookEvent(event(self.name, one, waits, key))
            elif told.event in _FAILURES:
                recipient = failed(told.email, answer, _FAILURES[told.event])
                yield WebhookEvent(event(self.name, one, recipient, key))
