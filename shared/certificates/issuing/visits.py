"""A person's page behind their link, read at every visit, so with one statement over seven
tables."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    select,
)
from sqlalchemy.orm import Session

from shared.certificates.designs.designs import Size, template_size
from shared.certificates.issuing.columns import hours_of, public_values, values_to_be_public
from shared.certificates.issuing.current import current_certificate
from shared.certificates.issuing.submission import find_volunteer
from shared.certificates.issuing.thanks import Thanks
from shared.errors import InvitationUnknown
from shared.language import language_for
from shared.mail.kinds.certificate import CERTIFICATE
from shared.rendering.facts import Facts
from shared.rendering.languages import language_said
from shared.storage.models import (
    ALIVE,
    NOT_SENT,
    Certificate,
    Design,
    Event,
    Group,
    ListColumn,
    Mail,
    MailState,
    Naming,
    Problem,
    Status,
    Volunteer,
    now,
)
from shared.storage.models.certificate import CURRENT
from shared.storage.models.volunteer import HAS_SUBMITTED, NAMED_BY_LIST
from shared.storage.prepared import Prepared
from shared.storage.sealing.tokens import LONGEST_TOKEN, Seal
from shared.storage.traits import holds

# A sheet of A4, in millimetres.
_NO_TEMPLATE = (297, 210)
# Usually a certificate's mail is sent within a few seconds.
_LONG_FOR_A_MAIL = timedelta(minutes=1)


class Delivery(StrEnum):
    """The state of the certificate of a submitted name."""

    ON_ITS_WAY = "on_its_way"
    MAILED = "mailed"
    FAILED = "failed"
    # An organizer issued it without a mail, so it is downloaded here.
    READY = "ready"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """The person behind a link, their event, and their certificate, all at one point in time."""

    email: str
    name: str
    number: str
    status: Status
    problem: Problem | None = None
    event: str
    organization: str
    website: str
    contact_address: str
    # The event's language, and the one (ISO 639) that the list has for the person, if any.
    language: str
    language_said: str | None = None
    corrections_allowed: bool
    # The last day to check the name on the list; None if they enter one themselves.
    check_until: date | None
    has_design: bool
    # None until a name is submitted.
    delivery: Delivery | None
    issued_at: datetime | None = None
    issued_on: date | None
    # None until a name is submitted. From then on anybody may have the certificate drawn, unless it
    # was withdrawn.
    issued_id: str | None
    # Event and organization as printed on it; the event may have another name now.
    issued_event: str
    issued_organization: str
    # None until it is made, and if it was withdrawn.
    certificate_id: str | None
    # In pixels, of their certificate or the one that they would get.
    picture_size: Size
    # The reason for its owner; empty while it is valid.
    withdrawal_reason: str = ""
    # Whether the event publishes columns of its list, and whether their own PDF has more values
    # than the public one.
    has_public_columns: bool = False
    has_own_pdf: bool = False
    # What they said back to the organizers, and whether search engines may find the page.
    thanked_back: str = ""
    is_findable: bool = False
    # The organizers' thanks; None until a name is submitted, and if the certificate was withdrawn.
    thanks: Thanks | None = None
    # Title and value of the public columns, and hours of help: see `with_public_columns`.
    public: tuple[tuple[str, str], ...] = ()
    hours: Decimal | None = None
    # The id of the event's public page, empty if there is none, and whether it shows their
    # certificate.
    page_id: str = ""
    is_on_wall: bool = False
    # Whether they have no certificate and get none, by the event's rule.
    is_unqualified: bool = False
    # The token of a sample page (`samples`), which identifies its files.
    sample_token: str = ""

    @property
    def is_delayed(self) -> bool:
        """Whether the mail takes longer than people would wait."""
        if self.delivery != Delivery.ON_ITS_WAY or self.issued_at is None:
            return False
        return now() - self.issued_at > _LONG_FOR_A_MAIL

    @property
    def download_id(self) -> str | None:
        """The id of the certificate for its owner, who need not wait for the mail."""
        if self.sample_token and self.certificate_id:
            return self.sample_token
        return self.issued_id if self.delivery == Delivery.ON_ITS_WAY else self.certificate_id


def look_up(connection: Connection, seal: Seal, token: str) -> Visit:
    """Return the visit of the person with the link of `token`. Raises InvitationUnknown."""
    if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN:
        raise InvitationUnknown()
    # Usually there is one key. A list of forms would need a new statement each time.
    for form in seal.sealed_forms(token):
        found = _BY_TOKEN.first(connection, form=form)
        if found is not None:
            return _visit(connection, found)
    raise InvitationUnknown()


def look_up_all(connection: Connection, seal: Seal, tokens: Sequence[str]) -> list[Visit | None]:
    """Return the visit behind each of the tokens, or None for one that opens nothing."""
    found: list[Visit | None] = []
    for token in tokens:
        try:
            found.append(look_up(connection, seal, token))
        except InvitationUnknown:
            found.append(None)
    return found


def _visit(connection: Connection, row: Any) -> Visit:
    template = row.template_sha256
    submitted = row.public_id is not None and holds(HAS_SUBMITTED, row)
    public_id = None if row.withdrawn_at else row.public_id
    is_open = row.naming is Naming.CHECK and row.issue_at is not None
    return Visit(
        **{name: getattr(row, name) for name in _AS_STORED},
        language_said=language_said(row.columns),
        check_until=row.names_until if is_open and holds(NAMED_BY_LIST, row) else None,
        has_design=row.design_id is not None,
        delivery=_delivery(row) if submitted else None,
        issued_at=row.created_at if submitted else None,
        issued_on=row.date if submitted else None,
        issued_id=public_id if submitted else None,
        issued_event=row.event_name if submitted else "",
        issued_organization=row.issued_organization if submitted else "",
        certificate_id=public_id if row.status >= Status.PICTURE_MADE else None,
        picture_size=template_size(connection, template) if template else _NO_TEMPLATE,
        withdrawal_reason=row.withdrawal_reason or "" if submitted else "",
        has_public_columns=bool(row.has_public_columns),
        has_own_pdf=submitted and bool(row.has_own_pdf),
        thanks=_thanks(row) if submitted and public_id else None,
        thanked_back=row.thanks or "",
        is_findable=row.findable_at is not None,
        page_id=row.page_id or "",
        is_on_wall=submitted and row.on_wall_at is not None,
        is_unqualified=row.public_id is None and row.unqualified_at is not None,
    )


def _thanks(row: Any) -> Thanks:
    facts = Facts(
        name=row.issued_name,
        number=row.issued_number,
        date=row.date,
        columns=row.issued_columns,
        language=row.issued_language,
        event=row.event_name,
        organization=row.issued_organization,
    )
    return Thanks(row.page_thanks or "", row.layout, facts)


def _delivery(row: Any) -> Delivery:
    if row.withdrawn_at:
        return Delivery.WITHDRAWN
    if row.mail is None:
        return Delivery.READY if row.by_organizer else Delivery.ON_ITS_WAY
    if row.mail in NOT_SENT:
        return Delivery.ON_ITS_WAY
    return Delivery.MAILED if row.mail == MailState.SENT else Delivery.FAILED


def with_public_columns(session: Session, seal: Seal, token: str, visit: Visit) -> Visit:
    """Return the visit with the public columns of its certificate, or of the one that they would
    get. Raises InvitationUnknown."""
    language = language_for(visit.language_said, visit.language)
    person = find_volunteer(session, seal, token)
    certificate = current_certificate(session, person) if visit.delivery else None
    if certificate is None:
        return replace(visit, public=tuple(values_to_be_public(person.event, person, language)))
    public = tuple(public_values(certificate, language))
    return replace(visit, public=public, hours=hours_of(certificate))


def _has_column(which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether the visit's event has such a column, by an index."""
    return exists().where(ListColumn.event_id == Event.id, which)


