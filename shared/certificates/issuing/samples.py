"""Samples of an event's certificate: for test mails, for screens, of the first person who would get
one, and of the page that volunteers see.

Nothing is stored. The public id of a test mail's sample contains the id of the event or group, and
proves that this installation made it, so that only recipients of a test mail see the design.
"""

import hmac
import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.certificates.designs.designs import template_size
from shared.certificates.issuing import drawing
from shared.certificates.issuing.columns import sample_values
from shared.certificates.issuing.current import day_of_issue
from shared.certificates.issuing.making import facts_on, look_of
from shared.certificates.issuing.visits import Delivery, Visit
from shared.errors import InvitationUnknown, NameProblem, SettingRefused
from shared.events import groups, links
from shared.events.naming import issues_at_once
from shared.events.settings import numbered
from shared.language import N_, translate
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.certificate.message import DrawnCertificate, links_of
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.invitation.message import PersonalLink
from shared.mail.kinds.registry import Kind
from shared.mail.kinds.texts import MessageText, write
from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts
from shared.rendering.languages import language_spoken
from shared.rendering.names import new_name
from shared.rendering.placed import check
from shared.rendering.text.typesetting import NEW
from shared.settings import Settings
from shared.storage.clock import database_time
from shared.storage.models import Certificate, Event, Group, Status, Volunteer
from shared.storage.models.volunteer import ERASED, TO_ASK, TO_INVITE, TO_ISSUE
from shared.storage.sealing.tokens import Seal

# Together as long as a certificate's public id, so that QR codes have as many modules.
_ID_OCTETS, _PROOF_OCTETS = 4, 12
# The purposes of the proofs: the sample of an event, and of a group.
_OF_EVENT, _OF_GROUP = "sample certificate", "sample certificate of a group"
_NAME = N_("Alex Chen")
# A sample of the page can be opened for so many seconds.
LASTS = 3600
# Distinguishes its token from everything else sealed with the same keys.
_PURPOSE = "sample page"
# An address of nobody (RFC 2606).
_ADDRESS = "volunteer@example.org"
_LONGEST = 4_000
# The next person is shown instead of one whose name cannot be drawn, at most so often.
_MOST_TRIED = 20


def sample_id(seal: Seal, event_id: int, group_id: int | None = None) -> str:
    """Return the public id of the sample of this event, or of one of its groups."""
    what, id = (_OF_EVENT, event_id) if group_id is None else (_OF_GROUP, group_id)
    return _public_id(seal.fingerprints(what, str(id))[0], id)


def sample_certificate(
    session: Session, seal: Seal, event: Event, group: Group | None = None
) -> Certificate:
    """Return a certificate as it would be issued now to people of this group, for an event that has
    a design."""
    design = groups.design_of(event, group)
    assert design is not None
    return Certificate(
        public_id=sample_id(seal, event.id, group.id if group else None),
        event_id=event.id,
        event=event,
        design=design,
        revision=1,
        name=translate(_NAME, event.language),
        number=numbered(event.number_pattern, event.next_number),
        date=day_of_issue(session, event),
        columns={},
        event_name=event.name,
        organization=event.organization,
        language=event.language,
        typesetting=NEW.to_json(),
    )


def find_shown(session: Session, seal: Seal, public_id: str) -> Certificate:
    """Return the certificate or the sample behind a public link; a sample's `id` is None.

    Raises InvitationUnknown and CertificateNeverSent.
    """
    group = None
    if event_id := _id_of_sample(seal, _OF_EVENT, public_id):
        event = session.get(Event, event_id)
    elif group_id := _id_of_sample(seal, _OF_GROUP, public_id):
        group = session.get(Group, group_id)
        event = session.get(Event, group.event_id) if group else None
    else:
        return drawing.find_certificate(session, public_id)
    if event is None or event.design is None:
        raise InvitationUnknown()
    return sample_certificate(session, seal, event, group)


