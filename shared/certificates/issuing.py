"""What volunteers do: open their link, see their certificate, submit their name."""

import re
import threading
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from shared.certificates.columns_shown import written_columns
from shared.certificates.corrections import check_corrections, is_correction
from shared.certificates.designs import designs
from shared.errors import (
    AddressKeptNoLonger,
    AlreadyMailed,
    CertificateWithdrawn,
    FontTooDeep,
    InvitationUnknown,
    NameProblem,
    NoDesign,
    NoGlyph,
)
from shared.events import groups, numbered
from shared.events.event import hold_event
from shared.events.links import verification_link
from shared.mail.kinds.certificate import CERTIFICATE, MailedFiles
from shared.mail.queue import transitions
from shared.mail.queue.enqueue import enqueue_certificate
from shared.rendering.design import (
    CompiledDesign,
    Format,
    drawn,
    render_certificate,
    render_preview,
    render_with_preview,
)
from shared.rendering.facts import Facts
from shared.rendering.languages import language_spoken
from shared.rendering.names import new_name
from shared.rendering.text.typesetting import Typesetting
from shared.settings import Settings
from shared.storage.database import database_time
from shared.storage.models import (
    SMALL_MAIL,
    Certificate,
    Design,
    Event,
    Mail,
    MailState,
    Problem,
    Status,
    Volunteer,
    now,
)
from shared.storage.sealing.tokens import LONGEST_TOKEN, Seal, new_public_id

# The QR code of a preview leads nowhere yet, but is as dense as the real one.
PREVIEW_PUBLIC_ID = "preview-preview-preview"[:22]
# The width of mails on a screen, or somewhat sharper on a phone.
_WIDTH_IN_MAILS = 600
# Widths of the picture that a small mail carries, and of the one that it shows: the first that fit.
_WIDTHS_IN_SMALL_MAILS = ((1000, 600), (800, 480), (600, 400), (400, 300))
# Bytes of a small mail that are left for its files in base64 (RFC 2045, 6.8: four letters for three
# bytes, and a line's end after 76 of them), beside headers and texts.
_ROOM_FOR_FILES = (SMALL_MAIL - 20_000) * 57 // 78
# What PostgreSQL would refuse to search for (NUL, half surrogates) is no public id either.
_PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def find_volunteer(session: Session, seal: Seal, token: str, *, lock: bool = False) -> Volunteer:
    """The volunteer whose personal link carries `token`. Raises InvitationUnknown."""
    event = joinedload(Volunteer.event, innerjoin=True)
    # With the design, which nearly everybody who asks for the person is about to draw.
    found = select(Volunteer).options(event.joinedload(Event.design)).where(_carries(seal, token))
    if lock:
        hold_event(
            session, select(Volunteer.event_id).where(_carries(seal, token)).scalar_subquery()
        )
        # The previous holder of the lock may have changed what this session has already read.
        found = found.with_for_update(of=Volunteer).execution_options(populate_existing=True)
    volunteer = session.scalar(found)
    if volunteer is None or volunteer.event.deleted_at is not None:
        raise InvitationUnknown()
    return volunteer


def _carries(seal: Seal, token: str) -> ColumnElement[bool]:
    if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN:
        raise InvitationUnknown()
    return Volunteer.token.in_(seal.sealed_forms(token))


def current_certificate(session: Session, volunteer: Volunteer) -> Certificate | None:
    return session.scalar(
        select(Certificate).where(
            Certificate.volunteer_id == volunteer.id, Certificate.replaced_at.is_(None)
        )
    )


def make_ready(session: Session, seal: Seal, token: str) -> None:
    """Load the design before the person is locked, so that `submit` finds it in memory.

    Decoding its image takes as long as many submits. Raises InvitationUnknown.
    """
    person = find_volunteer(session, seal, token)
    design = groups.design_of(person.event, groups.group_of(person))
    if design is not None:
        # An image decoded once serves everybody who waits for it.
        with _one_at_a_time:
            designs.compiled(session, design)


_one_at_a_time = threading.Lock()


def submit(
    session: Session,
    settings: Settings,
    seal: Seal,
    token: str,
    name: str,
    *,
    correct: bool = False,
) -> Certificate:
    """Store a volunteer's name, the certificate and its mail in one commit.

    The same name again changes nothing (but a failed mail is queued again); another name before the
    mail has left replaces the certificate. Once it was mailed, AlreadyMailed is raised, unless
    `correct` asks for a correction and the event allows it.

    Raises NameProblem (nothing is stored), InvitationUnknown, AlreadyMailed, CertificateWithdrawn,
    AddressKeptNoLonger, NoDesign, and what `check_corrections` raises.
    """
    cleaned = new_name(name)
    volunteer = find_volunteer(session, seal, token, lock=True)
    event = volunteer.event
    current = current_certificate(session, volunteer)
    _check_open(volunteer, current, correct and event.corrections_allowed)
    if current and current.name == cleaned and volunteer.status >= Status.SUBMITTED:
        _queue_again_if_failed(session, volunteer, current)
        return current
    # By the database's clock, by which corrections are counted.
    issued_at = database_time(session)
    certificate, design = draft(volunteer, cleaned, _day(event, issued_at))
    certificate.is_correction = is_correction(session, volunteer, current)
    if certificate.is_correction:
        check_corrections(session, volunteer)
    set_texts(session, settings, certificate, design)
    if current:
        # Mark a certificate as replaced; if its mail has not left, it stays unsent.
        current.replaced_at = issued_at
        transitions.certificate_replaced(session, *mails_of([current]))
    _issue(session, volunteer, certificate, issued_at)
    return certificate


