"""Messages as a mail server would get them, without a queue and a worker."""

from collections.abc import Mapping

from shared.mail.kinds.certificate import CERTIFICATE, CertificateLinks, DrawnCertificate, Images
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.mime import Addressing
from shared.mail.kinds.personal_link import PersonalLink
from shared.mail.kinds.registry import Kind
from shared.storage.models import Certificate, Event, Volunteer


def compose_asking(
    event: Event,
    volunteer: Volunteer,
    link: str,
    addressing: Addressing,
    headers: Mapping[str, str] | None = None,
    kind: Kind = INVITATION,
) -> bytes:
    return kind.compose(PersonalLink(event, volunteer, link, headers or {}), addressing)


def compose_certificate(
    event: Event,
    certificate: Certificate,
    links: CertificateLinks,
    images: Images,
    addressing: Addressing,
    *,
    voids_another: bool = False,
) -> bytes:
    drawn = DrawnCertificate(event, certificate, links, images, voids_another)
    return CERTIFICATE.compose(drawn, addressing)