def sample_for(
    session: Session,
    settings: Settings,
    seal: Seal,
    event: Event,
    kind: Kind,
    group: Group | None = None,
) -> DrawnCertificate | PersonalLink | None:
    """Return what a test mail needs to show this kind of message as volunteers of this group get
    it.

    None before there is a design: then it has no certificate, and its links lead nowhere. Raises
    NameProblem if the certificate cannot be drawn.
    """
    if event.design is None or kind.for_organizer:
        return None
    sample = sample_certificate(session, seal, event, group)
    if kind is CERTIFICATE:
        files = drawing.render_mailed(session, settings, sample)
        addresses = links_of(settings, sample.public_id)
        return DrawnCertificate(event, sample, addresses, files, group=group)
    # As entered by the person, since the text for names to check has a sample of its own.
    said = {"listed_name": "", "given_name": sample.name, "number": sample.number}
    person = Volunteer(**said, status=Status.INVITED, columns={})
    link = links.verification_link(settings, sample.public_id)
    return PersonalLink(event, person, link, group=group)


def _public_id(proof: str, id: int) -> str:
    octets = id.to_bytes(_ID_OCTETS) + bytes.fromhex(proof)[:_PROOF_OCTETS]
    return urlsafe_b64encode(octets).decode().rstrip("=")


def _id_of_sample(seal: Seal, what: str, public_id: str) -> int | None:
    """Return the id of the event or group of a sample, if this installation made it."""
    octets = b""
    with suppress(ValueError):
        octets = urlsafe_b64decode(f"{public_id}==")
    if len(octets) != _ID_OCTETS + _PROOF_OCTETS:
        return None
    id = int.from_bytes(octets[:_ID_OCTETS])
    proofs = seal.fingerprints(what, str(id))
    known = any(hmac.compare_digest(_public_id(proof, id), public_id) for proof in proofs)
    return id if known else None


def sample_facts(
    settings: Settings, event: Event, name: str, columns: Mapping[str, str], on: date
) -> Facts:
    """Return the facts for an organizer's preview before anybody is on the list."""
    return Facts(
        name=name,
        number=numbered(event.number_pattern, event.next_number),
        date=event.certificate_date or on,
        columns=columns,
        link=links.sample_link(settings),
        language=language_spoken(columns, event.language),
        event=event.name,
        organization=event.organization,
        is_date_common=event.certificate_date is not None,
    )


@dataclass(frozen=True)
class FirstLook:
    """The certificate of the first person who would get one, to be drawn; without `person`, the
    name is a sample, since none is known yet."""

    design: CompiledDesign
    facts: Facts
    person: Volunteer | None = None

    @property
    def is_sample(self) -> bool:
        return self.person is None


@dataclass(frozen=True)
class FirstMail:
    """A mail as it would be sent; its links lead nowhere yet."""

    kind: Kind
    text: MessageText


def first_look(session: Session, settings: Settings, event: Event) -> FirstLook | None:
    """Return the first certificate that a sending would make now; None before there is a design.

    Raises NameProblem if not even a sample can be drawn.
    """
    design = event.design
    if design is None:
        return None
    # Otherwise links are sent, and certificates have the names that are entered there.
    whom = TO_ISSUE if issues_at_once(event, database_time(session)) else TO_INVITE
    # Read from the index alone, however many there are.
    first = select(Volunteer.id).where(Volunteer.event_id == event.id, whom)
    for id in session.scalars(first.order_by(Volunteer.id).limit(_MOST_TRIED)).all():
        person = session.get_one(Volunteer, id)
        if not person.listed_name:
            continue
        try:
            drawn, facts = look_of(session, settings, person, person.listed_name)
            check(drawn, facts)
        except NameProblem:
            continue
        return FirstLook(drawn, facts, person)
    # With the columns of the first person on the list, whose name is not known yet.
    name = translate(_NAME, event.language)
    new = select(Volunteer).where(Volunteer.event_id == event.id, ~ERASED)
    someone = session.scalars(new.order_by(Volunteer.id).limit(1)).first()
    if someone is not None:
        return FirstLook(*look_of(session, settings, someone, name))
    values, today = sample_values(session, event), day_of_issue(session, event)
    facts = sample_facts(settings, event, name, values, today)
    return FirstLook(designs.compiled(session, design, facts), facts)