def _check_open(volunteer: Volunteer, current: Certificate | None, may_correct: bool) -> None:
    """Raises CertificateWithdrawn, AlreadyMailed and AddressKeptNoLonger if another name is of no
    use."""
    if current and current.withdrawn_at and volunteer.status >= Status.SUBMITTED:
        raise CertificateWithdrawn()
    if volunteer.status == Status.MAILED and not may_correct:
        raise AlreadyMailed(address=volunteer.email)
    if volunteer.address_forgotten_at:
        raise AddressKeptNoLonger()


def look_of(
    session: Session, settings: Settings, volunteer: Volunteer, name: str
) -> tuple[CompiledDesign, Facts]:
    """A volunteer's certificate with `name` on it, to be drawn; nothing is stored.

    Raises NameProblem and NoDesign.
    """
    # By the program's clock: nothing is stored, and to ask the database takes a round trip.
    shown, design = draft(volunteer, new_name(name), _day(volunteer.event, now()))
    shown.public_id = PREVIEW_PUBLIC_ID
    facts = drawn_facts(settings, shown, volunteer.event)
    return designs.compiled(session, design, facts), facts


def find_certificate(session: Session, public_id: str) -> Certificate:
    """The certificate behind a public link. Raises InvitationUnknown."""
    certificate = None
    if _PUBLIC_ID.fullmatch(public_id):
        certificate = session.scalar(select(Certificate).where(Certificate.public_id == public_id))
    if certificate is None or certificate.event.deleted_at is not None:
        raise InvitationUnknown()
    return certificate


def render(
    session: Session, settings: Settings, certificate: Certificate, format: Format = "jpg"
) -> bytes:
    """The certificate as `jpg`, `png` or `pdf`, always the same bytes.

    Raises NameProblem when it cannot be drawn.
    """
    facts = facts_of(settings, certificate)
    try:
        design = designs.compiled_for(session, certificate.design, facts, format)
    except FontTooDeep:
        apart = designs.drawn_with_refused_font(session, certificate.design, facts, [format])
        return apart[0]
    return render_certificate(design, facts, format)


def preview_of(session: Session, settings: Settings, certificate: Certificate, width: int) -> bytes:
    """The certificate as a JPEG of at most `width` pixels. Raises what `render` raises."""
    facts = facts_of(settings, certificate)
    try:
        design = designs.compiled(session, certificate.design, facts)
    except FontTooDeep:
        apart = designs.drawn_with_refused_font(session, certificate.design, facts, [width])
        return apart[0]
    return render_preview(design, facts, width)


def render_mailed(session: Session, settings: Settings, certificate: Certificate) -> MailedFiles:
    """What the mail with the certificate carries: in a small mail, pictures of fewer pixels, and
    the PDF if there is room.

    Raises NameProblem when it cannot be drawn.
    """
    facts = facts_of(settings, certificate)
    is_small = certificate.event.mailed_picture_limit == SMALL_MAIL
    try:
        design = designs.compiled(session, certificate.design, facts)
    except FontTooDeep:
        wanted: Sequence[Format | int] = ("jpg", _WIDTH_IN_MAILS)
        if is_small:
            wanted = _WIDTHS_IN_SMALL_MAILS[-2]
        return MailedFiles(
            *designs.drawn_with_refused_font(session, certificate.design, facts, wanted)
        )
    if not is_small:
        return MailedFiles(*render_with_preview(design, facts, _WIDTH_IN_MAILS))
    strips = drawn(design, facts)
    for widths in _WIDTHS_IN_SMALL_MAILS:
        picture, small = (design.preview(width).jpeg(strips) for width in widths)
        room = _ROOM_FOR_FILES - len(picture) - len(small)
        if room >= 0:
            break
    printed = designs.compiled_for(session, certificate.design, facts, "pdf")
    pdf = render_certificate(printed, facts, "pdf") if printed.least_pdf <= room else b""
    return MailedFiles(picture, small, pdf if len(pdf) <= room else b"")


def voids_another(session: Session, certificate: Certificate) -> bool:
    """Whether an earlier certificate of the same person was mailed, or may have been."""
    earlier = exists().where(
        Mail.volunteer_id == certificate.volunteer_id,
        Mail.kind == CERTIFICATE.name,
        Mail.certificate_id != certificate.id,
        or_(Mail.sent_at.is_not(None), Mail.maybe_duplicate),
    )
    return certificate.is_correction or (
        certificate.revision > 1 and bool(session.scalar(select(earlier)))
    )


def facts_of(settings: Settings, certificate: Certificate) -> Facts:
    """What is written on an issued certificate, and how it was set."""
    typesetting = Typesetting.from_json(certificate.typesetting)
    facts = drawn_facts(settings, certificate, certificate.event)
    return replace(facts, typesetting=typesetting)


