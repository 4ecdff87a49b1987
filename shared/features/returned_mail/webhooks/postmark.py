"""Postmark (postmarkapp.com/developer, “Bounce webhook”, “Spam complaint webhook”, “Bounce API:
bounce types” and “Custom metadata FAQ”, as of November 2026)."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, Field

from shared.features.returned_mail.webhooks.protocol import (
    COMPLAINED,
    DELAYED,
    FAILED,
    NO_ADDRESS,
    NO_MAILBOX,
    WebhookEvent,
    WebhookService,
)
from shared.language import N_

_COMPLAINT = "SpamComplaint"
# Nobody failed to get a mail: an absence note, a question back, a subscription.
_NO_FAILURES = (
    *("AutoResponder", "ChallengeVerification", "AddressChange", "OpenRelayTest"),
    *("Subscribe", "Unsubscribe"),
)
# All others are failures whose answer says more.
_FATES = {"Transient": DELAYED, "HardBounce": NO_MAILBOX, "BadEmailAddress": NO_ADDRESS}


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
        is_failure = told.record_type == "Bounce" and told.type not in _NO_FAILURES
        if _COMPLAINT in kinds or is_failure:
            fate = COMPLAINED if _COMPLAINT in kinds else _FATES.get(told.type, FAILED)
            key = (*kinds, told.id, told.message_id)
            yield self.told(said, key, fate, told.email, told.details)
