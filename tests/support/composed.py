"""Messages as a mail server would get them, without a queue and a worker."""

from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from shared.mail.kinds import Addressing
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.certificate.message import DrawnCertificate, MailedFiles
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.invitation.message import PersonalLink
from shared.mail.kinds.registry import Kind
from shared.storage.models import Certificate, Event, Status, Volunteer


def compose_asking(
    event: Event,
    volunteer: Volunteer,
    link: str,
    addressing: Addressing,
    headers: Mapping[str, str] | None = None,
    kind: Kind = INVITATION,
) -> bytes:
    return PersonalLink(event, volunteer, link, headers or {}).compose(kind, addressing)


def compose_certificate(
    event: Event,
    certificate: Certificate,
    links: Mapping[str, str],
    files: MailedFiles,
    addressing: Addressing,
    *,
    voids_another: bool = False,
) -> bytes:
    drawn = DrawnCertificate(event, certificate, links, files, voids_another)
    return drawn.compose(CERTIFICATE, addressing)


ADDRESSING = Addressing("thanks@example.org", "ana@example.net", "<7-abc@example.org>")
LINK = "https://certs.example.org/certificate?token=AbC-123_&x=1"
LINKS = {
    "link": "https://certs.example.org/certificates/p1.jpg",
    "pdf": "https://certs.example.org/certificates/p1.pdf",
    "verification": "https://certs.example.org/verify/p1",
    "page": "https://certs.example.org/verify/p1",
}
PICTURE = b"\xff\xd8\xff\xe0 a picture"
FILES = MailedFiles(picture=PICTURE, small=b"\xff\xd8\xff\xe0 a small one")


def event_of(**changes: Any) -> Event:
    values: dict[str, Any] = {
        "id": 7,
        "name": "Harbour Run 2026",
        "language": "en",
        "organization": "Harbour Friends",
        "website": "https://harbour.example.org",
        "number_pattern": "2026-######",
        "wording": {},
        "corrections_allowed": True,
    }
    return Event(**values | changes)


def volunteer_of(name: str = "", language: str = "") -> Volunteer:
    return Volunteer(
        listed_name=name,
        number="2026-000001",
        email="ana@example.net",
        status=Status.INVITED,
        columns={"Language": language},
    )


def certificate_of(name: str = "Ana Ñuñez", language: str = "") -> Certificate:
    return Certificate(
        name=name, number="2026-000001", public_id="p1", columns={"Language": language}
    )


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
