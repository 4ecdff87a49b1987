"""The message with somebody's certificate, as a picture, as a PDF and by its links."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message

from shared.events import links
from shared.language import N_
from shared.mail.kinds import Addressing, MessageKind, mime, texts
from shared.settings import Settings
from shared.storage.models import SMALL_MAIL, Certificate, Event, Group

_LONGEST_FILE_NAME = 60
_VOIDS_ANOTHER = N_(
    "This is your corrected certificate. The one that we mailed you before is void from now on."
)


def links_of(settings: Settings, public_id: str) -> dict[str, str]:
    """Return the links to show, download and verify a certificate, by placeholder.

    All are public, since people pass the mail on.
    """
    verification = links.verification_link(settings, public_id)
    return {
        "link": verification,
        "pdf": links.certificate_link(settings, public_id, "pdf"),
        "verification": verification,
        # Where the holder asks for the personal link, which must not be passed on with the mail.
        "page": f"{verification}#mine",
    }


@dataclass(frozen=True)
class MailedFiles:
    """A certificate as files to keep, a JPEG and perhaps a PDF, and as a small JPEG that the
    message shows."""

    picture: bytes
    small: bytes
    pdf: bytes = b""


@dataclass(frozen=True)
class DrawnCertificate:
    """A message with a certificate; `voids_another` if it replaces one that was mailed earlier."""

    event: Event
    certificate: Certificate
    links: Mapping[str, str]
    files: MailedFiles
    voids_another: bool = False
    # The holder's group when it was issued.
    group: Group | None = None

    def compose(self, kind: MessageKind, addressing: Addressing) -> bytes:
        certificate = self.certificate
        shown = f"picture.{addressing.message_id.strip('<>')}"
        text = texts.write(
            self.event,
            kind,
            {"name": certificate.name, "number": certificate.number, **self.links},
            columns=certificate.columns,
            group=self.group,
            notice=_VOIDS_ANOTHER if self.voids_another else "",
            image=f"cid:{shown}",
        )
        parts = [
            mime.both_texts(text, mime.inline_jpeg(self.files.small, shown)),
            _attached(self.files.picture, "image/jpeg", "jpg", certificate),
        ]
        headers = mime.headers(self.event, text, addressing, certificate.name)
        if self.files.pdf:
            pdf = _attached(self.files.pdf, "application/pdf", "pdf", certificate)
            content = mime.message(mime.multipart("mixed", [*parts, pdf]), headers)
            # An organizer's long text may leave no room for the PDF.
            if len(content) <= SMALL_MAIL:
                return content
        return mime.message(mime.multipart("mixed", parts), headers)


def _attached(content: bytes, media_type: str, ending: str, certificate: Certificate) -> Message:
    name = file_name(certificate.name)
    # The certificate's number, if no letter of the name is in ASCII.
    plain = mime.in_ascii(name) or mime.in_ascii(f"certificate-{certificate.number}")
    return mime.attached(content, media_type, f"{name}.{ending}", f"{plain}.{ending}")


def file_name(name: str) -> str:
    """Return the name of attachments without an ending: the person's, without characters that file
    systems or mail programs dislike."""
    safe = re.sub(r'[\\/:*?"<>|.]+', " ", texts.one_line(name))
    return " ".join(safe.split())[:_LONGEST_FILE_NAME].strip() or "certificate"