def first_mail(
    session: Session, settings: Settings, event: Event, look: FirstLook | None
) -> FirstMail | None:
    """Return the mail that a sending would hand over first: with the certificate of the first
    `look`, or an invitation. None if nobody would get one. Raises PlaceholderUnknown."""
    at_once = issues_at_once(event, database_time(session))
    if at_once and look and look.person:
        person, own = look.person, {"name": look.facts.name, "number": look.person.number}
        values = own | links_of(settings, links.PREVIEW_PUBLIC_ID)
        group = groups.group_of(person)
        text = write(event, CERTIFICATE, values, columns=person.columns, group=group)
        return FirstMail(CERTIFICATE, text)
    to_ask = TO_ASK if at_once else TO_INVITE
    first = select(Volunteer).where(Volunteer.event_id == event.id, to_ask)
    someone = session.scalars(first.order_by(Volunteer.id).limit(1)).first()
    if someone is None:
        return None
    page = links.volunteer_link(settings, event, links.PREVIEW_PUBLIC_ID)
    end = links.reminders_link(settings, links.PREVIEW_PUBLIC_ID)
    group = groups.group_of(someone)
    brought = PersonalLink(event, someone, page, reminders=end, group=group)
    return FirstMail(INVITATION, brought.text(INVITATION))


# The volunteers' page with sample data, for an organizer to try. Its token contains all its data,
# sealed by this installation.


@dataclass(frozen=True)
class SamplePage:
    """A sample of an event's page; `name` is what the list says, or was submitted there."""

    event_id: int
    name: str
    is_submitted: bool = False
    # The group of the sample volunteer, if any.
    group_id: int | None = None


def page_token(seal: Seal, page: SamplePage) -> str:
    """Return a token that opens the page, and nothing else, for an hour from now."""
    return seal.seal_secret(json.dumps([_PURPOSE, int(time.time()) + LASTS, asdict(page)]))


def opened_page(seal: Seal, token: str) -> SamplePage:
    """Return the page of a token. Raises InvitationUnknown for one not made here, or older than an
    hour."""
    if 0 < len(token) <= _LONGEST and token.isascii():
        with suppress(SettingRefused, ValueError):
            purpose, until, page = json.loads(seal.open_secret(token))
            if purpose == _PURPOSE and until >= time.time():
                return SamplePage(**page)
    raise InvitationUnknown()


def visit_of_page(session: Session, seal: Seal, token: str) -> Visit:
    """Return what the page shows: before a name is submitted, or after the certificate was mailed.

    Raises InvitationUnknown.
    """
    page = opened_page(seal, token)
    event, certificate = _of_page(session, seal, page)
    made = page.is_submitted
    shown_id = certificate.public_id if made else None
    return Visit(
        email=_ADDRESS,
        name=page.name,
        number=certificate.number,
        status=Status.MAILED if made else Status.INVITED,
        event=event.name,
        organization=event.organization,
        website=event.website,
        contact_address=event.contact_address,
        language=event.language,
        corrections_allowed=event.corrections_allowed,
        check_until=event.names_until,
        has_design=True,
        delivery=Delivery.MAILED if made else None,
        issued_on=certificate.date if made else None,
        issued_id=shown_id,
        issued_event=certificate.event_name,
        issued_organization=certificate.organization,
        certificate_id=shown_id,
        sample_token=token,
        picture_size=template_size(session.connection(), certificate.design.template_sha256),
    )


def look_of_page(
    session: Session, settings: Settings, seal: Seal, page: SamplePage, name: str
) -> tuple[CompiledDesign, Facts]:
    """Return the certificate with this name, to be drawn. Raises NameProblem."""
    _, certificate = _of_page(session, seal, page)
    certificate.name = new_name(name)
    facts = facts_on(settings, certificate, certificate.event)
    return designs.compiled(session, certificate.design, facts), facts


def _of_page(session: Session, seal: Seal, page: SamplePage) -> tuple[Event, Certificate]:
    event = session.get(Event, page.event_id)
    if event is None or event.design is None:
        raise InvitationUnknown()
    group = groups.with_id(event, page.group_id)
    certificate = sample_certificate(session, seal, event, group)
    columns = sample_values(session, event)
    if group:
        columns[group.column_title] = group.value
    certificate.name, certificate.columns = page.name, columns
    certificate.language = language_spoken(columns, event.language)
    return event, certificate
