"""Drawing issued certificates again, always with the same pixels."""

import re
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import exists, inspect, select
from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.certificates.issuing import states
from shared.certificates.issuing.making import facts_on
from shared.errors import CertificateNeverSent, InvitationUnknown, NameProblem
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.certificate.message import MailedFiles
from shared.mail.queue.attempts import may_have_left
from shared.mail.rehearsal import ReadMail, parse
from shared.rendering.design import (
    Format,
    drawn,
    render_certificate,
    render_preview,
    render_with_preview,
)
from shared.rendering.facts import Facts
from shared.rendering.text.typesetting import NEW, Typesetting, setting_to_json
from shared.settings import Settings
from shared.storage.models import (
    ALIVE,
    SMALL_MAIL,
    Certificate,
    Design,
    IssuedId,
    Mail,
    RehearsalMail,
)
from shared.storage.sealing.secret_values import open_values
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import holds

# The width of mails on a screen, or somewhat sharper on a phone.
_WIDTH_IN_MAILS = 600
# Widths in pixels of the picture attached to a small mail, and of the one that it shows; the first
# that fit.
_WIDTHS_IN_SMALL_MAILS = ((1000, 600), (800, 480), (600, 400), (400, 300))
# Bytes of a small mail for its files in base64 (RFC 2045, 6.8: four letters for three bytes, and a
# line's end after 76 of them), besides headers and texts.
_ROOM_FOR_FILES = (SMALL_MAIL - 14_000) * 57 // 78
# Characters that PostgreSQL would refuse to search for (NUL, half surrogates) are in no public id.
PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def find_certificate(session: Session, public_id: str) -> Certificate:
    """Return the certificate behind a public link. Raises InvitationUnknown and
    CertificateNeverSent."""
    certificate = find_issued(session, public_id)
    if certificate.taken_back_at:
        raise CertificateNeverSent()
    return certificate


def find_issued(session: Session, public_id: str) -> Certificate:
    """Return the certificate behind a public link, even if it was never sent. Raises
    InvitationUnknown."""
    certificate = None
    if PUBLIC_ID.fullmatch(public_id):
        certificate = session.scalar(select(Certificate).where(Certificate.public_id == public_id))
    if certificate is None or not holds(ALIVE, certificate.event):
        raise InvitationUnknown()
    return certificate


def find_gone(session: Session, public_id: str) -> IssuedId | None:
    """Return what is known of a deleted certificate behind a public link; None if nothing is."""
    if not PUBLIC_ID.fullmatch(public_id):
        return None
    return states.gone_of(session, [public_id]).get(public_id)


def render(
    session: Session,
    settings: Settings,
    certificate: Certificate,
    wanted: Format | int = "jpg",
    credential: bytes | None = None,
) -> bytes:
    """Return the certificate as a file of this format, always the same bytes, or as a JPEG preview
    of at most `wanted` pixels' width. PDF and PNG contain its credential, if it is given.

    Raises NameProblem if it cannot be drawn.
    """
    facts = facts_of(settings, certificate, credential)
    return _rendered(session, certificate.design, facts, wanted)


def render_smaller(
    session: Session, settings: Settings, certificate: Certificate, credential: bytes | None = None
) -> tuple[bytes, Format]:
    """Return the certificate, at the resolution for printing, as PNG, which contains its credential
    if it is given, or as JPEG, whichever is smaller, and the format.

    Raises NameProblem if it cannot be drawn.
    """
    facts = facts_of(settings, certificate, credential)
    design = designs.compiled(session, certificate.design, facts)
    strips, dpi = drawn(design, facts), design.print_dpi
    png, jpeg = design.png.spliced(strips, dpi, facts.credential), design.jpeg.spliced(strips, dpi)
    return (png, "png") if len(png) <= len(jpeg) else (jpeg, "jpg")


def _rendered(session: Session, design: Design, facts: Facts, wanted: Format | int) -> bytes:
    compiled = designs.compiled(session, design, facts, wanted)
    if isinstance(wanted, int):
        return render_preview(compiled, facts, wanted)
    return render_certificate(compiled, facts, wanted)