def drawn_facts(settings: Settings, certificate: Certificate, event: Event) -> Facts:
    """What to write on a certificate of the event that is about to be issued."""
    return Facts(
        name=certificate.name,
        number=certificate.number,
        date=certificate.date,
        columns=certificate.columns,
        link=verification_link(settings, certificate.public_id),
        language=certificate.language,
        event=certificate.event_name,
        organization=certificate.organization,
        is_date_common=certificate.date == event.certificate_date,
    )


def set_texts(
    session: Session, settings: Settings, certificate: Certificate, design: Design
) -> None:
    """Store how its texts are set in this design. Raises NameProblem if one cannot be drawn."""
    facts = drawn_facts(settings, certificate, session.get_one(Event, certificate.event_id))
    compiled = designs.compiled(session, design, facts)
    certificate.typesetting = compiled.typesetting_of(facts).to_json()


def sample_link(settings: Settings) -> str:
    """A link as long as the one in a certificate's QR code, but leading nowhere."""
    return verification_link(settings, PREVIEW_PUBLIC_ID)


def sample_facts(
    settings: Settings, event: Event, name: str, columns: Mapping[str, str], on: date
) -> Facts:
    """The facts for an organizer's preview before anybody is on the list."""
    return Facts(
        name=name,
        number=numbered(event.number_pattern, event.next_number),
        date=event.certificate_date or on,
        columns=columns,
        link=sample_link(settings),
        language=event.language,
        event=event.name,
        organization=event.organization,
        is_date_common=event.certificate_date is not None,
    )


def day_of_issue(session: Session, event: Event) -> date:
    """The date on a certificate issued now."""
    return event.certificate_date or _day(event, database_time(session))


def _day(event: Event, moment: datetime) -> date:
    """The date on a certificate issued at this moment."""
    return event.certificate_date or moment.astimezone(ZoneInfo(event.time_zone)).date()


def basis_of(event: Event) -> Hashable:
    """What certificates are made from besides the people: if it is another by the time they are
    stored, they have to be made again."""
    columns = [(one.title, one.kind, one.is_public, one.is_in_full) for one in event.known_columns]
    named = event.name, event.organization
    return event.design_id, event.groups_version, *named, tuple(columns)


def draft(volunteer: Volunteer, name: str, issued_on: date) -> tuple[Certificate, Design]:
    """A person's certificate, not stored yet and without set texts, and its design: their group's,
    if it has one. Raises NoDesign."""
    event, group = volunteer.event, groups.group_of(volunteer)
    design = groups.design_of(event, group)
    if design is None:
        raise NoDesign()
    shown = written_columns(event, volunteer)
    certificate = Certificate(
        public_id=new_public_id(),
        event_id=event.id,
        volunteer_id=volunteer.id,
        design_id=design.id,
        group_id=group.id if group else None,
        revision=1,
        name=name,
        number=volunteer.number,
        date=issued_on,
        columns=shown.columns,
        public_columns=shown.public,
        secrets=shown.secrets,
        event_name=event.name,
        organization=event.organization,
        language=language_spoken(volunteer.columns, event.language),
    )
    return certificate, design


def _issue(
    session: Session, volunteer: Volunteer, certificate: Certificate, issued_at: datetime
) -> None:
    number_revisions(session, [certificate])
    certificate.created_at = issued_at
    volunteer.given_name = certificate.name
    volunteer.status = Status.SUBMITTED
    volunteer.submitted_at = issued_at
    transitions.name_submitted(volunteer)
    session.add(certificate)
    session.flush()
    enqueue_certificate(session, CERTIFICATE, certificate)


def _queue_again_if_failed(
    session: Session, volunteer: Volunteer, certificate: Certificate
) -> None:
    failed = select(Mail).where(*mails_of([certificate]), Mail.state == MailState.FAILED)
    for mail in session.scalars(failed):
        transitions.same_name_submitted(mail, volunteer, database_time(session))


def number_revisions(session: Session, issued: Collection[Certificate]) -> None:
    """Give new certificates, at most one for each person, the revisions that follow."""
    people = [one.volunteer_id for one in issued]
    newest = select(Certificate.volunteer_id, func.max(Certificate.revision))
    newest = newest.where(Certificate.volunteer_id.in_(people)).group_by(Certificate.volunteer_id)
    before = {id: revision for id, revision in session.execute(newest)}
    for certificate in issued:
        certificate.revision = before.get(certificate.volunteer_id, 0) + 1


def mails_of(certificates: Collection[Certificate]) -> tuple[ColumnElement[bool], ...]:
    """Their mails, by their people as well, which an index finds among a million mails."""
    return (
        Mail.volunteer_id.in_([one.volunteer_id for one in certificates]),
        Mail.certificate_id.in_([one.id for one in certificates]),
    )


def problem_of(refused: NameProblem) -> Problem:
    """What to note about a person whose certificate cannot be drawn."""
    return Problem.NO_GLYPH if isinstance(refused, NoGlyph) else Problem.NAME_DOES_NOT_FIT
