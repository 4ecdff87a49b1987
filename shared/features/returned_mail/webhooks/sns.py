"""Messages that come by Amazon SNS: who signed them, and asking to get more
(docs.aws.amazon.com/sns, “Verifying the signatures of Amazon SNS messages” and “Parsing Amazon SNS
message formats”).

Servers are asked by names that follow from the topic alone, whatever a message says.
"""

import base64
import binascii
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

import httpx2
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pydantic import BaseModel, Field

from shared.destinations import Reach
from shared.errors import DestinationRefused
from shared.features.returned_mail.webhooks.protocol import NotReached, Unproven
from shared.language import N_
from shared.mail.tokens.judged_transport import JudgedTransport, answer_of

# The partition, and the region.
TOPIC = re.compile(r"arn:(aws|aws-cn|aws-us-gov):sns:([a-z0-9-]{4,30}):\d{12}:[\w-]{1,256}")
_CERTIFICATE = re.compile(r"/SimpleNotificationService-[0-9A-Za-z]{1,100}\.pem")
# The fields that are signed, in this order, each with its name; the second only if there is one.
_OF_NOTIFICATIONS = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_OF_OTHERS = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
_HASHES = {"1": hashes.SHA1(), "2": hashes.SHA256()}  # noqa: S303 - new topics begin with 1
NOTIFICATION, SUBSCRIPTION = "Notification", "SubscriptionConfirmation"
_SECONDS = 10.0
_KEPT_CERTIFICATES = 8

# The content at an address.
Fetch = Callable[[str], bytes]


class SnsMessage(BaseModel):
    type: str = Field(alias="Type")
    topic: str = Field(alias="TopicArn")
    message: str = Field(alias="Message")
    token: str = Field("", alias="Token")
    version: str = Field(alias="SignatureVersion")
    signature: str = Field(alias="Signature")
    certificate: str = Field(alias="SigningCertURL")

    def signed(self, said: dict[str, object]) -> bytes:
        """Return what is signed of `said`, which this message was read from."""
        names = _OF_NOTIFICATIONS if self.type == NOTIFICATION else _OF_OTHERS
        fields = ((name, said[name]) for name in names if said.get(name) is not None)
        return "".join(f"{name}\n{value}\n" for name, value in fields).encode("utf-8", "replace")


def fetched(address: str) -> bytes:
    """Return the content at an address on the public internet. Raises NotReached."""
    try:
        answer = answer_of(address, JudgedTransport(Reach(by_proxy=True), _SECONDS))
        return answer.raise_for_status().content
    except (DestinationRefused, httpx2.HTTPError, OSError):
        raise NotReached from None


class Sns:
    """Messages of SNS, and its servers. `fetch` replaces the way to those (tests)."""

    def __init__(self, fetch: Fetch = fetched) -> None:
        self._fetch = fetch
        self._key_at = lru_cache(_KEPT_CERTIFICATES)(self._fetched_key)

    def proven(self, said: dict[str, object], topic: str) -> SnsMessage:
        """Return the message that `said` is, which Amazon signed for this topic.

        Raises Unproven, ValueError for what is no message, and NotReached.
        """
        message = SnsMessage.model_validate(said)
        if message.topic != topic:
            raise Unproven(_ANOTHER_TOPIC)
        parts, algorithm = urlsplit(message.certificate), _HASHES.get(message.version)
        is_theirs = (parts.scheme, parts.netloc) == ("https", server_of(topic))
        if not (is_theirs and _CERTIFICATE.fullmatch(parts.path) and algorithm):
            raise Unproven(_NOT_SIGNED)
        try:
            signature = base64.b64decode(message.signature, validate=True)
            key = self._key_at(f"https://{parts.netloc}{parts.path}")
            key.verify(signature, message.signed(said), padding.PKCS1v15(), algorithm)
        except (InvalidSignature, binascii.Error):
            raise Unproven(_NOT_SIGNED) from None
        return message

    def confirm(self, message: SnsMessage) -> None:
        """Tell SNS that what is published to the topic may come here. Raises NotReached."""
        query = {"Action": "ConfirmSubscription", "TopicArn": message.topic, "Token": message.token}
        self._fetch(f"https://{server_of(message.topic)}/?{urlencode(query)}")

    def _fetched_key(self, address: str) -> rsa.RSAPublicKey:
        certificate = x509.load_pem_x509_certificate(self._fetch(address))
        now, key = datetime.now(UTC), certificate.public_key()
        is_valid = certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc
        if not is_valid or not isinstance(key, rsa.RSAPublicKey):
            raise Unproven(_NOT_SIGNED)
        return key


def server_of(topic: str) -> str:
    """Return the name of the server of SNS in the topic's region."""
    found = TOPIC.fullmatch(topic)
    if not found:
        raise ValueError("no topic")
    return f"sns.{found[2]}.amazonaws.com" + (".cn" if found[1] == "aws-cn" else "")


_ANOTHER_TOPIC = N_("Another SNS topic called this address. Enter the ARN of the right one.")
_NOT_SIGNED = N_("An event arrived that Amazon SNS did not sign. Nothing was changed.")