# Fields of a visit that are columns of the same name.
_AS_STORED = (
    *("email", "name", "number", "status", "problem"),
    *("event", "organization", "website", "contact_address", "language", "corrections_allowed"),
)
_SHOWN = (
    *(Volunteer.email, Volunteer.name.label("name"), Volunteer.number, Volunteer.status),
    *(Volunteer.problem, Volunteer.columns, Volunteer.listed_name, Volunteer.reopened_at),
    *(Volunteer.unqualified_at, Volunteer.thanks, Volunteer.findable_at),
    *(Event.name.label("event"), Event.organization, Event.website, Event.contact_address),
    *(Event.language, Event.corrections_allowed, Event.naming, Event.names_until, Event.issue_at),
    func.coalesce(Group.design_id, Event.design_id).label("design_id"),
    *(Certificate.public_id, Certificate.date, Certificate.created_at, Certificate.event_name),
    Certificate.organization.label("issued_organization"),
    *(Certificate.name.label("issued_name"), Certificate.number.label("issued_number")),
    *(Certificate.columns.label("issued_columns"), Certificate.language.label("issued_language")),
    *(Certificate.by_organizer, Certificate.withdrawn_at, Certificate.withdrawal_reason),
    case((Event.page_published_at.is_not(None), Event.page_id)).label("page_id"),
    case((Event.page_published_at.is_not(None), Event.page_thanks)).label("page_thanks"),
    Certificate.on_wall_at,
    Mail.state.label("mail"),
    Design.template_sha256,
    # As text, which is read for its thanks alone.
    case((Certificate.id.is_not(None), cast(Design.layout, Text))).label("layout"),
    _has_column(ListColumn.is_public.is_(True)).label("has_public_columns"),
    and_(Certificate.secrets.is_not(None), _has_column(ListColumn.is_in_full.is_(True))).label(
        "has_own_pdf"
    ),
)


def _by_token() -> Select[*tuple[Any, ...]]:
    """Return the statement, whose joins all follow an index: a mail is found by its person, not by
    its certificate."""
    submitted = HAS_SUBMITTED
    current = and_(Certificate.volunteer_id == Volunteer.id, CURRENT)
    its_mail = and_(
        Mail.volunteer_id == Volunteer.id,
        Mail.kind == CERTIFICATE.name,
        Mail.certificate_id == Certificate.id,
    )
    # Null as well while there is no certificate.
    issued = case((submitted, Certificate.design_id))
    shown = Design.id == func.coalesce(issued, Group.design_id, Event.design_id)
    return (
        select(*_SHOWN)
        .join(Event, and_(Event.id == Volunteer.event_id, ALIVE))
        .outerjoin(Group, Group.id == Volunteer.group_id)
        .outerjoin(Certificate, current)
        .outerjoin(Mail, its_mail)
        .outerjoin(Design, shown)
        .where(Volunteer.token == bindparam("form"))
    )


_BY_TOKEN = Prepared(_by_token())
