"""Amazon SES, by SNS (docs.aws.amazon.com/ses, “Amazon SNS notification contents for Amazon SES”
and “Contents of event data that Amazon SES publishes to Amazon SNS”, as of November 2026)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from shared.errors import SettingRefused
from shared.features.returned_mail.webhooks.protocol import (
    COMPLAINED,
    DELAYED,
    FAILED,
    FOR_NOW,
    NO_MAILBOX,
    Fate,
    WebhookEvent,
    WebhookService,
)
from shared.features.returned_mail.webhooks.sns import NOTIFICATION, SUBSCRIPTION, TOPIC, Sns
from shared.language import N_

# It bounced for good, or SES refused to try an address that did before.
_DEAD = ("NoEmail", "Suppressed", "OnAccountSuppressionList")


class _Recipient(BaseModel):
    address: str = Field(alias="emailAddress")
    status: str | None = None
    answer: str | None = Field(None, alias="diagnosticCode")

    @property
    def said(self) -> str:
        """The server's answer; its status is often beside its words."""
        answer, status = self.answer or "", self.status or ""
        return answer if status in answer else f"{status} {answer}"


class _Bounce(BaseModel):
    type: str = Field("", alias="bounceType")
    subtype: str = Field("", alias="bounceSubType")
    recipients: list[_Recipient] = Field([], alias="bouncedRecipients")
    id: str = Field("", alias="feedbackId")

    @property
    def fate(self) -> Fate:
        """The fate of its recipients' mails."""
        if self.type == "Transient":
            return FOR_NOW
        return NO_MAILBOX if self.subtype in _DEAD else FAILED


class _Complaint(BaseModel):
    fate: ClassVar[Fate] = COMPLAINED
    recipients: list[_Recipient] = Field([], alias="complainedRecipients")
    id: str = Field("", alias="feedbackId")


class _Delay(BaseModel):
    fate: ClassVar[Fate] = DELAYED
    recipients: list[_Recipient] = Field([], alias="delayedRecipients")
    # Nothing else tells two of them apart.
    id: str = Field("", alias="timestamp")


class _Mail(BaseModel):
    id: str = Field(alias="messageId")


class _Notification(BaseModel):
    mail: _Mail
    bounce: _Bounce | None = None
    complaint: _Complaint | None = None
    delay: _Delay | None = Field(None, alias="deliveryDelay")


class Ses(WebhookService):
    """Amazon SES, whose events are proven by the signature of SNS, for the topic that was
    entered."""

    name, title, server = "ses", "Amazon SES", "amazonaws."
    advice = N_(
        "At Amazon, add an HTTPS subscription with this address to the SNS topic, "
        "without raw message delivery. It is confirmed automatically. In SES, let the "
        "identity publish bounces and complaints to that topic."
    )
    asks = N_("ARN of the SNS topic")

    def __init__(self, sns: Sns | None = None) -> None:
        self._sns = sns or Sns()

    def judged(self, entered: str) -> str:
        """See `WebhookService`."""
        if not TOPIC.fullmatch(entered.strip()):
            raise SettingRefused(field="webhook_key", reason=_NO_TOPIC)
        return entered.strip()

    def marks(self, message_id: str) -> Mapping[str, str]:
        """See `WebhookService`. Only some events have headers: SES replaces the Message-ID, and
        names its own in its answer to the mail and in each event."""
        return {"X-Certificates-Mail": message_id}

    def read(self, said: Any, entered: str) -> Iterator[WebhookEvent]:
        """See `WebhookService`."""
        message = self._sns.proven(said, entered)
        if message.type == SUBSCRIPTION:
            self._sns.confirm(message)
        elif message.type == NOTIFICATION:
            content = json.loads(message.message)
            told = _Notification.model_validate(content)
            if happened := told.complaint or told.bounce or told.delay:
                for recipient in happened.recipients:
                    key = (told.mail.id, happened.id, recipient.address)
                    said_of = happened.fate, recipient.address, recipient.said
                    yield self.told(content, key, *said_of, told.mail.id)


_NO_TOPIC = N_("must be like arn:aws:sns:eu-west-1:123456789012:name")
