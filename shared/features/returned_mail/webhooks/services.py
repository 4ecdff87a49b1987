"""The services that can tell of returned mail, in the order in which the form offers them."""

from collections.abc import Mapping

from shared.features.returned_mail.models import BounceWebhook
from shared.features.returned_mail.webhooks.brevo import Brevo
from shared.features.returned_mail.webhooks.mailgun import Mailgun
from shared.features.returned_mail.webhooks.postmark import Postmark
from shared.features.returned_mail.webhooks.protocol import WebhookService
from shared.features.returned_mail.webhooks.ses import Ses

SERVICES: dict[str, WebhookService] = {
    service.name: service for service in (Ses(), Mailgun(), Postmark(), Brevo())
}


def marks(webhook: BounceWebhook | None, message_id: str) -> Mapping[str, str]:
    """Return the headers by which the webhook's events will name the mail with this Message-ID;
    none if another version of this program entered it."""
    service = SERVICES.get(webhook.service) if webhook else None
    return service.marks(message_id.strip("<>")) if service else {}


def likely_service(host: str) -> str | None:
    """Return the name of the service whose mail server this is."""
    return next((name for name, service in SERVICES.items() if service.server in host), None)
