"""Amazon SNS over loopback: it signs what is published, and serves the certificate for it."""

import base64
import datetime
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from shared.features.returned_mail.webhooks.ses import Ses
from shared.features.returned_mail.webhooks.sns import Sns

CERTIFICATE = "/SimpleNotificationService-0123456789abcdef.pem"
_SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": (
        *("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"),
    ),
}
_HASHES = {"1": hashes.SHA1(), "2": hashes.SHA256()}


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def certificate(days: int = 1) -> bytes:
    """For so many more days, PEM."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    now = datetime.datetime.now(datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(_key().public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=9))
        .not_valid_after(now + datetime.timedelta(days=days))
        .sign(_key(), hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.PEM)


def published(topic: str, said: Any, **changed: str) -> dict[str, str]:
    """A notification of the topic, signed with what is `changed`."""
    message = {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": topic,
        "Message": json.dumps(said),
    }
    return _signed(message | changed)


def asking(topic: str, **changed: str) -> dict[str, str]:
    """What SNS asks before it publishes to an address."""
    message = {
        "Type": "SubscriptionConfirmation",
        "MessageId": "165545c9-2a5c-472c-8df2-7ff2be2b3b1b",
        "Token": "2336412f37",
        "TopicArn": topic,
        "Message": "You have chosen to subscribe.",
        "SubscribeURL": "https://sns.example.com/?Action=ConfirmSubscription",
    }
    return _signed(message | changed)


def _signed(message: dict[str, str]) -> dict[str, str]:
    region = message["TopicArn"].split(":")[3]
    message = {
        "Timestamp": "2026-12-01T10:00:00.000Z",
        "SignatureVersion": "2",
        "SigningCertURL": f"https://sns.{region}.amazonaws.com{CERTIFICATE}",
    } | message
    names = [name for name in _SIGNED[message["Type"]] if name in message]
    text = "".join(f"{name}\n{message[name]}\n" for name in names).encode()
    algorithm = _HASHES[message["SignatureVersion"]]
    signature = _key().sign(text, padding.PKCS1v15(), algorithm)
    return {"Signature": base64.b64encode(signature).decode(), **message}


@contextmanager
def serving(content: bytes | None = None) -> Iterator[tuple[Ses, list[str]]]:
    """SES as it is, whose SNS is asked over loopback; and the addresses that were asked for."""
    asked: list[str] = []
    served = certificate() if content is None else content

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(served)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()

    def fetch(address: str) -> bytes:
        asked.append(address)
        path = urlsplit(address).path
        return httpx.get(f"http://127.0.0.1:{server.server_port}{path}").content

    try:
        yield Ses(Sns(fetch)), asked
    finally:
        server.shutdown()
        server.server_close()
