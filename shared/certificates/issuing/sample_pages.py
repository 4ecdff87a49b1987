"""What volunteers see, for an organizer to try: their page with sample data, for an hour.

Nothing is stored or mailed. All its data is in its token, sealed by this installation.
"""

import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.certificates.designs.artwork import template_size
from shared.certificates.issuing.columns import sample_values
from shared.certificates.issuing.pipeline import facts_on
from shared.certificates.issuing.samples import sample_certificate
from shared.certificates.issuing.visits import Delivery, Visit
from shared.errors import InvitationUnknown, SettingRefused
from shared.events.groups import with_id
from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts
from shared.rendering.names import new_name
from shared.settings import Settings
from shared.storage.models import Certificate, Event, Status
from shared.storage.sealing.tokens import Seal

LASTS = 3600
# Distinguishes it from everything else sealed with the same keys.
_PURPOSE = "sample page"
# Belongs to nobody (RFC 2606).
_ADDRESS = "volunteer@example.org"
_LONGEST = 4_000


@dataclass(frozen=True)
class SamplePage:
    """A sample of an event's page; `name` is what the list says, or was submitted there."""

    event_id: int
    name: str
    is_submitted: bool = False
    # The group of the sample volunteer; None: no group.
    group_id: int | None = None


def token_of(seal: Seal, page: SamplePage) -> str:
    """A token that opens the page, and nothing else, for an hour from now."""
    return seal.seal_secret(json.dumps([_PURPOSE, int(time.time()) + LASTS, asdict(page)]))


def opened(seal: Seal, token: str) -> SamplePage:
    """Raises InvitationUnknown for a token not made here, or older than an hour."""
    if 0 < len(token) <= _LONGEST and token.isascii():
        with suppress(SettingRefused, ValueError):
            purpose, until, page = json.loads(seal.open_secret(token))
            if purpose == _PURPOSE and until >= time.time():
                return SamplePage(**page)
    raise InvitationUnknown()


def visit_by(session: Session, seal: Seal, token: str) -> Visit:
    """What the page shows: before a name is submitted, or after the certificate was mailed.

    Raises InvitationUnknown.
    """
    page = opened(seal, token)
    event, certificate = _sample(session, seal, page)
    made = page.is_submitted
    shown_id = certificate.public_id if made else None
    return Visit(
        email=_ADDRESS,
        name=page.name,
        number=certificate.number,
        status=Status.MAILED if made else Status.INVITED,
        problem=None,
        event=event.name,
        organization=event.organization,
        website=event.website,
        contact_address=event.contact_address,
        language=event.language,
        language_said=None,
        corrections_allowed=event.corrections_allowed,
        check_until=event.names_until,
        has_design=True,
        delivery=Delivery.MAILED if made else None,
        issued_at=None,
        issued_on=certificate.date if made else None,
        issued_id=shown_id,
        issued_event=certificate.event_name,
        issued_organization=certificate.organization,
        certificate_id=shown_id,
        sample_token=token,
        picture_size=template_size(session.connection(), certificate.design.template_sha256),
    )


def look_of(
    session: Session, settings: Settings, seal: Seal, page: SamplePage, name: str
) -> tuple[CompiledDesign, Facts]:
    """The certificate with this name, to be drawn. Raises NameProblem."""
    _, certificate = _sample(session, seal, page)
    certificate.name = new_name(name)
    facts = facts_on(settings, certificate, certificate.event)
    return designs.compiled(session, certificate.design, facts), facts


def _sample(session: Session, seal: Seal, page: SamplePage) -> tuple[Event, Certificate]:
    event = session.get(Event, page.event_id)
    if event is None or event.design is None:
        raise InvitationUnknown()
    group = with_id(event, page.group_id)
    certificate = sample_certificate(session, seal, event, group)
    columns = sample_values(session, event)
    if group:
        columns[group.column_title] = group.value
    certificate.name, certificate.columns = page.name, columns
    return event, certificate