def render_mailed(
    session: Session, settings: Settings, certificate: Certificate, credential: bytes | None = None
) -> MailedFiles:
    """Return the files of the mail with the certificate: in a small mail, pictures of fewer pixels,
    and the PDF, which contains its credential, if there is room.

    Raises NameProblem if it cannot be drawn.
    """
    facts = facts_of(settings, certificate, credential)
    is_small = certificate.event.mailed_picture_limit == SMALL_MAIL
    design = designs.compiled(session, certificate.design, facts)
    if not is_small:
        return MailedFiles(*render_with_preview(design, facts, _WIDTH_IN_MAILS))
    strips = drawn(design, facts)
    for widths in _WIDTHS_IN_SMALL_MAILS:
        picture, small = (design.preview(width).jpeg(strips) for width in widths)
        room = _ROOM_FOR_FILES - len(picture) - len(small)
        if room >= 0:
            break
    printed = designs.compiled(session, certificate.design, format="pdf")
    pdf = render_certificate(printed, facts, "pdf") if printed.least_pdf <= room else b""
    return MailedFiles(picture, small, pdf if len(pdf) <= room else b"")


def read_rehearsed(
    session: Session, settings: Settings, seal: Seal, mail: RehearsalMail
) -> ReadMail:
    """Return a mail of the rehearsal mailbox, with its certificate drawn again as it was mailed,
    unless that is no longer there or cannot be drawn.

    Raises SettingRefused if no key opens the mail.
    """

    def again(public_id: str) -> MailedFiles | None:
        found = select(Certificate).where(
            Certificate.public_id == public_id, Certificate.event_id == mail.event_id
        )
        with suppress(NameProblem):
            if certificate := session.scalar(found):
                return render_mailed(session, settings, certificate)
        return None

    return parse(seal, mail, again)


def render_in_full(session: Session, seal: Seal, certificate: Certificate, facts: Facts) -> bytes:
    """Return the owner's own PDF, with secret values in full where they fit; `facts` are the issued
    ones. Raises what `render` raises, and SettingRefused if no key opens a value."""
    sealed = certificate.secrets or {}
    known = certificate.event.known_columns if sealed else []
    titles = [column.title for column in known if column.is_in_full and column.title in sealed]
    wanted = {title: sealed[title] for title in titles}
    opened = open_values(seal, certificate.event_id, wanted)
    design = designs.compiled(session, certificate.design)
    # Only the fields with opened values are set again; all others are as issued.
    full = replace(facts, columns={**facts.columns, **opened}, typesetting=NEW)
    texts = dict(facts.typesetting.fields or {})
    for field in design.fields:
        if field.columns & opened.keys():
            # If the value is too long or a letter is missing, the mask is drawn.
            with suppress(NameProblem):
                if setting := design.resolve_facts(field, full).setting:
                    texts[field.id] = setting_to_json(setting)
    full = replace(full, typesetting=Typesetting(facts.typesetting.rules, texts))
    return render_certificate(design, full, "pdf")


def voids_another(session: Session, certificate: Certificate) -> bool:
    """Return whether an earlier certificate of the same person was mailed, or may have been."""
    if certificate.is_correction or certificate.revision == 1:
        return certificate.is_correction
    earlier = exists().where(
        Mail.volunteer_id == certificate.volunteer_id,
        Mail.kind == CERTIFICATE.name,
        Mail.certificate_id != certificate.id,
        may_have_left(),
    )
    return bool(session.scalar(select(earlier)))


def render_nameless(session: Session, certificate: Certificate, width: int) -> bytes:
    """Return the certificate's design with the texts that are the same for everybody, as a JPEG of
    at most `width` pixels. Signatures and seals are left out, since anybody could write a name on
    it."""
    said = certificate.event_name, certificate.organization
    facts = Facts("", language=certificate.language, event=said[0], organization=said[1])
    design, layout = certificate.design, designs.layout_of(certificate.design)
    # A copy, which is not stored.
    columns = inspect(Design).column_attrs
    unsigned = Design(**{column.key: getattr(design, column.key) for column in columns})
    shown = tuple(field for field in layout.fields if not field.own_picture)
    unsigned.layout = layout.model_copy(update={"fields": shown}).model_dump()
    return _rendered(session, unsigned, facts, width)


def facts_of(
    settings: Settings, certificate: Certificate, credential: bytes | None = None
) -> Facts:
    """Return the facts on an issued certificate, and how they were set; `credential` is the signed
    one."""
    typesetting = Typesetting.from_json(certificate.typesetting)
    facts = facts_on(settings, certificate, certificate.event)
    return replace(facts, typesetting=typesetting, credential=(credential or b"").decode())
