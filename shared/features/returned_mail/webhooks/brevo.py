"""Brevo (developers.brevo.com, “Transactional webhooks”, as of November 2026)."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shared.features.returned_mail.webhooks.protocol import (
    COMPLAINED,
    DELAYED,
    FAILED,
    FOR_NOW,
    NO_ADDRESS,
    NO_MAILBOX,
    WebhookEvent,
    WebhookService,
)
from shared.language import N_

_FATES = {
    "spam": COMPLAINED,
    "deferred": DELAYED,
    "hard_bounce": NO_MAILBOX,
    "invalid_email": NO_ADDRESS,
    "soft_bounce": FOR_NOW,
    "blocked": FAILED,
    "error": FAILED,
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
            if fate := _FATES.get(told.event):
                key = (told.event, told.message_id, told.email, told.at)
                yield self.told(one, key, fate, told.email, told.reason)
